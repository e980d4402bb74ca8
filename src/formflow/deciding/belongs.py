"""To which case a form belongs: by its reference, or by its child as a question; never silently by likeness alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.extracting.form import Answer, Kind
from formflow.validating.submission import Query

_LEAST_ADDRESS = 5
"""Letters and digits that an address has at least."""


@dataclass(frozen=True, slots=True)
class Belonging:
    """The case a form joins, if any, and what a person must be asked about it."""

    ref: str | None
    """None: the form opens a case of its own, or goes back when a query is a blocker."""
    queries: tuple[Query, ...] = ()
    linked: tuple[str, ...] = ()
    """Cases that may be of the same incident, about other children: proposed to a person, never merged."""


@dataclass(slots=True)
class Likeness:
    """Which cases know a child (by NHS number, by name and birth, by name alone) or tell of one day and address.

    Kept up to date form by form.
    """

    _seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict, repr=False)
    _refs: set[str] = field(default_factory=set)

    def learn(self, ref: str, answers: Mapping[str, Answer]) -> None:
        """Remember the children of a case, and when and where it happened."""
        self._refs.add(ref)
        for key in (*_keys(answers), *_places(answers)):
            self._seen.setdefault(key, set()).add(ref)

    def knows(self, ref: str) -> bool:
        """Whether there is such a case."""
        return ref in self._refs

    def alike(self, answers: Mapping[str, Answer]) -> Sequence[str]:
        """The cases that share a child with these answers, surest likeness first."""
        found: dict[str, None] = {}
        for key in _keys(answers):
            found.update(dict.fromkeys(sorted(self._seen.get(key, ()))))
        return tuple(found)

    def sure(self, answers: Mapping[str, Answer]) -> Sequence[str]:
        """The cases that share a child by NHS number or by name and birth; a name alone is not sure."""
        keys = (key for key in _keys(answers) if key[0] != "name")
        return tuple(sorted({ref for key in keys for ref in self._seen.get(key, ())}))

    def same_place(self, answers: Mapping[str, Answer]) -> Sequence[str]:
        """The cases that tell of something on the same day at the same address."""
        keys = (key for key in _places(answers) if key[0] == "place")
        return tuple(sorted({ref for key in keys for ref in self._seen.get(key, ())}))

    def same_day(self, refs: Sequence[str], answers: Mapping[str, Answer]) -> Sequence[str]:
        """Those of the cases whose incident was on the day these answers give; none where they give no day."""
        day = _text(answers, "incident_date")
        return tuple(ref for ref in refs if ref in self._seen.get(("day", day), ()))


def belongs(answers: Mapping[str, Answer], likeness: Likeness, kind: Kind = "notification") -> Belonging:
    """The case a form joins.

    A notification joins the case whose reference it names, or the one it says it corrects; else it opens its own. Any
    other form joins an existing case: the one it names, or the only one with its child (by NHS number or birth, else by
    name and the day of the incident), which is asked; where there is none or more than one it goes back. A legacy
    review that names no case opens one.
    """
    if kind == "notification":
        return _notification(answers, likeness)
    return _later(answers, likeness, opens=kind == "legacy-review")


def _by_reference(answers: Mapping[str, Answer], ref: str, alike: Sequence[str]) -> Belonging:
    """The case that is named, unless its child is not the form's and another case's is."""
    if alike and ref not in alike:
        return Belonging(None, (_ask_other_child(ref),))
    return Belonging(ref, (_ask_child(ref),) if not alike and _names_a_child(answers) else ())


def _later(answers: Mapping[str, Answer], likeness: Likeness, *, opens: bool) -> Belonging:
    """The case a form of the process joins; a reference whose child is another case's child is not believed."""
    written, alike = _text(answers, "case_ref").upper(), likeness.alike(answers)
    if likeness.knows(written):
        return _by_reference(answers, written, alike)
    if opens and not written:
        return Belonging(None, (_ask_same(alike),) if alike else ())
    fits = likeness.sure(answers)
    same_day = likeness.same_day(fits or alike, answers)
    other_day = bool(_text(answers, "incident_date")) and not same_day
    fits = same_day or fits
    if len(fits) == 1:
        return Belonging(fits[0], (_ask_by_child(fits[0], written, other_day=other_day),))
    return Belonging(None, (_ask_which(alike, written),))


