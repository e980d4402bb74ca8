"""The pages of a PDF as blocks in reading order, with what is repeated on every page told from what was written."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import pypdfium2 as pdfium

from formflow.reading.document import EMPTY, TICKED, Block, Mark, Paragraph
from formflow.reading.pdf_boxes import find_boxes
from formflow.reading.pdf_flow import ASIDE
from formflow.reading.pdf_footnotes import taken_out
from formflow.reading.pdf_ink import Ink, Shape, Strip, Word, brightness, strip_of
from formflow.reading.pdf_joins import joined
from formflow.reading.pdf_paragraphs import Where, paragraphs_of
from formflow.reading.pdf_paths import draw
from formflow.reading.pdf_pinned import Pinned, pin
from formflow.reading.pdf_placing import Placed, place
from formflow.reading.pdf_strips import put_together, strips_of
from formflow.reading.pdf_tables import mark_lines, page_blocks
from formflow.reading.pdf_words import WordReader, turn_of

_MARGIN = 0.12
"""Of the height of a page: where words that every page repeats are looked for."""
_EDGE = 0.06
"""Where a single page has its header and footer."""
_NEAR_EDGE = 0.075
_BODY_GAP = 2.2
"""Of the height of letters: a wider gap parts a page's header from its body."""
_LEVEL = 8.0
"""Points by which what pages repeat may stand higher or lower."""
_DIGITS = re.compile(r"\d+")
_PAGED = re.compile(r"\bpage\b|\bp\.|\d\s*(?:of|/)\s*\d|^\W*\d+\W*$", re.IGNORECASE)
"""As much of a page as a picture must cover for it to be a picture of a page."""
_COVERS = 0.5
_FEW = 20
"""Words that may stand on the picture of a page: a stamp, the name of the scanner, a page number."""


@dataclass(slots=True)
class Extras:
    """What stands on a page besides what is printed there."""

    placed: list[Placed] = field(default_factory=list, repr=False)
    pinned: list[Pinned] = field(default_factory=list, repr=False)


@dataclass(slots=True)
class Pages:
    """The pages of a file, laid out."""

    blocks: list[Block] = field(default_factory=list, repr=False)
    margins: list[Block] = field(default_factory=list, repr=False)
    """Page headers and footers."""
    notes: list[Paragraph] = field(default_factory=list, repr=False)
    """Footnotes."""
    pictures: list[int] = field(default_factory=list)
    """Numbers of pages on which nothing is written and a picture stands."""
    written: int = 0
    """How many pages hold words."""
    sure: float | None = None
    """How sure the words are, of 100, where pictures were read."""
    broken: bool = False
    """Whether a page could not be read."""


def inks_of(content: bytes) -> list[Ink] | None:
    """What stands on each page; None for a file that PDFium cannot open."""
    try:
        file = pdfium.PdfDocument(content)
    except pdfium.PdfiumError:
        return None
    try:
        reader = WordReader()
        return [_ink(file, number, reader) for number in range(len(file))]
    finally:
        file.close()


def _ink(file: pdfium.PdfDocument, number: int, reader: WordReader) -> Ink:
    try:
        page = file[number]
    except pdfium.PdfiumError:
        return Ink(number + 1, 0.0, 0.0)
    try:
        width, height = page.get_size()
        turn = turn_of(page)
        ink = Ink(number + 1, width, height, turn)
        ink.words = reader.words(page, turn)
        draw(page, turn, ink)
        return ink
    finally:
        page.close()


def laid_out(inks: Sequence[Ink], extras: Mapping[int, Extras] = MappingProxyType({})) -> Pages:
    """The pages as blocks: body first, then headers and footers. `extras` stand on pages besides what is printed."""
    pages = Pages()
    for ink in inks:
        _prepare(ink, extras.get(ink.number, Extras()))
    body = _body_size(inks)
    margins = _margins(inks)
    edges: dict[int, Sequence[float]] = {}
    known = _known(inks)
    for ink in inks:
        aside = margins.get(ink.number, {})
        words = [word for word in ink.words if id(word) not in aside]
        if any(word.control is None for word in ink.words):
            pages.written += 1
        if not words and _is_covered(ink):
            pages.pictures.append(ink.number)
        pages.broken = pages.broken or not ink.width
        words, notes = taken_out(ink, words, body)
        pages.notes += notes
        where = Where(ink.number, body, f"page {ink.number}", known=known)
        pages.blocks = joined(pages.blocks, page_blocks(ink, words, where, edges), edges)
        pages.margins += _margin_blocks(ink, aside, where)
    _set_aside(pages)
    return pages


def _set_aside(pages: Pages) -> None:
    """Put away the links that stand beside more than one heading; what stands there once is said in its place."""
    times = Counter(block.text for block in pages.blocks if isinstance(block, Paragraph) and block.part == ASIDE)
    body: list[Block] = []
    for block in pages.blocks:
        if not isinstance(block, Paragraph) or block.part != ASIDE:
            body.append(block)
        elif times[block.text] > 1:
            pages.margins.append(block)
        else:
            body.append(replace(block, part=""))
    pages.blocks = body


def _prepare(ink: Ink, extras: Extras) -> None:
    covered = _is_covered(ink)
    ink.words = [word for word in ink.words if _is_seen(word, ink, covered=covered)]
    for word in ink.words:
        if word.style.unseen:
            word.marks |= Mark.UNCERTAIN  # what a scanner's own reading has put behind the picture
    find_boxes(ink)
    if extras.placed:
        place(ink, extras.placed)
    mark_lines(ink)
    pin(ink, extras.pinned)
    ink.words = put_together(ink.words)


