"""The occasions on which papers are drawn, each a plain question about a case and what was worked out of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from formflow.deciding.case import Case
from formflow.deciding.decision import Decision

Occasion = Callable[[Case, Decision], bool]

_OTHER_ROUTE = ("looked_after_death", "care_leaver_death")
"""Duties whose notice goes to the Secretary of State and Ofsted and not to the Panel."""


def notified(case: Case, _: Decision) -> bool:
    """A notification has come."""
    return case.notification is not None


def panel_notice(case: Case, made: Decision) -> bool:
    """A notification has come, and its notice does not go another way than to the Panel."""
    return case.notification is not None and made.duty.type not in _OTHER_ROUTE


def corrected(case: Case, _: Decision) -> bool:
    """A notification has replaced an earlier one."""
    return case.version > 1


def returns_received(case: Case, _: Decision) -> bool:
    """At least one agency has returned what it holds."""
    return bool(case.returns)


OCCASIONS: Mapping[str, Occasion] = {
    made.__name__: made for made in (notified, panel_notice, corrected, returns_received)
}
"""By the name under which `papers.toml` names them."""
