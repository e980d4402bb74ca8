"""Where in a form the finder stands: the part, the child, the question before; and what words ask for there."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from formflow.extracting.joint import asked_together
from formflow.extracting.question import Line, Question, cut, part_of, plain
from formflow.extracting.vocabulary import Areas, Targets, Vocabulary
from formflow.reading.document import Piece

_CHILD = re.compile(r"\b(?:child|young person|yp|baby|sibling)\s*(?:no\.?\s*)?(\d)\b", re.IGNORECASE)
_BOXES = re.compile("[☒☐].*[☒☐]", re.DOTALL)
_NUMBER = re.compile(
    r"^(?:agency|organisation|service|professional|person|family member|household member|adult|sibling|relative|event)"
    r"\s*(?:no\.?\s*)?(\d{1,2})\b",
    re.IGNORECASE,
)
_CAUSED = frozenset({"responsible", "suspected", "caused"})
_WHO = ("child_N_surname", "child_N_full_name")
_ASIDE = re.compile(r"\(([^()]+)\)")
_PARTS = re.compile(r"(?<=[?.;])\s+|\n+")
_LONGEST_LABEL = 300
"""Letters."""
REPEATED = {"family": "family", "agency": "agency", "events": "event"}
"""Sections whose questions come back for each person, agency or event, with how their fields begin."""


_ROW = re.compile(
    r"\s*(agency|organisation|service|professional|person|family member|household member|adult|sibling|relative|child|"
    r"young person|event)\s*(?:no\.?\s*)?(\d{1,2})\s*(?::|[-–—])\s*(\S.*?)\s*[:?]?\s*$",
    re.IGNORECASE,
)
_ROWS = {
    "agency": "agency", "organisation": "agency", "service": "agency", "professional": "agency", "event": "events",
    "child": "child", "young person": "child", "person": "family", "family": "family", "household": "family",
    "adult": "family", "sibling": "family", "relative": "family",
}  # fmt: skip
"""What a numbered row is called, with the part of the form it belongs to."""


@dataclass(slots=True)
class Standing:
    """What has been asked so far, and in which part of the form."""

    vocabulary: Vocabulary
    areas: Areas = ()
    sections: tuple[str, ...] = ()
    heading: str = ""
    """The heading above, as it is written."""
    group: str = ""
    """A part within the part, about one person: `lead`."""
    child: int = 1
    rows: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many people, agencies and events there have been."""
    named: dict[int, set[str]] = field(default_factory=dict, repr=False)
    """By child: the names that stood where its name is asked."""
    last: str = ""
    """The field the question before asked for."""
    asked: set[tuple[str, int | None]] = field(default_factory=set)
    questions: list[Question] = field(default_factory=list)

    def contexts(self) -> tuple[str, ...]:
        """The parts the finder stands in, the nearest first."""
        found = (self.group, *self.sections) if self.group else self.sections
        near = self.vocabulary.home.get(self.last, "")
        return (*found, near) if near and near not in found else found

    def asks(self, label: str, sections: Sequence[str] | None = None) -> Targets | None:
        """What words ask for here: a declared label, or more about the question before."""
        return self._asks(label, self.contexts() if sections is None else sections, self.last)

    def in_line(self, sections: Sequence[str] | None = None, after: str = "") -> Callable[[str], Targets | None]:
        """What words ask for one after the other in a line: each may ask for more about the one before it."""
        last, where = after or self.last, self.contexts() if sections is None else sections

        def asks(label: str) -> Targets | None:
            nonlocal last
            near = self.vocabulary.home.get(last, "")
            targets = self._asks(label, (*where, near) if near and near not in where else where, last)
            if targets:
                last = targets[0]
            return targets

        return asks

    def _asks(self, label: str, sections: Sequence[str], last: str) -> Targets | None:
        if len(label) > _LONGEST_LABEL:
            return None
        if own := self.vocabulary.declared(label, sections):
            return own
        first, *rest = [part for part in _PARTS.split(label.strip()) if part.strip()] or [""]
        whole = self._one(label, sections, last)
        if (whole is None or len(whole) == 1) and (joint := asked_together(label, whole, sections, self._of_person)):
            return joint
        if not rest or (whole is not None and len(whole) > 1):
            return whole
        main = self._one(first, sections, last) or whole
        return main and self._with_rest(rest, main)

    def _of_person(self, words: str, sections: Sequence[str]) -> Targets | None:
        return self.vocabulary.asks(words, sections, self.areas)

    def _one(self, label: str, sections: Sequence[str], last: str) -> Targets | None:
        if explicit := self.vocabulary.asks(label, (), self.areas):
            return self.vocabulary.asks(label, sections, self.areas) or explicit
        follow = self.vocabulary.follow(label, last) if last else None
        if follow is not None and (follow, self._number(follow)) not in self.asked:
            return tuple(follow.split(" + "))
        return self.vocabulary.asks(label, sections, self.areas)

    def _with_rest(self, rest: Sequence[str], main: Targets) -> Targets:
        """What a label of several sentences asks for: the rest may ask for more about the first."""
        targets = list(main)
        for part in rest:
            follow = self.vocabulary.follow(part, main[0])
            more = (follow,) if follow else self.vocabulary.asks(part, (), self.areas) or ()
            targets += [each for each in more if each not in targets]
        return tuple(targets)

    def follows(self, label: str, after: str) -> Targets | None:
        """What words inside an answer ask for: more about the question it answers, or the person it names."""
        if follow := self.vocabulary.follow(label, after):
            return (follow,)
        return None

    def of_row(self, label: str) -> Targets | None:
        """What a label asks that names its row first: `Person 1: name`, `Agency 2 – contact name`; None for others."""
        found = _ROW.match(label)
        part = next((part for words, part in _ROWS.items() if found and found[1].casefold().startswith(words)), "")
        if found is None or not part:
            return None
        targets = self.vocabulary.asks(found[3], (part,), self.areas)
        block = REPEATED.get(part, part)
        if not targets or not targets[0].startswith(f"{block}_N_"):
            return None
        if part == "child":
            self.child = int(found[2])
        return targets

    def head(self, text: str, place: str) -> None:
        """Begin the part of the form that a heading names; a heading that says nothing we know begins no part.

        `place` is where it stands: who a child is may be told there.
        """
        self.sections, self.heading = self.begins(text), text
        self.group = "lead" if self.sections[:1] == ("lead",) else ""
        self.last = ""
        if self.sections[:1] not in ((), ("child",)):
            self.child = 1
        if (
            self.sections[:1] == ("child",)
            and self.named.get(self.child)
            and _CAUSED & self.vocabulary.wording.asked(text)
        ):
            self.child += 1
            self.put(text, ("child_N_role",), (Piece("child alleged to have caused the harm"),), place)
        if found := _CHILD.search(text):
            self.child = int(found[1])
            self.sections = ("child", *(section for section in self.sections if section != "child"))
            if aside := _ASIDE.search(text):
                self.put(text, ("child_N_role",), (Piece(aside[1]),), place)

    def begins(self, text: str) -> tuple[str, ...]:
        """The parts that a heading begins; one that reads like a label begins the part of what it asks for."""
        if known := self.vocabulary.heading(text):
            return known
        targets = self.vocabulary.asks(text, (), self.areas)
        home = self.vocabulary.home.get(targets[0], "") if targets else ""
        return (home,) if home else ()

    def put(
        self, label: str, targets: Targets, pieces: Line, place: str, number: int | None = None, option: str = ""
    ) -> None:
        """Note a question and its answer."""
        if not targets and "family" in self.contexts() and (relation := self.vocabulary.relation(label)):
            self._relatives(label, relation, pieces, place)
            return
        if number is None:
            self._count_up(label, targets)
            self._next_child(targets, pieces)
        how = "layout" if targets and self.vocabulary.declared(label, self.contexts()) == targets else "label"
        if not targets and (keyed := self.vocabulary.keyed(label, self.contexts(), self.areas)):
            targets, how = keyed, "key"
        if len(targets) == 1 and targets[0] in self.vocabulary.boxed and _BOXES.search(plain(pieces)):
            targets = (self.vocabulary.boxed[targets[0]],)
        for target in targets:
            self.asked.add((target, self._number(target) if number is None else number))
        if targets:
            self.last = targets[0]
        numbers = {self._number(target) for target in targets} if number is None else {number}
        which = next(iter(numbers)) if len(numbers) == 1 else self.child
        self.questions.append(Question(label.strip(), targets, pieces, place, which, option, how, self.heading))

    def _count_up(self, label: str, targets: Targets) -> None:
        """Where people or agencies are asked for one after the other, a question that comes again begins the next."""
        block = targets[0].split("_")[0] if targets and "_N_" in targets[0] else ""
        if block not in REPEATED.values():
            return
        if numbered := _NUMBER.search(label):
            self.rows[block] = int(numbered[1])
        elif (targets[0], self._number(targets[0])) in self.asked and self._is_answered(targets[0]):
            self.rows[block] = max(self.rows[block], 1) + 1

    def _is_answered(self, target: str) -> bool:
        """Whether anything stands at the question that asked for a field last."""
        last = next((question for question in reversed(self.questions) if question.targets[:1] == (target,)), None)
        return last is not None and bool(last.raw)

    def _relatives(self, label: str, relation: tuple[str, bool], pieces: Line, place: str) -> None:
        """Note people who stand behind the word for their relation: `Mother`, `Siblings`, each a row of the family."""
        name, single = relation
        for line in cut(pieces) if single else _people(pieces):
            if not plain(line).strip():
                continue
            self.rows["family"] += 1
            number = self.rows["family"]
            asked = ("family_N_name", "family_N_dob_or_age", "family_N_relationship", "family_N_address_if_different")
            self.put(
                label, tuple(each for each in asked if not (single and each.endswith("ship"))), line, place, number
            )
            if single:
                self.put(label, ("family_N_relationship",), (Piece(name.capitalize()),), place, number)

    def _next_child(self, targets: Targets, pieces: Line) -> None:
        """Where a form asks for a name again and another one stands there, it speaks of the next child."""
        if len(targets) != 1 or targets[0] not in _WHO:
            return
        name = " ".join(plain(pieces).casefold().split())
        known = self.named.get(self.child, set())
        if name and known and not any(_alike(name, each) for each in known) and (targets[0], self.child) in self.asked:
            self.child += 1
        if name:
            self.named.setdefault(self.child, set()).add(name)

    def _number(self, target: str) -> int | None:
        if "_N_" not in target:
            return None
        block = target.split("_")[0]
        return self.child if block == "child" else max(self.rows[block], 1)

    def block(self, sections: Iterable[str]) -> str:
        """How the fields of the repeated part begin that is the first of these sections; empty for none."""
        first = next(iter(sections), "")
        return REPEATED.get(first, "")


def _people(pieces: Line) -> Iterator[Line]:
    """The people named in an answer: each on a line of its own, or between semicolons."""
    for line in cut(pieces):
        text, at = plain(line), 0
        for end in [*(found.start() for found in re.finditer(";", text)), len(text)]:
            yield part_of(line, at, end)
            at = end + 1


def _alike(one: str, other: str) -> bool:
    """Whether two names can be the same person's: they share a word."""
    return bool(set(one.split()) & set(other.split()))


def child_number(text: str) -> int | None:
    """Which child words name: `Child 2` → 2; None when they name none."""
    found = _CHILD.search(text)
    return int(found[1]) if found else None
