"""Three-valued logic (Kleene's strong one): yes, no, and not known; what is not known never turns into no."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""True, False, or None for not known."""


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes if any is yes; no if all are no; otherwise not known. Of nothing at all nothing is known."""
    listed = list(truths)
    if any(truth is True for truth in listed):
        return True
    return False if listed and all(truth is False for truth in listed) else None


def all_of(truths: Iterable[Truth]) -> Truth:
    """No if any is no; yes if all are yes; otherwise not known. Of nothing at all nothing is known."""
    return negated(any_of(negated(truth) for truth in truths))


def negated(truth: Truth) -> Truth:
    """Yes for no, no for yes; what is not known stays so."""
    return None if truth is None else not truth
