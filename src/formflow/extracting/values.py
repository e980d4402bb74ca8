"""What an answer's raw text means for its type of question; what does not fit stays open, with its reason."""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.extracting.dates import NoDate, read_date
from formflow.extracting.dictionary import Field
from formflow.extracting.form import Answer, Precision, State, Value
from formflow.extracting.plain import fold as fold
from formflow.extracting.plain import key as key
from formflow.extracting.times import read_time

_EMPTY = re.compile(
    r"choose an item\.?|click (?:or tap )?(?:here )?to enter (?:text|a date)\.?|click here to enter (?:text|a date)\.?|"
    r"click or tap (?:here )?to enter (?:text|a date)\.?|enter (?:text|date|a date)(?: here)?\.?|"
    r"select(?: (?:an item|one|\.\.\.|…))?\.*…?|please select\.*…?|"
    r"\[?\(?d\s?d[/.\-]m\s?m[/.\-]y\s?y(?:\s?y\s?y)?\)?\]?|"
    r"[_.…\-–—/\s]*|\[[^\]]*(?:here|enter|name|date)[^\]]*\]"
)
_EMPTY_WITH_REASON = re.compile(
    r"t\.?b\.?[cda]\.?|to be (?:confirmed|advised|completed)|as above|"
    r"(?:please )?see (?:attached|chronology|above|below|report)\.?|"
    r"(?:please )?refer to .{1,40}|awaiting .{1,40}|pending"
)
_NOT_KNOWN = re.compile(
    r"(?:not|un)\s?-?known(?: yet| at (?:this|present)(?: time)?| at the moment)?|n/?k|don'?t know|do not know|unsure|"
    r"not (?:yet )?established|\?+|not known yet"
)
_NOT_APPLICABLE = re.compile(r"n\.?/?a\.?|not applicable|does not apply")
_YES = re.compile(r"y(?:es)?|true|✓|✔|☑|☒|x")
_NO = re.compile(r"no?|false")

_POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})")


def state_of(raw: str) -> tuple[State, str] | None:
    """The state of an answer whose words are no answer, and why; None when they are one."""
    words = key(raw)
    if _EMPTY.fullmatch(words) or _EMPTY.fullmatch(fold(raw).casefold()):
        return "blank", ""
    if _EMPTY_WITH_REASON.fullmatch(words):
        return "blank", f'only "{fold(raw)}" is written there'
    if _NOT_KNOWN.fullmatch(words):
        return "not_known", ""
    if _NOT_APPLICABLE.fullmatch(words):
        return "not_applicable", ""
    return None


def answer_to(field: Field, field_id: str, raw: str, *, place: str, how: str, latest: int) -> Answer:
    """The answer that `raw` gives to a question; `latest` is the last year a two-digit year may stand for.

    Text that cannot be what the question asks for is `unreadable`, with the reason in `because`.
    """
    if (open_state := state_of(raw)) is not None:
        return Answer(field_id, open_state[0], raw=raw, place=place, how=how, because=open_state[1])
    value, precision, why = _value(field, field_id, fold(raw), latest)
    if value is None:
        return Answer(field_id, "unreadable", raw=raw, place=place, how=how, confidence=0.0, because=why)
    return Answer(field_id, "answered", value, precision, raw, place, how)


def _value(field: Field, field_id: str, words: str, latest: int) -> tuple[Value | None, Precision | None, str]:
    match field.type:
        case "date":
            when = read_date(words, latest=latest, past=field_id.endswith("_dob"))
            return (None, None, when.why) if isinstance(when, NoDate) else (when.value, when.precision, "")
        case "time":
            return read_time(words), None, "this is not a time of day we can read"
        case "yes_no":
            return _yes_no(words), None, "this is neither yes nor no"
        case "choice":
            return choose(words, field.options), None, "this is none of the answers that can be chosen"
        case "choices":
            return _choose_all(words, field.options), None, "this is none of the answers that can be chosen"
        case "integer":
            return _integer(words), None, "this is not a whole number"
        case "nhs_number":
            digits = re.sub(r"[\s\-]", "", words)
            return (digits if re.fullmatch(r"\d{10}", digits) else None), None, "an NHS number has ten digits"
        case "postcode":
            found = _POSTCODE.fullmatch(words.upper().strip(" .,"))
            return (f"{found[1]} {found[2]}" if found else None), None, "this is not a United Kingdom postcode"
        case "email":
            mail = words.removeprefix("mailto:").strip(" <>.,;")
            good = re.fullmatch(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>.]+", mail)
            return (mail if good else None), None, "this is not an e-mail address"
        case "phone":
            return (words if len(re.findall(r"\d", words)) >= 5 else None), None, "this is not a telephone number"
        case "text" | "long_text":
            return words, None, ""


def choose(words: str, options: Mapping[str, str]) -> str | None:
    """The option id that words stand for, by its id or its text letter for letter; never by likeness."""
    wanted = key(words)
    for option, text in options.items():
        if wanted in (option, key(text)):
            return option
    return None


def _choose_all(words: str, options: Mapping[str, str]) -> tuple[str, ...] | None:
    whole = choose(words, options)
    parts = [whole] if whole else [choose(part, options) for part in re.split(r"[;|\n]", words) if part.strip()]
    chosen = [part for part in parts if part is not None]
    return tuple(dict.fromkeys(chosen)) if chosen and len(chosen) == len(parts) else None


def _yes_no(words: str) -> str | None:
    bare = key(words)
    first = re.split(r"\s*[-,;:(]\s*|\s+", bare, maxsplit=1)[0] if not _YES.fullmatch(bare) else bare
    if _YES.fullmatch(bare) or (first == "yes" and not re.search(r"\bno\b", bare)):
        return "yes"
    if _NO.fullmatch(bare):
        return "no"
    return None


def _integer(words: str) -> int | None:
    found = re.fullmatch(
        r"(?:aged?\s*)?(\d{1,3})\s*(?:years?|yrs?|y/?o)?(?:\s*old)?\s*(?:\(.*\))?", words.casefold().strip(" .")
    )
    return int(found[1]) if found else None
