"""Putting the rows of the data sheets into the workbook that the library made round them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import IO
from xml.sax.saxutils import quoteattr

from formflow.rendering.workbook.package import letters
from formflow.rendering.workbook.page import Page

_LEVEL = 4
"""Of compression: half the time of the usual 6 for files a twentieth larger."""
_AFTER_LINKS = re.compile(rb"<(?:printOptions|pageMargins)")
_WHEN = (1980, 1, 1, 0, 0, 0)
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_TABLE = re.compile(r"xl/tables/table(\d+)\.xml")
_RELS = re.compile(r"xl/worksheets/_rels/sheet(\d+)\.xml\.rels")


def assemble(frame: bytes, pages: Sequence[Page], out: IO[bytes]) -> None:
    """Write the workbook whose second and following sheets are `pages`; `frame` is that workbook without their rows."""
    by_number = dict(enumerate(pages, 2))
    with zipfile.ZipFile(io.BytesIO(frame)) as before, zipfile.ZipFile(out, "w", compresslevel=_LEVEL) as after:
        for entry in before.infolist():
            part = before.read(entry)
            info = zipfile.ZipInfo(entry.filename, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            page = _page_of(_SHEET, entry.filename, by_number)
            if page is not None and page.count:
                with after.open(info, "w", force_zip64=True) as opened:
                    for piece in _with_rows(part, page):
                        opened.write(piece)
                continue
            if (page := _page_of(_TABLE, entry.filename, dict(enumerate(pages, 1)))) is not None:
                part = re.sub(rb' ref="[^"]*"', f' ref="A1:{_last(page)}"'.encode(), part)
            if found := _RELS.fullmatch(entry.filename):
                # The library writes links with backslashes, which only Windows follows.
                part = part.replace(b"\\", b"/")
                part = _with_links(part, by_number.get(int(found[1])))
            after.writestr(info, part, compresslevel=_LEVEL)


def _page_of(pattern: re.Pattern[str], name: str, pages: dict[int, Page]) -> Page | None:
    found = pattern.fullmatch(name)
    return pages.get(int(found[1])) if found else None


def _last(page: Page) -> str:
    """The last cell of a page's table, which has a row also when there is nothing to show."""
    return f"{letters(len(page.columns) - 1)}{max(page.count, 1) + 1}"


def _with_rows(part: bytes, page: Page) -> Iterator[bytes]:
    head, end, tail = part.partition(b"</sheetData>")
    yield re.sub(rb'<dimension ref="[^"]*"/>', f'<dimension ref="A1:{_last(page)}"/>'.encode(), head, count=1)
    rows = page.rows()
    while some := b"".join(islice(rows, 500)):
        yield some
    yield end
    at = _AFTER_LINKS.search(tail)
    place = at.start() if at else 0
    yield tail[:place]
    yield from _hyperlinks(page)
    yield tail[place:]


def _hyperlinks(page: Page) -> Iterator[bytes]:
    ids = _ids(page)
    if ids:
        yield b"<hyperlinks>"
        for cell, target in page.link_rows():
            yield f'<hyperlink ref="{cell}" r:id="{ids[target]}"/>'.encode()
        yield b"</hyperlinks>"


def _ids(page: Page) -> dict[str, str]:
    """An id for each folder or file that is linked, however often."""
    return {target: f"folder{n}" for n, target in enumerate(dict.fromkeys(to for _, to in page.link_rows()), 1)}


def _with_links(part: bytes, page: Page | None) -> bytes:
    ids = _ids(page) if page is not None else {}
    # Relative to the workbook, so that it works from any drive letter of the share.
    made = "".join(
        f'<Relationship Id="{known}" Type="{_LINK}" Target={quoteattr(target)} TargetMode="External"/>'
        for target, known in ids.items()
    )
    return part.replace(b"</Relationships>", made.encode() + b"</Relationships>")
