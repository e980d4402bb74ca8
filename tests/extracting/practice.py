"""Reading held against the truth about a practice form; tests/practice/README.md says what the truth holds."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

FORMS = Path(__file__).parents[1] / "practice"
_SAME_SHAPE = str.maketrans("‘’“”–—", "''\"\"--")
_NEAR = 0.85
"""How much of words read from a picture must be right."""


@dataclass(frozen=True)
class Truth:
    """What a practice form says, by the people who made it."""

    file: str
    kinds: tuple[str, ...]
    answers: Mapping[str, Any]
    must_query: tuple[str, ...]
    must_not_answer: tuple[str, ...]
    reason: str
    notes: tuple[str, ...]
    says: tuple[str, ...]

    @property
    def expected(self) -> tuple[str, ...]:
        """The fields that are not left blank on the form."""
        return tuple(field for field, answer in self.answers.items() if "blank" not in _listed(answer["state"]))


def truths() -> list[Truth]:
    """The truth about every practice form."""
    lines = (FORMS / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [_truth(json.loads(line)) for line in lines if line.strip()]


def _truth(told: Mapping[str, Any]) -> Truth:
    def each(name: str) -> tuple[str, ...]:
        return tuple(told.get(name, ()))

    return Truth(
        told["file"], _listed(told["kind"]), told.get("answers", {}), each("must_query"), each("must_not_answer"),
        told.get("reason", ""), each("notes"), each("says_mentions"),
    )  # fmt: skip


def is_right(answer: Mapping[str, Any], truth: Mapping[str, Any]) -> bool:
    """Whether an answer of `read --json` is one of those that are right."""
    if answer["state"] not in _listed(truth["state"]):
        return False
    return answer["state"] != "answered" or any(_same(answer["value"], value, truth) for value in _right(truth))


def is_made_up(answer: Mapping[str, Any], truth: Mapping[str, Any]) -> bool:
    """Whether a value is given that is not on the form: worse than none."""
    return answer["state"] == "answered" and not is_right(answer, truth)


def asked_about(read: Mapping[str, Any]) -> set[str]:
    """The fields that a query or a blocker is raised for."""
    return {query["field"] for query in read["queries"] if query["level"] in ("query", "blocker")}


def answers_of(read: Mapping[str, Any], fields: Iterable[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each field with its answer; one that the reading does not have is blank."""
    for field in fields:
        yield field, read["answers"].get(field) or {"state": "blank", "value": None}


def _right(truth: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(truth.get("any_of") or (truth["value"],))


def _same(value: Any, right: Any, truth: Mapping[str, Any]) -> bool:
    if isinstance(value, list) or isinstance(right, list):
        return set(_listed(value)) == set(_listed(right))
    one, other = _plain(value), _plain(right)
    if truth.get("match") == "near" and SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEAR:
        return True
    return one == other


def _plain(value: Any) -> str:
    """Words without what the eye passes over: case, white space, the shapes of quotes and dashes; numbers as digits."""
    text = " ".join(unicodedata.normalize("NFKC", str(value)).translate(_SAME_SHAPE).casefold().split()).strip(" .,;:")
    return re.sub(r"[\s()+-]", "", text) if re.fullmatch(r"[\d\s()+]{7,}", text) else text


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
