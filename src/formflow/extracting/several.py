"""One text that answers several questions, cut into a piece for each: yes or no, a day, a person, a reference."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from formflow.extracting.ages import read_age
from formflow.extracting.date_pieces import date_pieces
from formflow.extracting.names import looks_like_a_name
from formflow.extracting.plain import fold
from formflow.extracting.reach import emails_in, phones_in, postcodes_in
from formflow.extracting.times import read_time, time_pieces
from formflow.extracting.yes_no import read_yes_no

PartKind = Literal[
    "yes_no", "date", "time", "born", "reference", "phone", "email", "postcode",
    "name", "role", "organisation", "relationship", "language", "place", "address", "detail",
]  # fmt: skip
"""What a piece answers; each is read afterwards by `answer_to` like an answer in a box of its own.

`born` is a date of birth, or an age where there is none.
"""

_APART = re.compile(r"\n|\t|\s{2,}|\s*[,;|]\s*|\s+[-–—]\s+|\s*[–—]\s*|(?<=\w\w)[.]\s+(?=[A-Z])")
_LAST_TAKES_ALL = frozenset({"language", "place", "address", "detail"})
_NO_DIGITS = frozenset({"role", "relationship", "language"})
_DATE_LEAD = re.compile(
    r"(?:\b(?:on|since|from|dated?|held|in|at|when|born|d\.?o\.?b|issued)\b[\s:.]*)+$", re.IGNORECASE
)
_LABEL = re.compile(
    r"(?:\b(?:tel(?:ephone)?|phone|mob(?:ile)?|e-?mail|ref(?:erence)?|no)\b\.?\s*:?\s*)$", re.IGNORECASE
)
_REFERENCE = re.compile(
    r"(?:(?:ref(?:erence)?|crime|urn|case|log|incident)\b\.?\s*(?:no|number)?\.?\s*:?\s*)*(?P<said>[A-Za-z]{0,8}[\w/.\-]*\d[\w/.\-]*)",
    re.IGNORECASE,
)
_BORN_UNKNOWN = re.compile(r"\b(?:d\.?o\.?b|born|date of birth)\b\.?\s*:?\s*(not known|unknown|n/?k)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"^\(?\d{1,2}[.)]\s+")


@dataclass(frozen=True, slots=True)
class Parts:
    """The pieces of one text by what they answer, letter for letter, and what was left over."""

    pieces: Mapping[PartKind, str] = field(default_factory=dict, repr=False)
    rest: str = field(default="", repr=False)

    def __getitem__(self, kind: PartKind) -> str:
        """The piece that answers this; empty where there is none."""
        return self.pieces.get(kind, "")


def several(raw: str, kinds: Sequence[PartKind], meanings: Mapping[str, str] | None = None) -> Parts:
    """The pieces of `raw` for the questions asked, in the order in which the form asks them.

    A piece is cut only where there is exactly one that it can be: two dates, two telephone numbers or two names leave
    theirs in `rest`. `meanings` are the wordings that stand for yes or no in the question (`Wordings.yes_no`).
    """
    text = _NUMBERED.sub("", "\n".join(line.strip() for line in raw.splitlines() if line.strip()))
    pieces: dict[PartKind, str] = {}
    if "postcode" in kinds and len(codes := postcodes_in(text)) == 1:
        pieces["postcode"] = codes[0]
    for kind in kinds:
        if cut := _CUTS.get(kind):
            found = cut(text)
            if found:
                pieces[kind], text = found
    if "yes_no" in kinds and (answer := _yes_no(text, meanings or {})):
        pieces["yes_no"], text = answer
    if "reference" in kinds and (number := _reference(text)):
        pieces["reference"], text = number
    free = [
        kind
        for kind in kinds
        if kind not in pieces and kind not in _CUTS and kind not in ("yes_no", "reference", "postcode")
    ]
    parts = _shared_out(text, free, pieces)
    return Parts({kind: fold(piece) for kind, piece in parts.pieces.items()}, fold(parts.rest))


def _shared_out(text: str, free: Sequence[PartKind], pieces: dict[PartKind, str]) -> Parts:
    """What is left, given to the questions of words in their order; what fits none stays in `rest`."""
    text = text.strip(" ,;|\n\t-–—")
    if len(free) == 1 and free[0] in _LAST_TAKES_ALL and text:
        return Parts({**pieces, free[0]: fold(text if free[0] == "detail" else text.rstrip(" ."))})
    parts = _parts(text, len(free))
    if "name" in free:
        name = _name_among(parts, in_columns=bool(re.search(r"[\n\t]|\s{2,}", text)))
        if name is None:
            return Parts(pieces, fold(text))
        pieces["name"] = parts.pop(name)
        free = [kind for kind in free if kind != "name"]
    for number, kind in enumerate(free):
        if not parts:
            break
        last = number == len(free) - 1
        if kind in _LAST_TAKES_ALL and last:
            pieces[kind], parts = ", ".join(parts), []
        elif _fits(kind, parts[0]):
            pieces[kind] = parts.pop(0)
    return Parts(pieces, ", ".join(parts))


def _parts(text: str, wanted: int) -> list[str]:
    """The lines of a text where they are as many as the questions, else everything that commas and dashes part."""
    lines = [fold(line) for line in text.split("\n") if line.strip()]
    if len(lines) == wanted > 1:
        return lines
    return [fold(part).strip(" .,;") for part in _APART.split(text) if part.strip(" .,;-–—")]


def _name_among(parts: Sequence[str], *, in_columns: bool) -> int | None:
    """Which part is the person's name: the only one that can be, or the first of several columns."""
    names = [number for number, part in enumerate(parts) if looks_like_a_name(part)]
    if len(names) == 1 or (names[:1] == [0] and in_columns):
        return names[0]
    return None


