"""The receipt of a decision: everything it was made with, by fingerprint, so that it can be made again and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from formflow import shipped


def receipt_of(rules: Mapping[str, str], form: str, layout: str, history: str, templates: str) -> dict[str, str]:
    """The rules' own receipt, with the form (SHA-256), its layout, the earlier cases and the templates in use."""
    return dict(rules) | {
        "form": form,
        f"layout {layout}": layout_fingerprint(layout),
        "history": history,
        "templates": templates,
    }


@lru_cache(maxsize=64)
def layout_fingerprint(layout: str) -> str:
    """The SHA-256 of a layout's file; empty for a layout that does not come with formflow."""
    path = shipped.DATA / "layouts" / f"{layout}.toml"
    return hashlib.sha256(path.read_bytes()).hexdigest() if layout and path.is_file() else ""
