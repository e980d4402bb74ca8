"""Reading pictures of pages with Tesseract, where it is installed: every word is uncertain, and how far is kept."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.reading.document import Mark
from formflow.reading.ocr_lines import ruled_lines
from formflow.reading.pdf_ink import PICTURE, Ink, Style, Word

SECONDS = 40.0
"""For all pages of a file; a page takes two to four."""
MOST_PAGES = 12
FEWEST_WORDS = 25
"""In the whole file; a picture with fewer is no form that can be read."""
_DOTS = 300
"""To the inch: what Tesseract reads best."""
_DOTS_TO_TURN = 150
_READ = ("--psm", "3", "tsv")
_POOR = 75.0
"""Of 100; a page that stands upright is read more surely."""
_POINTS = 72 / _DOTS
_LARGEST = 120_000_000
"""Dots of one picture in a page. More would fill the memory of the reader."""
_NEAR = 4.5
_ONE_LINE = 8.0
"""Dots by which words of one line stand apart at most: half a millimetre."""
_LEAST_SURE = 30.0
"""Of 100: below it a word is noise, a line or a stain."""
_HANGING = frozenset("gjpqy,;()[]Q/|{}@$")
_RISING = re.compile(r"[A-Zbdfhiklt0-9()/?!]")
_SINGLE = frozenset("/&-–")
_STEEPEST = 0.04
"""How far a page lies askew at most: two degrees."""


@dataclass(frozen=True, slots=True)
class _Image:
    """A grey picture, a byte a dot."""

    wide: int
    high: int
    dots: bytes = field(repr=False)

    @property
    def file(self) -> bytes:
        """The picture in the plainest form that programs take (PGM)."""
        return b"P5 %d %d 255\n" % (self.wide, self.high) + self.dots


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word as Tesseract tells it, in dots."""

    text: str = field(repr=False)
    x: int
    y: int
    wide: int
    high: int
    sure: float
    line: tuple[str, str, str]

    @property
    def size(self) -> float:
        """The height of its letters, by what rises above the small ones and what hangs below the line."""
        rising, hanging = _RISING.search(self.text) is not None, bool(_HANGING & set(self.text))
        return self.high / (0.5 + 0.22 * rising + 0.2 * hanging)

    @property
    def base(self) -> float:
        """The line it stands on: its lower edge, less what hangs below the line."""
        return self.y + self.high * (0.8 if _HANGING & set(self.text) else 1.0)


def program() -> str | None:
    """Where Tesseract is; None when it is not installed."""
    return shutil.which("tesseract")


def read_pictures(content: bytes, inks: Sequence[Ink], numbers: Sequence[int]) -> list[float]:
    """Put the words of these pages, which are pictures, onto their ink; how sure each word is."""
    tesseract = program()
    if tesseract is None or len(numbers) > MOST_PAGES:
        return []
    by_number = {ink.number: ink for ink in inks}
    end = time.monotonic() + SECONDS
    sure: list[float] = []
    with pdfium.PdfDocument(content) as file:
        for number in numbers:
            sure += _read(tesseract, file, by_number[number], end)
    return sure


def _read(tesseract: str, file: pdfium.PdfDocument, ink: Ink, end: float) -> list[float]:
    """Put the words and ruled lines of one page onto its ink; how sure each word is."""
    page = file[ink.number - 1]
    try:
        if any(dots > _LARGEST for dots in _dots(page)):
            return []
        turned = _turned(tesseract, _image(page, _DOTS_TO_TURN, 0), end)
        image = _image(page, _DOTS, turned)
        seen = list(_seen(_ask(tesseract, image.file, _READ, _DOTS, end)))
        if _worth(seen) < _POOR:  # a page with few words may stand on its head without anyone noticing
            other = _image(page, _DOTS, (turned + 180) % 360)
            again = list(_seen(_ask(tesseract, other.file, _READ, _DOTS, end)))
            seen, image = (again, other) if _worth(again) > _worth(seen) else (seen, image)
    finally:
        page.close()
    if turned in (90, 270):
        ink.width, ink.height = ink.height, ink.width
    _put(ink, seen, image)
    return [word.sure for word in seen]


def _worth(seen: Sequence[_Seen]) -> float:
    """How sure words are, of 100, those of one letter left out."""
    sure = [word.sure for word in seen if len(word.text) > 1]
    return sum(sure) / len(sure) if sure else 0.0


