"""What a word of relationship says: where a person stands in the family, and the sex the word tells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from formflow import shipped

Sex = Literal["female", "male", "other", "unknown"]
"""`other`: recorded as neither; `unknown`: not stated."""

_PARTS = re.compile(r"[,;/()&+]|\band\b")
_TOGETHER = re.compile(r"\b(step|half|grand)[\s-]+(?=[a-z])")
_WHOSE = re.compile(r"\b\w+(?:'s|s')\s|\bof\b.*")
"""Words about somebody else: `mother's`, `of the father`."""
_UNBORN = re.compile(r"\b(?:unborn|expected|foetus|fetus)\b", re.IGNORECASE)
_DEAD = re.compile(r"\b(?:deceased|dead|died|passed away)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Relation:
    """A tie of the family picture, empty where the words draw none, and the sex the words tell."""

    tie: str
    sex: Sex


def relation_of(words: str) -> Relation:
    """What the words of a form say: `Mother's partner (main carer)` is the mother's partner, sex not stated.

    A word that is not known adds nothing; where two known ones place a person differently, no line is drawn.
    """
    ties, sexes, passed_over, doubtful = _known()
    plain = _TOGETHER.sub(r"\1", re.sub(r"\s+", " ", words.replace("’", "'").casefold()))
    parts = [_bare(part, passed_over) for part in _PARTS.split(plain)]
    found = {ties[part] for part in parts if part in ties}
    certain = doubtful.isdisjoint(re.findall(r"[a-z]+", plain))
    if certain and len({relation.tie for relation in found}) == 1:
        said = {relation.sex for relation in found} - {"unknown"}
        sex: Sex = said.pop() if len(said) == 1 else "unknown"
        return Relation(next(iter(found)).tie, sex)
    return Relation("", _sex(plain, sexes))


def says_unborn(words: str) -> bool:
    """Whether the words say that a child is not born yet."""
    return bool(_UNBORN.search(words))


def says_dead(words: str) -> bool:
    """Whether the words say that a person has died."""
    return bool(_DEAD.search(words))


def _bare(part: str, passed_over: tuple[str, ...]) -> str:
    for word in passed_over:
        part = re.sub(rf"(?<![\w'])(?:{re.escape(word)})(?![\w'])", " ", part) if part.strip() != word else part
    return " ".join(re.sub(r"[.:\-]", " ", part).split())


def _sex(words: str, sexes: Mapping[str, Sex]) -> Sex:
    said = {sexes[word] for word in re.findall(r"[a-z']+", _WHOSE.sub(" ", words)) if word in sexes}
    return said.pop() if len(said) == 1 else "unknown"


@lru_cache(maxsize=1)
def _known() -> tuple[Mapping[str, Relation], Mapping[str, Sex], tuple[str, ...], frozenset[str]]:
    data = tomllib.loads(shipped.text("relationships.toml"))
    passed_over = tuple(sorted(data.pop("passed_over")["words"], key=len, reverse=True))
    doubtful = frozenset(data.pop("doubtful")["words"])
    sexes: dict[str, Sex] = {word: sex for sex, words in data.pop("sex").items() for word in words}
    ties = {word: Relation(tie, sex) for tie, by_sex in data.items() for sex, words in by_sex.items() for word in words}
    return ties, sexes, passed_over, doubtful
