"""A page as people see it: its picture, and where on it each word and each field stands."""

from __future__ import annotations

from dataclasses import dataclass, field

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a page, in points from the top left."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word on a page, or a field of a form by its name."""

    text: str = field(repr=False)
    box: Box
    ticked: bool | None = None
    """For a tick box: its state; otherwise None."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One page of a file, drawn."""

    number: int
    width: float
    """Points, as the page is shown."""
    height: float
    kind: str
    """What the picture is, as web pages name it: `image/png` or `image/jpeg`."""
    image: bytes = field(repr=False)
    words: tuple[Seen, ...] = field(default=(), repr=False)
    """In the order of the file."""
    fields: tuple[Seen, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pages of a file that could be drawn, and how many it has."""

    pages: tuple[Picture, ...] = ()
    count: int = 0
    converted: bool = False
    """Whether LibreOffice laid the pages out, so that they may break elsewhere than they do in Word."""
