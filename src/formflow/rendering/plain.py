"""What may enter a template: words, numbers, lists and names of words; nothing that could be called."""

from __future__ import annotations

import marshal
import re
from collections.abc import Mapping
from typing import TypeAlias

from jinja2 import Undefined
from markupsafe import Markup

from formflow.errors import Stop

Word: TypeAlias = "str | int | bool | list[Word] | dict[str, Word]"
Words: TypeAlias = "dict[str, Word]"

# Noncharacters: Unicode keeps them out of text for ever, XML allows them, and they stay in two bytes each.
OPEN, CLOSE, LINE = "\ufdd0", "\ufdd1", "\ufdd2"
STAND_INS = {OPEN: "{", CLOSE: "}", LINE: '</w:t><w:br/><w:t xml:space="preserve">'}
"""Characters that mean something to templates travel under another name and are put back after filling, so that an
answer such as `{{ 7*7 }}` arrives as exactly that."""

_TO_STAND_INS = str.maketrans({"{": OPEN, "}": CLOSE, "\n": LINE, "\t": " "})
_NEVER = "\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd3-\ufdef\ufffe\uffff" + "".join(
    chr(0xFFFE + plane * 0x10000) + chr(0xFFFF + plane * 0x10000) for plane in range(1, 17)
)
_UNWRITABLE = re.compile(f"[{_NEVER}{OPEN}{CLOSE}{LINE}]")
_UNWRITABLE_BESIDE_STAND_INS = re.compile(f"[{_NEVER}]")


class Ready(dict[str, object]):
    """Words that were found to be plain, for as many papers as like."""


def plain(words: Mapping[str, object]) -> Ready:
    """The same words, known to be plain data. Words that are ready are given back as they are.

    Raises `Stop` for anything that is not plain data.
    """
    if isinstance(words, Ready):
        return words
    try:
        # Looks at everything a hundred times faster than we could: it takes plain data of exact types and nothing else.
        marshal.dumps(dict(words))
    except ValueError:
        return Ready({name: _plain(value, name) for name, value in words.items()})
    return Ready(words)


def shown(value: object) -> object:
    """A word as it goes into the markup of a paper; characters that no Word file can hold are dropped.

    Raises `TypeError` for what is no word, such as a list or nothing at all.
    """
    if type(value) is str:
        if value.isprintable() and "{" not in value and "}" not in value:
            return value  # most answers: nothing in them is in the way of Word or of a template
        clean = _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        return clean.translate(_TO_STAND_INS)
    if isinstance(value, Markup):  # joined by the template, or shown once already
        return Markup(_UNWRITABLE_BESIDE_STAND_INS.sub("", value.replace("\r", "")).translate(_TO_STAND_INS))  # noqa: S704 - it is marked as safe already
    if isinstance(value, int | Undefined):
        return value
    raise TypeError(f"a {type(value).__name__} cannot be printed")


def _plain(value: object, where: str) -> object:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool | int):
        return value
    if isinstance(value, list | tuple):
        return [_plain(item, where) for item in value]
    if isinstance(value, Mapping):
        return {str(name): _plain(item, f"{where}.{name}") for name, item in value.items()}
    raise Stop(f'The word "{where}" is not plain data ({type(value).__name__}), so it may not enter a template.')
