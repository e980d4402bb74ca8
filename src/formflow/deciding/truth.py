"""Three-valued logic: yes, no, and not known; what is not known never turns into no."""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
"""True, False, or None for not known."""


def any_of(truths: Iterable[Truth]) -> Truth:
    """Yes if any is yes; no if all are no; otherwise not known."""
    listed = list(truths)
    if any(truth is True for truth in listed):
        return True
    return False if listed and all(truth is False for truth in listed) else None
