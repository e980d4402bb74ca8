"""Pages made safe for laying out: what would unpack or multiply without end is taken out of them first."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Stream

from formflow.errors import Returned
from formflow.reading.package import too_large
from formflow.reading.pdf_values import FAULTS, array_in, dictionary_in, unpacked

_LARGEST = 40_000_000
"""Bytes that the drawing of one page may unpack to; a page of a form has 50,000."""
_HARMLESS = 30_000
"""Packed bytes that cannot unpack to more than that, packed once."""
_WIDEST = 100_000
_MOST_DRAWN = 20_000
"""How often a page may draw pieces within pieces."""
_DEEPEST = 12
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")


def made_safe(pdf: pikepdf.Pdf, pages: Sequence[Dictionary], content: bytes) -> tuple[bytes, bool]:
    """The file as it is, or without what no page can be laid out with; and whether something was taken out."""
    changed = False
    for page in pages:
        try:
            changed = _empty_bombs(pdf, page) | _cut_loops(page) or changed
        except FAULTS:
            continue  # what cannot even be looked at is left to PDFium, in its own limits
    return (saved(pdf), True) if changed else (content, False)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The file written anew; nothing where it cannot be."""
    out = io.BytesIO()
    try:
        pdf.save(out)
    except FAULTS:
        return b""
    return out.getvalue()


def _empty_bombs(pdf: pikepdf.Pdf, page: Dictionary) -> bool:
    if all(_is_harmless(stream) for stream in _drawings(page)):
        return False
    left = _LARGEST
    try:
        if any(_too_wide(stream) for stream in _drawings(page)):
            raise too_large()
        for stream in _drawings(page):
            left -= len(unpacked(stream, left))
    except Returned:
        page["/Contents"] = pikepdf.Stream(pdf, b"")
        return True
    return False


def _too_wide(stream: Stream) -> bool:
    """Whether lines are said to be so long that unpacking one would fill memory."""
    said = stream.get("/DecodeParms")
    widths = (part.get("/Columns") for part in (said, *array_in(said)) if isinstance(part, Dictionary))
    return any(isinstance(width, int) and width > _WIDEST for width in widths)


def _is_harmless(stream: Stream) -> bool:
    if _too_wide(stream):
        return False
    packed = stream.get("/Filter")
    once = not isinstance(packed, Array) or len(packed) < 2
    return once and len(stream.get_raw_stream_buffer()) < _HARMLESS


def _drawings(page: Dictionary) -> Iterator[Stream]:
    held = page.get("/Contents")
    if isinstance(held, Stream):
        yield held
    for part in array_in(held):
        if isinstance(part, Stream):
            yield part


def _cut_loops(page: Dictionary) -> bool:
    """Take the pieces out of a page that draw others without measure."""
    pieces = _pieces(_inherited(page, "/Resources"))
    if not pieces:
        return False
    known: dict[tuple[int, int], int] = {}
    looped = any(_break_loops(piece, frozenset(), known) for piece in pieces.values())
    known.clear()
    drawn = b"\n".join(unpacked(stream, _LARGEST) for stream in _drawings(page))
    return _cut(drawn, pieces, known) or looped


def _cut(drawn: bytes, pieces: dict[str, Stream], known: dict[tuple[int, int], int]) -> bool:
    times = Counter(name.decode("latin-1") for name in _DRAWS.findall(drawn))
    changed = False
    for name, piece in pieces.items():
        if times.get(name, 1) * _weight(piece, known, 0) > _MOST_DRAWN:
            piece.write(b"")
            changed = True
    return changed


def _break_loops(piece: Stream, above: frozenset[tuple[int, int]], done: dict[tuple[int, int], int]) -> bool:
    """Take from a piece what would draw the piece itself, or those above it."""
    if piece.objgen in done or len(above) > _DEEPEST:
        return False
    resources = dictionary_in(piece.get("/Resources"))
    around, broken = above | {piece.objgen}, False
    for name, inner in _pieces(resources).items():
        if inner.objgen in around and resources is not None:
            del resources["/XObject"]["/" + name]
            broken = True
        else:
            broken = _break_loops(inner, around, done) or broken
    done[piece.objgen] = 1
    return broken


def _weight(piece: Stream, known: dict[tuple[int, int], int], depth: int) -> int:
    """How many pieces are drawn to draw one."""
    if piece.objgen in known or depth > _DEEPEST:
        return known.get(piece.objgen, _MOST_DRAWN)
    known[piece.objgen] = 1
    inner = _pieces(dictionary_in(piece.get("/Resources")))
    if inner:
        times = Counter(name.decode("latin-1") for name in _DRAWS.findall(unpacked(piece, _LARGEST)))
        weights = (times.get(name, 0) * _weight(one, known, depth + 1) for name, one in inner.items())
        known[piece.objgen] = min(1 + sum(weights), 10 * _MOST_DRAWN)
    return known[piece.objgen]


def _pieces(resources: Dictionary | None) -> dict[str, Stream]:
    """The pieces that a page or a piece can draw, by their names; pictures are none."""
    held = dictionary_in(resources.get("/XObject")) if resources is not None else None
    if held is None:
        return {}
    return {
        name.removeprefix("/"): piece
        for name, piece in held.items()
        if isinstance(piece, Stream) and piece.get("/Subtype") == "/Form"
    }


def _inherited(page: Dictionary, key: str) -> Dictionary | None:
    level: Dictionary | None = page
    for _ in range(_DEEPEST):
        if level is None:
            return None
        if (found := dictionary_in(level.get(key))) is not None:
            return found
        level = dictionary_in(level.get("/Parent"))
    return None
