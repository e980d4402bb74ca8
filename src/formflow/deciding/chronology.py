"""The combined chronology: key events of the notification and of every agency return, in order, with their doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as detail
from datetime import date, timedelta

from formflow.deciding import told
from formflow.deciding.case import Case
from formflow.extracting.dates import span_of
from formflow.extracting.form import Answer
from formflow.extracting.rows import rows

GAP = timedelta(days=90)
"""From so long a silence on, a gap is shown."""
_NEAR = timedelta(days=45)
"""So far apart, two accounts may still be of one event."""
_ALIKE = 0.6
"""How much of the words of two accounts must agree for them to be taken for one event."""
_LEAST_WORDS = 3
_SMALL = frozenset({
    "a", "an", "and", "as", "at", "by", "for", "from", "had", "has", "have", "he", "her", "him", "his", "in",
    "is", "it", "of", "on", "or", "out", "she", "that", "the", "their", "they", "to", "was", "were", "which",
    "who", "with", "child", "mother", "father", "parent", "family", "visit", "visited",
})  # fmt: skip
"""Words that tell no event from another."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chronology, with where it comes from."""

    first: date | None
    """The first day it may mean; None for a row without a date that can be read."""
    last: date | None
    when: str
    """The date as the form gives it."""
    precision: str
    time: str
    told_by: str
    """`Notification`, or the agency whose return it is."""
    form: int
    row: int
    source: str
    """The record it comes from, as the form says."""
    event: str = detail(repr=False)
    child_seen: bool | None = None
    response: str = detail(default="", repr=False)
    comment: str = detail(default="", repr=False)
    doubts: tuple[str, ...] = ()
    """What a person should look at: the same event with another date, no date."""


@dataclass(frozen=True, slots=True)
class Gap:
    """A time of which no form tells anything."""

    after: date
    before: date

    @property
    def days(self) -> int:
        """How many days lie between."""
        return (self.before - self.after).days


@dataclass(frozen=True, slots=True)
class Chronology:
    """Every row in order, and the gaps between them."""

    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    contradictions: int
    """How many pairs of accounts of one event disagree about its date."""


def chronology_of(case: Case) -> Chronology:
    """The combined chronology of a case; rows without a date come last."""
    found = sorted(_rows(case), key=_order)
    pairs = tuple(_contradictions(found))
    doubts: dict[int, list[str]] = {}
    for one, other in pairs:
        doubts.setdefault(one, []).append(_says(found[other]))
        doubts.setdefault(other, []).append(_says(found[one]))
    marked = tuple(replace(row, doubts=(*row.doubts, *doubts.get(n, ()))) for n, row in enumerate(found))
    return Chronology(marked, tuple(_gaps(found)), len(pairs))


def _rows(case: Case) -> Iterator[Row]:
    """The rows of the newest notification and of each agency's newest return."""
    spoken = {one.form: one.agency for one in case.returns}
    versions = [n for n, _, _ in case.forms("notification")]
    if versions:
        spoken[versions[-1]] = "Notification"
    for number, _, form in case.forms():
        if number in spoken:
            for row in rows(form.answers, "event"):
                yield _row(form.answers, row, number, spoken[number])


def _row(answers: Mapping[str, Answer], row: int, form: int, told_by: str) -> Row:
    def say(part: str) -> str:
        return told.text(answers, f"event_{row}_{part}")

    answer = answers.get(f"event_{row}_date")
    certain = answer is not None and answer.state == "answered"
    span = span_of(answer.value) if answer is not None and certain else None
    raw = re.sub(r"\s+", " ", answer.raw).strip() if answer is not None else ""
    doubts = () if span else ("No date that can be read.",)
    return Row(
        span[0] if span else None,
        span[1] if span else None,
        raw,
        (answer.precision or "day") if answer is not None and certain else "",
        say("time"),
        told_by,
        form,
        row,
        say("source"),
        say("event"),
        told.truth(answers, f"event_{row}_child_seen"),
        say("response"),
        say("comment"),
        doubts,
    )


def _order(row: Row) -> tuple[bool, date, str, date, int, int]:
    return row.first is None, row.first or date.max, row.time or "99:99", row.last or date.max, row.form, row.row


def _contradictions(found: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Pairs of rows, told by different forms, that seem to be of one event and give days that cannot agree."""
    words = [_words(row.event) for row in found]
    for one, first in enumerate(found):
        for other in range(one + 1, len(found)):
            second = found[other]
            if first.last is None or second.first is None or second.first - first.last > _NEAR:
                break
            sure = "approximate" not in (first.precision, second.precision) and first.form != second.form
            if sure and second.first > first.last and _alike(words[one], words[other]):
                yield one, other


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    least = min(len(one), len(other))
    return least >= _LEAST_WORDS and len(one & other) / least >= _ALIKE


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in re.findall(r"[a-z0-9]+", text.casefold()) if word not in _SMALL)


def _says(other: Row) -> str:
    return f"{other.told_by} seems to tell of the same event on {other.when}."


def _gaps(found: Sequence[Row]) -> Iterator[Gap]:
    """The times of silence between rows whose date is one certain day or span."""
    dated = [(row.first, row.last) for row in found if row.first is not None and row.last is not None]
    reached: date | None = None
    for first, last in dated:
        if reached is not None and first - reached > GAP:
            yield Gap(reached, first)
        reached = max(reached, last) if reached is not None else last
