"""The lines, rectangles and pictures that a page of a PDF draws, by PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from formflow.reading.package import too_complex
from formflow.reading.pdf_ink import Colour, Ink, Shape
from formflow.reading.pdf_words import Turn, turned

MOST_OBJECTS = 100_000
"""Of one page; a page of a form has hundreds, a map a few ten thousand."""
_MOST_SEGMENTS = 4_000
_DEEPEST = 8
_THIN = 2.6
"""Points; what is thinner is a line, whether it was drawn as one or filled."""
_SMALL = 22.0
"""Points; what is smaller both ways is a box or a sign, and its inside is not asked for."""
_LINE_TO, _BEZIER, _MOVE_TO = raw.FPDF_SEGMENT_LINETO, raw.FPDF_SEGMENT_BEZIERTO, raw.FPDF_SEGMENT_MOVETO


def draw(page: pdfium.PdfPage, turn: Turn, ink: Ink) -> None:
    """Put what the page draws onto `ink`: lines, shapes and pictures."""
    budget = [MOST_OBJECTS]
    handle = page.raw
    for number in range(raw.FPDFPage_CountObjects(handle)):
        _put(raw.FPDFPage_GetObject(handle, number), turn, ink, budget, 0)


def _put(item: object, turn: Turn, ink: Ink, budget: list[int], depth: int) -> None:
    budget[0] -= 1
    if budget[0] < 0:
        raise too_complex()
    match raw.FPDFPageObj_GetType(item):
        case raw.FPDF_PAGEOBJ_PATH:
            for shape in _shapes(item, turn):
                _sort(shape, ink)
        case raw.FPDF_PAGEOBJ_IMAGE | raw.FPDF_PAGEOBJ_SHADING:
            if place := _place(item, turn):
                ink.pictures.append(Shape(*place))
        case raw.FPDF_PAGEOBJ_FORM if depth < _DEEPEST:
            inner = _joined(_matrix(item), turn)
            for number in range(raw.FPDFFormObj_CountObjects(item)):
                _put(raw.FPDFFormObj_GetObject(item, number), inner, ink, budget, depth + 1)


def _sort(shape: Shape, ink: Ink) -> None:
    """A shape where it belongs: a thin one is a line, what covers the whole page is its paper."""
    if shape.width > 0.97 * ink.width and shape.height > 0.6 * ink.height:
        return
    if shape.filled is None and not shape.stroked:
        return
    if shape.height <= _THIN and shape.width > 1.5 * _THIN:
        ink.across.append(shape)
    elif shape.width <= _THIN and shape.height > 1.5 * _THIN:
        ink.down.append(shape)
    else:
        ink.shapes.append(shape)


def _shapes(item: object, turn: Turn) -> Iterator[Shape]:
    """What one path draws: the rectangle round it, or its lines and rectangles one by one where it draws many."""
    place = _place(item, turn)
    if place is None:
        return
    filled, stroked, width = _look(item)
    count = raw.FPDFPath_CountSegments(item)
    left, top, right, bottom = place
    if stroked:  # the rectangle round a line takes in its thickness
        grown = min(width, right - left, bottom - top) / 2
        left, top, right, bottom = left + grown, top + grown, right - grown, bottom - grown
    small = right - left < _SMALL and bottom - top < _SMALL
    if count <= 2 and min(right - left, bottom - top) > _THIN and not small:
        return  # a line across the page at a slant
    if small or count <= 5:
        curved = small and count > 5 and any(bends for _, bends, _ in _runs(item))
        sign = small and (count <= 3 or (count > 5 and not curved)) and min(right - left, bottom - top) > _THIN
        yield Shape(left, top, right, bottom, filled, stroked, curved, sign)
        return
    yield from _parts(item, turn, filled, stroked=stroked)


def _parts(item: object, turn: Turn, filled: Colour | None, *, stroked: bool) -> Iterator[Shape]:
    """The lines and rectangles of a path that draws several."""
    turn = _joined(_matrix(item), turn)
    for points, bends, straight in _runs(item):
        curved = bends > 3 * straight
        xs = [turn[0] * x + turn[2] * y + turn[4] for x, y in points]
        ys = [turn[1] * x + turn[3] * y + turn[5] for x, y in points]
        if curved or filled is not None or _is_rectangle(xs, ys):
            yield Shape(min(xs), min(ys), max(xs), max(ys), filled, stroked, curved)
            continue
        for n in range(1, len(points)):
            yield Shape(min(xs[n - 1 : n + 1]), min(ys[n - 1 : n + 1]), max(xs[n - 1 : n + 1]), max(ys[n - 1 : n + 1]),
                        None, stroked)  # fmt: skip


def _runs(item: object) -> Iterator[tuple[list[tuple[float, float]], int, int]]:
    """The points of a path from one lifting of the pen to the next, and how many bows and straight lines it has."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    bends = straight = 0
    for number in range(min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if kind == _MOVE_TO:
            if len(points) > 1:
                yield points, bends, straight
            points, bends, straight = [], 0, 0
        points.append((x.value, y.value))
        bends += kind == _BEZIER
        straight += kind == _LINE_TO
        if raw.FPDFPathSegment_GetClose(segment) and points[0] != points[-1]:
            points.append(points[0])
    if len(points) > 1:
        yield points, bends, straight


def _is_rectangle(xs: list[float], ys: list[float]) -> bool:
    return len(xs) == 5 and len({round(x, 1) for x in xs}) == 2 and len({round(y, 1) for y in ys}) == 2


def _place(item: object, turn: Turn) -> tuple[float, float, float, float] | None:
    left, bottom, right, top = parts = tuple(ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, *(ctypes.byref(part) for part in parts)):
        return None
    return turned(turn, left.value, bottom.value, right.value, top.value)


def _look(item: object) -> tuple[Colour | None, bool, float]:
    """Its filling, whether a line is drawn round it, and how thick."""
    fills, strokes = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, ctypes.byref(fills), ctypes.byref(strokes))
    red, green, blue, cover = colour = tuple(ctypes.c_uint() for _ in range(4))
    filled: Colour | None = None
    if fills.value and raw.FPDFPageObj_GetFillColor(item, *(ctypes.byref(part) for part in colour)) and cover.value:
        filled = red.value, green.value, blue.value
    width = ctypes.c_float(1.0)
    if strokes.value:
        raw.FPDFPageObj_GetStrokeWidth(item, ctypes.byref(width))
    return filled, bool(strokes.value), width.value


def _matrix(item: object) -> Turn:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix)):
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _joined(first: Turn, then: Turn) -> Turn:
    """One turn and then another, as one."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
