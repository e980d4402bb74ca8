"""What people wrote in the tracker: notes that count, and words that could not be taken without guessing."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """Where words were read: what the workbook says of itself."""

    author: str = field(default="", repr=False)
    """Who saved it last, as Excel names them; empty where the program does not say."""
    saved: str = ""
    """When that was, as the file says: `2026-03-20T12:00:00Z`."""
    drawing: int = 0
    """Which drawing of the tracker it was; 0 where the file does not say."""


@dataclass(frozen=True, slots=True)
class Note:
    """What stands in one cell of people's own."""

    ref: str
    """The case; empty for what belongs to the workbook as a whole."""
    name: str
    """The column's head (`Notes`); on another sheet than those of cases, `Actions › D2.1 › Progress`."""
    text: str = field(repr=False)
    source: Source = Source()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Words that stand beside those that count, until a person says which they mean."""

    ref: str
    name: str
    text: str = field(repr=False)
    stands: str = field(repr=False)
    """What counts meanwhile."""
    why: str
    """One plain sentence for the person who settles it."""
    source: Source = Source()
    number: int = 0
    """Given by the register."""
    at: str = ""
    """When it was found, as ISO text."""

    @property
    def key(self) -> str:
        """As people see it: `C12`."""
        return f"C{self.number}"

    @property
    def same(self) -> tuple[str, str, str]:
        """What makes it the same words found again."""
        return self.ref, self.name, self.text


BETWEEN = " › "
"""Between the sheet, the row and the column in the name of a note."""
SETTLED = "Which counts"
"""The column of the conflicts in which people settle them."""


def settling(conflict: str) -> str:
    """The name of the note that settles a conflict, by its key."""
    return BETWEEN.join(("Conflicts", conflict, SETTLED))
