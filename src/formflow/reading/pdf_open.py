"""Opening a PDF: what is locked, damaged or built to do harm is refused before anything is read from it."""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary

from formflow.errors import Returned
from formflow.reading.package import damaged, locked, too_complex, too_large
from formflow.reading.pdf_values import FAULTS, array_in, dictionary_in

MOST_PAGES = 2_000
_DEEPEST_TREE = 60
"""Levels of the tree of pages; real files stay below ten."""
_DEEPEST = 500
"""Brackets in brackets; qpdf itself gives up a little later."""
_LARGEST_TABLE = 60_000_000
"""Bytes that a table of objects or a bundle of them may unpack to: they are unpacked before anything can be asked."""
_STREAM = re.compile(rb"stream\r?\n")
_OPENING = re.compile(rb"(?:<<\s*(?:/[^\s/<>\[\]()]*\s*)?|\[\s*){%d}" % _DEEPEST)
_LARGE = 2_000_000
_MOST_REFERENCES = 400_000


def open_pdf(content: bytes, password: str = "") -> pikepdf.Pdf:
    """A PDF, opened with a password or none. Raises `Returned` when it cannot be."""
    _refuse_bombs(content)
    try:
        return pikepdf.open(io.BytesIO(content), password=password, suppress_warnings=True)
    except pikepdf.PasswordError as fault:
        raise locked() from fault
    except FAULTS as fault:
        nested = "deep" in str(fault).lower() or _OPENING.search(content) is not None
        raise (too_complex() if nested else damaged()) from fault


def pages_of(pdf: pikepdf.Pdf) -> list[Dictionary]:
    """The pages, in order. Raises `Returned` for a tree of pages that no program writes, and for a file without any."""
    try:
        root = dictionary_in(pdf.Root.get("/Pages"))
        pages = [] if root is None else list(_walk(root))
    except FAULTS as fault:
        raise damaged() from fault
    if not pages:
        sound = root is not None and isinstance(root.get("/Kids"), pikepdf.Array)
        raise (
            Returned("no-pages", "This PDF has no pages. Please check the original and drop it again.")
            if sound
            else damaged()
        )
    return pages


def names_in_root(pdf: pikepdf.Pdf, content: bytes, key: bytes) -> bool:
    """Whether the catalogue names something under a key, also when what it names is not there.

    qpdf shows what is not there as if it had never been named, so the catalogue is looked up as it is written.
    """
    starts = [found.start() for found in re.finditer(rb"(?<!\d)%d %d obj" % pdf.Root.objgen, content)]
    start = starts[-1] if starts else -1
    end = content.find(b"endobj", start)
    return 0 <= start < end and key in content[start:end] and b"/ObjStm" not in content[end:]


def _walk(root: Dictionary) -> Iterator[Dictionary]:
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Dictionary, int]] = [(root, 0)]
    number = 0
    while waiting:
        node, depth = waiting.pop()
        if depth > _DEEPEST_TREE:
            raise too_complex()
        kids = node.get("/Kids")
        if not isinstance(kids, pikepdf.Array) or node.get("/Type") == "/Page":
            number += 1
            if number > MOST_PAGES:
                raise too_complex()
            yield node
            continue
        if node.objgen != (0, 0) and node.objgen in seen:
            raise damaged()
        seen.add(node.objgen)
        if len(kids) > 10 * MOST_PAGES:
            raise too_complex()
        found = [(kid, depth + 1) for item in array_in(kids) if (kid := dictionary_in(item)) is not None]
        waiting += reversed(found)


def _refuse_bombs(content: bytes) -> None:
    """Refuse what would fill memory while the file is only being opened."""
    if len(content) > _LARGE and content.count(b" 0 R") > _MOST_REFERENCES:
        raise too_complex()
    if content.find(b"startxref", content.rfind(b"endobj") + 1) < 0:
        raise damaged()  # without its last words a file was cut short
    for kind in (b"/XRef", b"/ObjStm"):
        at = content.find(kind)
        while at >= 0:
            start = _STREAM.search(content, at, at + 2_000)
            if start is not None and content.find(b"endobj", at, start.start()) < 0:
                _refuse_large(memoryview(content)[start.end() :])
            at = content.find(kind, at + len(kind))


def _refuse_large(packed: memoryview) -> None:
    """Refuse a table that unpacks to too much, also when it was packed twice."""
    layer: bytes | memoryview = packed
    for _ in range(3):
        try:
            machine = zlib.decompressobj()
            layer = machine.decompress(layer, _LARGEST_TABLE + 1)
        except zlib.error:
            return
        if len(layer) > _LARGEST_TABLE:
            raise too_large()
