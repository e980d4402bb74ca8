"""Reading a Word file straight from its XML, so that nothing a person can leave an answer in is lost."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from lxml import etree

from formflow.reading.document import Control, Document
from formflow.reading.package import Package, damaged, open_package
from formflow.reading.word_controls import Glossary
from formflow.reading.word_lines import part
from formflow.reading.word_looks import Styles
from formflow.reading.word_scene import finished
from formflow.reading.word_steps import STEPS
from formflow.reading.word_walk import Walk
from formflow.reading.xml import Element, attribute, child, local, parse

_SIDE_PARTS = (
    ("header", "page header"),
    ("footer", "page footer"),
    ("footnotes", "footnote"),
    ("endnotes", "endnote"),
    ("comments", "comment"),
)
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_REVISIONS = ("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")


def read_word(content: bytes) -> Document:
    """What is written in a `.docx`, `.docm` or `.dotx`. Raises `Returned` when it cannot be read."""
    package = open_package(content)
    notes = list(_notes(package))
    main = _main_part(package)
    try:
        body = parse(package.parts[main])
    except (KeyError, etree.XMLSyntaxError) as fault:
        raise damaged() from fault
    folder = posixpath.dirname(main)
    walk = Walk(STEPS, _glossary(package, folder), Styles(lambda: _root(package.parts.get(f"{folder}/styles.xml"))))
    part(walk, body, "")
    if _revised(body):
        notes.append("revisions")
    body_blocks, walk.blocks = walk.blocks, []
    notes += _side_parts(package, folder, walk)
    if walk.hidden:
        notes.append("hidden-text")
    controls = tuple(met.labelled() for met in walk.met)
    if _same_names(controls):
        notes.append("same-name")
    blocks = finished([*body_blocks, *walk.boxes, *walk.blocks])
    return Document("word", controls, blocks, tuple(dict.fromkeys(notes)), _properties(package))


def _main_part(package: Package) -> str:
    for relation in _parsed(package.parts.get("_rels/.rels", b"")):
        if (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((attribute(relation, "Target") or "").lstrip("/")).lower()
    return "word/document.xml"


def _side_parts(package: Package, folder: str, walk: Walk) -> Iterator[str]:
    """Walk through headers, footers and notes; one that is damaged does not make the document unreadable."""
    for start, where in _SIDE_PARTS:
        for name in _called(package, f"{folder}/{start}"):
            try:
                root = parse(package.parts[name])
            except etree.XMLSyntaxError:
                yield "damaged-part"
                continue
            if where in ("footnote", "endnote", "comment"):
                for note in root:
                    if attribute(note, "type") not in _NO_NOTES:
                        number = walk.note(where, attribute(note, "id") or "")
                        part(walk, note, f"{where} {number}")
            else:
                part(walk, root, where)
            if _revised(root):
                yield "revisions"


def _called(package: Package, start: str) -> list[str]:
    """The parts of that name, numbered or not: `word/header2.xml`, but not `word/commentsExtended.xml`."""
    named = (name for name in package.parts if name.startswith(start) and name.endswith(".xml"))
    return sorted(name for name in named if not name[len(start) : -4].strip("0123456789"))


def _revised(root: Element) -> bool:
    return next(root.iter(*_REVISIONS), None) is not None


def _glossary(package: Package, folder: str) -> Glossary:
    """The form's own prompts by name; the part that holds them is opened when the first is asked for."""

    @cache
    def prompts() -> dict[str, str]:
        found: dict[str, str] = {}
        for parts in _parsed(package.parts.get(f"{folder}/glossary/document.xml", b"")):
            for entry in parts:
                name = attribute(child(child(entry, "docPartPr"), "name"), "val")
                if name is not None:
                    found[name] = "".join(text.text or "" for text in entry.iter("{*}t"))
        return found

    return lambda name: prompts().get(name)


def _notes(package: Package) -> Iterator[str]:
    if any(name.endswith("vbaproject.bin") for name in package.names):
        yield "macros"
    if any("/embeddings/" in name for name in package.names):
        yield "attachments"
    if any("/activex/" in name or ".." in name or name.startswith("/") or ":" in name for name in package.names):
        yield "odd-parts"
    if package.damaged:
        yield "damaged-part"
    for name, held in package.parts.items():
        if name.endswith(".rels"):
            for relation in _parsed(held):
                yield from _relation_notes(relation, name)


def _relation_notes(relation: Element, part: str) -> Iterator[str]:
    kind, target = attribute(relation, "Type") or "", attribute(relation, "Target") or ""
    outside = attribute(relation, "TargetMode") == "External"
    if outside and not kind.endswith("/hyperlink"):
        yield "external-link"
    if kind.endswith("/aFChunk") or (not outside and _leads_astray(target, part)):
        yield "odd-parts"


def _leads_astray(target: str, part: str) -> bool:
    """Whether a relationship inside the file points at something that cannot be in it."""
    folder = posixpath.dirname(posixpath.dirname(part))
    return ":" in target.partition("#")[0] or posixpath.normpath(posixpath.join(folder, target)).startswith("..")


def _parsed(part: bytes) -> tuple[Element, ...]:
    root = _root(part)
    return () if root is None else tuple(root)


def _root(part: bytes | None) -> Element | None:
    """The root of a part that the document may be read without; None when it is not there or broken."""
    try:
        return parse(part) if part is not None else None
    except etree.XMLSyntaxError:
        return None


def _properties(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in _parsed(package.parts.get("docprops/core.xml", b"")):
        if local(element) == "title" and element.text:
            found["title"] = element.text
    for element in _parsed(package.parts.get("docprops/custom.xml", b"")):
        name = attribute(element, "name")
        if name and len(element):
            found[name] = element[0].text or ""
    return found


def _same_names(controls: Sequence[Control]) -> bool:
    """Whether a name stands for several controls that differ, other than in rows that Word copies with their names."""
    values: dict[str, set[tuple[str, bool | None]]] = defaultdict(set)
    for control in controls:
        if control.name and not control.repeated and control.kind != "group":
            values[control.name].add((control.raw.strip() if control.ticked is None else "", control.ticked))
    return any(len(different) > 1 for different in values.values())
