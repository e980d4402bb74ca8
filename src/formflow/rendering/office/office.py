"""One LibreOffice kept warm: Word papers go in, PDFs come out, and none of them can hold up the others."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from formflow.reading.office import Program
from formflow.reading.package import LARGEST_FILE
from formflow.rendering.office.left_behind import NAME, clear_left_behind

LIMITS = (60.0, 10.0)
"""Seconds for a batch: to begin with (a first start with a virus scanner), and for each paper (a long one takes 1)."""
_RENEWED_AFTER = 200
"""Papers until a new LibreOffice takes over: with time it grows, https://github.com/unoconv/unoserver/issues/55."""
_HELD_OPEN = "private:factory/swriter"
"""An empty page. While one is open LibreOffice does not end after a conversion, and takes the next at once."""
_HOW = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"},\
"SelectPdfVersion":{"type":"long","value":"2"},"ExportFormFields":{"type":"boolean","value":"false"},\
"ExportNotes":{"type":"boolean","value":"false"},"ExportBookmarks":{"type":"boolean","value":"true"}}'
"""PDF/A-2b with tags, headings as bookmarks, no comments, nothing to fill in: docs/decisions/0018."""


@dataclass(slots=True)
class Office:
    """Turns Word papers into PDFs. Not for two threads at once, but any thread may `close` it.

    The work is always done by a call of `soffice --convert-to`. Where a LibreOffice of ours is running, the call hands
    its papers over to it (that is how LibreOffice works); where there is none, or it was ended, the call does the work
    itself and takes most of a second longer. So nothing depends on the warm one.
    """

    program: str
    """Where LibreOffice is: `formflow.reading.old_formats.libreoffice()`."""
    warm: bool = True
    limits: tuple[float, float] = LIMITS
    _folder: Path | None = field(default=None, init=False)
    _warm_one: Program | None = field(default=None, init=False, repr=False)
    _call: Program | None = field(default=None, init=False, repr=False)
    _made: int = field(default=0, init=False)
    _closed: bool = field(default=False, init=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def pdfs(self, papers: Sequence[bytes]) -> list[bytes | None]:
        """The PDF of each Word paper; None for one that cannot be had, whatever the reason.

        Papers that do not come out of a batch are tried once more, each by itself, so that one that hangs or ends
        LibreOffice takes no other with it.
        """
        made = self._batch(dict(enumerate(papers)))
        missing = [number for number in range(len(papers)) if number not in made]
        if missing and not self._closed:
            self.rest()
            for number in missing if len(papers) > 1 else ():
                made |= self._batch({number: papers[number]})
        return [made.get(number) for number in range(len(papers))]

    @property
    def closed(self) -> bool:
        """Whether it was told to end."""
        return self._closed

    def rest(self) -> None:
        """End the warm LibreOffice and clear its folder; the next paper starts another."""
        with self._lock:
            running, self._warm_one, self._made = self._warm_one, None, 0
        if running is not None:
            running.end()
        folder, self._folder = self._folder, None
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)

    def close(self) -> None:
        """End everything now, also a batch in hand: its papers come out as None."""
        self._closed = True
        with self._lock:
            running = (self._call, self._warm_one)
        for one in running:
            if one is not None:
                one.end()

    def _batch(self, papers: Mapping[int, bytes]) -> dict[int, bytes]:
        if self._closed or not papers:
            return {}
        if self._made >= _RENEWED_AFTER:
            self.rest()
        folder = self._ready()
        work = Path(tempfile.mkdtemp(dir=folder))
        # By number: what a paper is called stands nowhere in its PDF, and a long path is no trouble.
        for number, content in papers.items():
            (work / f"{number}.docx").write_bytes(content)
        in_time = self._convert(folder, work, sorted(papers))
        made = {number: found for number in papers if (found := _pdf(work / "out" / f"{number}.pdf"))}
        self._made += len(made)
        shutil.rmtree(work, ignore_errors=True)
        if not in_time:
            self.rest()
        return made

    def _convert(self, folder: Path, work: Path, numbers: Sequence[int]) -> bool:
        """Whether the call ended in time; what it made lies in `out`."""
        seconds = self.limits[0] + self.limits[1] * len(numbers)
        words = ["--nodefault", "--infilter=MS Word 2007 XML", "--convert-to", _HOW, "--outdir", str(work / "out")]
        try:
            call = Program.start(
                self.program, folder, [*words, *(str(work / f"{n}.docx") for n in numbers)], seconds
            )  # fmt: skip
        except OSError:
            return False
        with self._lock:
            self._call = call
        in_time = not self._closed and call.wait(seconds)
        with self._lock:
            self._call = None
        call.end()
        return in_time

    def _ready(self) -> Path:
        """The private folder, with a LibreOffice waiting in it if there is to be one."""
        if self._folder is None:
            clear_left_behind(Path(tempfile.gettempdir()))
            self._folder = Path(tempfile.mkdtemp(prefix=f"{NAME}{os.getpid()}-"))
        if self.warm and (self._warm_one is None or not self._warm_one.runs):
            ended, self._warm_one = self._warm_one, None
            if ended is not None:
                ended.end()
            with contextlib.suppress(OSError), self._lock:
                self._warm_one = Program.start(self.program, self._folder, [_HELD_OPEN], 3600.0)
        return self._folder


def _pdf(path: Path) -> bytes | None:
    if not path.is_file() or not 0 < path.stat().st_size <= LARGEST_FILE:
        return None
    content = path.read_bytes()
    return content if content.startswith(b"%PDF-") and b"%%EOF" in content[-64:] else None
