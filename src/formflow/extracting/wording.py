"""What a label asks, whatever its spelling: the set of words that is left when spellings are made alike."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

Asked = frozenset[str]
"""The words of a label that matter, each under the word that stands for all its spellings."""

_LONGEST = 8
"""Words in the longest phrase that is made alike."""
_PLURAL = re.compile(r"(?<=\w)\((e?s)\)")
_OWNER = re.compile(r"(?<=\w)'s\b|(?<=s)'(?=\s|$|[^\w])")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_HINTS = re.compile(
    r"\b(?:"
    + "|".join(
        (
            r"(?:please )?tick (?:all|any|as many)(?: boxes)?(?: (?:that|as) (?:apply|appropriate))?",
            r"(?:please )?tick (?:one|only one)(?: box)?(?: only)?",
            r"delete (?:as|where) (?:appropriate|applicable)|delete which(?:ever)? (?:does|is) not apply",
            r"(?:please )?state which|dd\s*/\s*mm\s*/\s*yy(?:yy)?|d\s?d\s?/\s?m\s?m\s?/\s?y\s?y(?:\s?y\s?y)?",
            r"(?:please )?(?:circle|underline|highlight)(?: one| as appropriate)?|24[ -]?hour(?:s)?(?: clock)?",
            r"please ring(?: one)?|ring (?:one|as appropriate|the (?:right )?answer)",
            r"y\s*/\s*n(?:\s*/\s*n/?[ka])?|yes\s*/\s*no(?:\s*/\s*n/?k)?(?:\s*/\s*n/?a)?|one box(?: only)?",
            r"if (?:it is |they are )?known|if applicable|as far as (?:is )?known",
        )
    )
    + r")\b"
)
"""What a form says of how to answer, which is no part of what it asks."""
_NUMBERING = re.compile(
    r"^\s*(?:(?:section|part|question|q)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-z]|[ivx]{1,4})(?:[.)\]:]|(?=\s*[-–—]\s)|(?<=\d)(?=\s+[A-Z]))\s*"
    r"|^\s*(?:section|part)\s+[a-z\d]{1,2}\b[\s:.\-–—]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z]+")
_PARTNERSHIP = re.compile(r"^[a-z]{1,4}?s(?:c|cm|ci)(?:p|b)$")
"""The short name of a partnership or board: ESCP, KSCMP, MSCB."""
_ARTICLES = frozenset({"a", "an", "the"})
_OWNED = {"childrens": "children", "childs": "child", "mothers": "mother", "fathers": "father", "parents": "parents"}


@dataclass(frozen=True, slots=True)
class Wording:
    """How spellings are made alike, from `wordings.toml`."""

    noise: frozenset[str]
    faint: frozenset[str]
    """Left out only where something else is left."""
    edges: frozenset[str]
    """Left out unless they begin or end a label."""
    same: Mapping[tuple[str, ...], str]
    starts: Mapping[str, int]
    """For the first word of every phrase: how long the longest one is."""
    memory: dict[tuple[str, bool], Asked] | None = field(default=None, repr=False)
    """What has been asked before, while one form is read and no longer: it holds what people wrote."""

    @staticmethod
    def parse(text: str) -> Wording:
        """The wordings written in `text` (the shape of `wordings.toml`)."""
        raw = tomllib.loads(text)
        same: dict[tuple[str, ...], str] = {}
        for stands_for, phrases in raw["same"].items():
            for phrase in phrases:
                same.setdefault(tuple(words(phrase)), stands_for)
        starts: dict[str, int] = {}
        for phrase in same:
            starts[phrase[0]] = max(starts.get(phrase[0], 0), len(phrase))
        noise, faint, edges = (frozenset(raw[key].split()) for key in ("noise", "faint", "edges"))
        return Wording(noise, faint, edges, same, starts)

    def asked(self, label: str, areas: Sequence[tuple[str, ...]] = ()) -> Asked:
        """What a label asks; `areas` are the names of the form's own area, as words."""
        if self.memory is None:
            return self._asked(label, areas)
        known = (label, bool(areas))
        if known not in self.memory:
            self.memory[known] = self._asked(label, areas)
        return self.memory[known]

    def remembering(self) -> Wording:
        """The same wording with a memory of its own, for reading one form."""
        return replace(self, memory={})

    def _asked(self, label: str, areas: Sequence[tuple[str, ...]]) -> Asked:
        alike = list(self._alike(self._with_area(words(label), areas)))
        while alike and alike[0] in self.noise:
            del alike[0]
        while alike and alike[-1] in self.noise:
            del alike[-1]
        inner = frozenset(alike[1:-1]) - self.edges
        kept = (inner | frozenset(alike[:1]) | frozenset(alike[-1:])) - self.noise
        return (kept - self.faint) or kept

    def _with_area(self, tokens: list[str], areas: Sequence[tuple[str, ...]]) -> list[str]:
        for area in areas:
            size = len(area)
            at = 0
            while at + size <= len(tokens):
                if tuple(tokens[at : at + size]) == area:
                    tokens = [*tokens[:at], "area", *tokens[at + size :]]
                at += 1
        return tokens

    def _alike(self, tokens: list[str]) -> Iterator[str]:
        at = 0
        while at < len(tokens):
            for size in range(min(self.starts.get(tokens[at], 0), len(tokens) - at), 0, -1):
                if found := self.same.get(tuple(tokens[at : at + size])):
                    yield found
                    at += size
                    break
            else:
                yield tokens[at]
                at += 1


