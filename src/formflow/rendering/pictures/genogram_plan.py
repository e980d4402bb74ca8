"""The family picture worked out: symbols, ties, the household's line and the signs that are used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from formflow.rendering.pictures.family import Family, family_of
from formflow.rendering.pictures.genogram_home import household
from formflow.rendering.pictures.genogram_rows import OTHERS, Symbol, symbols_of
from formflow.rendering.pictures.genogram_ties import Tie, ties_of
from formflow.rendering.pictures.legend import Sign, legend, legend_height, note_lines
from formflow.rendering.pictures.letters import LINE, Shown
from formflow.rendering.pictures.outline import Point
from formflow.rendering.pictures.people import Person
from formflow.rendering.pictures.sentences import counted

_SEX = {
    "male": "Male",
    "female": "Female",
    "unknown": "Sex not stated",
    "other": "Sex recorded as neither",
}


@dataclass(frozen=True, slots=True)
class Genogram:
    """Everything that is drawn, in millimetres from the upper left corner."""

    family: Family
    symbols: tuple[Symbol, ...]
    ties: tuple[Tie, ...]
    home: tuple[tuple[Point, ...], ...]
    """The rings of the household's dashed line."""
    signs: tuple[Sign, ...]
    notes: tuple[str, ...]

    @property
    def legend(self) -> float:
        """Where the legend begins."""
        return max(symbol.foot for symbol in self.symbols) + 5

    @property
    def noted(self) -> float:
        """Where the notes begin."""
        return self.legend + legend_height(self.signs) + 0.5

    @property
    def height(self) -> float:
        """Millimetres of the whole picture."""
        return self.noted + len(self.notes) * LINE + 1

    @property
    def others(self) -> float | None:
        """Where the words stand above those without a tie; None where there are none."""
        tops = [symbol.top for symbol in self.symbols if symbol.row >= OTHERS]
        return min(tops) - 6 if tops else None


def genogram_plan(people: Sequence[Person], shown: Shown) -> Genogram | None:
    """The picture of a family whose first person is the first child; None when there is nobody besides."""
    if all(person.tie == "self" for person in people):
        return None
    family = family_of(people)
    symbols = symbols_of(family, shown)
    ties = ties_of(family, symbols)
    home = household(symbols)
    signs = legend(tuple(_signs(symbols, ties, bool(home))))
    return Genogram(family, symbols, ties, home, signs, note_lines(tuple(_notes(people, family, symbols, ties))))


def _signs(symbols: Sequence[Symbol], ties: Sequence[Tie], home: bool) -> Iterator[tuple[str, str]]:
    people = [symbol.person for symbol in symbols]
    for sex, words in _SEX.items():
        if any(person.sex == sex and not person.unborn for person in people):
            yield sex, words
    if any(person.unborn for person in people):
        yield "unborn", "Unborn"
    if any(person.index for person in people):
        yield "index", "Child the notification is about"
    if any(person.deceased for person in people):
        yield "deceased", "Has died"
    kinds = {tie.kind for tie in ties}
    if "couple" in kinds:
        yield "couple", "Parents of a child, or partners"
    if "descent" in kinds:
        yield "descent", "Child of, brother or sister of"
    if "half" in kinds:
        yield "half", "One parent in common, not stated which"
    if home:
        yield "home", "Live with the child"


def _notes(people: Sequence[Person], family: Family, symbols: Sequence[Symbol], ties: Sequence[Tie]) -> Iterator[str]:
    tied = {key for tie in ties for key in (*tie.over, *tie.under)}
    if any(symbol.person.tie not in ("", "self") and symbol.person.key not in tied for symbol in symbols):
        yield "A tie to somebody who is not on the form, or for whom there is no room, has no line."
    if family.undrawn:
        yield f"{counted(family.undrawn, 'more person is', 'more people are')} in the table of the family."
    again = sum(person.tie == "self" for person in people[1:])
    if again:
        yield "The form lists the child among the family too; the child is drawn once."
    if any("…" in "".join((*symbol.name, *symbol.under)) for symbol in symbols):
        yield "Words that end in … are shortened: they stand in full in the table of the family."
