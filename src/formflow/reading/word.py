"""Reading a Word file straight from its XML, so that nothing a person can leave an answer in is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from formflow.errors import Returned
from formflow.reading.document import Control, Document
from formflow.reading.package import Package, damaged, open_package
from formflow.reading.word_walk import Walk
from formflow.reading.xml import Element, attribute, local, parse

_SIDE_PARTS = (("header", "page header"), ("footer", "page footer"), ("footnotes", "footnote"), ("endnotes", "endnote"))


def read_word(content: bytes) -> Document:
    """What is written in a `.docx`, `.docm` or `.dotx`. Raises `Returned` when it cannot be read."""
    package = open_package(content)
    notes = list(_notes(package))
    main = _main_part(package)
    try:
        body = parse(package.parts[main])
    except KeyError as fault:
        raise damaged() from fault
    except etree.XMLSyntaxError as fault:
        raise _broken_markup(fault) from fault
    walk = Walk()
    walk.part(body, "")
    notes += _side_parts(package, walk)
    if walk.revised:
        notes.append("revisions")
    if _same_names(walk.controls):
        notes.append("same-name")
    return Document(
        "word",
        tuple(walk.controls),
        tuple(walk.lines),
        tuple(walk.tables),
        tuple(dict.fromkeys(notes)),
        _properties(package),
    )


def _main_part(package: Package) -> str:
    relations = package.parts.get("_rels/.rels")
    if relations is not None:
        for relation in _parsed(relations):
            if (attribute(relation, "Type") or "").endswith("/officeDocument"):
                return (attribute(relation, "Target") or "").lstrip("/")
    return "word/document.xml"


def _side_parts(package: Package, walk: Walk) -> list[str]:
    """Headers, footers and notes; one that is damaged does not make the document unreadable."""
    for name in sorted(package.parts):
        for start, where in _SIDE_PARTS:
            if name.startswith(f"word/{start}") and name.endswith(".xml"):
                try:
                    walk.part(parse(package.parts[name]), where)
                except etree.XMLSyntaxError:
                    return ["damaged-part"]
    return []


def _notes(package: Package) -> Iterator[str]:
    if any(name.lower().endswith("vbaproject.bin") for name in package.names):
        yield "macros"
    if any(name.startswith("word/embeddings/") for name in package.names):
        yield "attachments"
    if any(name.startswith("word/afchunk") or name.endswith((".mht", ".html")) for name in package.names):
        yield "odd-parts"
    if package.damaged:
        yield "damaged-part"
    for name, part in package.parts.items():
        if name.endswith(".rels") and any(_reaches_out(relation) for relation in _parsed(part)):
            yield "external-link"
            return


def _reaches_out(relation: Element) -> bool:
    kind = attribute(relation, "Type") or ""
    return attribute(relation, "TargetMode") == "External" and not kind.endswith(("/hyperlink", "/officeDocument"))


def _parsed(part: bytes) -> tuple[Element, ...]:
    try:
        return tuple(parse(part))
    except etree.XMLSyntaxError:
        return ()


def _properties(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _parsed(package.parts.get("docProps/core.xml", b"")):
        if local(element) == "title" and element.text:
            found["title"] = element.text
    for element in _parsed(package.parts.get("docProps/custom.xml", b"")):
        name = attribute(element, "name")
        if name and len(element):
            found[name] = element[0].text or ""
    return found


def _same_names(controls: list[Control]) -> bool:
    values: dict[str, set[tuple[str, bool | None]]] = defaultdict(set)
    for control in controls:
        if control.name and not control.repeated and control.kind != "group":
            values[control.name].add((control.raw.strip(), control.ticked))
    return any(len(different) > 1 for different in values.values())


def _broken_markup(fault: etree.XMLSyntaxError) -> Returned:
    words = str(fault).lower()
    if "depth" in words or "huge" in words or "too large" in words or "amplification" in words:
        return Returned("too-complex", "This file holds far more than a form ever does. Please save the form alone.")
    if "entity" in words or "dtd" in words:
        return Returned(
            "unsafe-xml",
            "This file holds instructions that a form never holds, so it was not opened. Please copy the answers into "
            "a fresh blank form.",
        )
    return damaged()
