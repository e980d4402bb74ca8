"""What may enter a template: words, numbers, lists and names of words; nothing that could be called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

from formflow.errors import Stop

Word: TypeAlias = "str | int | bool | list[Word] | dict[str, Word]"
Words: TypeAlias = "dict[str, Word]"

_OPEN, _CLOSE, _LINE, _HASH, _PERCENT = (chr(0x10FFF0 + n) for n in range(5))
STAND_INS = {
    _OPEN: "{",
    _CLOSE: "}",
    _LINE: '</w:t><w:br/><w:t xml:space="preserve">',
    _HASH: "#",
    _PERCENT: "%",
}
"""Characters that mean something to templates travel under another name and are put back after filling, so that an
answer such as `{{ 7*7 }}` arrives as exactly that."""

_TO_STAND_INS = str.maketrans({"{": _OPEN, "}": _CLOSE, "\n": _LINE, "#": _HASH, "%": _PERCENT, "\t": " "})
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\U0010fff0-\U0010ffff]")


def plain(words: Mapping[str, object]) -> dict[str, object]:
    """The same words, safe to fill in: characters that no Word file can hold are dropped.

    Raises `Stop` for anything that is not plain data.
    """
    return {name: _plain(value, name) for name, value in words.items()}


def _plain(value: object, where: str) -> object:
    if isinstance(value, str):
        clean = _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        return clean.translate(_TO_STAND_INS)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    if isinstance(value, dict):
        return {str(name): _plain(item, f"{where}.{name}") for name, item in value.items()}
    raise Stop(f'The word "{where}" is not plain data ({type(value).__name__}), so it may not enter a template.')