def _put(ink: Ink, seen: Sequence[_Seen], image: _Image) -> None:
    lines: dict[tuple[str, str, str], list[_Seen]] = {}
    for word in seen:
        lines.setdefault(word.line, []).append(word)
    slope = _slope(list(lines.values()))
    ink.words = [word for line in lines.values() for word in _words(line, slope)]
    ink.near = _NEAR
    ink.across, ink.down = ruled_lines(image.dots, image.wide, image.high, slope, _POINTS)


def _dots(page: pdfium.PdfPage) -> Iterator[int]:
    """How many dots each picture of a page has: a picture of a few kB may unpack to gigabytes."""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        wide, high = item.get_px_size()
        yield wide * high


def _image(page: pdfium.PdfPage, dots: int, turned: int) -> _Image:
    """A page as a grey picture, so many dots to the inch, turned clockwise."""
    bitmap = page.render(scale=dots / 72, grayscale=True, rotation=turned)
    try:
        wide, high, stride = bitmap.width, bitmap.height, bitmap.stride
        content = bytes(bitmap.buffer)
    finally:
        bitmap.close()
    rows = content if stride == wide else b"".join(content[n * stride : n * stride + wide] for n in range(high))
    return _Image(wide, high, rows)


def _turned(tesseract: str, image: _Image, end: float) -> int:
    """By how many degrees a page must be turned to stand upright; 0 where Tesseract cannot tell."""
    said = _ask(tesseract, image.file, ("--psm", "0"), _DOTS_TO_TURN, end)
    told = dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)
    try:
        sure, turned = float(told.get("Orientation confidence", "0")), int(told.get("Rotate", "0"))
    except ValueError:
        return 0
    return turned if sure > 2 and turned in (90, 180, 270) else 0


def _ask(tesseract: str, image: bytes, asked: tuple[str, ...], dots: int, end: float) -> str:
    left = end - time.monotonic()
    if left <= 0:
        return ""
    surroundings = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # several threads are slower than one on a busy machine
    try:
        done = subprocess.run(
            [tesseract, "stdin", "stdout", "--dpi", str(dots), *asked],
            input=image, capture_output=True, timeout=left, check=False, env=surroundings,
        )  # fmt: skip
    except (subprocess.TimeoutExpired, OSError):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _seen(table: str) -> Iterator[_Seen]:
    """The words of Tesseract's table."""
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) < 12 or cells[0] != "5" or not cells[11].strip():
            continue
        sure = float(cells[10])
        sound = any(letter.isalnum() for letter in cells[11]) or cells[11].strip() in _SINGLE
        if sure >= _LEAST_SURE and sound:
            x, y, wide, high = (int(cell) for cell in cells[6:10])
            yield _Seen(cells[11].strip(), x, y, wide, high, sure, (cells[2], cells[3], cells[4]))


def _words(line: Sequence[_Seen], slope: float) -> Iterator[Word]:
    """The words of a line, in points on the page made straight."""
    size = round(median(word.size for word in line) * _POINTS * 2) / 2
    style = Style(PICTURE, max(size, 5.0))
    for word in line:
        down, right = slope * (word.x + word.wide / 2), slope * (word.y + word.high / 2)
        x0, x1 = ((x + right) * _POINTS for x in (word.x, word.x + word.wide))
        y0, y1, base = ((y - down) * _POINTS for y in (word.y, word.y + word.high, word.base))
        yield Word(word.text, x0, y0, x1, y1, base, style, Mark.UNCERTAIN)


def _slope(lines: Sequence[Sequence[_Seen]]) -> float:
    """By how much lines fall to the right, because the paper lay askew on the glass: what makes most lines straight."""
    long = [line for line in lines if len(line) > 1]
    steps = [_STEEPEST * number / 100 for number in range(-100, 101)]
    return min(steps, key=lambda slope: (round(_bent(long, slope), 2), abs(slope))) if long else 0.0


def _bent(lines: Sequence[Sequence[_Seen]], slope: float) -> float:
    """By how many dots words stand off their lines when a page is straightened by a slope."""
    off = 0.0
    for line in lines:
        places = [word.base - slope * (word.x + word.wide / 2) for word in line]
        middle = median(places)
        off += sum(min(abs(place - middle), _ONE_LINE) for place in places)
    return off
