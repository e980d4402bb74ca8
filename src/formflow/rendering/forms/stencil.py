"""A form that is filled in again and again in the same places: worked out once, then only the words are put in.

What stands between the words is kept compressed; each piece of it can be followed by anything, so the words go between
the pieces as they are.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from formflow.rendering.forms.filled import Filled
from formflow.rendering.templates.package import Packed, package, packed_once

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no Word file can hold."""
_PLACE = re.compile("\ue000([0-9]+)\\.([0-9]+|day)\ue000".encode())
_LEVEL = 6
_LONGEST = 0xFFFF
"""Bytes that may stand together uncompressed."""

Shape = tuple[str, bool, bool, int]
"""Of what goes into a control: its name, whether it ticks, whether it is a day, and how many lines it has."""
Place = tuple[int, str]
"""The number of a filling, and the number of a line of it or `day`."""


@dataclass(frozen=True, slots=True)
class Stencil:
    """A form with gaps for the words of some of its controls."""

    parts: tuple[Packed, ...]
    body: str
    """The name of the part with the gaps, which has its place among the parts."""
    between: tuple[bytes, ...] = field(repr=False)
    """What stands before, between and after the gaps."""
    compressed: tuple[bytes, ...] = field(repr=False)
    places: tuple[Place, ...]
    """What goes into each gap."""

    def filled(self, fillings: Sequence[Filled]) -> bytes:
        """The form, with words of the same shapes as those it was cut for."""
        return self.written(words_of(fillings))

    def written(self, words: Mapping[Place, str]) -> bytes:
        """The form with words by their places."""
        given = [escape(words[place]).replace("\r", "&#13;").encode() for place in self.places]
        body = self._body(given)
        return package(body if part.name == self.body else part for part in self.parts)

    def _body(self, given: Sequence[bytes]) -> Packed:
        data, crc, size = [self.compressed[0]], zlib.crc32(self.between[0]), len(self.between[0])
        for words, after, compressed in zip(given, self.between[1:], self.compressed[1:], strict=True):
            data += (*_uncompressed(words), compressed)
            crc = zlib.crc32(after, zlib.crc32(words, crc))
            size += len(words) + len(after)
        return Packed(self.body, b"".join(data), crc, size)


def shape_of(filling: Filled) -> Shape:
    """What a form is cut for, whatever the words are."""
    return filling.name, filling.ticked, bool(filling.day), len(_lines(filling.text))


def placeholder(number: int, shape: Shape) -> Filled:
    """A filling of a shape with marks in place of its words, between characters that nobody types."""
    name, ticked, day, lines = shape
    text = "\n".join(f"\ue000{number}.{line}\ue000" for line in range(lines))
    return Filled(name, text, ticked, f"\ue000{number}.day\ue000" if day else "")


def cut(parts: Mapping[str, bytes], body: str) -> Stencil:
    """A stencil from a form that was filled in with placeholders."""
    between: list[bytes] = []
    places: list[Place] = []
    reached = 0
    for found in _PLACE.finditer(parts[body]):
        between.append(parts[body][reached : found.start()])
        places.append((int(found[1]), found[2].decode()))
        reached = found.end()
    between.append(parts[body][reached:])
    last = len(between) - 1
    compressed = tuple(_compressed(piece, zlib.Z_FINISH if n == last else zlib.Z_FULL_FLUSH)
                       for n, piece in enumerate(between))  # fmt: skip
    kept = tuple(
        Packed(name, b"", 0, 0) if name == body else packed_once(name, content) for name, content in parts.items()
    )
    return Stencil(kept, body, tuple(between), compressed, tuple(places))


def words_of(fillings: Sequence[Filled]) -> dict[Place, str]:
    """Every line and day of what is filled in, by its place."""
    return {
        (number, place): words
        for number, filling in enumerate(fillings)
        for place, words in [*((str(n), line) for n, line in enumerate(_lines(filling.text))), ("day", filling.day)]
    }


def _lines(text: str) -> list[str]:
    return UNWRITABLE.sub("", text).split("\n")


def _compressed(piece: bytes, end: int) -> bytes:
    deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return deflate.compress(piece) + deflate.flush(end)


def _uncompressed(words: bytes) -> Iterator[bytes]:
    """Words among compressed pieces, as they are: the kind of block, the length twice, the bytes."""
    for start in range(0, len(words), _LONGEST):
        piece = words[start : start + _LONGEST]
        yield struct.pack("<BHH", 0, len(piece), len(piece) ^ _LONGEST)
        yield piece
