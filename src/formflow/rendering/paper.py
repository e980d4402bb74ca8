"""A finished document, in memory, with the name it goes by in the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be put where people collect it."""

    name: str
    """File name without a child's name: `SIN-2026-001_panel-notice_v1_20261124.docx`."""
    content: bytes = field(repr=False)
