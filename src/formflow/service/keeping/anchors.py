"""The lines of the audit chain that the tracker and the papers in the outbox tell of."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from formflow.recording.proof.anchors import Anchor, heard
from formflow.service.tracker.refresh import NAME

_PAPER = "docProps/core.xml", re.compile(r"<dc:identifier>([^<]{1,200})</dc:identifier>")
_TRACKER = (
    "docProps/custom.xml",
    re.compile(r'<property [^>]*name="formflow record"[^>]*>\s*<vt:lpwstr>([^<]{1,200})</vt:lpwstr>'),
)
_MOST = 1 << 20
"""Bytes of a part that is looked at; ours have some hundreds."""


def anchors_in(outbox: Path) -> Iterator[Anchor]:
    """What the tracker and every paper tell; a file that cannot be opened now, or was made elsewhere, tells nothing."""
    yield from _told("the case tracker", outbox / NAME, *_TRACKER)
    for paper in sorted((outbox / "cases").rglob("*.docx")):
        if not paper.name.startswith(("~", ".")):
            yield from _told(f'the paper "{paper.name}"', paper, *_PAPER)


def _told(where: str, path: Path, part: str, pattern: re.Pattern[str]) -> Iterator[Anchor]:
    try:
        with zipfile.ZipFile(path) as package:
            if package.getinfo(part).file_size > _MOST:
                return
            found = pattern.search(package.read(part).decode("utf-8", "replace"))
    except (OSError, KeyError, ValueError, NotImplementedError, zipfile.BadZipFile):
        return
    if found and (anchor := heard(where, unescape(found[1]))):
        yield anchor
