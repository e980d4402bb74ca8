"""Anchors: number and hash of a line of the audit chain, as the tracker and the papers carry them out of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from formflow.errors import Stop

_DIGITS = 16
"""Of a hash in hexadecimal: enough that no other line has them, few enough to be typed from a paper."""
_LEAST = 8
_SAID = re.compile(r"(?:record:?)?\s*(?:line)?\s*(\d+)[,;:]?\s+([0-9a-f][0-9a-f\s]*)(?:…|\.\.\.)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What somebody or something outside the register says of a line."""

    where: str
    """In words, for people: `the case tracker`."""
    number: int
    begins: str
    """The first digits of the line's hash."""


def said(line: tuple[int, str]) -> str:
    """Number and hash of a line as papers carry them: `line 123, 4f3a 9b2c 0d1e 77aa`; empty for none."""
    number, hash_ = line
    return f"line {number}, {' '.join(hash_[at : at + 4] for at in range(0, _DIGITS, 4))}" if number else ""


def heard(where: str, text: str) -> Anchor | None:
    """An anchor from its words; None for other words."""
    found = _SAID.fullmatch(text.strip())
    digits = re.sub(r"\s", "", found[2]).lower() if found else ""
    return Anchor(where, int(found[1]), digits) if found and len(digits) >= _LEAST else None


def typed(text: str) -> Anchor:
    """An anchor as somebody typed it from a paper. Raises `Stop` when it cannot be one."""
    anchor = heard(f'"{text.strip()}"', text)
    if anchor is None:
        raise Stop(
            f'"{text}" is not the number and hash of a line. Type them as they stand on the paper or on the tracker\'s '
            'sheet "About", with at least 8 digits of the hash: --anchor "123 4f3a 9b2c".'
        )
    return anchor


def check_anchors(anchors: Iterable[Anchor], lines: Sequence[Mapping[str, object]]) -> Iterator[str]:
    """What the chain does not hold of what was carried out of it."""
    for anchor in anchors:
        if anchor.number > len(lines):
            yield (
                f"{anchor.where[:1].upper()}{anchor.where[1:]} tells of line {anchor.number} of the audit chain, which "
                f"has {len(lines)} now: this is an older state of the register, or its end was cut off."
            )
        elif not str(lines[anchor.number - 1]["hash"]).startswith(anchor.begins):
            yield f"Line {anchor.number} of the audit chain is another one than {anchor.where} tells of."
