"""Rules of 2015: the test for a serious case review as a whole."""

from __future__ import annotations

from formflow.deciding.facts import facts_of
from formflow.deciding.said import Said
from formflow.deciding.truth import all_of, any_of
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Local Safeguarding Children Boards Regulations 2006 reg 5(2), the test before s16C.

    Abuse or neglect known or suspected, and a death, or serious harm with concern about how agencies worked together.
    To be confirmed: recalled, not read. The Board decided; this only lays the test out.
    """
    facts, concern = facts_of(said), said.truth("crit_agencies_together")
    rests = ("abuse_neglect", "nature", "crit_agencies_together")
    match all_of((facts.abuse, any_of((facts.died, all_of((facts.harmed, concern)))))):
        case True:
            return Verdict("met", "On what the form says, each part of the test is met.", rests)
        case False:
            wanted = "Abuse or neglect suspected, and a death, or serious harm with concern about how agencies worked."
            return Verdict("not_met", "On what the form says, a part of the test is not met.", rests, would_meet=wanted)
        case None:
            settle = tuple(field for field in rests if not said.answered(field)) or rests
            return Verdict("cannot_tell", "The form leaves a part of the test open.", rests, would_settle=settle)
