"""Whether the date that a control shows is the date that it holds."""

from __future__ import annotations

import re

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_HELD = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_BRITISH = re.compile(r"\D*(\d{1,2})[./\-\s](\d{1,2})[./\-\s](\d{4}|\d\d)\D*")
_MONTH = re.compile(r"\b(" + "|".join(month[:3] for month in _MONTHS) + r")", re.IGNORECASE)


def disagrees(shown: str, held: str) -> tuple[str, ...]:
    """A doubt when the words shown name another day than the one held (ISO, as Word keeps it); otherwise none.

    Words that leave a part out (`March 2024`) do not disagree. `03/04/2024` is 3 April here, and disagrees with 4
    March, which an American setting would show in the same way.
    """
    found = _HELD.match(held)
    if not found or not shown.strip():
        return ()
    year, month, day = (int(part) for part in found.groups())
    if _agrees(shown, year, month, day):
        return ()
    return (f'it shows "{shown.strip()}", but the date kept behind it is {day} {_MONTHS[month - 1]} {year}',)


def _agrees(shown: str, year: int, month: int, day: int) -> bool:
    if not 1 <= month <= 12:
        return True
    if british := _BRITISH.fullmatch(shown):
        first, second, last = (int(part) for part in british.groups())
        if second <= 12:
            return (first, second) == (day, month) and last in (year, year % 100)
    numbers = {int(number) for number in re.findall(r"\d+", re.sub(r"\d+:\d+(?::\d+)?", "", shown))}
    named = _MONTH.search(shown)
    if named and named[1].lower() != _MONTHS[month - 1][:3].lower():
        return False
    return bool(numbers) and numbers <= {year, year % 100, month, day}
