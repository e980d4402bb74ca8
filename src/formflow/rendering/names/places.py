"""Addresses, schools and settings, and the other ways in which they may be written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from formflow.extracting.plain import fold

_POSTCODE = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\b", re.IGNORECASE)
_STREETS: tuple[tuple[str, ...], ...] = (
    ("street", "str", "st"), ("road", "rd"), ("avenue", "ave", "av"), ("lane", "ln"), ("close", "cl"),
    ("drive", "dr"), ("court", "ct"), ("crescent", "cres", "cr"), ("place", "pl"), ("gardens", "gdns"),
    ("terrace", "terr", "ter"), ("square", "sq"), ("grove", "gr"), ("walk",), ("way",), ("row",), ("hill",), ("mews",),
    ("parade", "pde"), ("rise",), ("view",), ("green",), ("park",), ("gate",), ("wharf",), ("quay",), ("yard",),
)  # fmt: skip
_STREET = {way: ways for ways in _STREETS for way in ways}
_HOMES = frozenset(
    {"house", "cottage", "farm", "lodge", "flat", "apartment", "flats", "hostel", "villa", "barn", "caravan"}
)
_GENERIC = frozenset({
    "school", "schools", "primary", "infant", "infants", "junior", "juniors", "secondary", "high", "upper", "lower",
    "middle", "academy", "academies", "college", "nursery", "nurseries", "preschool", "pre", "playgroup",
    "kindergarten", "childminder", "childrens", "children", "children's", "home", "centre", "center",
    "surgery", "practice", "medical",
    "health", "gp", "doctors", "clinic", "hospital", "sixth", "form", "day", "catholic", "rc", "cofe", "ce", "c", "e",
    "of", "the", "and", "for", "church", "england", "community", "special", "unit", "residential", "hostel", "family",
})  # fmt: skip
_EDUCATION = re.compile(
    r"\b(?:school|academy|college|nursery|pre-?school|playgroup|kindergarten|childminder|children['’]?s home|surgery|"
    r"medical (?:centre|practice)|health centre|practice|university|sixth form)\b", re.IGNORECASE,
)  # fmt: skip
_NOTHING = re.compile(
    r"^(?:none|no|n/?a|not\b.*|year \d+|yr \d+|reception|under school age|too young.*|home[- ]educated.*|"
    r"electively.*|pre-?school age|unknown|year group.*)$", re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_WHAT = r"(?:primary|infants?|juniors?|school|academy|college|nursery|surgery|house|home)"
_LEAST = 5


def postcodes(addresses: Iterable[str]) -> Iterator[str]:
    """The postcodes in addresses, as patterns that mind no space."""
    for words in addresses:
        for found in _POSTCODE.finditer(words):
            yield rf"{found[1]}\s*{found[2]}"


def address_ways(addresses: Iterable[str]) -> Iterator[str]:
    """The lines of addresses that tell a house or a street: the first one, those with a number, those with a street."""
    for words in addresses:
        lines = [line for line in re.split(r"[\n,;]+", _POSTCODE.sub(" ", words)) if _WORD.search(line)]
        for number, line in enumerate(lines):
            parts = _WORD.findall(line)
            folded = [part.casefold() for part in parts]
            if parts[0].isdigit() and len(parts) == 1 and number + 1 < len(lines):  # "14, High Street"
                parts = [*parts, *_WORD.findall(lines[number + 1])]
                folded = [part.casefold() for part in parts]
            tells = any(part[0].isdigit() for part in parts) or any(one in _STREET or one in _HOMES for one in folded)
            if (
                len("".join(parts)) >= _LEAST
                and len(parts) > 1
                and (tells or number == 0)
                and "as above" not in fold(line).casefold()
            ):
                yield _line(parts)
                if re.fullmatch(r"\d+[a-z]?", folded[0]) and len(parts) > 2 and folded[-1] in _STREET:
                    yield _line(parts[1:])


def setting_ways(settings: Iterable[str], *, organisations: bool = False) -> Iterator[str]:
    """Schools and settings by their whole name, and by what is left of it without words like "primary school".

    Of `organisations` only those that say that they are a school, a nursery, a home or a surgery.
    """
    for words in settings:
        for piece in re.split(r"[\n,;()]+", words):
            name = fold(piece)
            if _NOTHING.match(name) or (
                not _EDUCATION.search(name) and (organisations or not _is_setting(name, words))
            ):
                continue
            parts = _WORD.findall(name)
            own = [part for part in parts if part.casefold() not in _GENERIC and not part.isdigit()]
            if not own or not any(part[0].isupper() for part in own):
                continue
            if len(parts) > 1 or len(parts[0]) >= _LEAST:
                yield _line(parts)
            if len(own) > 1 and own != parts:
                yield _line(own)
            elif len(own) == 1 and len(own[0]) >= 4:
                yield rf"{re.escape(own[0])}\s+{_WHAT}"


def _is_setting(name: str, words: str) -> bool:
    """A name by itself, such as "Pellings House": at least two words with capitals."""
    return name == fold(words) and len(re.findall(r"\b[A-Z][\w'’]+", name)) > 1 and not re.search(
        r"\b(?:council|trust|constabulary|police|services?|partnership|authority|board|team)\b", name, re.IGNORECASE
    )  # fmt: skip


def _line(parts: Iterable[str]) -> str:
    """Words one after the other, whatever stands between them; streets also in their short forms."""
    return r"[\s,.'’-]{1,3}".join(_part(part) for part in parts)


def _part(part: str) -> str:
    short = _STREET.get(part.casefold())
    if short:
        return f"(?:{'|'.join(re.escape(way) for way in short)})"
    return re.sub(r"['’]", "['’]?", re.escape(part)).replace(r"\['’]?", "['’]?")
