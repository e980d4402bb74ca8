"""The sheet a picture is drawn on, in millimetres from its upper left corner, and the PNG that comes of it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache

import pypdfium2 as pdfium
from PIL import Image
from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from formflow.rendering.pictures.letters import BOLD, PLAIN, POINT, SMALL

WIDTH = 160.0
"""Millimetres between the margins of our papers."""
INK, QUIET, LINES, PANEL, ACCENT, WHITE = "#0B0C0C", "#505A5F", "#B1B4B6", "#F3F2F1", "#1D70B8", "#FFFFFF"
SHADE, LIGHT = "#E4E4E2", "#D2E2F1"
"""A time of silence, and the index child."""

_DOTS = 200 / 72
"""Dots for each point: 200 to the inch."""
_LEVEL, _FILTERED = 4, 1
"""Of compression: for flat colours as small as level 6, in three quarters of the time."""
_STEPS = 8
"""Steps from each of our colours to white, for the edges of letters and lines."""

Point = tuple[float, float]


class Sheet:
    """A page of one picture; colours are written `#RRGGBB`, an empty colour draws nothing."""

    def __init__(self, width: float, height: float) -> None:
        """A white page of so many millimetres."""
        self._height = height
        self._out = io.BytesIO()
        self._canvas = Canvas(self._out, pagesize=(width / POINT, height / POINT), invariant=1, pageCompression=0)

    def line(self, points: Sequence[Point], color: str = INK, thick: float = 0.25, dash: Sequence[float] = ()) -> None:
        """A line from point to point; `thick` and `dash` in millimetres."""
        self._path(points, color, "", thick, dash, close=False)

    def shape(
        self, points: Sequence[Point], fill: str, color: str = INK, thick: float = 0.25, dash: Sequence[float] = ()
    ) -> None:
        """A closed line, filled."""
        self._path(points, color, fill, thick, dash, close=True)

    def box(self, x: float, y: float, size: Point, fill: str, color: str = "", thick: float = 0.25) -> None:
        """An upright rectangle from its upper left corner; `size` is width and height."""
        across, down = size
        self.shape([(x, y), (x + across, y), (x + across, y + down), (x, y + down)], fill, color, thick)

    def pill(self, x: float, y: float, size: Point, fill: str, color: str = INK, thick: float = 0.25) -> None:
        """A rectangle with round ends."""
        across, down = size
        self._look(color, fill, thick, ())
        self._canvas.roundRect(
            x / POINT,
            (self._height - y - down) / POINT,
            across / POINT,
            down / POINT,
            min(across, down) / 2 / POINT,
            stroke=bool(color),
            fill=bool(fill),
        )

    def circle(self, x: float, y: float, radius: float, fill: str, color: str = INK, thick: float = 0.25) -> None:
        """A circle round its centre."""
        self._look(color, fill, thick, ())
        self._canvas.circle(x / POINT, (self._height - y) / POINT, radius / POINT, stroke=bool(color), fill=bool(fill))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        size: float = SMALL,
        color: str = INK,
        bold: bool = False,
        at: str = "left",
    ) -> None:
        """A line of words whose small letters stand on `y`; `at` says which part of it stands at `x`."""
        self._canvas.setFont(BOLD if bold else PLAIN, size)
        self._canvas.setFillColor(HexColor(color))
        left, down = x / POINT, (self._height - y) / POINT
        match at:
            case "middle":
                self._canvas.drawCentredString(left, down, words)
            case "right":
                self._canvas.drawRightString(left, down, words)
            case _:
                self._canvas.drawString(left, down, words)

    def png(self) -> bytes:
        """The finished picture at 200 dots to the inch, with few colours so that it stays small."""
        self._canvas.showPage()
        self._canvas.save()
        with pdfium.PdfDocument(self._out.getvalue()) as file:
            page = file[0]
            bitmap = page.render(scale=_DOTS, rev_byteorder=True)
            picture = bitmap.to_pil().convert("RGB")
            bitmap.close()
            page.close()
        out = io.BytesIO()
        picture.quantize(palette=_palette(), dither=Image.Dither.NONE).save(
            out, "PNG", dpi=(200, 200), compress_level=_LEVEL, compress_type=_FILTERED
        )
        return out.getvalue()

    def _path(
        self, points: Sequence[Point], color: str, fill: str, thick: float, dash: Sequence[float], *, close: bool
    ) -> None:
        self._look(color, fill, thick, dash)
        path = self._canvas.beginPath()
        path.moveTo(points[0][0] / POINT, (self._height - points[0][1]) / POINT)
        for x, y in points[1:]:
            path.lineTo(x / POINT, (self._height - y) / POINT)
        if close:
            path.close()
        self._canvas.drawPath(path, stroke=bool(color), fill=bool(fill))

    def _look(self, color: str, fill: str, thick: float, dash: Sequence[float]) -> None:
        self._canvas.setLineWidth(thick / POINT)
        self._canvas.setDash([length / POINT for length in dash])
        if color:
            self._canvas.setStrokeColor(HexColor(color))
        if fill:
            self._canvas.setFillColor(HexColor(fill))


@cache
def _palette() -> Image.Image:
    """Our colours, each in steps to white: set once, as finding the best for each picture takes longer than drawing."""
    mixed = [_mixed(color, step / _STEPS) for color in (INK, QUIET, ACCENT) for step in range(_STEPS)]
    flat = [_mixed(color, 0) for color in (WHITE, PANEL, LINES, SHADE, LIGHT)]
    held = Image.new("P", (1, 1))
    held.putpalette([part for color in (*flat, *mixed) for part in color])
    return held


def _mixed(color: str, white: float) -> tuple[int, int, int]:
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return (round(red + (255 - red) * white), round(green + (255 - green) * white), round(blue + (255 - blue) * white))
