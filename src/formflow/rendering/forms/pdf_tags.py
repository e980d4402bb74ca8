"""Finishing our PDF form: fields with tooltips and tab order, language, title, and a structure to read by."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from formflow.rendering.forms.pdf_sheet import FieldBox

_MULTILINE, _COMBO, _READ_ONLY = 1 << 12, 1 << 17, 1
_LOOK = "/Helv 9 Tf 0.043 0.047 0.047 rg"


def finish(content: bytes, fields: Sequence[FieldBox], version_name: str, version: str, title: str) -> bytes:
    """The drawn pages with their fields."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.pdf_header = "%PDF-1.7"  # language, structure and tab order are younger than what the drawing says it is
    fonts = DictionaryObject({NameObject("/Helv"): writer._add_object(_font("/Helvetica")),
                              NameObject("/ZaDb"): writer._add_object(_font("/ZapfDingbats"))})  # fmt: skip
    form = DictionaryObject(
        {
            NameObject("/Fields"): ArrayObject(),
            NameObject("/DR"): DictionaryObject({NameObject("/Font"): fonts}),
            NameObject("/DA"): TextStringObject(_LOOK),
        }
    )
    structure, shapes = _Structure(writer), _Shapes(writer)
    for box in fields:
        _add(writer, form, structure, shapes, box)
    _add_version(writer, form, version_name, version)
    writer._root_object[NameObject("/AcroForm")] = writer._add_object(form)
    structure.close()
    writer._root_object[NameObject("/Lang")] = TextStringObject("en-GB")
    writer._root_object[NameObject("/ViewerPreferences")] = DictionaryObject(
        {NameObject("/DisplayDocTitle"): BooleanObject(True)}
    )
    writer.metadata = {"/Title": title, "/Producer": "formflow", "/FormVersion": version}
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


