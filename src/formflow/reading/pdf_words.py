"""The words of a page of a PDF with their places, by PDFium."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.reading.package import too_complex
from formflow.reading.pdf_glyphs import sign_of
from formflow.reading.pdf_ink import BLACK, Colour, Style, Word

MOST_LETTERS = 400_000
"""On one page; a page full of small print has 8,000."""
_WORD = re.compile(r"[^\s\x00]+")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!.*light)|[-,]bd|_bd", re.IGNORECASE)
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-", "\xad": "-"})
_FORCE_BOLD = 1 << 18
_UNSEEN_MODE = 3

Turn = tuple[float, float, float, float, float, float]
"""How a point of the file comes to its place on the page: a, b, c, d, e, f of x' = ax + cy + e, y' = bx + dy + f."""


def turn_of(page: pdfium.PdfPage) -> Turn:
    """From the file's own measure to points from the top left of the page as it is shown, whatever its rotation."""
    scale = 100
    width, height = page.get_size()
    x, y = ctypes.c_int(), ctypes.c_int()

    def shown(at_x: float, at_y: float) -> tuple[float, float]:
        raw.FPDF_PageToDevice(
            page.raw, 0, 0, round(width * scale), round(height * scale), 0, at_x, at_y, ctypes.byref(x), ctypes.byref(y)
        )
        return x.value / scale, y.value / scale

    (e, f), (ax, bx), (cx, dx) = shown(0, 0), shown(1000, 0), shown(0, 1000)
    return (ax - e) / 1000, (bx - f) / 1000, (cx - e) / 1000, (dx - f) / 1000, e, f


