"""What stands on a page of a PDF before anyone knows how it hangs together: words, lines, shapes, and where."""

from __future__ import annotations

from dataclasses import dataclass, field

from formflow.reading.document import Mark, Table

Colour = tuple[int, int, int]
BLACK: Colour = (0, 0, 0)
PICTURE = "picture"
"""The family of letters that were read from a picture."""


@dataclass(frozen=True, slots=True)
class Style:
    """How letters look; one object for all the words of a font, size and colour."""

    family: str = ""
    size: float = 10.0
    bold: bool = False
    colour: Colour = BLACK
    unseen: bool = False
    """Drawn in a way that leaves no ink, as the words behind a scanned page are."""

    @property
    def key(self) -> tuple[str, float, bool]:
        """What tells one kind of words from another."""
        return self.family, round(self.size * 2) / 2, self.bold


@dataclass(slots=True)
class Word:
    """A word, a box ☒ or ☐, or what a control shows, with its place on the page in points from the top left."""

    text: str = field(repr=False)
    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    """The line it stands on."""
    style: Style
    marks: Mark = Mark.NONE
    control: int | None = None
    framed: bool = False
    """Whether it stands alone in a frame, where answers do; without words, nobody has written there."""
    tall: bool = False
    """Whether it is a control of several lines, so that no line of words goes through it."""

    @property
    def size(self) -> float:
        """The height of its letters."""
        return self.style.size

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its place."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Shape:
    """Something drawn, by the rectangle round it."""

    x0: float
    y0: float
    x1: float
    y1: float
    filled: Colour | None = None
    stroked: bool = False
    curved: bool = False
    sign: bool = False
    """Whether it is small and neither a rectangle nor a circle: a stroke, a cross, a tick."""

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.y1 - self.y0

    @property
    def dark(self) -> bool:
        """Whether it is filled with a colour on which only white letters can be read."""
        return self.filled is not None and brightness(self.filled) < 130

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Whether a point lies in it."""
        return self.x0 - slack <= x <= self.x1 + slack and self.y0 - slack <= y <= self.y1 + slack


@dataclass(slots=True)
class Ink:
    """Everything on one page."""

    number: int
    """Of the page, from 1."""
    width: float
    height: float
    turn: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, -1.0, 0.0, 0.0)
    """How a point of the file comes to its place on the page."""
    near: float = 2.0
    """Points within which two lines are one, or meet; more on a picture, whose lines are never quite straight."""
    words: list[Word] = field(default_factory=list, repr=False)
    across: list[Shape] = field(default_factory=list, repr=False)
    """Thin lines from left to right."""
    down: list[Shape] = field(default_factory=list, repr=False)
    """Thin lines from top to bottom."""
    shapes: list[Shape] = field(default_factory=list, repr=False)
    """Rectangles and whatever else is too thick for a line."""
    tints: list[Shape] = field(default_factory=list, repr=False)
    """Shapes with a colour that shows."""
    pictures: list[Shape] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Strip:
    """A stretch of one line without a wide gap, or a table: the piece out of which a page is put together."""

    x0: float
    y0: float
    x1: float
    y1: float
    words: list[Word] = field(default_factory=list, repr=False)
    table: Table | None = None
    pairs: bool = False
    """Whether it is a table of labels with their answers, which may be one with that above it."""
    titled: bool = False
    """Whether it stands alone on a coloured band, as headings do."""

    @property
    def base(self) -> float:
        """The line it stands on."""
        return self.words[0].base if self.words else self.y1

    @property
    def size(self) -> float:
        """The height of its largest letters."""
        return max([word.style.size for word in self.words], default=10.0)

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(word.text for word in self.words)

    @property
    def framed(self) -> bool:
        """Whether it is a place for an answer with a frame round it."""
        return bool(self.words) and all(word.framed for word in self.words)

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        said = [word for word in self.words if word.text.strip("☐☒*:")]
        return bool(said) and all(word.style.bold for word in said)

    def before(self) -> tuple[str, float, bool]:
        """How its first word looks."""
        return self.words[0].style.key

    def after(self) -> tuple[str, float, bool]:
        """How its last word looks."""
        return self.words[-1].style.key


def brightness(colour: Colour) -> float:
    """From 0, black, to 255, white, as eyes weigh colours."""
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue


def strip_of(words: list[Word]) -> Strip:
    """A strip round its words."""
    return Strip(
        min(word.x0 for word in words),
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        words,
    )