class _Structure:
    """The tree that tells a screen reader which box is which, in reading order."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._root = DictionaryObject({NameObject("/Type"): NameObject("/StructTreeRoot")})
        self._root_ref = writer._add_object(self._root)
        self._document = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Document"),
                NameObject("/P"): self._root_ref,
                NameObject("/K"): ArrayObject(),
            }
        )
        self._document_ref = writer._add_object(self._document)
        self._numbers = ArrayObject()

    def form(self, box: DictionaryObject, reference: PdfObject, page: PdfObject, words: str) -> None:
        """A box as an element of its own, with its words."""
        number = len(self._numbers) // 2
        held = DictionaryObject(
            {NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): reference, NameObject("/Pg"): page}
        )
        element = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/StructElem"),
                NameObject("/S"): NameObject("/Form"),
                NameObject("/P"): self._document_ref,
                NameObject("/Alt"): TextStringObject(words),
                NameObject("/K"): held,
            }
        )
        element_ref = self._writer._add_object(element)
        kids = self._document["/K"]
        assert isinstance(kids, ArrayObject)  # noqa: S101 - made so above
        kids.append(element_ref)
        box[NameObject("/StructParent")] = NumberObject(number)
        self._numbers.extend((NumberObject(number), element_ref))

    def close(self) -> None:
        """Hang the tree into the document."""
        self._root[NameObject("/K")] = self._document_ref
        self._root[NameObject("/ParentTree")] = self._writer._add_object(
            DictionaryObject({NameObject("/Nums"): self._numbers})
        )
        self._root[NameObject("/ParentTreeNextKey")] = NumberObject(len(self._numbers) // 2)
        self._writer._root_object[NameObject("/StructTreeRoot")] = self._root_ref
        self._writer._root_object[NameObject("/MarkInfo")] = DictionaryObject(
            {NameObject("/Marked"): BooleanObject(True)}
        )


def _add(writer: PdfWriter, form: DictionaryObject, structure: _Structure, shapes: _Shapes, box: FieldBox) -> None:
    page = writer.pages[box.page - 1]
    page_ref = page.indirect_reference
    assert page_ref is not None  # noqa: S101 - every page of a writer has one
    widget = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(box.name),
            NameObject("/TU"): TextStringObject(box.tip),
            NameObject("/Rect"): ArrayObject(FloatObject(round(edge, 2)) for edge in box.box),
            NameObject("/F"): NumberObject(4),
            NameObject("/P"): page_ref,
        }
    )
    _kind(shapes, widget, box)
    reference = writer._add_object(widget)
    page.setdefault(NameObject("/Annots"), ArrayObject())
    annotations = page["/Annots"].get_object()
    assert isinstance(annotations, ArrayObject)  # noqa: S101 - made so above
    annotations.append(reference)
    page[NameObject("/Tabs")] = NameObject("/S")
    fields = form["/Fields"]
    assert isinstance(fields, ArrayObject)  # noqa: S101 - made so above
    fields.append(reference)
    structure.form(widget, reference, page_ref, box.tip)


def _kind(shapes: _Shapes, widget: DictionaryObject, box: FieldBox) -> None:
    if box.kind == "tick":
        size = box.box[2] - box.box[0]
        widget[NameObject("/FT")] = NameObject("/Btn")
        widget[NameObject("/V")] = widget[NameObject("/AS")] = NameObject("/Off")
        widget[NameObject("/DA")] = TextStringObject("/ZaDb 0 Tf 0.043 0.047 0.047 rg")
        widget[NameObject("/MK")] = DictionaryObject({NameObject("/CA"): TextStringObject("8")})
        states = DictionaryObject(
            {
                NameObject(f"/{box.export}"): shapes.of(size, ticked=True),
                NameObject("/Off"): shapes.of(size, ticked=False),
            }
        )
        widget[NameObject("/AP")] = DictionaryObject({NameObject("/N"): states})
        return
    widget[NameObject("/FT")] = NameObject("/Ch" if box.kind == "choice" else "/Tx")
    widget[NameObject("/DA")] = TextStringObject(_LOOK)
    if box.kind == "choice":
        widget[NameObject("/Ff")] = NumberObject(_COMBO)
        widget[NameObject("/Opt")] = ArrayObject(TextStringObject(option) for option in box.options)
    elif box.kind == "long":
        widget[NameObject("/Ff")] = NumberObject(_MULTILINE)


def _cross(size: float) -> str:
    inset = size * 0.22
    far = size - inset
    stroke = f"{inset:.2f} {inset:.2f} m {far:.2f} {far:.2f} l {inset:.2f} {far:.2f} m {far:.2f} {inset:.2f} l S"
    return f"0.043 0.047 0.047 RG {size * 0.12:.2f} w {stroke}"


class _Shapes:
    """What boxes look like, each drawn once and shared: a form has hundreds of boxes of two sizes."""

    def __init__(self, writer: PdfWriter) -> None:
        self._writer = writer
        self._drawn: dict[tuple[float, bool], PdfObject] = {}

    def of(self, size: float, *, ticked: bool) -> PdfObject:
        """The appearance of a box of a size."""
        key = (round(size, 2), ticked)
        if key not in self._drawn:
            stream = DecodedStreamObject()
            stream.set_data(f"q {_cross(size) if ticked else ''} Q".encode("ascii"))
            stream[NameObject("/Type")] = NameObject("/XObject")
            stream[NameObject("/Subtype")] = NameObject("/Form")
            stream[NameObject("/BBox")] = ArrayObject(FloatObject(n) for n in (0, 0, size, size))
            self._drawn[key] = self._writer._add_object(stream)
        return self._drawn[key]


def _add_version(writer: PdfWriter, form: DictionaryObject, name: str, version: str) -> None:
    """The form's version in a field that shows nowhere: parent and kid, because a dot may not stand in one name."""
    parent_name, _, kid_name = name.partition(".")
    parent = DictionaryObject({NameObject("/T"): TextStringObject(parent_name), NameObject("/FT"): NameObject("/Tx")})
    parent_ref = writer._add_object(parent)
    page = writer.pages[0]
    page_ref = page.indirect_reference
    assert page_ref is not None  # noqa: S101 - every page of a writer has one
    kid = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Widget"),
            NameObject("/T"): TextStringObject(kid_name),
            NameObject("/TU"): TextStringObject("Form and version"),
            NameObject("/V"): TextStringObject(version),
            NameObject("/Ff"): NumberObject(_READ_ONLY),
            NameObject("/DA"): TextStringObject("/Helv 7 Tf 0.314 0.353 0.373 rg"),
            NameObject("/Rect"): ArrayObject(FloatObject(n) for n in (440, 30, 540, 44)),
            NameObject("/F"): NumberObject(2),
            NameObject("/P"): page_ref,
            NameObject("/Parent"): parent_ref,
        }
    )
    kid_ref = writer._add_object(kid)
    parent[NameObject("/Kids")] = ArrayObject([kid_ref])
    annotations = page["/Annots"].get_object()
    fields = form["/Fields"]
    assert isinstance(annotations, ArrayObject)  # noqa: S101 - the first page has fields
    assert isinstance(fields, ArrayObject)  # noqa: S101 - made so above
    annotations.append(kid_ref)
    fields.append(parent_ref)


def _font(name: str) -> DictionaryObject:
    held = {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject(name),
    }
    if name == "/Helvetica":
        held[NameObject("/Encoding")] = NameObject("/WinAnsiEncoding")
    return DictionaryObject(held)
