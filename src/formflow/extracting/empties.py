"""Words that look like an answer and are none: prompts, dashes, "to be confirmed", "not known", "as above"."""

from __future__ import annotations

import re
from dataclasses import replace

from formflow.extracting.form import Answer, State
from formflow.extracting.plain import fold, key, quoted

AS_ABOVE = "as above"
"""Why an answer is blank that repeats the same field of the row above; see `inherited`."""
MORE = "more is written beside it"
"""Said of a "not known" or "not applicable" that goes on: the words stay in the answer's raw text."""

_PROMPT = re.compile(
    r"(?:please )?(?:choose|select|pick)(?: (?:an? |one |the )?(?:item|option|date|one|from (?:the )?list|below))?|"
    r"click(?: or tap)?(?: here)? to enter (?:text|a date|date)|(?:please )?(?:enter|type|insert|write)"
    r"(?: (?:your )?(?:text|(?:a |the )?date|(?:a |the |full )?name|details|answer|here))*|"
    r"select(?:yes|no|notknown|unknown|female|male|expected|unexpected|other|n/a)+|"
    r"not answered|no answer(?: given)?|not provided|not completed|left blank|nothing entered|"
    r"\(?(?:if known|please (?:specify|state|give details)|delete as appropriate|dd mm yy(?:yy)?)\)?|"
    r"[_.…\-–—/\s|]*|\[[^\]]*\b(?:here|enter|insert|name|date)\b[^\]]*\]"
)
_DATE_PROMPT = frozenset({"ddmmyyyy", "ddmmyy", "dmyyyy", "ddmonthyyyy", "dayidmonthiyear", "daymonthyear"})
_WITH_REASON = re.compile(
    r"t\.?b\.?[cda]\.?|to be (?:confirmed|advised|decided|determined|completed|arranged|agreed|notified|added)|"
    r"to follow|awaited|"
    r"(?:please )?see (?:attached|chronology|above|below|report|notes?(?: \d+)?|over(?:leaf)?|separate (?:sheet|page))|"
    r"(?:please )?refer to .{1,40}|awaiting .{1,40}|pending|outstanding|in progress|being done .{0,40}|"
    r"continued? overleaf|not yet(?: \w+)?"
)
_AS_ABOVE = re.compile(r"(?:as|same as)(?: per)? above(?: address)?|ditto|[\"〃”]|same address as above")
_AS_OTHER = re.compile(
    r"(?:same )?as (?:for |per )?(?:the )?(?:child(?:ren)?(?: \d)?|[a-z]+)(?:'s)?(?: address)?|"
    r"with (?:the )?(?:child|subject)"
)
"""What points at the answer about somebody else: `as child`, `as child 1`, `same as mother`."""
_UNKNOWN = (
    r"(?:not|un)[\s-]?known(?: yet| at (?:this|present|the moment)(?: (?:time|stage))?| currently| so far)?|"
    r"not (?:yet |currently )known|n/?k|don'?t know|do not know|unsure|not sure|"
    r"not (?:yet )?(?:established|obtained|recorded)|"
    r"none known|information not (?:yet )?obtained|d/?k|"
    r"(?:too (?:early|soon)|not possible|unable) to (?:say|tell)(?: yet)?|"
    r"(?:cannot|can not|can'?t) (?:yet )?say(?: yet)?"
)
_NOT_KNOWN = re.compile(rf"{_UNKNOWN}|\?+")
_NOT_KNOWN_FIRST = re.compile(rf"(?:{_UNKNOWN})(?:\s+-\s*|\s*[,;:(.]\s*|\s*-\s+)(?P<rest>.+)")
_NOT_APPLICABLE = re.compile(r"n\s?[./\-]?\s?a\.?|n - a|not applicable|does not apply|not relevant|n/app")
_NOT_APPLICABLE_FIRST = re.compile(
    r"(?:n/a|not applicable|does not apply)(?:\s+-\s*|\s*[,;:(.]\s*|\s*-\s+)(?P<rest>.+)"
)
_NOTHING = frozenset({"none", "nil", "no", "nothing", "none known of"})


def state_of(raw: str) -> tuple[State, str] | None:
    """The state of an answer whose words are no answer, and why; None when they are one."""
    words = key(raw)
    if _PROMPT.fullmatch(words) or _PROMPT.fullmatch(fold(raw).casefold()) or _is_date_prompt(words):
        return "blank", ""
    if _AS_ABOVE.fullmatch(words):
        return "blank", AS_ABOVE
    if _AS_OTHER.fullmatch(words):
        return "blank", f"{quoted(raw)} points at somebody else's answer"
    if _NOT_KNOWN.fullmatch(words):
        return "not_known", ""
    if _WITH_REASON.fullmatch(words):
        return "blank", f"only {quoted(raw)} is written there"
    if _NOT_APPLICABLE.fullmatch(words):
        return "not_applicable", ""
    return None


def state_first(raw: str) -> tuple[State, str] | None:
    """The state that words begin with when more follows: `N/K – hospital will have it`; None when they do not."""
    words = key(raw)
    if _NOT_KNOWN_FIRST.fullmatch(words):
        return "not_known", MORE
    if _NOT_APPLICABLE_FIRST.fullmatch(words):
        return "not_applicable", MORE
    return None


def says_nothing(raw: str) -> bool:
    """Whether the words only say that there is nothing to say: none, nil, no."""
    return key(raw) in _NOTHING


def is_as_above(answer: Answer) -> bool:
    """Whether an answer only points at the same field of the row above."""
    return answer.state == "blank" and answer.because == AS_ABOVE


def inherited(answer: Answer, above: Answer | None) -> Answer:
    """An "as above" with the answer of the row above it, marked as such; as it was where that row gives none."""
    if not is_as_above(answer) or above is None or above.state != "answered":
        return answer
    return replace(
        above,
        field=answer.field,
        raw=answer.raw,
        place=answer.place,
        how=AS_ABOVE,
        because='"as above" is written there: this is the answer of the row above',
    )


def _is_date_prompt(words: str) -> bool:
    letters = re.sub(r"[^a-z]", "", words)
    return letters in _DATE_PROMPT and not re.search(r"\d", words)
