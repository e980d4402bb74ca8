"""Yes or no with more beside it: a head that is certain gives the answer, the rest is kept as detail."""

from __future__ import annotations

import re
from collections.abc import Mapping

from formflow.extracting.empties import MORE, state_of
from formflow.extracting.plain import bare, fold, key, quoted
from formflow.extracting.sense import Sense, conflicting, doubtful, unreadable

NEITHER = "this is neither yes nor no"
NOT_DELETED = 'neither "Yes" nor "No" was deleted'

_VERB = r"(?:is|are|was|were|does|do|did|has|have|had)"
"""What is left of `does / does not` where a form prints both inside a sentence."""
_YES = re.compile(rf"y(?:es)?|true|✓|✔|☑|☒|x|{_VERB}")
_NO = re.compile(rf"no?|false|{_VERB}(?: not|n't)(?: (?:have|need|require|been|being|be))?")
_BOTH = re.compile(
    r"y(?:es)?\s*(?:/|\||\s)\s*no?(?:\s*(?:/|\||\s)\s*(?:n/?k|not known(?: yet)?|n/?a|unknown|don'?t know))*"
)
_HEAD = re.compile(
    r"(?P<head>yes|no|[yn](?=\s*[,;:(/–—]|\s+-|\s+\S*\d)|not known|n/k|nk|unknown)"
    r"(?P<join>\s*[,;:.(/–—]\s*|\s+-\s*|-\s+|\s+)(?P<rest>.+)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*[(,;:.]\s*|\s+[-–—]\s+|[–—]|\s+(?=(?:from|since|in|on)\b)|\s+(?=\d)|\s+(?=[A-Z][a-z]+ \d{4}\b)")
_NEAR = 60
"""How many letters after a yes or no are looked at for words that take it back; what stands further on is a story."""
_OPPOSITE = {"yes": r"(?:no?)", "no": r"(?:y(?:es)?)"}
_UNCERTAIN = re.compile(r"(?P<and>and|or|but)?\s*(?:not (?:yet )?known|n/?k|unknown|not sure|don'?t know)\b.*")


def read_yes_no(words: str, meanings: Mapping[str, str] | None = None) -> Sense:
    """Yes or no, with what is said beyond it in `rest` (`Yes – HF/26/20931`), or why it is open.

    `meanings` are the wordings that stand for yes or no in this question (`Not yet`, `Closed`), bared.
    """
    said, meanings = fold(words), meanings or {}
    if own := meanings.get(bare(said)):
        return Sense("answered", own)
    plain = key(said)
    if _BOTH.fullmatch(plain):
        return Sense("blank", because=NOT_DELETED)
    if _YES.fullmatch(plain) or _NO.fullmatch(plain):
        return Sense("answered", "yes" if _YES.fullmatch(plain) else "no")
    if open_state := state_of(said):
        return Sense(open_state[0], because=open_state[1])
    if said.endswith("?") and len(said) < 8:
        return unreadable("there is a question mark after it")
    return _headed(said) or _in_other_words(said, meanings) or unreadable(NEITHER)


def _headed(said: str) -> Sense | None:
    """An answer that begins with yes, no or not known, and goes on."""
    found = _HEAD.fullmatch(said)
    if found is None:
        return None
    head, join, rest = found["head"].casefold(), found["join"].strip(), found["rest"].strip(" ,;:-–—")
    if head not in ("y", "yes", "n", "no"):
        return Sense("not_known", because=MORE) if join else None
    value = "yes" if head.startswith("y") else "no"
    if join == "/" and re.match(rf"{_OPPOSITE[value]}\b", rest.casefold()):
        return Sense("blank", because=NOT_DELETED)
    if re.match(rf"(?:(?:and|or|but|/)\s*)?{_OPPOSITE[value]}(?:$|\s*[,;:.(/–—-])", rest.casefold()):
        return conflicting("both Yes and No are given")
    if (uncertain := _UNCERTAIN.fullmatch(rest.casefold())) and (join in ("", "/") or uncertain["and"]):
        return conflicting(f'both "{value.capitalize()}" and "Not known" are given')
    if not join and head == "no":
        return None
    return _unless_asked(said, value, rest)


def _in_other_words(said: str, meanings: Mapping[str, str]) -> Sense | None:
    """A wording of this question before more words: `Closed June 2024`, `None so far, but see below`."""
    for cut in reversed(list(_CUT.finditer(said))):
        if cut.start() and (own := meanings.get(bare(said[: cut.start()]))):
            return _unless_asked(said, own, said[cut.start() :].strip(" ,;:.-–—"))
    return None


def _unless_asked(said: str, value: str, rest: str) -> Sense:
    if doubtful(rest[:_NEAR]):
        return unreadable(f"it is not certain: {quoted(said)} is written there")
    return Sense("answered", value, rest=rest)
