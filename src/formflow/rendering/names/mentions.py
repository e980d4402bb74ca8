"""What one form says of each person it names: the raw material of who is who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Literal

from formflow.extracting.dates import day_of
from formflow.extracting.form import Answer
from formflow.extracting.names import looks_like_a_name, read_name
from formflow.extracting.plain import bare, fold
from formflow.rendering.names.days import days_in
from formflow.rendering.names.letters import folded
from formflow.rendering.names.lore import lore, pattern_of
from formflow.validating.submission import Submission

PersonKind = Literal["child", "family", "adult", "professional"]

_ROW = re.compile(r"^(child|family)_(\d{1,3})_(\w+)$")
_NAME_PARTS = re.compile(r"forename|surname|aka|dob|edd|nhs_no|name|relationship|dob_or_age|age_if_no_dob|role")
_SEVERAL = re.compile(r"\s*(?:[,;/|&]|\band\b|\bor\b|\balso\b)\s*", re.IGNORECASE)
_AGE = re.compile(r"\d{1,3}")
_MONTHS_OLD = re.compile(r"\b(?:weeks?|wks?|months?|mths?|days?)\b", re.IGNORECASE)
_OWNERS = frozenset({"process_P_lead", "action_N_owner", "plan_owner", "received_by", "triaged_by", "signature"})
"""Questions that are answered with a post, a team or a name: only what looks like a name is taken for one."""
_NO_NAME = re.compile(
    r"^(?:not |un)?known$|^(?:none|n/?a|unborn|baby|infant|child|mother|father|(?:as|see) above|tbc|withheld|\?+|-+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Called:
    """One way in which somebody is called: forenames and surname where they are told apart, else all words."""

    forenames: tuple[str, ...] = field(default=(), repr=False)
    surname: str = field(default="", repr=False)
    words: tuple[str, ...] = field(default=(), repr=False)
    """All the words of a name whose parts are not certain."""

    @property
    def full(self) -> str:
        """The name as it is read: `Jordan Ashby`."""
        return " ".join((*self.forenames, self.surname) if not self.words else self.words).strip()

    @property
    def key(self) -> str:
        """For comparing: small letters without accents or marks."""
        return plain_letters(self.full)

    @property
    def parts(self) -> tuple[str, str]:
        """First forename and surname for comparing; the outer words where the parts are not certain."""
        given = self.forenames or self.words[:1]
        last = self.surname or (self.words[-1] if len(self.words) > 1 else "")
        return (plain_letters(given[0]) if given else "", plain_letters(last))


@dataclass(frozen=True, slots=True)
class Mention:
    """A person as one form gives them."""

    kind: PersonKind
    row: str
    """Where the form asks: `child_2`, `family_1`; a question's id for anybody else."""
    called: tuple[Called, ...] = field(default=(), repr=False)
    """The name, and every other name; the first is the one they go by."""
    born: frozenset[date] = field(default=frozenset(), repr=False)
    nhs: str = field(default="", repr=False)
    relation: str = field(default="", repr=False)
    """As the form has it; for a professional, the post."""
    young: bool = False
    """Known to be under 18 when the form was received."""


def mentions(form: Submission, received: date) -> Iterator[Mention]:
    """Everybody a form names, in its own order: children, family, other adults, professionals."""
    rows: dict[str, dict[str, Answer]] = {}
    for field_id, answer in form.answers.items():
        found = _ROW.match(field_id)
        if found and answer.state != "blank" and _NAME_PARTS.fullmatch(found[3]):
            rows.setdefault(f"{found[1]}_{found[2]}", {})[found[3]] = answer
    order = sorted(rows, key=lambda row: (row.split("_")[0], int(row.split("_")[1])))
    for row in order:
        made = _child(row, rows[row]) if row.startswith("child") else _relative(row, rows[row], received)
        if made.called or made.relation or made.born or made.kind == "child":
            yield made
    yield from _others(form)


@lru_cache(maxsize=4096)
def plain_letters(words: str) -> str:
    """Small letters and figures alone, accents taken off: for telling whether two names are the same."""
    return "".join(letter for letter in folded(words).text.casefold() if letter.isalnum())


def _child(row: str, said: dict[str, Answer]) -> Mention:
    called: list[Called] = []
    forename, surname = _clear(said.get("forename")), _clear(said.get("surname"))
    if forename or surname:
        called.append(Called(tuple(forename.split()), surname))
    for part in ("forename", "surname"):
        called += [_name(words) for words in _unclear(said.get(part))]
    for words in (_clear(said.get("aka")), *_unclear(said.get("aka"))):
        called += [_name(one) for one in _SEVERAL.split(words) if one and not _NO_NAME.match(one)]
    born = _days(said.get("dob")) | _days(said.get("edd"))
    nhs = re.sub(r"\D", "", _words(said.get("nhs_no")))
    return Mention("child", row, _once(called), born, nhs, young=True)


