"""A PDF copy as it is put out: nobody's name in its properties, and a mark that says of which paper it is the copy.

The mark stands where every PDF has its identifiers (`/ID`): the first is the beginning of the fingerprint of the Word
paper, the second the beginning of the copy's own. So a copy can be asked whether its paper has changed since, and
whether anybody has changed the copy, and nothing has to be written down anywhere else.
"""

from __future__ import annotations

import hashlib
import io
import re

import pikepdf

_PEOPLE = ("/Author", "/Subject", "/Keywords")
_PEOPLE_TOO = ("dc:creator", "dc:description", "dc:subject", "pdf:Keywords")
_MARK = re.compile(rb"/ID \[<([0-9a-f]{32})><([0-9a-f]{32})>\]")
_UNMARKED = b"31415926535897932384626433832795"
"""What qpdf writes as the second identifier when it is asked for none of its own."""


def finished(pdf: bytes, sha256: str) -> bytes:
    """A PDF from LibreOffice as the copy of the Word paper with this fingerprint.

    Raises `ValueError` for one that is not whole or not tagged: a copy that a screen reader cannot read is none.
    """
    written = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            if "/StructTreeRoot" not in opened.Root or not opened.pages:
                raise ValueError("not tagged")
            _name_nobody(opened)
            opened.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
            first = pikepdf.String(bytes.fromhex(sha256[:32]))
            opened.trailer.ID = pikepdf.Array([first, first])
            opened.save(written, static_id=True)
    except pikepdf.PdfError as fault:
        raise ValueError("not whole") from fault
    return _sealed(written.getvalue())


def copied_from(copy: bytes) -> str | None:
    """The first 32 digits of the fingerprint of the paper it was made from; None if a person made or changed it."""
    found = _last(copy)
    if found is None:
        return None
    of, own = found.group(1), found.group(2)
    unmarked = copy[: found.start(2)] + _UNMARKED + copy[found.end(2) :]
    return of.decode() if own == _digest(unmarked) else None


def _sealed(written: bytes) -> bytes:
    found = _last(written)
    if found is None or found.group(2) != _UNMARKED:
        raise ValueError("without identifiers")
    return written[: found.start(2)] + _digest(written) + written[found.end(2) :]


def _last(content: bytes) -> re.Match[bytes] | None:
    return next(iter(reversed(list(_MARK.finditer(content)))), None)


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest()[:32].encode()


def _name_nobody(opened: pikepdf.Pdf) -> None:
    """Whoever edited the paper in Word stands in its properties; not so in the copy."""
    with opened.open_metadata(set_pikepdf_as_editor=False) as about:
        for key in _PEOPLE_TOO:
            if key in about:
                del about[key]
    for key in _PEOPLE:
        if key in opened.docinfo:
            del opened.docinfo[key]
