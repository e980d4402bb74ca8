"""A finished document, in memory, with the name it goes by in the outbox."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Paper:
    """A document ready to be put where people collect it."""

    name: str
    """File name without a child's name: `SIN-2026-001_panel-notice_v1_20261124.docx`."""
    content: bytes = field(repr=False)

    @property
    def kind(self) -> str:
        """What it is, by its name: `panel-notice`."""
        return kind_of(self.name)


def kind_of(name: str) -> str:
    """`SIN-2026-001_panel-notice_v1_20260320.docx` → `panel-notice`; another name without its ending."""
    return name.split("_")[1] if name.count("_") >= 2 else name.rpartition(".")[0]
