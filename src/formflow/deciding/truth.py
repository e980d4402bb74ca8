"""Three-valued logic: yes, no, and not known; what is not known never turns into no."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""True, False, or None for not known."""


def all_of(truths: Iterable[Truth]) -> Truth:
    """No if any is no; yes if all are yes; otherwise not known."""
    listed = list(truths)
    if any(truth is False for truth in listed):
        return False
    return True if all(truth is True for truth in listed) else None


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes if any is yes; no if all are no; otherwise not known."""
    listed = list(truths)
    if any(truth is True for truth in listed):
        return True
    return False if listed and all(truth is False for truth in listed) else None


def negate(truth: Truth) -> Truth:
    """Yes for no, no for yes; not known stays so."""
    return None if truth is None else not truth