def _relative(row: str, said: dict[str, Answer], received: date) -> Mention:
    answer, called = said.get("name"), []
    for words in (_clear(answer), *_unclear(answer)):
        if words and not _NO_NAME.match(words):
            name = read_name(words)
            called.append(_name(words))
            called += [_name(one) for one in _SEVERAL.split(name.known_as) if one]
    born = _days(said.get("dob_or_age"))
    relation = _clear(said.get("relationship"))
    return Mention("family", row, _once(called), born, "", relation, _is_young(said.get("dob_or_age"), born, received))


def _others(form: Submission) -> Iterator[Mention]:
    """Whoever cared for a child, where that is one name; then the professionals."""
    known = lore()
    later: list[Mention] = []
    for field_id, answer in form.answers.items():
        pattern, words = pattern_of(field_id), _words(answer)
        if not words or answer.state not in ("answered", "conflict", "unreadable"):
            continue
        if pattern == "child_N_carer_at_incident" and looks_like_a_name(words):
            yield Mention("adult", field_id, _once([_name(words)]))
        if (posts := known.professionals.get(pattern)) and (pattern not in _OWNERS or looks_like_a_name(words)):
            asked = _beside(field_id, pattern, posts[0])
            post = _clear(form.answers.get(asked)) if asked else ""
            names = [one for one in (_clear(answer), *_unclear(answer)) if one and not _NO_NAME.match(one)]
            if names:
                called = _once([_name(one) for one in names])
                later.append(Mention("professional", field_id, called, relation=_post(post) or posts[1]))
    yield from later


def _beside(field_id: str, pattern: str, asked: str) -> str:
    """The id of the question beside one: `agency_2_professional`, `agency_N_role` → `agency_2_role`."""
    if "_N_" in asked:
        return asked.replace("_N_", f"_{field_id.split('_')[1]}_")
    if "_P_" in asked:
        return f"{field_id.removesuffix(pattern.rsplit('_', 1)[1])}{asked.rsplit('_', 1)[1]}"
    return asked


def _post(words: str) -> str:
    """A post without the name of where it is held: `Head, Mill Lane School` → `Head`."""
    short = re.split(r"\s*[,(;/–]|\s+(?:at|for|of)\s+(?=[A-Z])", words)[0].strip()
    return short if len(short) <= 60 else ""


def _name(words: str) -> Called:
    """A name in one box, in parts where they are certain; no name at all for "Unborn baby of" somebody."""
    if _OF_ANOTHER.match(words):
        return Called()
    name = read_name(_TITLES.sub("", words))
    if name.forename or name.surname:
        return Called(tuple(name.forename.split()), name.surname)
    bare_words = re.sub(r"[^\w\s'’.\-]", " ", name.full).split()
    large = [number for number, word in enumerate(bare_words) if word[0].isupper()]
    return Called(words=tuple(bare_words[large[0] : large[-1] + 1] if large else bare_words))


_OF_ANOTHER = re.compile(r"^(?:the )?(?:unborn|baby|infant|twins?|child)\b.*\b(?:of|to)\b", re.IGNORECASE)
_TITLES = re.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|doctor|prof|professor|pc|dc|ds|di|dci|sgt|rev|reverend|sir|dame|cllr|councillor|"
    r"detective|chief|acting|inspector|superintendent|sergeant|constable|judge|nurse|sister|midwife)\b\.?\s+)+",
    re.IGNORECASE,
)


def _once(called: list[Called]) -> tuple[Called, ...]:
    return tuple({one.key: one for one in reversed(called) if one.key}.values())[::-1]


def _clear(answer: Answer | None) -> str:
    """The words of an answer that is certain."""
    return fold(str(answer.value)) if answer is not None and answer.state == "answered" else ""


def _unclear(answer: Answer | None) -> tuple[str, ...]:
    """What stands there where it is not certain: it may be a name all the same."""
    if answer is None or answer.state not in ("conflict", "unreadable"):
        return ()
    return tuple(words for part in answer.raw.split("|") if (words := fold(part)) and not _NO_NAME.match(words))


def _words(answer: Answer | None) -> str:
    return " ".join((_clear(answer), *_unclear(answer))).strip()


def _days(answer: Answer | None) -> frozenset[date]:
    """The days a birth may mean, where it is given to the day."""
    day = day_of(answer.value) if answer is not None and answer.state == "answered" else None
    return frozenset({day}) if day else frozenset(found.on for found in days_in(_words(answer)) if not found.loose)


def _is_young(answer: Answer | None, born: frozenset[date], received: date) -> bool:
    if born:
        latest = min(born)
        return received.year - latest.year - ((received.month, received.day) < (latest.month, latest.day)) < 18
    words = _words(answer)
    age = _AGE.search(words)
    return bool(_MONTHS_OLD.search(words)) or (age is not None and int(age[0]) < 18)


def relation_label(relation: str) -> str:
    """What stands for a relation as people write it, `Mother` for `Mum (of both)`; empty where nothing does."""
    for words in (bare(relation), bare(re.sub(r"\([^)]*\)", " ", relation))):
        short = re.sub(r"\b(?:of|to) (?:the )?(?:child|children|baby|subject|both)\b.*$", "", words)
        short = re.sub(r"^(?:the )?(?:child ?s|childs|his|her|their) ", "", short).strip()
        if label := lore().relations.get(short):
            return label
    return ""
