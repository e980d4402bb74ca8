"""Which option words stand for, exactly; two options, printed alternatives and words that settle none stay open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise

from formflow.extracting.empties import state_of
from formflow.extracting.plain import bare, quoted
from formflow.extracting.sense import Sense, conflicting, doubtful, unreadable
from formflow.extracting.wordings import Wording, Wordings

NONE_OF_THEM = "this is none of the answers that can be chosen"
MULTIPLE = "multiple"
"""The option of a list that stands for several of its others at once."""
NOT_DELETED = "the printed answers all still stand and none is chosen"

_EITHER = 2
"""How many options a list has of which a form tells one and then more about it."""
_CUT = re.compile(r"\s*[(,;:.]\s*|\s+[-–—]\s+|[–—]|\s+(?=(?:from|since|until|under|to)\b)|\s+(?=\d)")
_LIST = re.compile(r"\s*[,;|\n/&+]\s*|\s+and\s+", re.IGNORECASE)
_COMMAS = re.compile(r"\s*[,;|\n]\s*")
"""Between the parts of a list, where the words on both sides are answers of their own: `Sexual, exploitation`."""
_AND = re.compile(r"\band\b|[&+]", re.IGNORECASE)
_TAKEN_BACK = re.compile(
    r"\b(?:applied for|application|discharged|expired|revoked|refused|ended|ceased|not|trans|transgender|identif\w+|"
    r"historic\w*|previous\w*|past|sibling|brother|sister|mother|father|parent)s?\b",
    re.IGNORECASE,
)
_ASKED = "there is a question mark after it"
_LETTERED = re.compile(r"^\(?[a-z0-9]{1,2}[).]\s+", re.IGNORECASE)


def choose(words: str, options: Mapping[str, str]) -> str | None:
    """The option id that words stand for, by its id or its text letter for letter; never by likeness."""
    return Wording().option(words, options)


def choose_one(words: str, options: Mapping[str, str], wordings: Wordings) -> Sense:
    """The one option that words stand for, and what else they say; open when they settle none or give two.

    The option may stand alone, after a letter or a code (`a) …`, `W1 White British`), or before more words
    (`Supervision order (Pellingshire) from 02/06/2025`), unless these weaken it or name another option.
    """
    wording, said = wordings.of(options), _LETTERED.sub("", words.strip())
    if "?" in said:
        return unreadable(_ASKED)
    if MULTIPLE in options and "/" not in said:
        several = choose_all(said, options, wordings).value
        if isinstance(several, tuple) and len(several) > 1:
            return Sense("answered", MULTIPLE)
    for head, rest in _heads(said):
        if option := wording.option(head, options):
            return _with_rest(option, rest, options, wording)
        if why := wording.open.get(bare(head)):
            return conflicting(why)
        if (coded := _by_code(head, options, wording)) is not None:
            return coded
    return _alternatives(said, options, wording) or unreadable(NONE_OF_THEM)


def choose_all(words: str, options: Mapping[str, str], wordings: Wordings) -> Sense:
    """Every option that a list of words names (`Physical and domestic abuse`); open when a part is no option."""
    wording, said = wordings.of(options), _LETTERED.sub("", words.strip())
    if "?" in said:
        return unreadable(_ASKED)
    listed = [wording.option(part, options) for part in _COMMAS.split(said) if bare(part)]
    if len({*listed}) > 1 and None not in listed and not _AND.search(said):
        return Sense("answered", tuple(dict.fromkeys(option for option in listed if option)))
    if option := wording.option(said, options):
        return Sense("answered", (option,))
    if why := wording.open.get(bare(said)):
        return conflicting(why)
    if len(options) == _EITHER and (told := _headed(said, options, wording)):
        return told
    parts = [part for part in _LIST.split(re.sub(r"\([^)]*\)", " ", said)) if bare(part)]
    chosen = [wording.option(part, options) for part in parts]
    if not chosen or None in chosen or doubtful(said) or _TAKEN_BACK.search(said):
        return unreadable(NONE_OF_THEM)
    if "/" in said and _is_printed_list(chosen, options):
        return Sense("blank", because=NOT_DELETED)
    if _one_word_of_two(parts):
        return unreadable("it can be read in two ways")
    return Sense("answered", tuple(dict.fromkeys(option for option in chosen if option)))


def _headed(words: str, options: Mapping[str, str], wording: Wording) -> Sense | None:
    """One of two things, with more about it: `Serious harm – head injury`; None where the other is named too."""
    for head, rest in _heads(words):
        if rest and (option := wording.option(head, options)):
            told = _with_rest(option, rest, options, wording)
            return Sense("answered", (option,), rest=rest) if told.state == "answered" else None
    return None


def agency_named(organisation: str, wordings: Wordings) -> str | None:
    """The kind of agency that an organisation's name tells beyond doubt; None when it tells none, or two."""
    name = f" {bare(organisation)} "
    if any(f" {words} " in name for words in wordings.organisations_not):
        return None
    kinds = {kind for words, kind in wordings.organisations.items() if f" {words} " in name}
    return kinds.pop() if len(kinds) == 1 else None


