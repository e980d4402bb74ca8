"""What a form is called in the folder of its case."""

from __future__ import annotations

from datetime import date


def form_name(ref: str, kind: str, number: int, received: date, ending: str) -> str:
    """`SIN-2026-001_form_v1_20260320.docx`; `number` counts the forms of the case, `ending` begins with its dot."""
    what = "form" if kind == "notification" else kind
    return f"{ref}_{what}_v{number}_{received:%Y%m%d}{ending}"
