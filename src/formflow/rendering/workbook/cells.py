"""How a value stands in a cell: the same words or number in the file and when two cells are held against each other."""

from __future__ import annotations

import re
from datetime import date, datetime

from formflow.rendering.workbook.package import Cell, Package
from formflow.rendering.workbook.tracker_sheets import Value

LONGEST = 32_767
"""Letters that a cell of Excel holds."""
_CUT = " … (cut here: the whole text is in the report)"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FIRST_REAL_DATE = date(1900, 3, 1)
"""Excel counts a day in 1900 that never was; dates before this one are written as words."""
_DAY_0 = date(1899, 12, 30).toordinal()
_NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d{1,14})?")


def writable(text: str) -> str:
    """Text as a cell can hold it: no control characters, and told where it had to be cut."""
    clean = _UNWRITABLE.sub("", text)
    if "\r" in clean:
        clean = clean.replace("\r\n", "\n").replace("\r", "\n")
    return clean if len(clean) <= LONGEST else clean[: LONGEST - len(_CUT)] + _CUT


def raw(value: Value) -> tuple[str, bool]:
    """What the file holds for a value, and whether that is a number."""
    if value is None:
        return "", False
    if isinstance(value, str):
        return writable(value), False
    if isinstance(value, date):
        if value >= _FIRST_REAL_DATE:
            return str(value.toordinal() - _DAY_0), True
        return f"{value.day} {value:%B} {value.year}", False
    return (str(value) if isinstance(value, int) else repr(value)), True


def escaped(text: str) -> str:
    """Text as it stands in the XML of a sheet."""
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    if "&" in text or "<" in text or ">" in text:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def compared(cell: Cell | None) -> str:
    """What is held against `raw`: programs write the same number in several ways."""
    if cell is None:
        return ""
    return plain_number(cell.raw) if cell.number else cell.raw.strip()


def plain_number(text: str) -> str:
    """`45000.0` and `4.5E4` as `45000`."""
    if text.isdigit():
        return text
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def typed(cell: Cell | None, package: Package) -> str:
    """What a person typed, as a note keeps it: a day as `2026-03-05`, all else as it is read."""
    if cell is None:
        return ""
    if cell.number and cell.dated:
        when = package.day(cell)
        if isinstance(when, datetime):
            return f"{when:%d/%m/%Y %H:%M}" if when.second == 0 else f"{when:%d/%m/%Y %H:%M:%S}"
        if when is not None:
            return when.isoformat()
    return plain_number(cell.raw) if cell.number else tidy(cell.raw)


def tidy(text: str) -> str:
    """Words of people as they are kept and compared: one kind of line end, nothing round them."""
    return writable(text).strip()


def as_written(text: str, *, numbers: bool) -> Value:
    """A note as the value that goes back into its cell: a day as a real date; with `numbers`, numbers as numbers."""
    if len(text) == 10 and text[4] == text[7] == "-":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    if numbers and _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


def shown(text: str) -> str:
    """A note in words: a day as 05/03/2026."""
    value = as_written(text, numbers=False)
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else text
