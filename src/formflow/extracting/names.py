"""A person's name in one box, taken apart only where its form leaves no doubt which part is the surname."""

from __future__ import annotations

import re
from dataclasses import dataclass

from formflow.extracting.empties import state_first, state_of
from formflow.extracting.form import Answer, State
from formflow.extracting.plain import fold

_TITLE = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|master|dr|prof(?:essor)?|sir|dame|lady|rev(?:d|erend)?|sister|nurse|pc|ps|dc|ds|di|dci|dcs|sgt|"
    r"insp(?:ector)?|supt|cllr)\b\.?\s+)+",
    re.IGNORECASE,
)
_UNBORN = re.compile(r"^(?:the )?(?:unborn(?: (?:baby|child))?|ubb|baby \(unborn\))\b[\s,:\-–]*", re.IGNORECASE)
_NEWBORN = re.compile(r"^baby(?: (?:boy|girl))?\b[\s,:\-–]+", re.IGNORECASE)
_ALIAS = re.compile(
    r"\s*[\[(,;]?\s*\b(?:a\.?k\.?a\.?|also known as|known as|alias)\b\.?:?\s*(?P<said>[^()\[\],;]+)[\])]?\s*$",
    re.IGNORECASE,
)
_NICKNAME = re.compile(r"\s*(?:[“\"‘(\[]|(?<!\w)')(?P<said>[^\W\d_][\w'’ \-]*)(?:[”\"’)\]]|'(?!\w))\s*")
_WORD = re.compile(r"[^\W\d_](?:[\w.'’\-]*[\w.])?")
_OF_SOMEBODY = re.compile(r"^(?:of|to)\b", re.IGNORECASE)
_PARTICLE = re.compile(
    r"(?:de|da|di|du|del|della|der|den|van|von|bin|bint|ibn|al|el|la|le|ben|o|mac|st|ap|ten|ter|dos|das)", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\b(?:not|known|unknown|child|male|female|sibling|mother|father|parents?|partner|aunt|uncle|grand\w+|brother|sister|baby|"
    r"nurse|doctor|manager|officer|worker|keyworker|lead|teacher|head\w*|director|consultant|practitioner|midwife|visitor|"
    r"adviser|advisor|coordinator|services?|team|designated|named|social|health|police|school|surgery|see|above|above)\b",
    re.IGNORECASE,
)

NOT_CERTAIN = "which part of the name is the surname is not certain"
ONE_WORD = "there is one name only, and it may be the forename or the surname"
SEVERAL = "more than one name may be written there"
NO_NAME = "what is written there may not be a name"
INITIALS = "only initials are written there"


@dataclass(frozen=True, slots=True)
class Name:
    """A name as written, and its parts where they are certain; empty where they are not."""

    full: str
    """Letter for letter, with title and without the other name."""
    forename: str = ""
    surname: str = ""
    known_as: str = ""
    unborn: bool = False
    because: str = ""
    """Why the parts are not told, when they are not."""


def read_name(text: str, *, surname_first: bool = False) -> Name:
    """The parts of a name in one box: `WOLINSKI, Kacper Jan`, `Leo Kwame DANQUAH`, `Aisha Noor`, `Unborn baby MISTRY`.

    Three or more words without a surname in capitals are kept whole, with the reason. `surname_first` says that the
    form asks for the surname first: then whatever stands before a comma is it (`Wolinski, Kacper`).
    """
    words, known_as = _without_alias(fold(text).strip(" ,;"))
    if found := _UNBORN.match(words):
        return _unborn(words, words[found.end() :].strip(), known_as)
    bare = _TITLE.sub("", words)
    if found := _NEWBORN.match(bare):
        surname = bare[found.end() :]
        if _is_name(surname.split()) and len(surname.split()) == 1:
            return Name(words, surname=surname, known_as=known_as)
    forename, surname, why = _parts(bare, surname_first)
    return Name(words, forename, surname, known_as, because=why)


def name_answers(child: int, raw: str, *, place: str, how: str, surname_first: bool = False) -> dict[str, Answer]:
    """The answers that a child's full name gives, by field id: forename, surname and any other name.

    A name that cannot be taken apart stands as it is in both, unreadable with the reason: nothing is lost or guessed.
    """
    if stated := state_of(raw) or state_first(raw):
        return {f: Answer(f, stated[0], raw=raw, place=place, how=how, because=stated[1]) for f in _ids(child)[:2]}
    name = read_name(raw, surname_first=surname_first)
    answers = {}
    for field_id, part in zip(_ids(child), (name.forename, name.surname, name.known_as), strict=True):
        state, because = _state(name, field_id, part)
        if state != "blank" or not field_id.endswith("_aka"):
            value = part if state == "answered" else None
            sure = 0.0 if state == "unreadable" else 1.0
            answers[field_id] = Answer(field_id, state, value, None, raw, place, how, sure, because)
    return answers


def looks_like_a_name(text: str) -> bool:
    """Whether words are shaped like one person's name: two to four capitalised words, or a title and at least one."""
    words = fold(text)
    bare = _TITLE.sub("", words)
    parts = bare.split()
    least = 1 if bare != words else 2
    if not least <= len(parts) <= 4 or not _is_name(parts) or _NO_NAME.search(bare):
        return False
    return all(part[0].isupper() or _PARTICLE.fullmatch(part) for part in parts)


def full_name(forename: str, surname: str) -> str:
    """A full name from its parts, either of which may be missing."""
    return " ".join(part for part in (fold(forename), fold(surname)) if part)


def _ids(child: int) -> tuple[str, str, str]:
    return f"child_{child}_forename", f"child_{child}_surname", f"child_{child}_aka"


def _state(name: Name, field_id: str, part: str) -> tuple[State, str]:
    if part:
        return "answered", ""
    if field_id.endswith("_aka"):
        return "blank", ""
    if name.unborn and field_id.endswith("_forename"):
        return "not_applicable", "the child is not born"
    return ("unreadable", name.because) if name.because else ("blank", "")


def _without_alias(words: str) -> tuple[str, str]:
    if found := _ALIAS.search(words):
        return words[: found.start()].strip(" ,;"), found["said"].strip(" \"'“”‘’")
    found = _NICKNAME.search(words)
    if found and not re.search(
        r"\b(?:twin|unborn|deceased|dob|aged?|older|younger|mother|father)\b", found["said"].casefold()
    ):
        return " ".join((words[: found.start()] + " " + words[found.end() :]).split()), found["said"].strip()
    return words, ""


def _unborn(words: str, rest: str, known_as: str) -> Name:
    if not rest:
        return Name(words, known_as=known_as, unborn=True)
    if _OF_SOMEBODY.match(rest) or not _is_name(rest.split()) or len(rest.split()) > 1:
        return Name(words, known_as=known_as, unborn=True, because=NOT_CERTAIN)
    return Name(words, surname=rest, known_as=known_as, unborn=True)


def _parts(words: str, surname_first: bool) -> tuple[str, str, str]:
    """Forename and surname, or why they cannot be told apart."""
    if words.count(",") == 1:
        surname, forename = (part.strip() for part in words.split(","))
        return _by_comma(surname, forename, surname_first)
    parts = words.split()
    if _NO_NAME.search(words):
        return "", "", NO_NAME
    if not _is_name(parts) or re.search(r"\b(?:and|&)\b", words):
        return "", "", SEVERAL if re.search(r",|;|&|/|\band\b", words) else NOT_CERTAIN
    if len("".join(parts).replace(".", "")) <= 3 and words.isupper():
        return "", "", INITIALS
    if len(parts) == 1:
        return "", "", ONE_WORD
    capitals = [part.isupper() and len(part.strip(".")) > 1 for part in parts]
    if any(capitals) and not all(capitals):
        return _by_capitals(parts, capitals)
    if len(parts) == 2 and not surname_first and not any(_PARTICLE.fullmatch(part) for part in parts):
        return parts[0], parts[1], ""
    return "", "", NOT_CERTAIN


def _by_comma(surname: str, forename: str, surname_first: bool) -> tuple[str, str, str]:
    """`SURNAME, Forename`; without capitals the comma may as well stand between two people."""
    if not surname or not forename or not _is_name(surname.split()) or not _is_name(forename.split()):
        return "", "", NOT_CERTAIN
    if not surname.isupper() and not surname_first:
        return "", "", SEVERAL
    return forename, surname, ""


def _by_capitals(parts: list[str], capitals: list[bool]) -> tuple[str, str, str]:
    """The surname in capitals at one end: `Leo Kwame DANQUAH`, `DANQUAH Leo Kwame`."""
    count = sum(capitals)
    if all(capitals[-count:]):
        return " ".join(parts[:-count]), " ".join(parts[-count:]), ""
    if all(capitals[:count]):
        return " ".join(parts[count:]), " ".join(parts[:count]), ""
    return "", "", NOT_CERTAIN


def _is_name(parts: list[str]) -> bool:
    return bool(parts) and all(_WORD.fullmatch(part) for part in parts)
