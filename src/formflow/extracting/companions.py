"""What stands beside an answer and answers the questions that belong to it: a date, a reference, who leads, details."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from formflow.extracting.choosing import Reading, answer_in
from formflow.extracting.date_pieces import date_pieces
from formflow.extracting.dates import NoDate, read_date, read_moment
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.names import looks_like_a_name
from formflow.extracting.question import Question
from formflow.extracting.several import several
from formflow.extracting.taking import detail_of
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.yes_no import read_yes_no

_REF = re.compile(
    r"^(?:(?:our |crime |police |log )?(?:ref(?:erence)?|no|number)\b|steis|datix|ulysses)\.?\s*:?\s*", re.IGNORECASE
)
_LEADS = re.compile(r"\b(?:coroner|court|constabulary|tribunal)\b", re.IGNORECASE)
_LED_BY = re.compile(r"^(?:name|(?:lead )?officer|lead|contact|oic|sio|court|coroner)\s*:\s*", re.IGNORECASE)
_LOGGED = re.compile(r"\d\s+of\s+\d", re.IGNORECASE)
"""A day that belongs to a number: `log 455 of 8/5/26`."""
_LONGEST_LEAD = 60
"""Letters."""
_STORY = 80
"""Letters: more of them are no kind of abuse, but what happened."""
_REASONS = 20
"""Letters: fewer words where yes or no is asked are no reasons."""


@dataclass(frozen=True, slots=True)
class Companions:
    """Reads what is said beside an answer for the fields that stand beside its own."""

    dictionary: Dictionary
    vocabulary: Vocabulary
    reading: Reading

    def beyond(self, asked: Field, answer: Answer, question: Question) -> Iterator[Answer]:
        """What is said beyond yes or no: one thing as a whole, else the date, the reference and the lead in it."""
        rest = detail_of(question, self.reading, asked)
        if not rest:
            return
        bare = _REF.sub("", rest)
        is_day = not isinstance(read_date(rest, latest=self.reading.latest), NoDate)
        more_about = "" if is_day else rest
        for kind, words in (("date", rest), ("ref", bare if _is_reference(bare) else ""), ("detail", more_about)):
            if more := self._read(answer, kind, words):
                yield more
                return
        found = several(rest, ["date", "reference"])
        left = _LED_BY.sub("", found.rest if found.pieces else rest)
        for kind, words in (
            ("date", "" if _LOGGED.search(rest) else found["date"]),
            ("ref", found["reference"]),
            ("lead", left if is_lead(left) else ""),
        ):
            if more := self._read(answer, kind, words):
                yield more

    def _read(self, answer: Answer, kind: str, words: str) -> Answer | None:
        place = self.vocabulary.companion(answer.field, kind) if words else None
        about = self.dictionary.field(place) if place else None
        more = self.reading.words(about, place, words, answer.place) if place and about else None
        return more if more is not None and more.state == "answered" else None

    def time(self, answer: Answer) -> Answer | None:
        """The time of day that stands beside a date, where a form may ask for one."""
        place = self.vocabulary.companion(answer.field, "time")
        about = self.dictionary.field(place) if place else None
        _, time = read_moment(answer.raw, latest=self.reading.latest) if about else (None, None)
        if place is None or about is None or time is None:
            return None
        return replace(self.reading.words(about, place, time, answer.place), raw=answer.raw)

    def instead(self, asked: Field, answer: Answer) -> Answer | None:
        """What stands where another thing is asked: a day for a yes or no, a person for a reference."""
        if asked.type == "yes_no" and answer.state == "unreadable":
            if answer.field == "lead_agreed" and looks_like_a_name(answer.raw):
                return self._read(answer, "name", answer.raw)
            when = read_date(answer.raw, latest=self.reading.latest)
            return None if isinstance(when, NoDate) else self._read(answer, "date", answer.raw)
        if answer.state == "answered" and (why := _cannot_be(answer, self.reading.latest)):
            return replace(answer, state="unreadable", value=None, confidence=0.0, because=why)
        if answer.field == "abuse_type_other" and len(answer.raw) > _STORY:
            return self.reading.words(
                self.dictionary.fields["incident_summary"], "incident_summary", answer.raw, answer.place
            )
        if answer.field.startswith("process_") and answer.field.endswith("_ref") and is_lead(answer.raw):
            return self._read(answer, "lead", answer.raw)
        return None

    def reasons(self, asked: Field, answer: Answer, question: Question) -> Answer | None:
        """Words where a yes or no is asked, that say neither: the reasons, where the form has a place for them."""
        place = self.vocabulary.companion(answer.field, "detail") if asked.type == "yes_no" else None
        if place is None or len(answer.raw) < _REASONS or "?" in question.label:
            return None
        about = self.dictionary.field(place)
        return answer_in(self.reading, about, place, question.pieces, question.place) if about else None


def _cannot_be(answer: Answer, latest: int) -> str:
    """Why words are no answer to what is asked, whatever they mean: a yes for an address; empty when they may be."""
    if answer.field.endswith("_address_if_different"):
        said = read_yes_no(answer.raw)
        boxed = re.fullmatch(r"(?:\s*(?:yes|no|y|n)?\s*[☒☐]\s*(?:yes|no|y|n)?\s*)+", answer.raw, re.IGNORECASE)
        return "this is yes or no, not an address" if boxed or (said.state == "answered" and not said.rest) else ""
    if answer.field.endswith("_evidence") and not isinstance(read_date(answer.raw, latest=latest), NoDate):
        return "only a date is written there"
    return ""


def is_lead(words: str) -> bool:
    """Whether words name who leads a process: a person, a coroner, a court."""
    short = len(words) <= _LONGEST_LEAD and not re.search(r"\d", words)
    named = words[:1].isupper() and not re.search(r"[()]", words) and bool(_LEADS.search(words))
    return short and (looks_like_a_name(words) or named)


def _is_reference(words: str) -> bool:
    return bool(re.fullmatch(r"(?=.*\d)[\w/.\-]+(?: [\w/.\-]+){0,2}", words)) and not date_pieces(words)
