"""Filling in our own Word form as a person would leave it, for samples, tests and forms that come back half filled."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from lxml import etree

from formflow.extracting.dictionary import Dictionary
from formflow.rendering.forms.filled import Filled, fillings
from formflow.rendering.forms.stencil import UNWRITABLE, Shape, Stencil, cut, placeholder, shape_of, words_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BODY = "word/document.xml"
_MARK = "\ue000the words of this copy\ue000"
"""Stands where the words of each copy come, between characters that nobody types."""

Element = etree._Element


def fill_word(blank: bytes, answers: Mapping[str, object], dictionary: Dictionary) -> bytes:
    """Our Word form with answers by field id (values as in the command-line contract, `Raw` for words as they are).

    Rows beyond those on the form are added as Word adds them: a copy of the last row with the same names. Characters
    that no Word file can hold are dropped.
    """
    made = tuple(fillings(answers, dictionary))
    return _stencil(blank, tuple(map(shape_of, made))).filled(made)


def fill_each(
    blank: bytes, answers: Mapping[str, object], one: str, values: Sequence[str], dictionary: Dictionary
) -> Iterator[bytes]:
    """A copy of our Word form for each of the values, which stands in the text field `one`; `answers` stand in all."""
    if not values:
        return
    made = tuple(fillings({**answers, one: _MARK}, dictionary))
    stencil, words = _stencil(blank, tuple(map(shape_of, made))), words_of(made)
    for value in values:
        written = UNWRITABLE.sub("", value)
        yield stencil.written({place: line.replace(_MARK, written) for place, line in words.items()})


@lru_cache(maxsize=8)
def _stencil(blank: bytes, shapes: tuple[Shape, ...]) -> Stencil:
    """A blank form with gaps for the words of some of its controls. Raises `KeyError` where it has no such control."""
    with zipfile.ZipFile(io.BytesIO(blank)) as package:
        parts = {item.filename: package.read(item) for item in package.infolist()}
    root = etree.fromstring(parts[_BODY])
    controls = _controls(root)
    for number, shape in enumerate(shapes):
        filling = placeholder(number, shape)
        if filling.name not in controls:
            _add_row(root, filling.name)
            controls = _controls(root)
        _fill(controls[filling.name], filling)
    for number, element in enumerate(root.iter(f"{_W}sdtPr"), 1):
        if (id_ := element.find(f"{_W}id")) is not None:
            id_.set(f"{_W}val", str(100_000_000 + number))
    _rename_added(root)
    parts[_BODY] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return cut(parts, _BODY)


def _controls(root: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for sdt in root.iter(f"{_W}sdt"):
        tag = sdt.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            found.setdefault(str(tag.get(f"{_W}val")), sdt)
    return found


def _fill(sdt: Element, filling: Filled) -> None:
    properties, content = sdt.find(f"{_W}sdtPr"), sdt.find(f"{_W}sdtContent")
    assert properties is not None  # noqa: S101 - our own form has both
    assert content is not None  # noqa: S101 - our own form has both
    if (box := properties.find(f"{_W14}checkbox")) is not None:
        checked, shown = box.find(f"{_W14}checked"), content.find(f".//{_W}t")
        assert checked is not None  # noqa: S101 - our own form has both
        assert shown is not None  # noqa: S101 - our own form has both
        checked.set(f"{_W14}val", "1" if filling.ticked else "0")
        shown.text = "☒" if filling.ticked else "☐"
        return
    if (prompt := properties.find(f"{_W}showingPlcHdr")) is not None:
        properties.remove(prompt)
    if (day := properties.find(f"{_W}date")) is not None and filling.day:
        day.set(f"{_W}fullDate", f"{filling.day}T00:00:00Z")
    if "\n" in filling.text and (kind := properties.find(f"{_W}text")) is not None:
        properties.remove(kind)  # LibreOffice draws the line breaks of a plain control before its words
    for old in list(content):
        content.remove(old)
    written = etree.SubElement(content, f"{_W}r")
    for number, line in enumerate(filling.text.split("\n")):
        if number:
            etree.SubElement(written, f"{_W}br")
        words = etree.SubElement(written, f"{_W}t")
        words.text = line
        words.set(_SPACE, "preserve")


def _add_row(root: Element, name: str) -> None:
    """Copy the last row of the table that a name belongs to, emptied, under the wanted number for now."""
    found = re.match(r"(\w+?)_(\d+)_", name)
    rows = _controls(root).get(f"{found[1]}_rows") if found else None
    if found is None or rows is None:
        raise KeyError(f"the form has no place for {name}")
    content = rows.find(f"{_W}sdtContent")
    assert content is not None  # noqa: S101 - our own form has it
    row = copy.deepcopy(content[-1])
    blank_row = copy.deepcopy(content[0])
    for kept, emptied in zip(row.iter(f"{_W}tag"), blank_row.iter(f"{_W}tag"), strict=True):
        old = str(kept.get(f"{_W}val"))
        emptied.set(f"{_W}val", re.sub(r"^(\w+?_)\d+_", rf"\g<1>{found[2]}_", old))
        emptied.set(
            "added",
            re.sub(r"_\d+_", f"_{len(content)}_", old) if "added" not in kept.attrib else str(kept.get("added")),
        )
    _empty(blank_row)
    content.append(blank_row)


def _empty(row: Element) -> None:
    for sdt in row.iter(f"{_W}sdt"):
        properties, content = sdt.find(f"{_W}sdtPr"), sdt.find(f"{_W}sdtContent")
        if properties is None or content is None or sdt.find(f".//{_W15}repeatingSectionItem") is not None:
            continue
        if (checked := properties.find(f"{_W14}checkbox/{_W14}checked")) is not None:
            checked.set(f"{_W14}val", "0")
            for shown in content.iter(f"{_W}t"):
                shown.text = "☐"
        elif properties.find(f"{_W}showingPlcHdr") is None:
            for shown in content.iter(f"{_W}t"):
                shown.text = ""


def _rename_added(root: Element) -> None:
    """Give added rows the names that Word gives them: those of the row they were copied from."""
    for tag in root.iter(f"{_W}tag"):
        if name := tag.attrib.pop("added", ""):
            tag.set(f"{_W}val", str(name))
