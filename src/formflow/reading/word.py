"""Reading a Word file straight from its XML, so that nothing a person can leave an answer in is lost."""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lxml import etree

from formflow.reading.document import Control, Document
from formflow.reading.package import Package, damaged, open_package
from formflow.reading.word_behind import Behind
from formflow.reading.word_lines import part
from formflow.reading.word_links import entries, links_of, main_part, parts_beside
from formflow.reading.word_looks import Styles
from formflow.reading.word_notes import package_notes
from formflow.reading.word_scene import finished
from formflow.reading.word_steps import STEPS
from formflow.reading.word_walk import Walk
from formflow.reading.xml import Element, attribute, local, parse

_SIDE_PARTS = (("header", "page header"), ("footer", "page footer"))
_NOTE_PARTS = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_REVISIONS = ("{*}ins", "{*}del", "{*}moveFrom", "{*}moveTo")
_LONGEST_ANSWER = 32_767
"""Letters; more than a cell of a workbook holds."""


def read_word(content: bytes) -> Document:
    """What is written in a `.docx`, `.docm` or `.dotx`. Raises `Returned` when it cannot be read."""
    package = open_package(content)
    links = links_of(package)
    notes = list(package_notes(package, links))
    main = main_part(links)
    try:
        body = parse(package.parts[main])
    except (KeyError, etree.XMLSyntaxError) as fault:
        raise damaged() from fault
    folder = posixpath.dirname(main)
    walk = Walk(STEPS, Behind(package.parts, folder), Styles(lambda: package.parts.get(f"{folder}/styles.xml")))
    part(walk, body, "")
    body_blocks, walk.blocks = walk.blocks, []
    for root, where in _side_parts(package, parts_beside(package, links, main), walk):
        part(walk, root, where)
    controls = tuple([met.labelled() for met in walk.met])
    notes += [*sorted(walk.notes), *_noticed(package, body, controls)]
    blocks = finished([*body_blocks, *walk.boxes, *walk.blocks])
    return Document("word", controls, blocks, tuple(dict.fromkeys(notes)), _properties(package))


def _side_parts(package: Package, beside: dict[str, list[str]], walk: Walk) -> Iterator[tuple[Element, str]]:
    """Headers, footers and notes, and what each is called; one that is damaged does not make the form unreadable."""
    for kind, where in _SIDE_PARTS:
        for root in _roots(package, beside.get(kind, ()), walk):
            yield root, where
    for kind, where in _NOTE_PARTS:
        for root in _roots(package, beside.get(kind, ()), walk):
            for number, note in enumerate(root):
                if attribute(note, "type") not in _NO_NOTES:
                    name = attribute(note, "id") or f"without a name, {number}"
                    yield note, f"{where} {walk.note(where, name)}"
            if kind == "comments" and len(root):
                walk.notes.add("comments")


def _roots(package: Package, names: Sequence[str], walk: Walk) -> Iterator[Element]:
    for name in names:
        try:
            root = parse(package.parts[name])
        except KeyError:  # it could not be inflated, which is noted of the package
            continue
        except etree.XMLSyntaxError:
            walk.notes.add("damaged-part")
            continue
        if _revised(root):
            walk.notes.add("revisions")
        yield root


def _revised(root: Element) -> bool:
    return next(root.iter(*_REVISIONS), None) is not None


def _noticed(package: Package, body: Element, controls: Sequence[Control]) -> Iterator[str]:
    """What the whole document shows, now that it has been read."""
    if _revised(body):
        yield "revisions"
    if package.parts.damaged:
        yield "damaged-part"
    if any(len(control.raw) > _LONGEST_ANSWER for control in controls):
        yield "long-answer"
    if _same_names(controls):
        yield "same-name"


def _properties(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in entries(package, "docprops/core.xml"):
        if local(element) == "title" and element.text:
            found["title"] = element.text
    for element in entries(package, "docprops/custom.xml"):
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
