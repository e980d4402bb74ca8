"""Reading a PDF form: the boxes on its pages each on its own, and what is printed there laid out around them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pikepdf
from pikepdf import Dictionary

from formflow.errors import Returned
from formflow.reading.document import Control, Document, paragraphs
from formflow.reading.ocr import FEWEST_WORDS, read_pictures
from formflow.reading.own_form import VERSION_CONTROL as EDITION
from formflow.reading.own_form import is_own
from formflow.reading.package import damaged
from formflow.reading.pdf_about import notes_of, properties_of
from formflow.reading.pdf_beside import labelled, with_words, words_of
from formflow.reading.pdf_fields import Widget, controls_of
from formflow.reading.pdf_ink import Ink
from formflow.reading.pdf_known import Made, Printed, Shelf
from formflow.reading.pdf_open import names_in_root, open_pdf, pages_of
from formflow.reading.pdf_pages import Extras, Pages, inks_of, is_picture, laid_out
from formflow.reading.pdf_pinned import Pinned, comments_of
from formflow.reading.pdf_safe import made_safe, saved
from formflow.reading.pdf_values import FAULTS, dictionary_in
from formflow.reading.pdf_widgets import Boxes, boxes_of

_BUTTONS = ("button", "signature")
_SHELF = Shelf()


def read_pdf(content: bytes, *, whole: bool = True) -> Document:
    """What is written on the pages of a PDF and in its fields. Raises `Returned` when it cannot be read.

    Unless the `whole` is wanted, the pages of a form of our own are passed over: every answer is in its boxes.
    """
    with open_pdf(content) as pdf:
        pages = pages_of(pdf)
        try:
            form = _form(pdf, content)
        except FAULTS as fault:
            raise damaged() from fault
        return _document(pdf, pages, form, content, whole=whole)


def _form(pdf: pikepdf.Pdf, content: bytes) -> Dictionary | None:
    """The form of the file; None when it has none. One that is named and not there is damage, not absence."""
    form = dictionary_in(pdf.Root.get("/AcroForm"))
    if form is None and names_in_root(pdf, content, b"/AcroForm"):
        raise damaged()
    return form


def _document(
    pdf: pikepdf.Pdf, pages: Sequence[Dictionary], form: Dictionary | None, content: bytes, *, whole: bool
) -> Document:
    properties = properties_of(pdf)
    boxes = boxes_of(pdf, pages, form, content, placed=EDITION not in properties)
    made = list(_controls(boxes.widgets))
    controls = tuple(control for control, _ in made)
    if not whole and (own := _own(pdf, pages, form, content, boxes, made, properties)) is not None:
        return own
    asks = any(control.kind not in _BUTTONS for control in controls)
    read = Pages() if asks and EDITION in properties else _laid_out(pdf, pages, content, made, boxes.pinned)
    if read.broken and not read.written and not controls:
        raise damaged()
    notes = [*notes_of(pdf, pages), *_same_names(controls), *_notes(boxes, read)]
    if read.sure is not None:
        properties["certainty"] = f"{read.sure:.0f}%"
    if form is not None and "/XFA" in form:
        from formflow.reading.pdf_xfa import differing, told_by_data, xfa_blocks  # it alone brings an XML parser

        if not any(control.raw.strip() or control.ticked for control in controls) and (kept := told_by_data(form)):
            return Document("pdf", kept, xfa_blocks(kept), (*notes, "xfa"), properties)
        _refuse_adobe_only(read, controls, asks=asks)
        controls = differing(controls, form)
    if not asks:
        _refuse_pictures(read)
    blocks = (*read.blocks, *read.margins, *read.notes)
    return Document("pdf", labelled(controls, blocks), blocks, tuple(dict.fromkeys(notes)), properties)


def _own(
    pdf: pikepdf.Pdf,
    pages: Sequence[Dictionary],
    form: Dictionary | None,
    content: bytes,
    boxes: Boxes,
    made: Made,
    properties: dict[str, str],
) -> Document | None:
    """A form of our own on whose pages nothing stands but the form; None for any other file."""
    controls = tuple(control for control, _ in made)
    sound = form is not None and "/XFA" not in form and not boxes.broken and not boxes.pinned
    if not sound or EDITION in properties or not is_own(controls):
        return None

    def lay_out(blank: Made) -> Printed:
        read = _laid_out(pdf, pages, content, blank, ())
        return Printed(
            words_of((*read.blocks, *read.margins, *read.notes)), tuple(_notes(Boxes(placed=True), read)), read.sure
        )

    printed = _SHELF.printed(pages, made, lay_out)
    if printed is None or printed.sure is not None:
        return None
    notes = (*notes_of(pdf, pages), *_same_names(controls), *_notes(boxes, Pages()), *printed.notes)
    return Document("pdf", with_words(controls, printed.words), (), tuple(dict.fromkeys(notes)), properties)


def _notes(boxes: Boxes, read: Pages) -> Iterator[str]:
    """What is worth knowing about what was read, and what was not."""
    if boxes.broken or read.broken or any(widget.damaged for widget in boxes.widgets):
        yield "damaged-part"
    if read.pictures:
        yield "picture-pages"
    if read.sure is not None:
        yield "read-from-picture"
    if any(one.drawn for one in boxes.pinned):
        yield "drawn-on"


def _controls(widgets: Iterable[Widget]) -> Iterator[tuple[Control, Sequence[Widget]]]:
    """One control for each field, in the order of their first boxes; several where one name holds different values."""
    groups: dict[str, list[Widget]] = defaultdict(list)
    for number, widget in enumerate(widgets):
        groups[widget.name or f"\0{number}"].append(widget)
    for boxes in groups.values():
        yield from controls_of(boxes)


def _laid_out(
    pdf: pikepdf.Pdf,
    pages: Sequence[Dictionary],
    content: bytes,
    made: Sequence[tuple[Control, Sequence[Widget]]],
    pinned: Sequence[Pinned],
) -> Pages:
    """The pages with their boxes. Where a page cannot be laid out its fields still count."""
    safe, cut = made_safe(pdf, pages, content)
    extras: dict[int, Extras] = defaultdict(Extras)
    for number, (control, boxes) in enumerate(made):
        for widget in boxes:
            if widget.page is not None:
                extras[widget.page].placed.append((number, control, widget))
    for one in pinned:
        extras[one.page].pinned.append(one)
    inks = inks_of(safe)
    if inks is None:  # qpdf mends what PDFium gives up
        inks, cut = inks_of(saved(pdf)) or [], True
    sure = _pictures_read(safe, inks, extras)
    read = laid_out(inks, extras)
    read.sure = sum(sure) / len(sure) if sure else None
    read.notes += comments_of(pinned)
    read.broken = read.broken or cut or len(inks) < len(pages)
    return read


def _pictures_read(content: bytes, inks: Sequence[Ink], extras: Mapping[int, Extras]) -> list[float]:
    """Read the pages that are pictures where most of the file is; how sure each word is."""
    numbers = [ink.number for ink in inks if is_picture(ink) and ink.number not in extras]
    if 2 * len(numbers) < len(inks) or not numbers:
        return []
    return read_pictures(content, inks, numbers)


def _words(pages: Pages) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs(tuple(pages.blocks)))


def _refuse_adobe_only(pages: Pages, controls: Sequence[Control], *, asks: bool) -> None:
    """Refuse a form of which nothing can be seen but a notice: everything is in data that only Adobe Reader shows."""
    answered = any(control.raw.strip() or control.ticked for control in controls)
    if not answered and (not asks or "please wait" in _words(pages).lower()):
        raise Returned(
            "xfa-only",
            "This PDF is of a kind that only Adobe Reader can show (an XFA form), so its answers cannot be read. Open "
            "it in Adobe Reader, print it to PDF or copy the answers into the blank form, and drop that.",
        )


def _refuse_pictures(pages: Pages) -> None:
    """Refuse a file without boxes to read and hardly a word on its pages."""
    words = _words(pages).split()
    few = pages.sure is not None and len(words) < FEWEST_WORDS
    if few or (not words and (pages.pictures or not pages.written)):
        raise Returned(
            "scan-no-text",
            "This is a picture of a form (a scan or a photograph), so formflow cannot read it. Please send the form as "
            "it was filled in, as Word or PDF, or copy the answers into the blank form.",
        )


def _same_names(controls: Iterable[Control]) -> Iterator[str]:
    values: dict[str, set[str]] = defaultdict(set)
    for control in controls:
        values[control.name].add(control.raw)
    if any(len(different) > 1 for name, different in values.items() if name):
        yield "same-name"
