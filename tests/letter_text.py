"""A Word paper as plain text, for people to read and approve."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Element = etree._Element


def as_text(content: bytes) -> str:
    """A Word paper as people read it: a line for each paragraph, a row of a table with its label before it."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = [package.read(f"word/{name}.xml") for name in ("header1", "document", "footer1")]
    blocks = []
    for part in parts:
        root = etree.fromstring(part)
        body = root.find(f"{_W}body")
        blocks.append("\n".join(_lines(root if body is None else body)))
    return "\n\n".join(blocks).rstrip() + "\n"


def _lines(body: Element) -> Iterator[str]:
    steps: Mapping[str, Callable[[Element], Iterator[str]]] = {f"{_W}p": _paragraph, f"{_W}tbl": _table}
    for block in body:
        if block.tag in steps:
            yield from steps[block.tag](block)


def _paragraph(block: Element) -> Iterator[str]:
    words = "".join(_words(block)).strip()
    if not words:
        return
    style = block.find(f"{_W}pPr/{_W}pStyle")
    level = style.get(f"{_W}val", "") if style is not None else ""
    yield f"{'#' * int(level[-1])} {words}" if level.startswith("Heading") else words


def _words(block: Element) -> Iterator[str]:
    for piece in block.iter(f"{_W}t", f"{_W}br", f"{_W}tab"):
        if piece.tag == f"{_W}t":
            yield piece.text or ""
        elif piece.tag == f"{_W}br":
            yield "\n    "
        elif getattr(piece.getparent(), "tag", "") == f"{_W}r":  # the same mark is a tab stop of a paragraph's look
            yield " | "


def _table(block: Element) -> Iterator[str]:
    yield ""
    for row in block.findall(f"{_W}tr"):
        cells = [list(_lines(cell)) for cell in row.findall(f"{_W}tc")]
        if len(cells) == 1:
            yield from (f"  {line}" for line in cells[0])
        elif all(len(cell) <= 1 for cell in cells):
            yield "  " + " | ".join(cell[0] if cell else "" for cell in cells).rstrip()
        else:
            yield f"  {' | '.join(line for cell in cells[:-1] for line in cell)} |"
            yield from (f"    {line}" for line in cells[-1])
    yield ""
