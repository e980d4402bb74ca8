"""Reading a PDF form by walking the boxes on its pages, each on its own, so that no bad field hides the others."""

from __future__ import annotations

import io
import logging
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import cast

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import DictionaryObject, NullObject

from formflow.errors import Returned
from formflow.reading.document import Control, Document, paragraphs
from formflow.reading.package import damaged, locked, too_complex, too_large
from formflow.reading.pdf_fields import DEEPEST, NO_PAGE, Widget, controls_of, widget_of
from formflow.reading.pdf_pages import Pages, inks_of, laid_out
from formflow.reading.pdf_values import array_in, at, dictionary_in, text_of

MOST_PAGES = 2_000
MOST_FIELDS = 20_000

_STANDARD = frozenset(
    {"/Title", "/Author", "/Subject", "/Keywords", "/Creator", "/Producer", "/CreationDate", "/ModDate", "/Trapped"}
)
_FAULTS = (
    PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, AssertionError, OSError,
    NotImplementedError,
)  # fmt: skip
"""What pypdf lets out when a piece of a file is broken."""


class _Ear(logging.Handler):
    """Hears that pypdf stepped over something broken. Its words go no further: they quote what may be a name."""

    heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count what was lost, not what was put right."""
        self.heard += "Error(" in record.getMessage()


_EAR = _Ear()
_LOG = logging.getLogger("pypdf")
_LOG.addHandler(_EAR)
_LOG.propagate = False


def read_pdf(content: bytes) -> Document:
    """What is written in the fields of a PDF form, and its text by pages. Raises `Returned` when it cannot be read."""
    _EAR.heard = 0
    try:
        return _read(_open(content), content)
    except (LimitReachedError, RecursionError) as fault:
        raise _limit_met(fault) from fault


def _limit_met(fault: BaseException) -> Returned:
    words = str(fault).lower()
    if "decompress" in words:
        return too_large()
    return damaged() if "declared size" in words or "read stream length" in words else too_complex()


def _read(reader: PdfReader, content: bytes) -> Document:
    try:
        root = reader.root_object
        pages = cast("list[DictionaryObject]", list(reader.pages))
        form = _form(root)
    except LimitReachedError:
        raise
    except _FAULTS as fault:
        raise damaged() from fault
    if not pages:
        raise Returned("no-pages", "This PDF has no pages. Please check the original and drop it again.")
    if len(pages) > MOST_PAGES:
        raise too_complex()
    broken: list[str] = []
    controls = _controls(_widgets(pages, form, broken), broken)
    return _document(reader, content, controls, broken)


def _document(reader: PdfReader, content: bytes, controls: tuple[Control, ...], broken: list[str]) -> Document:
    """The document of a file with these controls, its pages laid out."""
    root, form = reader.root_object, _form(reader.root_object)
    asks = any(control.kind not in ("button", "signature") for control in controls)
    answered = any(control.raw.strip() or control.ticked for control in controls)
    only_adobe = form is not None and "/XFA" in form and not answered
    pages_read = _laid_out(content, controls) if not asks or only_adobe else Pages()
    _refuse_unreadable(pages_read, asks=asks, only_adobe=only_adobe)
    if _EAR.heard or pages_read.broken:
        broken.append("damaged-part")
    if pages_read.pictures:
        broken.append("picture-pages")
    notes = (*_notes(root, cast("list[DictionaryObject]", list(reader.pages))), *_same_names(controls), *broken)
    blocks = () if asks else (*pages_read.blocks, *pages_read.margins)
    return Document("pdf", controls, blocks, tuple(dict.fromkeys(notes)), _properties(reader))


def _open(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked()
    except LimitReachedError:
        raise
    except (FileNotDecryptedError, DependencyError) as fault:
        raise locked() from fault
    except _FAULTS as fault:
        raise (_limit_met(fault) if "Limit reached" in str(fault) else damaged()) from fault
    return reader


def _form(root: DictionaryObject) -> DictionaryObject | None:
    """The form of the file; None when it has none. One that is named and not there is damage, not absence."""
    named = root.get("/AcroForm")
    form = dictionary_in(named)
    if form is None and named is not None and not isinstance(named, NullObject):
        raise damaged()
    return form


def _widgets(pages: list[DictionaryObject], form: DictionaryObject | None, broken: list[str]) -> list[Widget]:
    """Every box of every field: those on pages in their order, then fields that no page shows."""
    found: list[Widget] = []
    seen: set[int] = set()
    for number, page in enumerate(pages, 1):
        for box, hurt in _boxes(page, broken):
            if id(box) not in seen:
                seen.add(id(box))
                found += _guarded(box, f"page {number}", broken, hurt=hurt)
        if len(found) > MOST_FIELDS:
            raise too_complex()
    named = {widget.name for widget in found}
    for box in _leaves(at(form, "/Fields") if form is not None else None, broken):
        if id(box) not in seen:
            found += [one for one in _guarded(box, NO_PAGE, broken, hurt=False) if one.name not in named]
    return found


def _boxes(page: DictionaryObject, broken: list[str]) -> Iterator[tuple[DictionaryObject, bool]]:
    """The boxes of a page, each with whether a part of it could not be read.

    What pypdf stepped over while it searched a file for its objects may have been a part of any of them.
    """
    for annotation in _guarded_list(page.get("/Annots"), broken):
        try:
            box = dictionary_in(annotation)
            is_field = box is not None and at(box, "/Subtype") == "/Widget"
        except LimitReachedError:
            raise
        except _FAULTS:
            broken.append("damaged-part")
            continue
        if box is not None and is_field:
            yield box, _EAR.heard > 0


def _guarded_list(thing: object, broken: list[str]) -> list[object]:
    try:
        return list(array_in(thing))
    except LimitReachedError:
        raise
    except _FAULTS:
        broken.append("damaged-part")
        return []


def _guarded(box: DictionaryObject, place: str, broken: list[str], *, hurt: bool) -> list[Widget]:
    """A box as a widget, alone in a list; an empty list and a note where it is broken."""
    try:
        return [widget_of(box, place, damaged=hurt)]
    except LimitReachedError:
        raise
    except _FAULTS:
        broken.append("damaged-part")
        return []


def _leaves(fields: object, broken: list[str]) -> Iterator[DictionaryObject]:
    """The fields at the ends of the tree; a branch that leads back to itself is left out, endless ones are refused."""
    waiting: deque[tuple[object, frozenset[int]]] = deque((item, frozenset()) for item in array_in(fields))
    for _ in range(MOST_FIELDS):
        if not waiting:
            return
        item, above = waiting.popleft()
        field = next(iter(_guarded_fields(item, broken)), None)
        if field is None or id(field) in above:
            broken.append("damaged-part")
            continue
        kids = [kid for kid in _guarded_list(at(field, "/Kids"), broken) if _is_named(kid)]
        if len(above) > DEEPEST:
            raise too_complex()
        waiting.extend((kid, above | {id(field)}) for kid in kids)
        if not kids:
            yield field
    if waiting:
        raise too_complex()


def _guarded_fields(item: object, broken: list[str]) -> Iterator[DictionaryObject]:
    try:
        field = dictionary_in(item)
    except LimitReachedError:
        raise
    except _FAULTS:
        broken.append("damaged-part")
    else:
        if field is not None:
            yield field


def _is_named(kid: object) -> bool:
    field = dictionary_in(kid)
    return field is not None and "/T" in field


def _controls(widgets: Iterable[Widget], broken: list[str]) -> tuple[Control, ...]:
    """One control for each field, in the order of their first boxes; several where one name holds different values."""
    groups: dict[str, list[Widget]] = defaultdict(list)
    for number, widget in enumerate(widgets):
        groups[widget.name or f"\0{number}"].append(widget)
    return tuple(control for boxes in groups.values() for control in controls_of(boxes))


def _laid_out(content: bytes, controls: tuple[Control, ...]) -> Pages:
    pages = laid_out(inks_of(content))
    if pages.broken and not pages.written and not controls:
        raise damaged()
    return pages


def _refuse_unreadable(pages: Pages, *, asks: bool, only_adobe: bool) -> None:
    words = " ".join(paragraph.text for paragraph in paragraphs(tuple(pages.blocks))).lower()
    if only_adobe and (not asks or "please wait" in words):
        raise Returned(
            "xfa-only",
            "This PDF is of a kind that only Adobe Reader can show (an XFA form), so its answers cannot be read. Open "
            "it in Adobe Reader, print it to PDF or copy the answers into the blank form, and drop that.",
        )
    if not asks and not words:
        raise Returned(
            "scan-no-text",
            "This is a picture of a form (a scan or a photograph), so formflow cannot read it. Please send the form as "
            "it was filled in, as Word or PDF, or copy the answers into the blank form.",
        )


def _notes(root: DictionaryObject, pages: Iterable[DictionaryObject]) -> Iterator[str]:
    try:
        names, opening = dictionary_in(root.get("/Names")), dictionary_in(root.get("/OpenAction"))
        held = {} if names is None else names
        if "/JavaScript" in held or "/AA" in root or (opening is not None and "/JS" in opening):
            yield "scripts"
        attached = (at(box, "/Subtype") == "/FileAttachment" for page in pages for box in _annotations(page))
        if "/EmbeddedFiles" in held or any(attached):
            yield "attachments"
    except _FAULTS:
        yield "damaged-part"


def _annotations(page: DictionaryObject) -> Iterator[DictionaryObject]:
    return (box for item in array_in(page.get("/Annots")) if (box := dictionary_in(item)) is not None)


def _same_names(controls: Iterable[Control]) -> Iterator[str]:
    values: dict[str, set[str]] = defaultdict(set)
    for control in controls:
        values[control.name].add(control.raw)
    if any(len(different) > 1 for name, different in values.items() if name):
        yield "same-name"


def _properties(reader: PdfReader) -> dict[str, str]:
    """The title, and the properties that the form's maker added under names of their own."""
    found: dict[str, str] = {}
    try:
        for key, value in (reader.metadata or {}).items():
            if key == "/Title" or key not in _STANDARD:
                found["title" if key == "/Title" else str(key).removeprefix("/")] = text_of(value)
    except _FAULTS:
        return found
    return found
