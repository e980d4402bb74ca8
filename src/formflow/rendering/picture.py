"""A picture drawn by formflow, which takes the place of the drawing of the same name in a template."""

from __future__ import annotations

from dataclasses import dataclass, field

EMU_A_MILLIMETRE = 36_000
"""English Metric Units, in which Word measures drawings."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing for a paper: what it shows, how large it stands on the page, and its words for who cannot see it."""

    name: str
    """The name of the drawing in the template that it replaces (Word: Alt text or Selection pane): `timeline`."""
    png: bytes = field(repr=False)
    width: float
    """Millimetres on the page."""
    height: float
    """Millimetres on the page."""
    says: str = field(repr=False)
    """The alternative text: everything the picture shows, in words."""
