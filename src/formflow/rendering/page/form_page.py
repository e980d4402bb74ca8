"""One self-contained page to check readings by: the answers beside pictures of the pages, with their places marked."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from formflow.extracting.form import Form
from formflow.reading.document import Document
from formflow.reading.picture import Box, Picture, Pictures
from formflow.rendering.page.form_text import Node, nodes
from formflow.rendering.page.marks import Mark, marks_on
from formflow.rendering.page.pinpoint import pinpointed
from formflow.rendering.page.review import Line, Review
from formflow.rendering.page.words_in_order import WordsInOrder
from formflow.rendering.statements import written
from formflow.rendering.web_page import web_page

MADE_BY = '<meta name="generator" content="formflow read">'
"""By this a page of ours is known."""
_ROOM = 1.5
"""Points between words and the frame around them."""
_FILTERS = ("said", "ask", "check", "blank", "all")
_RANK = ("ask", "check", "sound", "open")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One form on the page, or a file that is none."""

    file: str
    inside: str
    """For a form that came in a message: its own name; `file` is then the name of the message."""
    sha256: str
    says: str = ""
    """For what could not be read, or is no form: why."""
    form: Form | None = field(default=None, repr=False)
    document: Document | None = field(default=None, repr=False)
    review: Review | None = field(default=None, repr=False)
    pictures: Pictures = field(default=Pictures(), repr=False)


def form_page(sheets: Sequence[Sheet], now: datetime) -> bytes:
    """The page, ready to be written to a file. Everything from a form is escaped, and nothing is fetched or run."""
    return web_page(
        "form",
        sheets=[_shown(number, sheet) for number, sheet in enumerate(sheets, 1)],
        read_at=f"{written(now.date())}, {now:%H:%M}",
    )


def _shown(number: int, sheet: Sheet) -> dict[str, object]:
    about: dict[str, object] = {
        "number": number, "file": sheet.file, "inside": sheet.inside, "name": sheet.inside or sheet.file,
        "sha256": sheet.sha256, "says": sheet.says, "layout": "",
    }  # fmt: skip
    if sheet.form is None or sheet.document is None or sheet.review is None or sheet.says:
        return about
    review = sheet.review
    label = _Labels(number, {line.field: line for line in review.lines})
    pages = _pages(sheet.form, sheet.document, sheet.pictures, label)
    blocks = [] if pages else _blocks(sheet.form, sheet.document, label)
    return about | {
        "layout": review.layout,
        "asked": [
            asdict(each) | {"id": f"q{number}-{each.number}", "line": label.line(each.field)} for each in review.asked
        ],
        "notes": review.notes,
        "counts": _counts(review),
        "parts": [
            {"title": part.title, "kinds": _kinds(part.lines), "lines": [label.shown(line) for line in part.lines]}
            for part in review.parts
        ],
        "pages": pages,
        "page_count": sheet.pictures.count,
        "pages_title": "The form, page by page" if pages else "What stands on the form",
        "pages_note": _pages_note(sheet.pictures, shown=bool(pages), words=bool(blocks)),
        "blocks": blocks,
    }


class _Labels:
    """The names by which answers and their places on the form point to one another."""

    def __init__(self, number: int, lines: Mapping[str, Line]) -> None:
        self.number = number
        self.lines = lines
        self.count = 0
        self.places: dict[str, str] = {}
        """By field: the name of its first place on the form."""

    def line(self, field_id: str) -> str:
        """The name of an answer; empty where the form does not ask for it."""
        return f"a{self.number}-{field_id}" if field_id in self.lines else ""

    def mark(self, fields: Iterable[str], *, exact: bool) -> dict[str, object]:
        """A new place on the form, of these answers."""
        lines = [self.lines[field_id] for field_id in fields]
        self.count += 1
        name = f"m{self.number}-{self.count}"
        for line in lines:
            self.places.setdefault(line.field, name)
        says = "; ".join(f"{line.title}: {line.words or line.status}" for line in lines)
        return {
            "id": name,
            "line": self.line(lines[0].field),
            "fields": " ".join(line.field for line in lines),
            "standing": min((line.standing for line in lines), key=_RANK.index),
            "exact": exact,
            "says": says if exact else f"In this row: {says}",
        }

    def shown(self, line: Line) -> dict[str, object]:
        """An answer as the page shows it."""
        own = {"id": self.line(line.field), "mark": self.places.get(line.field, ""), "status": line.status}
        return asdict(line) | own


def _counts(review: Review) -> dict[str, int]:
    """How many answers each filter shows."""
    return {key: sum(1 for line in review.lines if key in _filters(line)) for key in _FILTERS}


def _filters(line: Line) -> set[str]:
    blank = line.state == "blank"
    return {"all", line.standing, "blank" if blank else "said", "said" if line.standing == "ask" else "all"}


def _kinds(lines: Iterable[Line]) -> str:
    """By which filters a part is still shown."""
    return " ".join(sorted({f"has-{key}" for line in lines for key in _filters(line)}))


def _pages(form: Form, document: Document, pictures: Pictures, label: _Labels) -> list[dict[str, object]]:
    marks = marks_on(form, document, pictures)
    return [_page(page, [mark for mark in marks if mark.page == page.number], label) for page in pictures.pages]


def _page(page: Picture, marks: Sequence[Mark], label: _Labels) -> dict[str, object]:
    return {
        "number": page.number,
        "width": f"{page.width:.0f}",
        "height": f"{page.height:.0f}",
        "kind": page.kind,
        "image": base64.b64encode(page.image).decode("ascii"),
        "marks": [
            label.mark(mark.fields, exact=mark.exact) | {"boxes": [_box(box) for box in mark.boxes]} for mark in marks
        ],
    }


def _box(box: Box) -> dict[str, str]:
    left, top, right, bottom = box
    return {
        "x": f"{left - _ROOM:.1f}",
        "y": f"{top - _ROOM:.1f}",
        "width": f"{right - left + 2 * _ROOM:.1f}",
        "height": f"{bottom - top + 2 * _ROOM:.1f}",
    }


def _blocks(form: Form, document: Document, label: _Labels) -> list[Node]:
    """The document's own words, where its pages cannot be drawn here."""
    words = WordsInOrder.of(document.blocks)
    stated = [answer for answer in form.answers.values() if answer.state != "blank" and answer.how != "derived"]
    places: dict[int, list[str]] = {}
    exact: dict[int, bool] = {}
    for field_id, pin in pinpointed(stated, form.found, words).items():
        for number in pin.paragraphs:
            places.setdefault(number, []).append(field_id)
            exact[number] = exact.get(number, True) and pin.exact
    marks: Callable[[int], dict[str, object] | None] = lambda number: (  # noqa: E731 - asked in reading order
        label.mark(places[number], exact=exact[number]) if number in places else None
    )
    return nodes(document.blocks, marks)


def _pages_note(pictures: Pictures, *, shown: bool, words: bool) -> str:
    if not shown:
        return (
            "The pages cannot be drawn on this computer, so here are the words and tables that were read."
            if words
            else "The pages of this form cannot be shown here. Please open the form itself beside this page."
        )
    said = []
    if pictures.converted:
        said.append("Drawn by LibreOffice: lines and pages may break elsewhere than in Word.")
    if pictures.count > len(pictures.pages):
        said.append(f"{len(pictures.pages)} of {pictures.count} pages are shown.")
    said.append("A frame stands around each answer that could be placed for certain; a dashed frame around its row.")
    return " ".join(said)