def _heads(words: str) -> Iterator[tuple[str, str]]:
    """The whole, then ever shorter beginnings of the words up to where they may be cut, each with what follows."""
    yield words, ""
    for cut in reversed(list(_CUT.finditer(words))):
        if cut.start():
            yield words[: cut.start()], words[cut.start() :].strip(" ,;:.-–—")


def _with_rest(option: str, rest: str, options: Mapping[str, str], wording: Wording) -> Sense:
    if bare(rest) in wording.open:
        return conflicting("two different answers are given")
    for other in (wording.option(rest, options) or option, *_named_in(rest, options, wording)):
        if other != option:
            return conflicting(f'both "{options.get(option, option)}" and "{options.get(other, other)}" are named')
    if doubtful(rest) or _TAKEN_BACK.search(rest):
        return unreadable(f"it is not certain: {quoted(rest)} is written after it")
    return Sense("answered", option, rest=rest)


def _named_in(rest: str, options: Mapping[str, str], wording: Wording) -> Iterator[str]:
    """Options that are named anywhere in the words, by wordings long enough not to stand there by chance."""
    inside = f" {bare(rest)} "
    for words, option in (*wording.meant.items(), *((bare(text), option) for option, text in options.items())):
        if len(words) > 3 and f" {words} " in inside:
            yield option


def _by_code(words: str, options: Mapping[str, str], wording: Wording) -> Sense | None:
    """The option of a code (`W1`, `B2 Black African`); a code that says something else than its words is a conflict."""
    found = re.fullmatch(r"(\w{2,4})\b[\s:.\-–—]*(.*)", words.strip())
    option = wording.codes.get(found[1].casefold()) if found else None
    if found is None or option is None:
        return None
    if not found[2]:
        return Sense("answered", option)
    named = wording.option(found[2], options)
    if named is None:
        return None
    return Sense("answered", option) if named == option else conflicting("the code and the words do not agree")


def _alternatives(words: str, options: Mapping[str, str], wording: Wording) -> Sense | None:
    """Several answers side by side: printed ones none of which was deleted, or two that somebody gave."""
    for divide in (r"\s+/\s+", r"\s*/\s*", r"\s*(?:/|,|;|\bor\b|\band\b|&)\s*"):
        parts = re.split(divide, words)
        chosen = [wording.option(part, options) or ("" if state_of(part) else None) for part in parts]
        if len(parts) > 1 and None not in chosen and len({*chosen}) > 1:
            if "/" in words and ("" in chosen or _is_printed_list(chosen, options)):
                return Sense("blank", because=NOT_DELETED)
            named = [f'"{options[option]}"' for option in dict.fromkeys(chosen) if option]
            return conflicting(f"both {' and '.join(named)} are given")
    return None


def _is_printed_list(chosen: list[str | None], options: Mapping[str, str]) -> bool:
    """Whether the answers are so many, or so plainly all there are, that a form prints them for deleting."""
    kinds = {option for option in chosen if option}
    return kinds >= options.keys() - {"other", "indeterminate"} or len(kinds) > 3


def _one_word_of_two(parts: list[str]) -> bool:
    """`sexual and criminal exploitation`: the first word may belong to the last, and then means something else."""
    return any(
        bare(part) == "sexual" and "exploitation" in bare(following) and bare(following) != "exploitation"
        for part, following in pairwise(parts)
    )
