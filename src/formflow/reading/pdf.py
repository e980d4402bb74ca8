"""Reading a PDF form by walking the boxes on its pages, each on its own, so that no bad field hides the others."""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from pypdf import PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, PdfObject, StreamObject

from formflow.errors import Returned
from formflow.reading.document import Control, Document, Line
from formflow.reading.package import damaged, locked
from formflow.reading.pdf_fields import Widget, control_of, field_of

MOST_PAGES = 2_000
MOST_FIELDS = 20_000

_FAULTS = (
    PyPdfError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    RecursionError,
    AssertionError,
    OSError,
)
"""What pypdf lets out when a piece of a file is broken."""


def read_pdf(content: bytes) -> Document:
    """What is written in the fields of a PDF form, and its text by pages. Raises `Returned` when it cannot be read."""
    reader = _open(content)
    try:
        root = reader.root_object
        pages = list(reader.pages)
    except _FAULTS as fault:
        raise damaged() from fault
    if not pages:
        raise Returned("no-pages", "This PDF has no pages. Please check the original and drop it again.")
    if len(pages) > MOST_PAGES:
        raise Returned("too-complex", "This PDF has more than 2,000 pages. Please drop the form alone.")
    form = _dictionary(root.get("/AcroForm"))
    widgets, broken = _widgets(cast("list[DictionaryObject]", pages), form)
    controls, more_broken = _controls(widgets)
    lines = _lines(reader) if not controls else ()
    _refuse_unreadable(form, controls, lines)
    notes = _notes(root, controls)
    if broken or more_broken:
        notes.append("damaged-part")
    return Document("pdf", tuple(controls), lines, (), tuple(notes), _properties(reader))


def _open(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise locked()
    except (FileNotDecryptedError, DependencyError, NotImplementedError) as fault:
        raise locked() from fault
    except _FAULTS as fault:
        raise damaged() from fault
    return reader


def _widgets(pages: list[DictionaryObject], form: DictionaryObject | None) -> tuple[list[Widget], bool]:
    """Every box of every field: those on pages in their order, then fields that no page shows."""
    found: list[Widget] = []
    seen: set[int] = set()
    broken = False
    for number, page in enumerate(pages, 1):
        try:
            annotations = list(_array(page.get("/Annots")))
        except _FAULTS:
            broken = True
            continue
        for annotation in annotations:
            try:
                box = _dictionary(annotation)
                if box is not None and box.get("/Subtype") == "/Widget":
                    seen.add(id(box))
                    found.append(field_of(box, f"page {number}"))
            except _FAULTS:
                broken = True
        if len(found) > MOST_FIELDS:
            raise Returned("too-complex", "This PDF has more than 20,000 fields. Please drop the form alone.")
    named = {widget.name for widget in found}
    try:
        for box in _leaves(_array(form.get("/Fields")) if form is not None else (), 0):
            if id(box) not in seen and (widget := field_of(box, "no page")).name not in named:
                found.append(widget)
    except _FAULTS:
        broken = True
    return found, broken


def _leaves(fields: Iterator[PdfObject] | tuple[PdfObject, ...], depth: int) -> Iterator[DictionaryObject]:
    for item in fields:
        field = _dictionary(item)
        if field is None or depth > 32:
            continue
        kids = [kid for kid in _array(field.get("/Kids")) if (named := _dictionary(kid)) is not None and "/T" in named]
        if kids:
            yield from _leaves(tuple(kids), depth + 1)
        else:
            yield field


def _controls(widgets: list[Widget]) -> tuple[list[Control], bool]:
    """One control for each field, in the order of their first boxes; several where one name holds different values."""
    groups: dict[str, list[Widget]] = defaultdict(list)
    for number, widget in enumerate(widgets):
        groups[widget.name or f"\0{number}"].append(widget)
    controls: list[Control] = []
    broken = False
    for boxes in groups.values():
        try:
            controls.extend(control_of(boxes))
        except _FAULTS:
            broken = True
    return controls, broken


def _lines(reader: PdfReader) -> tuple[Line, ...]:
    lines: list[Line] = []
    for number, page in enumerate(reader.pages, 1):
        try:
            text = page.extract_text()
        except _FAULTS:
            continue
        lines.extend(Line(line.strip(), f"page {number}") for line in text.splitlines() if line.strip())
    return tuple(lines)


def _refuse_unreadable(form: DictionaryObject | None, controls: list[Control], lines: tuple[Line, ...]) -> None:
    if controls:
        return
    words = " ".join(line.text for line in lines).lower()
    if form is not None and "/XFA" in form:
        raise Returned(
            "xfa-only",
            "This PDF is of a kind that only Adobe Reader can show (an XFA form), so its answers cannot be read. Open "
            "it in Adobe Reader, print it to PDF or copy the answers into the blank form, and drop that.",
        )
    if not words:
        raise Returned(
            "scan-no-text",
            "This is a picture of a form (a scan or a photograph), so formflow cannot read it. Please send the form as "
            "it was filled in, as Word or PDF, or copy the answers into the blank form.",
        )


def _notes(root: DictionaryObject, controls: list[Control]) -> list[str]:
    notes: list[str] = []
    names = _dictionary(root.get("/Names"))
    opening = _dictionary(root.get("/OpenAction"))
    if (names is not None and "/JavaScript" in names) or (opening is not None and "/JS" in opening) or "/AA" in root:
        notes.append("scripts")
    if names is not None and "/EmbeddedFiles" in names:
        notes.append("attachments")
    values: dict[str, set[str]] = defaultdict(set)
    for control in controls:
        values[control.name].add(control.raw)
    if any(len(different) > 1 for name, different in values.items() if name):
        notes.append("same-name")
    return notes


def _properties(reader: PdfReader) -> dict[str, str]:
    try:
        held: Mapping[str, object] = reader.metadata or {}
        return {
            ("title" if key == "/Title" else str(key).lstrip("/")): str(value)
            for key, value in held.items()
            if isinstance(value, str)
        }
    except _FAULTS:
        return {}


def _dictionary(thing: object) -> DictionaryObject | None:
    resolved = thing.get_object() if isinstance(thing, PdfObject) else thing
    return resolved if isinstance(resolved, DictionaryObject) and not isinstance(resolved, StreamObject) else None


def _array(thing: object) -> Iterator[PdfObject]:
    resolved = thing.get_object() if isinstance(thing, PdfObject) else thing
    return iter(resolved) if isinstance(resolved, ArrayObject) else iter(())
