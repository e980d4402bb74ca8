"""There is cause for concern about the actions of a single agency."""

from __future__ import annotations

from formflow.deciding.said import Said
from formflow.deciding.verdict import Verdict, by_the_form


def judge(said: Said) -> Verdict:
    """Guidance, circumstance 1: "where the safeguarding partners have cause for concern about ... a single agency"."""
    return by_the_form(
        said,
        "circ_single_agency",
        "circ_single_agency_evidence",
        yes="The sender sees cause for concern about one agency.",
        no="The sender sees no cause for concern about a single agency.",
        would_meet="Cause for concern about the actions of one agency.",
    )
