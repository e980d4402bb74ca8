"""Where everybody stands in the family picture: row by row, parents over children, with their words beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from formflow.rendering.pictures.family import Family
from formflow.rendering.pictures.letters import LINE, Shown, drawable, label, lines_of
from formflow.rendering.pictures.people import Person
from formflow.rendering.pictures.sheet import WIDTH

GAP = 13.0
"""Millimetres between two rows, for the lines of descent."""
_WIDEST = 27.0
_SIZE = 9.0
_TOP = 5.2
"""Millimetres above the first row, for the line of the household."""
GRANDPARENTS, PARENTS, CHILDREN, OTHERS = range(4)
_WITHOUT = 7
"""People in a row of those without a tie, before another row is begun."""


@dataclass(frozen=True, slots=True)
class Symbol:
    """A person in the picture: the middle of the symbol, and the lines of words beneath it, in millimetres."""

    person: Person
    row: int
    """Grandparents 0, parents 1, children 2; those without a tie from 3 on."""
    x: float
    y: float
    cell: float
    """How much of the row belongs to this person."""
    name: tuple[str, ...]
    """The label handed in; never a name from the form."""
    under: tuple[str, ...]
    """Age and relationship."""
    size: float = _SIZE

    @property
    def top(self) -> float:
        """The upper edge of the symbol."""
        return self.y - self.size / 2

    @property
    def foot(self) -> float:
        """Beneath the last line of words."""
        return self.y + self.size / 2 + 1 + (len(self.name) + len(self.under)) * LINE


def symbols_of(family: Family, shown: Shown) -> tuple[Symbol, ...]:
    """Everybody's symbol, row after row from the top."""
    rows = {GRANDPARENTS: (*family.above[0], *family.above[1]), PARENTS: family.adults, CHILDREN: family.young}
    for start in range(0, len(family.others), _WITHOUT):
        rows[OTHERS + start // _WITHOUT] = family.others[start : start + _WITHOUT]
    cells = _cells(family, rows)
    places = _places(family, rows, cells)
    symbols: list[Symbol] = []
    top = _TOP
    for number, row in sorted(rows.items()):
        made = [_symbol(person, number, places[person.key], top, cells[number], shown) for person in row]
        symbols += made
        top = max((symbol.foot for symbol in made), default=top - GAP) + GAP
    return tuple(symbols)


def called(person: Person, shown: Shown) -> str:
    """The label of a person as it is drawn; by the place on the form where none is handed in, or it cannot be drawn."""
    block, _, number = person.key.partition("_")
    otherwise = f"{'Child' if block == 'child' else 'Person'} {number}"
    return drawable(label(shown, person.key, otherwise)) or otherwise


def _symbol(person: Person, row: int, x: float, top: float, cell: float, shown: Shown) -> Symbol:
    room = cell - 3
    relation = (drawable(person.relation) or "(in other letters)") if person.relation else ""
    under = (*lines_of(drawable(person.age) or "", room, 2), *(lines_of(relation, room, 3) if relation else ()))
    name = lines_of(called(person, shown), room, 2, bold=True)
    return Symbol(person, row, x, top + _SIZE / 2, cell, name, under)


def _margins(family: Family) -> tuple[int, int]:
    """Free places at the ends of the parents' row, where two grandparents stand further out than anybody in it."""
    pairs = zip(family.above, (family.father, family.mother), strict=True)
    under_two = [person for above, person in pairs if len(above) == 2]
    first, last = family.adults[:1], family.adults[-1:]
    return sum(person in first for person in under_two), sum(person in last for person in under_two)


def _cells(family: Family, rows: Mapping[int, Sequence[Person]]) -> dict[int, float]:
    """Millimetres for one person in each row: the same in the rows that lines join."""
    before, after = _margins(family)
    most = max(before + len(family.adults) + after, *(len(row) for number, row in rows.items() if number < OTHERS))
    cell, alone = min(_WIDEST, WIDTH / most), min(_WIDEST, WIDTH / _WITHOUT)
    return {number: cell if number < OTHERS else alone for number in rows}


def _places(family: Family, rows: Mapping[int, Sequence[Person]], cells: Mapping[int, float]) -> dict[str, float]:
    """The middle of everybody in millimetres from the left: the children centred under their parents."""
    cell = cells[CHILDREN]
    before, after = _margins(family)
    adults = (WIDTH - (before + len(family.adults) + after) * cell) / 2 + before * cell
    young = (WIDTH - len(family.young) * cell) / 2
    places = _row(family.adults, adults, cell) | _row(family.young, young, cell)
    if family.parents:
        aside = _middle(family.parents, places) - _middle(family.children, places)
        if len(family.young) < len(family.adults) + before + after:
            places |= _row(family.young, _within(young + aside, len(family.young) * cell), cell)
        else:
            left = _within(adults - aside - before * cell, (before + len(family.adults) + after) * cell)
            places |= _row(family.adults, left + before * cell, cell)
    for number, row in rows.items():
        if number >= OTHERS:
            places |= _row(row, (WIDTH - len(row) * cells[number]) / 2, cells[number])
    return places | _above(family, places, cell)


def _above(family: Family, places: Mapping[str, float], cell: float) -> dict[str, float]:
    """The grandparents over their child, those of both sides apart."""
    found: dict[str, float] = {}
    both = all(family.above)
    for above, person, side in zip(family.above, (family.father, family.mother), (-1, 1), strict=True):
        if person is None or not above:
            continue
        middle = places[person.key] + (side * cell / 2 if both and len(above) == 2 else 0)
        found |= _row(above, middle - len(above) * cell / 2, cell)
    return found


def _row(row: Sequence[Person], left: float, cell: float) -> dict[str, float]:
    return {person.key: left + (number + 0.5) * cell for number, person in enumerate(row)}


def _middle(people: Sequence[Person], places: Mapping[str, float]) -> float:
    return (places[people[0].key] + places[people[-1].key]) / 2


def _within(left: float, wide: float) -> float:
    return min(max(left, 0.0), WIDTH - wide)
