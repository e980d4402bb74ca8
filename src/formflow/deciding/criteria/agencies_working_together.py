"""The case highlights or may highlight concerns about agencies working together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from formflow.deciding.decision import Evidence
from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form


def judge(said: Said) -> Verdict:
    """SI 2018/789 reg 11(c): concerns regarding two or more agencies working together effectively.

    The guidance says "organisations or agencies". That several agencies were involved is shown, but is no concern
    by itself.
    """
    verdict = by_the_form(
        said,
        "crit_agencies_together",
        "crit_agencies_together_evidence",
        yes="The sender thinks that the case highlights or may highlight concerns about agencies working together.",
        no="The sender does not think that the case highlights concerns about agencies working together.",
        would_meet="A concern about how two or more agencies worked together.",
    )
    agencies = said.rows("agency", "name")
    if len(agencies) < 2:
        return verdict
    note = f" The form names {len(agencies)} agencies; whether they worked well together is for the partners to say."
    rests = (*verdict.rests_on, *(f"agency_{number}_name" for number in agencies))
    return replace(verdict, reason=verdict.reason + note, rests_on=rests, beside=tuple(_rows(said, agencies)))


def _rows(said: Said, agencies: tuple[int, ...]) -> Iterator[Evidence]:
    """Each agency of the form, and whether it was still involved."""
    involved = {True: "still involved", False: "no longer involved", None: "not stated whether still involved"}
    for number in agencies:
        still = involved[said.truth(f"agency_{number}_still_involved")]
        yield Evidence(f"{said.text(f'agency_{number}_name')}: {still}", on=said.day(f"agency_{number}_from"))
