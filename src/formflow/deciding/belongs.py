"""To which case a form belongs: by its reference, or as the correction of an earlier form; never by likeness alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from formflow.extracting.form import Answer
from formflow.validating.submission import Query


@dataclass(frozen=True, slots=True)
class Belonging:
    """The case a form joins, if any, and what a person must be asked about it."""

    ref: str | None
    """None: the form opens a case of its own."""
    queries: tuple[Query, ...] = ()


@dataclass(slots=True)
class Likeness:
    """Which cases know a child: by NHS number, by name and birth, by name alone. Kept up to date form by form."""

    _seen: dict[tuple[str, ...], set[str]] = field(default_factory=dict, repr=False)
    _refs: set[str] = field(default_factory=set)

    def learn(self, ref: str, answers: Mapping[str, Answer]) -> None:
        """Remember the children of a case."""
        self._refs.add(ref)
        for key in _keys(answers):
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


def belongs(answers: Mapping[str, Answer], likeness: Likeness) -> Belonging:
    """The case a notification joins.

    A form that names one of our references joins that case. A form that says it replaces an earlier one joins the
    only case with the same child, and the question is put to a person. Anything else opens a case of its own; where
    a child looks the same, that is asked too: nothing is merged by machine.
    """
    written = _text(answers, "case_ref").upper()
    if likeness.knows(written):
        return Belonging(written)
    alike = likeness.alike(answers)
    replaces = bool(_text(answers, "resend_of") or _text(answers, "what_changed"))
    if replaces and len(alike) == 1:
        return Belonging(alike[0], (_ask_correction(alike[0]),))
    if alike:
        return Belonging(None, (_ask_same(alike),))
    if replaces:
        return Belonging(None, (_ask_unfound(),))
    return Belonging(None)


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