def turned(turn: Turn, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
    """A rectangle of the file on the page: left, top, right, bottom."""
    a, b, c, d, e, f = turn
    if not b and not c:
        xs, ys = (a * left + e, a * right + e), (d * top + f, d * bottom + f)
    else:
        xs = (a * left + c * bottom + e, a * right + c * top + e)
        ys = (b * left + d * bottom + f, b * right + d * top + f)
    return min(xs), min(ys), max(xs), max(ys)


Look = tuple[float | None, Style]


def _plain(function: object, result: type | None, *parts: type) -> Callable[..., int]:
    """A function of PDFium that takes and gives plain numbers: what is asked for every letter must cost little."""
    address = ctypes.cast(function, ctypes.c_void_p).value  # type: ignore[arg-type]  # a function is a pointer too
    return ctypes.CFUNCTYPE(result, *parts)(address or 0)


_HANDLE, _NUMBER, _PLACE = ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p
_text_object = _plain(raw.FPDFText_GetTextObject, ctypes.c_void_p, _HANDLE, _NUMBER)
_loose_box = _plain(raw.FPDFText_GetLooseCharBox, _NUMBER, _HANDLE, _NUMBER, _PLACE)
_origin = _plain(raw.FPDFText_GetCharOrigin, _NUMBER, _HANDLE, _NUMBER, _PLACE, _PLACE)
_angle = _plain(raw.FPDFText_GetCharAngle, ctypes.c_float, _HANDLE, _NUMBER)


def _owner(page: int, letter: int) -> int:
    """The piece of text that a letter belongs to."""
    return _text_object(page, letter) or 0


@dataclass(slots=True)
class WordReader:
    """Reads the words of the pages of one file; fonts and styles are asked for once."""

    _fonts: dict[int, tuple[str, bool]] = field(default_factory=dict)
    _styles: dict[tuple[object, ...], Style] = field(default_factory=dict)
    _box: ctypes.Structure = field(default_factory=raw.FS_RECTF)
    _at_box: object = None

    def __post_init__(self) -> None:
        """Keep one place to which PDFium writes, letter after letter."""
        self._at_box = ctypes.byref(self._box)

    def words(self, page: pdfium.PdfPage, turn: Turn) -> list[Word]:
        """The words of a page in the order of the file, signs of symbol fonts as ☒ and ☐, none that leaves no ink."""
        text_page = page.get_textpage()
        try:
            return _on_page(self._read(text_page, turn), page)
        finally:
            text_page.close()

    def _read(self, text_page: pdfium.PdfTextPage, turn: Turn) -> list[Word]:
        count = raw.FPDFText_CountChars(text_page.raw)
        if count > MOST_LETTERS:
            raise too_complex()
        text = text_page.get_text_range() if count > 0 else ""
        if len(text) != count:  # letters that take two places, or none: one by one, so that places stay right
            text = "".join(_letter(raw.FPDFText_GetUnicode(text_page.raw, n)) for n in range(count))
        found: list[Word] = []
        looks: dict[int, Look] = {}
        handle = _address(text_page.raw)
        for match in _WORD.finditer(text):
            found += self._pieces(handle, match.start(), match.group(), turn, looks)
        return found

    def _pieces(self, page: int, start: int, letters: str, turn: Turn, looks: dict[int, Look]) -> list[Word]:
        """A word; several where its looks change within it, as before the sign of a footnote."""
        last = start + len(letters) - 1
        first = _owner(page, start)
        if last == start or _owner(page, last) == first:
            return [self._word(page, start, letters, turn, looks, first)]
        owners = [_owner(page, start + n) for n in range(len(letters))]
        cuts = [n for n in range(1, len(letters)) if owners[n] != owners[n - 1] and owners[n] and owners[n - 1]]
        found: list[Word] = []
        for begin, end in zip([0, *cuts], [*cuts, len(letters)], strict=True):
            found.append(self._word(page, start + begin, letters[begin:end], turn, looks, owners[begin]))
        return found

    def _word(self, page: int, start: int, letters: str, turn: Turn, looks: dict[int, Look], owner: int) -> Word:
        look = looks.get(owner)
        if look is None:
            look = looks[owner] = self._look(page, start, turn)
        box = self._box
        _loose_box(page, start, self._at_box)
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if len(letters) > 1:
            _loose_box(page, start + len(letters) - 1, self._at_box)
            left, bottom = min(left, box.left), min(bottom, box.bottom)
            right, top = max(right, box.right), max(top, box.top)
        x0, y0, x1, y1 = turned(turn, left, bottom, right, top)
        base, style = look
        if base is None:
            base = self._base(page, start, turn)
        return Word(sign_of(letters.translate(_HYPHENS), style.family), x0, y0, x1, y1, base, style)

    def _look(self, page: int, start: int, turn: Turn) -> Look:
        """How the letters of one piece of text look, and the line that all of it stands on, if it runs level."""
        level = not turn[1] and _angle(page, start) == 0
        return (self._base(page, start, turn) if level else None), self._style(page, start)

    def _base(self, page: int, start: int, turn: Turn) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        _origin(page, start, ctypes.byref(x), ctypes.byref(y))
        return turn[1] * x.value + turn[3] * y.value + turn[5]

    def _style(self, handle: int, at: int) -> Style:
        page = ctypes.cast(handle, raw.FPDF_TEXTPAGE)
        item = raw.FPDFText_GetTextObject(page, at)
        size = raw.FPDFText_GetFontSize(page, at)
        if not item:
            return Style(size=size or 10.0)
        family, bold = self._font(raw.FPDFTextObj_GetFont(item))
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(page, at, ctypes.byref(matrix))
        grown = (matrix.b**2 + matrix.d**2) ** 0.5 or (matrix.a**2 + matrix.c**2) ** 0.5 or 1.0
        mode = raw.FPDFTextObj_GetTextRenderMode(item)
        bold = bold or mode == 2  # letters filled and drawn round: how programs make bold where a font has none
        wanted = (family, round(size * grown, 1), bold, _fill(item), mode == _UNSEEN_MODE)
        style = self._styles.get(wanted)
        if style is None:
            style = self._styles[wanted] = Style(*wanted)
        return style

    def _font(self, font: object) -> tuple[str, bool]:
        key = _address(font)
        if key not in self._fonts:
            buffer = ctypes.create_string_buffer(200)
            raw.FPDFFont_GetBaseFontName(font, buffer, 200)
            name = buffer.value.decode("latin-1").partition("+")[2] or buffer.value.decode("latin-1")
            heavy = raw.FPDFFont_GetWeight(font) >= 600 or bool(raw.FPDFFont_GetFlags(font) & _FORCE_BOLD)
            bold = heavy or _BOLD.search(name) is not None
            slanted = "/" if re.search(r"italic|oblique", name, re.IGNORECASE) else ""
            self._fonts[key] = re.split(r"[-,]", name)[0].lower() + slanted, bold
        return self._fonts[key]


def _letter(code: int) -> str:
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else " "


def _address(pointer: object) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0  # type: ignore[arg-type]  # any pointer can be cast


def _fill(item: object) -> Colour:
    red, green, blue, _ = parts = tuple(ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in parts)):
        return BLACK
    return red.value, green.value, blue.value


def _on_page(words: list[Word], page: pdfium.PdfPage) -> list[Word]:
    """The words that can be seen, on the page."""
    width, height = page.get_size()
    return [word for word in words if word.x1 > 0 and word.x0 < width and word.y1 > 0 and word.y0 < height]
