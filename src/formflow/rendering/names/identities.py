"""Who is who in a case, and how a paper shows it: the one noun that papers ask."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from formflow.deciding.case import Case
from formflow.rendering.names.people import Person, people_of
from formflow.rendering.names.spotting import Spot, Spotter
from formflow.rendering.names.ways import ways_of
from formflow.settings import Names


@dataclass(frozen=True)
class Identities:
    """Everybody a case names, each with a label for every way of showing names."""

    people: tuple[Person, ...] = field(repr=False)
    """In the order in which the forms named them."""
    rows: dict[str, int] = field(default_factory=dict, repr=False)
    """Whom a row of the newest notification is: `child_1`, `family_2` → place in `people`."""

    @classmethod
    def of(cls, case: Case) -> Identities:
        """Everybody a case names, from all its forms in order: a later form adds people and renames nobody."""
        found = people_of(case)
        return cls(found.persons, found.rows)

    def at(self, row: str) -> Person | None:
        """The person of a row of the newest notification (`child_1`); None where it names nobody."""
        place = self.rows.get(row)
        return None if place is None else self.people[place]

    def covered(self, text: str, mode: Names) -> str:
        """Words that people typed, with every name that is clearly one as its label in square brackets.

        A word that may be two people, or an ordinary word, is left as it is: `left_in` finds it. Of two people with one
        full name both are shown: `[Father or Child B]`. Nothing else is changed; doing it again changes nothing.
        """
        if mode == "named" or not text:
            return text
        if (text, mode) not in self._covered:
            self._covered[text, mode] = self._cover(text, mode)
        return self._covered[text, mode]

    @cached_property
    def _covered(self) -> dict[tuple[str, Names], str]:
        """What was covered so far: papers say the same words again and again."""
        return {}

    def _cover(self, text: str, mode: Names) -> str:
        made: list[str] = []
        reached = 0
        spotter = self._family_spotter if mode == "initials" else self._spotter
        for spot in spotter.spots(text, self.labels):
            if label := self._label(spot, mode):
                made += (text[reached : spot.start], f"[{label}]")
                reached = spot.end
        return "".join((*made, text[reached:]))

    def spots(self, text: str) -> Iterator[Spot]:
        """Every name in a text, those included that are not certain."""
        return self._spotter.spots(text, self.labels)

    @cached_property
    def labels(self) -> frozenset[str]:
        """Everything that may stand in square brackets in place of a name."""
        single = {label for one in self.people for label in (one.pseudonym, one.label("initials"))}
        several = [way.people for way in self._spotter.ways if way.kind == "full" and len(way.people) > 1]
        return frozenset(single | {self._joint(people, mode) for people in several for mode in _MODES})

    @cached_property
    def _spotter(self) -> Spotter:
        return Spotter(ways_of(self.people))

    @cached_property
    def _family_spotter(self) -> Spotter:
        """For initials, which stand for professionals nowhere."""
        ours = [way for way in self._spotter.ways if any(self.people[n].kind != "professional" for n in way.people)]
        return Spotter(ours)

    def _label(self, spot: Spot, mode: Names) -> str:
        """What stands for a name; empty where it is to be left as it is."""
        meant = [self.people[place] for place in sorted(spot.people)]
        if not spot.clear or (mode == "initials" and all(one.kind == "professional" for one in meant)):
            return ""
        if len(meant) > 1 and spot.kind != "full":
            return ""
        return self._joint(spot.people, mode)

    def _joint(self, people: frozenset[int], mode: Names) -> str:
        """The labels of all who may be meant: `Father or Child B`."""
        return " or ".join(sorted({self.people[place].label(mode) for place in people}))


_MODES: tuple[Names, ...] = ("initials", "pseudonym")