def _is_seen(word: Word, ink: Ink, *, covered: bool) -> bool:
    """Whether people see a word: one without ink counts behind a picture of the page, a white one on a dark ground."""
    if word.style.unseen:
        return covered
    if brightness(word.style.colour) < 250 or word.control is not None:
        return True
    return any(
        shape.filled is not None and brightness(shape.filled) < 235 and shape.holds(*word.middle, 2)
        for shape in ink.shapes
    ) or any(picture.holds(*word.middle) for picture in ink.pictures)


def is_picture(ink: Ink) -> bool:
    """Whether a page shows a picture and hardly a word."""
    words = sum(
        1 for word in ink.words if word.control is None and not word.style.unseen and Mark.UNCERTAIN not in word.marks
    )
    return words < _FEW and _is_covered(ink)


def _is_covered(ink: Ink) -> bool:
    area = ink.width * ink.height
    covered = sum(_seen_area(picture, ink) for picture in ink.pictures)
    return bool(area) and covered > _COVERS * area


def _seen_area(shape: Shape, ink: Ink) -> float:
    wide = min(shape.x1, ink.width) - max(shape.x0, 0.0)
    high = min(shape.y1, ink.height) - max(shape.y0, 0.0)
    return max(wide, 0.0) * max(high, 0.0)


def _body_size(inks: Sequence[Ink]) -> float:
    """The height of the letters of most words."""
    sizes: Counter[float] = Counter()
    for ink in inks:
        for word in ink.words:
            sizes[round(word.size * 2) / 2] += len(word.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _known(inks: Sequence[Ink]) -> frozenset[str]:
    """The words of the file that stand inside lines: those at the ends may be halves."""
    found: set[str] = set()
    for ink in inks:
        for before, word, after in zip(ink.words, ink.words[1:], ink.words[2:], strict=False):
            if before.base == word.base == after.base and word.text.isalpha():
                found.add(word.text.lower())
    return frozenset(found)


def _margins(inks: Sequence[Ink]) -> dict[int, dict[int, str]]:
    """By page number: the words that are its header or footer, by their `id`."""
    seen: dict[str, list[tuple[int, float]]] = defaultdict(list)
    strips = {ink.number: _edge_lines(ink) for ink in inks}
    for ink in inks:
        for strip, _ in strips[ink.number]:
            seen[_same(strip)].append((ink.number, strip.base))
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for ink in inks:
        for strip, part in strips[ink.number]:
            times = len({page for page, base in seen[_same(strip)] if abs(base - strip.base) < _LEVEL})
            away = min(strip.base, ink.height - strip.base) / ink.height
            # Farther in, only what every page has: a table that goes on may repeat its head there.
            near = away < _NEAR_EDGE and (away < _EDGE or not _is_within(strip, strips[ink.number]))
            repeated = times > 1 and (near or times == len(inks))
            if repeated or (away < _EDGE and _is_apart(strip, ink)):
                found[ink.number].update((id(word), part) for word in strip.words)
    return found


def _is_within(strip: Strip, lines: Sequence[tuple[Strip, str]]) -> bool:
    """Whether a gap parts a line from another that stands nearer to the same edge: then the body begins with it."""
    part = next(part for line, part in lines if line is strip)
    outer = [line for line, other in lines if other == part and _is_farther(line, strip, part)]
    return bool(outer) and min(abs(line.base - strip.base) for line in outer) > _BODY_GAP * strip.size


def _is_farther(line: Strip, strip: Strip, part: str) -> bool:
    return line.base < strip.base - 1 if part == "page header" else line.base > strip.base + 1


def _is_apart(strip: Strip, ink: Ink) -> bool:
    """Whether a line at the edge of a page is far from all others and holds no answer."""
    if ":" in strip.text or TICKED in strip.text or EMPTY in strip.text:
        return False
    steps = (abs(word.base - strip.base) for word in ink.words)
    return min((step for step in steps if step > 0.5 * strip.size), default=99.0) > 2.2 * strip.size


def _same(strip: Strip) -> str:
    """What is equal for what pages repeat: the words, but for the number of the page."""
    return _DIGITS.sub("0", strip.text) if _PAGED.search(strip.text) else strip.text


def _edge_lines(ink: Ink) -> list[tuple[Strip, str]]:
    """The lines near the top and the bottom of a page."""
    top, bottom = _MARGIN * ink.height, (1 - _MARGIN) * ink.height
    words = [word for word in ink.words if word.control is None and not top < word.base < bottom]
    lines: list[list[Word]] = []
    for strip in strips_of(words):
        if lines and abs(lines[-1][0].base - strip.base) < 1:
            lines[-1] += strip.words
        else:
            lines.append([*strip.words])
    return [(strip_of(line), "page header" if line[0].base <= top else "page footer") for line in lines]


def _margin_blocks(ink: Ink, aside: dict[int, str], where: Where) -> Iterable[Block]:
    for part in ("page header", "page footer"):
        words = [word for word in ink.words if aside.get(id(word)) == part]
        if words and any(_stands_in(words, line) for line in (*ink.across, *ink.shapes)):
            yield from page_blocks(ink, words, replace(where, part=part), {})
        else:
            yield from paragraphs_of(strips_of(words), replace(where, part=part))


def _stands_in(words: Sequence[Word], line: Shape) -> bool:
    """Whether a line runs along words, so that they may stand in a table."""
    return any(line.x0 - 2 <= word.x0 and word.x1 <= line.x1 + 2 and -20 < line.y0 - word.y1 < 20 for word in words)