def words(text: str) -> list[str]:
    """The words of a label in small letters; numbers, punctuation, hints and the marks of possession fall away."""
    plain = unicodedata.normalize("NFKD", text).casefold().replace("’", "'").replace("‘", "'")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    plain = _HINTS.sub(" ", _PLURAL.sub(r"\1", plain).replace("{area}", "area"))
    plain = _OWNER.sub("", plain)
    found = _WORD.findall(plain.replace("e-mail", "email").replace("d.o.b", "dob").replace("n.h.s", "nhs"))
    return [_PARTNERSHIP.sub("area", _OWNED.get(word, word)) for word in found if word not in _ARTICLES]


def readings(label: str) -> Iterator[str]:
    """A label as it stands, then without what may only be a hint: brackets, numbering, further lines and sentences."""
    seen: set[str] = set()
    for text in _readings(label):
        text = text.strip(" \t\n:*.-–—")
        if text and text not in seen:
            seen.add(text)
            yield text


def _readings(label: str) -> Iterator[str]:
    bare = _NUMBERING.sub("", label.strip())
    yield from (label, bare, _ASIDE.sub(" ", bare))
    lines = [line for line in bare.splitlines() if line.strip()]
    for line in lines[:1]:
        yield line
        yield _ASIDE.sub(" ", line)
    first = re.match(r"[^?]{3,}\?", bare.replace("\n", " "))
    if first:
        yield first[0]
    if lines and "." in lines[0].rstrip("."):
        yield lines[0].split(". ")[0]


def without_asides(text: str) -> str:
    """Words without what stands in brackets."""
    return _ASIDE.sub(" ", text)


def area_names(texts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """The names of the area a form is for, as it says itself: `Fenwold Safeguarding Children Partnership` → fenwold."""
    found: dict[tuple[str, ...], None] = {}
    for text in texts:
        for match in _AREA.finditer(_PLAIN_CASE(text) if text.isupper() else text):
            name = tuple(words(match[1]))
            if name and not set(name) <= _NO_NAMES:
                found[name] = None
                initials = "".join(word[0] for word in name if word not in _NO_NAMES)
                found |= {(initials + body,): None for body in _BODIES}
    return tuple(sorted(found, key=len, reverse=True))


_PLACE = r"((?:[A-Z][a-z]+(?:[-'’][A-Za-z]+)*(?:\s+(?:and|&|upon|on|of|le)\s+|\s+|,\s+)){1,4}?)"
_AREA = re.compile(
    rf"\b{_PLACE}(?:Local\s+|Multi-Agency\s+)?"
    r"(?:Safeguarding\s+(?:Children|Childrens?['’]?s?|Child|Partnership|Board|Adults)"
    r"|(?:City|County|Borough|District|Metropolitan|Unitary|Metropolitan Borough)?\s*Council\b"
    r"|Children['’]?s?\s+Partnership)"
)
_PLAIN_CASE = str.title
_BODIES = ("scp", "scb", "lscp", "lscb", "sp", "cscp", "scip")
"""How a partnership abbreviates itself after the initials of its area."""
_NO_NAMES = frozenset(
    "the local national safeguarding children child of and other this city county borough district unitary multi "  # noqa: SIM905 - read as a sentence
    "agency our your new serious incident for all from to notification referral".split()
)
