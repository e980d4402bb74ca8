"""The lines between the people of the family picture: who is a couple, and who is whose child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from formflow.rendering.pictures.family import Family
from formflow.rendering.pictures.genogram_rows import Symbol
from formflow.rendering.pictures.outline import Point
from formflow.rendering.pictures.people import Person

_LOW, _HIGH = 4.5, 8.0
"""Millimetres above a row at which lines of descent run across: those of both parents, and those of one alone."""
_BRACKET = 1.1
"""Millimetres above a symbol at which a line runs to a partner who does not stand beside it."""

Kind = Literal["couple", "descent", "half"]
"""`half`: one parent in common, and the form does not say which."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie that the form states: the lines that draw it, and who is at its upper and its lower end (by key)."""

    kind: Kind
    lines: tuple[tuple[Point, ...], ...]
    over: tuple[str, ...]
    """The couple, or the parents; empty where brothers and sisters are on the form and no parent is."""
    under: tuple[str, ...] = ()


def ties_of(family: Family, symbols: Sequence[Symbol]) -> tuple[Tie, ...]:
    """Every tie of the family; lines begin and end in the middle of symbols, which are drawn over them."""
    at = {symbol.person.key: symbol for symbol in symbols}
    found = [*_couples(family, at)]
    for above, person, beside in zip(family.above, (family.father, family.mother), family.beside, strict=True):
        if person is not None:
            found += _descent(above, (*beside, person), at, _LOW)
    found += _descent(family.parents, family.children, at, _LOW)
    for parent, young in ((family.father, family.half[0]), (family.mother, family.half[1])):
        if parent is not None and young:
            found += _descent((parent,), young, at, _HIGH)
    found += _half(family, at)
    return tuple(found)


def _couples(family: Family, at: Mapping[str, Symbol]) -> Iterator[Tie]:
    for above in family.above:
        if len(above) == 2:
            yield _couple(at[above[0].key], at[above[1].key], 0)
    if len(family.parents) == 2:
        yield _couple(at[family.parents[0].key], at[family.parents[1].key], 0)
    for parent, partners in zip((family.father, family.mother), family.partners, strict=True):
        for number, partner in enumerate(partners):
            if parent is not None:
                yield _couple(at[parent.key], at[partner.key], number)


def _couple(one: Symbol, other: Symbol, between: int) -> Tie:
    """A straight line, or with somebody between them a line over their heads."""
    keys = (one.person.key, other.person.key)
    if not between:
        return Tie("couple", (((one.x, one.y), (other.x, other.y)),), keys)
    side = 1.4 * between if other.x > one.x else -1.4 * between
    y = one.top - _BRACKET * between
    line = ((one.x + side, one.y), (one.x + side, y), (other.x, y), (other.x, other.y))
    return Tie("couple", (line,), keys)


def _descent(over: Sequence[Person], under: Sequence[Person], at: Mapping[str, Symbol], level: float) -> Iterator[Tie]:
    """From a couple's line, or from beneath the words of one parent, to each child."""
    young = [at[person.key] for person in under]
    if not young or (not over and len(young) == 1):
        return
    y = young[0].top - level
    xs = [symbol.x for symbol in young]
    lines: list[tuple[Point, ...]] = [((symbol.x, y), (symbol.x, symbol.y)) for symbol in young]
    if over:
        parents = [at[person.key] for person in over]
        x = sum(symbol.x for symbol in parents) / len(parents)
        lines.append(((x, parents[0].y if len(parents) > 1 else parents[0].foot + 0.6), (x, y)))
        xs.append(x)
    lines.append(((min(xs), y), (max(xs), y)))
    yield Tie("descent", tuple(lines), _keys(over), _keys(under))


def _half(family: Family, at: Mapping[str, Symbol]) -> Iterator[Tie]:
    """A dashed line that goes on from the brothers and sisters."""
    for person in family.half[2]:
        symbol, last = at[person.key], at[family.children[-1].key]
        y = symbol.top - _LOW
        line = ((last.x, symbol.y), (last.x, y), (symbol.x, y), (symbol.x, symbol.y))
        yield Tie("half", (line,), (), (person.key,))


def _keys(people: Sequence[Person]) -> tuple[str, ...]:
    return tuple(person.key for person in people)
