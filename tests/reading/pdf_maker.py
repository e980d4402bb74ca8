"""PDF files made object by object: only what a test is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

FIRST = 10
"""The number of the first box of a form; the next has the next number."""


def pdf(
    *boxes: str,
    fields: Sequence[int] | None = None,
    form: str = "",
    catalogue: str = "",
    more: Mapping[int, str] | None = None,
    drawn: str = "",
    pages: int = 1,
    page: str = "",
    trailer: str = "",
) -> bytes:
    """A PDF whose first page shows these boxes, each the inside of a dictionary.

    `fields` are the numbers of the form's fields (all boxes unless told; an empty list and no `form` means no form);
    `more` are further objects by number; `drawn` is what the first page draws; `page` is more of what stands in every
    page's dictionary.
    """
    numbers = range(FIRST, FIRST + len(boxes))
    listed = list(numbers) if fields is None else list(fields)
    acro = f"/AcroForm << /Fields [{_refs(listed)}] {form} >>" if listed or form else ""
    kids = list(range(5, 5 + pages)) if pages <= 5 else []
    objects: dict[int, str] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {acro} {catalogue} >>",
        2: f"<< /Type /Pages /Kids [{_refs(kids)}] /Count {len(kids)} >>",
        3: f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        8: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >>",
        9: "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>",
    }
    fonts = "/Resources << /Font << /F1 4 0 R /F2 8 0 R /F3 9 0 R >> >>"
    for number in kids:
        first = f"/Annots [{_refs(numbers)}] /Contents 3 0 R" if number == 5 else ""
        objects[number] = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {first} {fonts} {page} >>"
    for number, box in zip(numbers, boxes, strict=True):
        place = "" if "/Rect" in box else "/Rect [0 0 9 9]"
        objects[number] = f"<< /Type /Annot /Subtype /Widget {place} {box} >>"
    return written({**objects, **(more or {})}, trailer)


def written(objects: Mapping[int, str], trailer: str = "") -> bytes:
    out = bytearray(b"%PDF-1.7\n")
    places: dict[int, int] = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += (f"{places[number]:010} 00000 n \n" if number in places else "0000000000 00000 f \n").encode()
    out += f"trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def _refs(numbers: Sequence[int]) -> str:
    return " ".join(f"{number} 0 R" for number in numbers)


def text(name: str, value: str | None = None, extra: str = "") -> str:
    """A text field; a value in brackets or angles stays as it is written."""
    held = "" if value is None else f"/V {value if value[:1] in '(<' else f'({value})'}"
    return f"/FT /Tx /T ({name}) {held} {extra}"


def button(on: str, *, state: str | None = None, value: str | None = None, extra: str = "") -> str:
    """A check box or one button of several, which can show `on`."""
    shows = f"/AP << /N << /{on} << >> /Off << >> >> >>" if on else ""
    said = (f"/AS /{state} " if state is not None else "") + (f"/V /{value} " if value is not None else "")
    return f"/FT /Btn {shows} {said} {extra}"


def words(*lines: str) -> str:
    """What a page draws to show lines of words."""
    return "".join(f"BT /F1 12 Tf 20 {700 - 20 * n} Td ({line}) Tj ET\n" for n, line in enumerate(lines))


# Pages drawn piece by piece. Places are points from the top left, as the reader tells them.

HEIGHT = 800


def say(x: float, y: float, said: str, *, bold: bool = False, size: float = 10, grey: float = 0) -> str:
    """Words standing on the line `y` below the top."""
    escaped = said.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"{grey} g BT /F{2 if bold else 1} {size} Tf {x} {HEIGHT - y} Td ({escaped}) Tj ET 0 g\n"


def sign(x: float, y: float, letter: str, size: float = 10) -> str:
    """A letter of ZapfDingbats: `4` is a tick, `8` a cross, `l` a dot."""
    return f"BT /F3 {size} Tf {x} {HEIGHT - y} Td ({letter}) Tj ET\n"


def frame(x: float, y: float, wide: float, high: float, ink: str = "S") -> str:
    """A rectangle, drawn round (`S`), or filled with a grey (`0.2`)."""
    box = f"{x} {HEIGHT - y - high} {wide} {high} re"
    return f"{box} S\n" if ink == "S" else f"{ink} g {box} f 0 g\n"


def line(x0: float, y0: float, x1: float, y1: float) -> str:
    """A thin line."""
    return f"0.5 w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S\n"


def ruled(x: float, y: float, wide: Sequence[float], rows: Sequence[Sequence[str]], high: float = 20) -> str:
    """A table with lines round every cell, and these words in them."""
    drawn = ""
    for number, row in enumerate(rows):
        left = x
        for width, said in zip(wide, row, strict=True):
            drawn += frame(left, y + number * high, width, high)
            drawn += say(left + 4, y + number * high + 13, said) if said else ""
            left += width
    return drawn
