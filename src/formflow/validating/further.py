"""Children whom the account speaks of and the form does not list: put to a person, never added."""

from __future__ import annotations

import re
from collections.abc import Iterator

from formflow.validating.asked import Asked
from formflow.validating.submission import Query

_ACCOUNTS = ("incident_summary", "immediate_action", "other_children_at_risk_detail")
_COUNTS = {"two": 2, "both": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_ORDINALS = {"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6}
_COUNTED = re.compile(
    rf"\b({'|'.join(_COUNTS)}|[2-9])\s+(?:\w+\s+){{0,2}}?(?:children|siblings|brothers|sisters|babies)\b", re.IGNORECASE
)
_NTH = re.compile(rf"\b({'|'.join(_ORDINALS)})\s+(?:child|sibling|baby)\b", re.IGNORECASE)
_HURT = re.compile(
    r"\b(?:injur|hurt|harmed|wounded|burn|died|dead|killed|drowned|unconscious|in hospital)", re.IGNORECASE
)
_NOT_HURT = re.compile(r"\b(?:not|no|un|never|without|nor)\b", re.IGNORECASE)
_NO_NAMES = """
    mr mrs ms miss mx dr prof sir pc dc ds sgt nurse the a an both baby and or of to in by for with when then after
    family young little master
"""
"""What may stand before a surname and is no forename."""
_NAMED = ("_forename", "_surname", "_aka", "_name", "_professional", "_carer_at_incident")


def further_children(asked: Asked) -> Iterator[Query]:
    """A query where the account counts or names a child more than the form lists, or a relative is said to be hurt."""
    listed = len(asked.children())
    account = " ".join(str(asked.value(field)) for field in _ACCOUNTS if asked.answered(field))
    if _told(account) > listed + len(asked.rows("family")) or _unlisted(asked, account):
        words = (
            f"the account seems to speak of a further child; the form lists {listed}. Was another child harmed? "
            "If so, please add the child."
        )
        yield asked.say("query", f"child_{listed + 1}_surname", words)
    for number in asked.rows("family"):
        note = f"family_{number}_note"
        said = str(asked.value(note) or "")
        if _HURT.search(said) and not _NOT_HURT.search(said):
            words = "this person seems to have been harmed too. If it is a child, should the child be listed with the "
            yield asked.say("query", note, words + "children of this incident?")


def _told(account: str) -> int:
    """How many children an account speaks of, as far as it counts them."""
    counts = [_COUNTS.get(found[1].lower()) or int(found[1]) for found in _COUNTED.finditer(account)]
    counts += [_ORDINALS[found[1].lower()] for found in _NTH.finditer(account)]
    return max(counts, default=0)


def _unlisted(asked: Asked, account: str) -> bool:
    """Whether a person with the surname of a child is named, who stands in no answer of the form."""
    surnames = {str(asked.value(f"child_{n}_surname") or "") for n in asked.children()} - {""}
    known = set(_NO_NAMES.split()) | {
        word.casefold()
        for field_id, answer in asked.answers.items()
        if field_id.endswith(_NAMED) and answer.state == "answered"
        for word in re.findall(r"[\w'’-]+", str(answer.value))
    }
    for surname in surnames:
        for found in re.finditer(
            rf"\b([A-Z][\w'’-]+)\s+{re.escape(surname)}\b(?!['’]s?\s+(?:family|home|house))", account
        ):
            if found[1].casefold() not in known:
                return True
    return False
