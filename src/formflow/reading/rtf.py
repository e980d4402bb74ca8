"""The words of an Outlook message that kept them only as packed RTF, often with the HTML they came from inside."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import Literal

from formflow.reading.package import too_large

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
"""What the window of the packing holds before it begins (MS-OXRTFCP 2.1.2.1)."""
_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
_LARGEST = 20_000_000

_TOKEN = re.compile(
    rb"\\([a-zA-Z]+)(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_NOT_SAID = frozenset({b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"mhtmltag", b"pntext", b"object"})
_BREAKS = {b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"lquote": "‘", b"rquote": "’",
           b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—"}  # fmt: skip


def html_or_text(packed: bytes) -> tuple[Literal["html", "plain"], str]:
    """The HTML that was wrapped in a message's RTF, or else its plain words. Raises `ValueError` when it is broken."""
    rtf = unpacked(packed)
    wrapped = b"\\fromhtml" in rtf[:4_000]
    return ("html" if wrapped else "plain"), _Unwrapping(wrapped, _code_page(rtf)).words(rtf)


def unpacked(packed: bytes) -> bytes:
    """RTF before Outlook packed it. Raises `ValueError` when it is not packed so, `Returned` when it is too large."""
    if len(packed) < 16:
        raise ValueError("too short to be packed RTF")
    whole, size, way = struct.unpack("<II4s", packed[:12])
    if way == _PLAIN:
        return packed[16 : 16 + size]
    if way != _PACKED:
        raise ValueError("not packed RTF")
    if size > _LARGEST:
        raise too_large()
    return _inflated(packed[16 : whole + 4], size)


def _inflated(packed: bytes, size: int) -> bytes:
    window = bytearray(_START.ljust(_WINDOW, b"\0"))
    at, place, made = len(_START), 0, bytearray()
    while place < len(packed) and len(made) < size:
        flags = packed[place]
        place += 1
        for bit in range(8):
            if not flags >> bit & 1:
                letters = packed[place : place + 1]
                place += 1
            else:
                pair, place = int.from_bytes(packed[place : place + 2], "big"), place + 2
                if pair >> 4 == at:
                    return bytes(made[:size])
                letters = b""
                at = _again(window, pair >> 4, (pair & 15) + 2, at, made)
            for letter in letters:
                window[at] = letter
                at = (at + 1) % _WINDOW
            made += letters
    return bytes(made[:size])


def _again(window: bytearray, back: int, length: int, at: int, made: bytearray) -> int:
    """Say once more what stands in the window, which grows while it is read; gives where the window goes on."""
    for step in range(length):
        letter = window[(back + step) % _WINDOW]
        window[at] = letter
        at = (at + 1) % _WINDOW
        made.append(letter)
    return at


def _code_page(rtf: bytes) -> str:
    found = re.search(rb"\\ansicpg(\d{1,5})", rtf[:4_000])
    return f"cp{int(found[1])}" if found else "cp1252"


@dataclass(slots=True)
class _Group:
    """What holds within a pair of braces."""

    silent: bool = False
    tag: bool = False
    """Inside a piece of HTML that was wrapped."""
    shadow: bool = False
    """Inside the RTF that only repeats what the HTML says."""


@dataclass(slots=True)
class _Unwrapping:
    """Going through RTF, gathering what it says."""

    wrapped: bool
    code_page: str
    said: list[str] = field(default_factory=list)
    _groups: list[_Group] = field(default_factory=lambda: [_Group()])
    _pass: int = 0
    """Letters to pass by: those for programs that do not know the letter before them."""

    def words(self, rtf: bytes) -> str:
        """All that is said."""
        for found in _TOKEN.finditer(rtf):
            word, number, hexed, sign, brace, text = found.groups()
            if brace:
                self._brace(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif hexed:
                self._letters(bytes.fromhex(hexed.decode("ascii")))
            elif sign:
                self._sign(sign)
            elif text:
                self._letters(text)
        return "".join(self.said)

    def _brace(self, brace: bytes) -> None:
        now = self._groups[-1]
        if brace == b"{":
            self._groups.append(_Group(now.silent, now.tag, now.shadow))
        elif len(self._groups) > 1:
            self._groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        now = self._groups[-1]
        if word == b"htmltag":
            now.tag, now.silent = True, False
        elif word == b"htmlrtf":
            now.shadow = number != 0
        elif word in _NOT_SAID:
            now.silent = True
        elif word == b"u" and number is not None:
            self._say(chr(number % 65_536))
            self._pass = 1
        elif word in _BREAKS:
            self._say(_BREAKS[word])

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._groups[-1].silent = True  # until a word says that it is known
        elif sign in b"{}\\":
            self._letters(sign)
        elif sign == b"~":
            self._say("\u00a0")

    def _letters(self, letters: bytes) -> None:
        passed, self._pass = min(self._pass, len(letters)), 0
        self._say(letters[passed:].decode(self.code_page, "replace"))

    def _say(self, text: str) -> None:
        now = self._groups[-1]
        if not (now.silent or (self.wrapped and now.shadow and not now.tag)):
            self.said.append(text)
