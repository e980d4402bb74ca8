"""The person was a child: under 18 when it happened."""

from __future__ import annotations

from formflow.deciding.ages import Age, age_of, turned_18
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict


def judge(said: Said) -> Verdict:
    """Children Act 2004 s16C with s65: a child is a person under 18; the guidance also speaks of unborn children.

    Care leavers of 18 to 24 are told of by another rule.
    """
    ages = [(number, age_of(said, number)) for number in said.children()]
    rests = tuple(f"child_{number}_{'edd' if age.unborn else 'dob'}" for number, age in ages)
    if any(_under(age) for _, age in ages):
        how = "worked out from the date of birth" if _born(said, ages) else "as the form states the age"
        return Verdict("met", f"{_who(ages)} under 18 when it happened ({how}).", rests)
    if any(age.unborn for _, age in ages):
        return Verdict(
            "may_be_met", "The child was not yet born; a person must decide whether the duty applies.", rests
        )
    if any(turned_18(said, number) for number, _ in ages):
        reason = "The person was 18 or over at the death, and may have been under 18 when the harm was done."
        return Verdict("may_be_met", reason, (*rests, "incident_date", "date_of_death"))
    if all(age.youngest is not None and age.youngest >= 18 for _, age in ages):
        return Verdict("not_met", "The person was 18 or over.", rests, would_meet="An age under 18 when it happened.")
    settle = tuple(f"child_{number}_dob" for number, age in ages if age.youngest is None)
    return Verdict("cannot_tell", "The form does not settle how old the child was.", rests, (*settle, "incident_date"))


def _under(age: Age) -> bool:
    return age.oldest is not None and age.oldest < 18


def _born(said: Said, ages: list[tuple[int, Age]]) -> bool:
    """Whether a date of birth makes one of them a child, rather than an age that somebody wrote down."""
    return any(_under(age) and said.answered(f"child_{number}_dob") for number, age in ages)


def _who(ages: list[tuple[int, Age]]) -> str:
    young = [number for number, age in ages if _under(age)]
    if len(ages) == 1:
        return "The child was"
    return f"Child {young[0]} was" if len(young) == 1 else f"Children {', '.join(map(str, young))} were"