def _notification(answers: Mapping[str, Answer], likeness: Likeness) -> Belonging:
    """The case a notification joins.

    A form that names one of our references joins that case. A form that says it replaces an earlier one joins the
    only case with the same child, and the question is put to a person. Anything else opens a case of its own; where
    a child looks the same, that is asked too: nothing is merged by machine.
    """
    written, alike = _text(answers, "case_ref").upper(), likeness.alike(answers)
    if likeness.knows(written):
        return _by_reference(answers, written, alike)
    replaces = bool(_text(answers, "resend_of") or _text(answers, "what_changed"))
    if replaces and len(alike) == 1:
        return Belonging(alike[0], (_ask_correction(alike[0]),))
    linked = tuple(ref for ref in likeness.same_place(answers) if ref not in alike)
    link = (_ask_linked(linked),) if linked else ()
    if alike:
        return Belonging(None, (_ask_same(alike), *link), linked)
    if replaces:
        return Belonging(None, (_ask_unfound(), *link), linked)
    return Belonging(None, link, linked)


def _ask_correction(ref: str) -> Query:
    return Query(
        level="query",
        field="resend_of",
        message=f"This form says that it replaces an earlier one, and the child is the same as in {ref}. It was kept "
        f"as the next version of {ref}. Please confirm that it belongs there.",
    )


def _ask_same(refs: Sequence[str]) -> Query:
    return Query(
        level="query",
        field="case_ref",
        message=f"A child on this form looks the same as in {', '.join(refs)}. The form was given a case of its own; "
        "nothing was merged. Is it the same incident, or another one? If it corrects the earlier form, send it again "
        'with that reference in "Partnership reference".',
    )


def _ask_unfound() -> Query:
    return Query(
        level="query",
        field="resend_of",
        message="This form says that it replaces an earlier one, but no case with the same child was found. It was "
        "given a case of its own. Which case does it belong to?",
    )


def _ask_linked(refs: Sequence[str]) -> Query:
    return Query(
        level="query",
        field="case_ref",
        message=f"This form and {', '.join(refs)} tell of the same day and the same address, about different children. "
        "It may be one incident: a child who was harmed, and one who is said to have caused it, for instance. Nothing "
        'was merged. If they belong together, say so with a case update under "Linked cases".',
    )


def _ask_by_child(ref: str, written: str, *, other_day: bool) -> Query:
    why = f'The reference "{written}" is not one of ours' if written else "No reference is given"
    day = " The date of the incident is another one, though." if other_day else ""
    return Query(
        level="query",
        field="case_ref",
        message=f"{why}. The form was put with {ref}, the only case with the same child.{day} Please confirm that it "
        "belongs there.",
    )


def _ask_child(ref: str) -> Query:
    return Query(
        level="query",
        field="child_1_surname",
        message=f"The form names {ref}, but its child does not look like that case's. Is the reference right?",
    )


def _ask_other_child(ref: str) -> Query:
    return Query(
        level="blocker",
        field="case_ref",
        message=f"The reference is that of {ref}, but the child is the child of another case. Please correct one of "
        "them: nothing was put with either case.",
    )


def _ask_which(alike: Sequence[str], written: str) -> Query:
    given = f'"{written}" is not the reference of one of our cases' if written else "no reference is given"
    if len(alike) > 1:
        why = f"{given}, and the child is known in more than one: {', '.join(alike)}"
    else:
        why = f"{given}, and no case with this child was found"
    return Query(
        level="blocker",
        field="case_ref",
        message=f'"Partnership reference": {why}. Please give the reference of the case that this form is about.',
    )


def _names_a_child(answers: Mapping[str, Answer]) -> bool:
    return next(_keys(answers), None) is not None


def _places(answers: Mapping[str, Answer]) -> Iterator[tuple[str, ...]]:
    """The day of the incident, and the day with each address that is one: a postcode, or words with a number."""
    day = _text(answers, "incident_date")
    if not day:
        return
    yield "day", day
    fields = ["incident_place"]
    fields += [f"child_{n}_{part}" for n in range(1, 5) for part in ("home_address", "postcode", "address_now")]
    for field_id in fields:
        address = _fold(_text(answers, field_id))
        if any(letter.isdigit() for letter in address) and len(address) >= _LEAST_ADDRESS:
            yield "place", day, address


def _keys(answers: Mapping[str, Answer]) -> Iterator[tuple[str, ...]]:
    for number in range(1, 100):
        surname, forename, born, nhs = (
            _fold(_text(answers, f"child_{number}_{part}")) for part in ("surname", "forename", "dob", "nhs_no")
        )
        if not (surname or forename or nhs):
            return
        if nhs:
            yield ("nhs", nhs)
        if born and (surname or forename):
            yield ("born", born, surname or forename)
        if surname and forename:
            yield ("name", surname, forename)


def _text(answers: Mapping[str, Answer], field_id: str) -> str:
    answer = answers.get(field_id)
    return str(answer.value).strip() if answer is not None and answer.state == "answered" else ""


def _fold(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
