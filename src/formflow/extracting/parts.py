"""One answer that holds several: a name in full, a plan with its dates, yes with a reference, an address with its postcode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from formflow.extracting.ages import born_due_or_aged
from formflow.extracting.care import care_answers
from formflow.extracting.choosing import Reading, answer_in, boxes_in
from formflow.extracting.dates import NoDate, read_moment
from formflow.extracting.dictionary import Dictionary, Field
from formflow.extracting.form import Answer
from formflow.extracting.names import child_names
from formflow.extracting.plans import plan_answers
from formflow.extracting.question import Question, cut, plain
from formflow.extracting.reach import emails_in, phones_in, postcodes_in
from formflow.extracting.several import several
from formflow.reading.document import EMPTY, TICKED

_IF_YES = re.compile(r"^\s*(?:if|where)\s+(?:yes|so|applicable)\b[^:]{0,60}:\s*", re.IGNORECASE)
_EVER = re.compile(r"\b(?:was|ever|previous(?:ly)?|past|has been|have been|been)\b", re.IGNORECASE)
_IS = re.compile(r"\b(?:is|now|current(?:ly)?|subject to)\b", re.IGNORECASE)


def parts_of(
    dictionary: Dictionary, reading: Reading, targets: Sequence[str], question: Question
) -> Iterator[Answer]:
    """The answers that one question gives to several fields, each by its own id."""
    first = targets[0]
    for ending, take in _WAYS.items():
        if first.endswith(ending):
            yield from take(dictionary, reading, targets, question)
            return
    yield from several(dictionary, reading, targets, question)
