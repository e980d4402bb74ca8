"""The ways in which a person's name may stand in running text, as patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Literal

from formflow.extracting.plain import fold
from formflow.rendering.names.letters import folded
from formflow.rendering.names.lore import lore
from formflow.rendering.names.mentions import Called, plain_letters
from formflow.rendering.names.people import Person

WayKind = Literal["full", "initial", "single"]
"""A whole name; an initial with a surname; one forename, surname or nickname by itself."""

_INSIDE = r"[\s'’ʼ`´.‐-―-]{0,2}"
"""What may stand between the parts of one name: O'Neil, O Neil, ONeil; Mary-Jane, Mary Jane."""
_BETWEEN = r"(?:\s+|[._+-])"
_MIDDLE = r"(?:\s+(?!(?i:and|or|with|told|to|of)\b)(?-i:[A-Z])[\w'’-]*\.?)?"
_REVERSED = r"(?:\s*,\s*|\s+|[._+-])"
_PARTICLES = frozenset({
    "de", "da", "di", "du", "del", "der", "den", "van", "von", "bin", "bint", "ibn", "al", "el", "la", "le", "ben",
    "o", "mac", "mc", "st", "ap", "ten", "ter", "dos", "das", "and", "of", "the",
})  # fmt: skip

_NO_NAMES = frozenset({
    "unborn", "baby", "infant", "child", "twin", "mother", "father", "mum", "dad", "brother", "sister", "sibling",
    "partner", "aunt", "uncle", "grandmother", "grandfather", "nan", "parent", "parents", "known", "unknown", "not",
    "duty", "team", "social", "worker", "officer", "police", "school", "health", "named", "lead", "manager",
})  # fmt: skip
"""Words that may stand in a box for a name beside it, and name nobody by themselves."""


@dataclass(frozen=True, slots=True)
class Way:
    """A way of naming somebody, and who may be meant by it."""

    kind: WayKind
    pattern: str = field(repr=False)
    """For plain letters; it takes no notice of large and small ones."""
    people: frozenset[int] = field(repr=False)
    """Their places among the people of the case."""
    ending: str = field(default="", repr=False)
    """The last letters of the name, small: a text without them cannot hold it."""


def ways_of(people: Iterable[Person]) -> tuple[Way, ...]:
    """Every way in which the people of a case may be named, the longest first."""
    kinds: dict[str, WayKind] = {}
    who: dict[str, set[int]] = {}
    patterns: dict[str, str] = {}
    endings: dict[str, str] = {}
    for place, person in enumerate(people):
        for called in person.called:
            for kind, key, pattern, last in _ways(called):
                if kind != "single" or len(key) > 1:
                    kinds.setdefault(key, kind)
                    patterns.setdefault(key, pattern)
                    endings.setdefault(key, _ending(last))
                    who.setdefault(key, set()).add(place)
    found = [Way(kinds[key], patterns[key], frozenset(who[key]), endings[key]) for key in patterns]
    rank = {"full": 0, "initial": 1, "single": 2}
    return tuple(sorted(found, key=lambda way: (rank[way.kind], -len(way.pattern), way.pattern)))


def _ways(called: Called) -> Iterator[tuple[WayKind, str, str, str]]:
    """Kind, key, pattern and last name of each way; two ways with one key are the same."""
    if called.words:
        if len(called.words) > 1:
            yield "full", f"w:{called.key}", _BETWEEN.join(_one(word) for word in called.words), called.words[-1]
            yield from _whole(called.words[:1], called.words[-1])
        yield from _singles(word for word in called.words if word.casefold() not in _NO_NAMES)
        return
    given = tuple(dict.fromkeys((*called.forenames, *_short(called.forenames))))
    if called.surname and given:
        if len(called.forenames) > 1:
            yield from _whole((" ".join(called.forenames),), called.surname)
        yield from _whole(given, called.surname)
        first = plain_letters(called.forenames[0])[:1] if called.forenames else ""
        if first:
            yield (
                "initial",
                f"i:{first}:{plain_letters(called.surname)}",
                rf"{first}\.?\s*{_one(called.surname)}",
                called.surname,
            )
    yield from _singles((*given, called.surname))


def _whole(given: Iterable[str], surname: str) -> Iterator[tuple[WayKind, str, str, str]]:
    for forename, last in product(given, (surname,)):
        one, two = _one(forename), _one(last)
        key = f"{plain_letters(forename)}:{plain_letters(last)}"
        yield "full", f"f:{key}", f"{one}{_MIDDLE}{_BETWEEN}{two}", last
        yield "full", f"r:{key}", f"{two}{_REVERSED}{one}", forename


def _singles(words: Iterable[str]) -> Iterator[tuple[WayKind, str, str, str]]:
    for word in words:
        parts = [part for part in re.split(r"[\s‐-―-]+", fold(word)) if part]
        for one in dict.fromkeys((fold(word), *parts)):
            key = plain_letters(one)
            if len(key) > 1 and key not in _PARTICLES and not key.isdigit():
                yield "single", f"s:{key}", _one(one), one


def _short(forenames: Iterable[str]) -> Iterator[str]:
    known = lore().short_forms
    for name in forenames:
        yield from known.get(plain_letters(name), ())


def _one(name: str) -> str:
    """One name as a pattern: its parts with or without what joins them, `Mc` like `Mac` and with or without a space."""
    parts = [part for part in re.split(r"[\s'’ʼ`´.‐-―-]+", folded(fold(name)).text) if part]
    return _INSIDE.join(_part(part) for part in parts)


def _ending(name: str) -> str:
    """The last letters of a name's last part, as they stand however the name is written."""
    return re.split(r"[^\w]+", folded(fold(name)).text.rstrip(" .'’-"))[-1].casefold()[-4:]


def _part(part: str) -> str:
    if found := re.fullmatch(r"(?i:ma?c)([a-z]{4,})", part, re.IGNORECASE):
        return rf"ma?c[\s'’]?{re.escape(found[1])}"
    return re.escape(part)