def _fits(kind: PartKind, part: str) -> bool:
    return kind not in _NO_DIGITS or not re.search(r"\d", part)


def _yes_no(text: str, meanings: Mapping[str, str]) -> tuple[str, str] | None:
    """The one part that says yes or no and nothing else, and the text without it; else a yes that more follows."""
    spans = [(0, 0), *((m.start(), m.end()) for m in _APART.finditer(text)), (len(text), len(text))]
    said = []
    for (_, start), (end, _) in pairwise(spans):
        part = text[start:end].strip(" .,;")
        sense = read_yes_no(part, meanings) if part else None
        if sense and sense.state == "answered" and not sense.rest:
            said.append((start, end))
    if len(said) == 1:
        (start, end) = said[0]
        return text[start:end].strip(" .,;"), _without(text, start, end)
    whole = read_yes_no(text, meanings)
    if not said and whole.state == "answered" and whole.rest:
        at = fold(text).find(whole.rest)
        return fold(text)[:at].strip(" .,;:-–—("), whole.rest
    return None


def _date(text: str) -> tuple[str, str] | None:
    pieces = date_pieces(text)
    if not pieces:
        return None
    start, end = pieces[0].start, pieces[-1].end
    if len(pieces) > 2 or (
        len(pieces) == 2 and not re.fullmatch(r"\s*(?:to|until|-|–|—|and)\s*", text[pieces[0].end : pieces[1].start])
    ):
        return None
    lead = _DATE_LEAD.search(text[:start])
    return text[start:end].strip(), _without(text, lead.start() if lead else start, end)


def _time(text: str) -> tuple[str, str] | None:
    found = time_pieces(text)
    if (
        not found
        and re.fullmatch(r"(?:at|approx\.?|about|around)?\s*\d{4}", text.strip().casefold())
        and read_time(text)
    ):
        return text.strip(), ""
    if len(found) != 1:
        return None
    start, end = found[0]
    return text[start:end].strip(), _without(text, start, end)


def _born(text: str) -> tuple[str, str] | None:
    """A date of birth, else the one part that is an age."""
    if dated := _date(text):
        return dated
    if untold := _BORN_UNKNOWN.search(text):
        return untold[1], _without(text, untold.start(), untold.end())
    ages = [part for part in _APART.split(text) if part and read_age(part)]
    if len(ages) != 1 or text.count(ages[0]) != 1:
        return None
    at = text.find(ages[0])
    return ages[0].strip(" .,;"), _without(text, at, at + len(ages[0]))


def _one_of(found_in: Callable[[str], tuple[str, ...]]) -> Callable[[str], tuple[str, str] | None]:
    def cut(text: str) -> tuple[str, str] | None:
        found = found_in(text)
        if len(found) != 1 or (at := text.find(found[0])) < 0:
            return None
        label = _LABEL.search(text[:at])
        return found[0], _without(text, label.start() if label else at, at + len(found[0]))

    return cut


def _reference(text: str) -> tuple[str, str] | None:
    """The one part that is a number or code and nothing else: `HF/26/20931`."""
    parts = [part for part in _APART.split(text) if part]
    found = [m for part in parts if (m := _REFERENCE.fullmatch(part.strip(" .,;()")))]
    if len(found) != 1 or len(found[0]["said"]) < 4 or date_pieces(found[0]["said"]):
        return None
    at = text.find(found[0][0])
    return found[0]["said"], _without(text, at, at + len(found[0][0]))


def _without(text: str, start: int, end: int) -> str:
    """The text with a piece cut out, and the marks that stood around it."""
    before, after = text[:start].rstrip(" ,;–—-:("), text[end:].lstrip(" ,;.:)–—-")
    joint = "\n" if before and after else ""
    return f"{before}{joint}{after}"


_CUTS: Mapping[PartKind, Callable[[str], tuple[str, str] | None]] = {
    "email": _one_of(emails_in),
    "phone": _one_of(phones_in),
    "date": _date,
    "time": _time,
    "born": _born,
}
