"""Rules of 2015: concern about how the authority, the Board's partners or others worked together."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form


def judge(said: Said) -> Verdict:
    """Local Safeguarding Children Boards Regulations 2006 reg 5(2)(b)(ii), the criteria before s16C: cause for concern.

    To be confirmed: recalled, not read.
    """
    return by_the_form(
        said,
        "crit_agencies_together",
        "crit_agencies_together_evidence",
        yes="The sender sees cause for concern about how agencies worked together.",
        no="The sender sees no cause for concern about how agencies worked together.",
        would_meet="Cause for concern about how the agencies worked together.",
    )
