"""Finding the names of a case in running text, and telling which of them are certain."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from formflow.rendering.names.letters import folded
from formflow.rendering.names.lore import lore
from formflow.rendering.names.mentions import plain_letters
from formflow.rendering.names.ways import Way, WayKind

_TITLE = r"(?:(?:mr|mrs|ms|miss|mx|master|dr|prof(?:essor)?|pc|ps|dc|ds|di|dci|sgt|rev|sir|dame|cllr)\b\.?\s+)?"
_NEAR = 80
"""How many letters before and after a name are looked at."""
_LABEL = re.compile(r"\[[^\[\]\n]{1,80}\]")
_BEFORE = re.compile(r"([\w’'-]+)([^\w]*)$")
_AFTER = re.compile(r"^[’']?s?[\s,]{0,2}([\w-]+)(?:\s+([\w-]+))?")


@dataclass(frozen=True, slots=True)
class Spot:
    """A name in a text."""

    start: int
    end: int
    kind: WayKind
    people: frozenset[int] = field(repr=False)
    """Who may be meant, by their places among the people of the case."""
    clear: bool
    """A person is meant for certain, not a place, a month or an ordinary word, and nobody outside the case."""


class Spotter:
    """Finds the names of one case. A pattern is put together for those names only that a text may hold."""

    def __init__(self, ways: Sequence[Way]) -> None:
        """`ways` are all the ways of naming the people of the case, the longest first."""
        self.ways = ways
        self._patterns: dict[tuple[int, ...], re.Pattern[str]] = {}

    def spots(self, text: str, labels: frozenset[str] = frozenset()) -> Iterator[Spot]:
        """Every name in a text, in order; what stands in square brackets as one of the labels is none."""
        plain = folded(text)
        pattern = self._pattern(plain.text.casefold())
        if pattern is None:
            return
        shown = [found.span() for found in _LABEL.finditer(plain.text) if found[0][1:-1] in labels]
        for found in pattern.finditer(plain.text):
            start, end = found.span()
            if any(begin <= start < stop for begin, stop in shown):
                continue
            way = self.ways[int((found.lastgroup or "w0")[1:])]
            clear = _clear(plain.text, found, way)
            if clear is not None:
                yield Spot(*plain.span(start, end), way.kind, way.people, clear)

    def _pattern(self, text: str) -> re.Pattern[str] | None:
        """One pattern for every way of which the last letters stand in the text; None where it can hold no name."""
        may = tuple(number for number, way in enumerate(self.ways) if way.ending in text)
        if may and may not in self._patterns:
            each = "|".join(f"(?P<w{number}>{self.ways[number].pattern})" for number in may)
            whole = rf"(?<![^\W_])(?P<title>{_TITLE})(?:{each})(?![^\W_])"
            self._patterns[may] = re.compile(whole, re.IGNORECASE)
        return self._patterns.get(may)


@lru_cache(maxsize=1)
def _plain_words() -> frozenset[str]:
    return lore().ordinary | lore().small


def _clear(text: str, found: re.Match[str], way: Way) -> bool | None:
    """Whether a person is meant for certain; None where a word is only that word and nobody need look at it."""
    name = found[found.lastgroup or 0]
    if way.kind == "full":
        return None if _only_words(name) else True
    if found["title"]:
        return True
    before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
    if _joined(before, after):
        return False
    if way.kind == "initial":
        return name[:1].isupper()
    word, known = plain_letters(name), lore()
    if _in_a_date(word, before, after):
        return None
    if not name[:1].isupper():
        return None if word in _plain_words() or len(word) < 4 else not _names_a_place(after)
    if _names_a_place(after) or _of_another(name, before, after):
        return False
    return _meant(word, before, after) if word in known.ordinary else True


def _of_another(name: str, before: str, after: str) -> bool:
    """Beside a word that may be part of a name: `Jordan Smith`, `J. Ashby`, `Sarah Ashby` may be somebody else."""
    if name.isupper():
        return False
    if re.match(r"[^\S\n]+[A-Z][a-z]", after):
        return True
    if re.search(r"(?:^|\s)[A-Z]\.?[^\S\n]*$", before):
        return True
    said = re.search(r"(?P<first>^|[.!?:;\n(\[\"“'‘–—•-]\s*)?(?P<word>[A-Z][a-z][\w’'-]*)[^\S\n]+$", before)
    if said is None:
        return False
    return said["first"] is None or said["word"].casefold() not in lore().openers


def _only_words(name: str) -> bool:
    """`will grant`, `Hope may`: a whole name of which every part is an ordinary word, and one begins small."""
    words = re.findall(r"[^\W\d_]+", name)
    return any(word[0].islower() for word in words) and all(word.casefold() in _plain_words() for word in words)


def _joined(before: str, after: str) -> bool:
    """Part of a longer name with a hyphen or an apostrophe: `Ashby-Holt`, `O'Neil`: it may be somebody else's."""
    return bool(re.match(r"[‐-―-][A-Z]", after) or re.search(r"\w[‐-―-]$|(?:^|[^\w])[A-Za-z]['’]$", before))


def _names_a_place(after: str) -> bool:
    """`Reed Lane School`, `Hope Street`: one of the next two words makes it a place or an organisation."""
    following = _AFTER.match(after.split("\n")[0])
    if following is None or not following[1][:1].isupper():
        return False
    words = [following[1], *([following[2]] if following[2] and following[2][:1].isupper() else [])]
    return any(word.casefold() in lore().places for word in words)


def _in_a_date(word: str, before: str, after: str) -> bool:
    if word not in lore().times:
        return False
    return bool(re.search(r"\d(?:st|nd|rd|th)?(?:\s+of)?[\s,]*$", before) or re.match(r"[\s,]*\d", after))


def _meant(word: str, before: str, after: str) -> bool:
    """Whether an ordinary word that begins with a capital is a name here: within a sentence and without an article."""
    said = _BEFORE.search(before)
    begins = said is None or bool(re.search(r"[.!?:;\n•\-–—(\"“'‘]", said[2]))
    known = lore()
    if begins or said is None or word in known.times or said[1].casefold() in known.articles:
        return False
    following = re.match(r"[\s]+([A-Z])", after)
    return not said[1][:1].isupper() and following is None
