"""Everything a finished Word paper carries: every word with its place, and what Word keeps beside the words."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from formflow.errors import FormflowError, Stop
from formflow.reading.xml import Element, attribute, local, parse
from formflow.rendering.paper import Paper

_BODY = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments\w*|glossary/document)\.xml")
_PLACES = {"document": "", "header": "header", "footer": "footer", "footnotes": "footnotes", "endnotes": "endnotes",
           "comments": "comments", "glossary": "kept building blocks"}  # fmt: skip
_SPOKEN = frozenset({"descr", "title", "alt"})
"""Attributes that a screen reader reads out."""
_HEADING = re.compile(r"(?i)(?:heading|title)\s?(\d?)")


@dataclass(frozen=True, slots=True)
class Part:
    """Some words of a paper, and where they stand in it."""

    paper: str
    """The name of the template: `rapid-review-report`."""
    place: str
    """The nearest heading, or `header`, `file name`, `document properties` …"""
    text: str = field(repr=False)


def parts_of(paper: Paper) -> tuple[Part, ...]:
    """All words of a finished `.docx`: body, headers, footers, notes, text boxes, alternative texts, properties and its
    file name. Raises `Stop` when it is no Word file."""  # noqa: D205, D209 - one sentence too long for a line
    kind = paper.kind
    try:
        with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
            found = [Part(kind, "file name", paper.name)]
            for entry in package.namelist():
                if _BODY.fullmatch(entry):
                    found += (Part(kind, place, words) for place, words in _words(entry, parse(package.read(entry))))
                elif re.fullmatch(r"docProps/\w+\.xml|customXml/item\d+\.xml", entry):
                    said = " ".join(str(text) for text in parse(package.read(entry)).itertext())
                    found.append(Part(kind, "document properties", said))
                elif entry.endswith(".rels"):
                    targets = (one.get("Target", "") for one in parse(package.read(entry)) if one.get("TargetMode"))
                    found += (Part(kind, "link", str(target)) for target in targets)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, FormflowError) as fault:
        raise Stop(f'The paper "{kind}" is not a Word file that can be opened, so it cannot be checked.') from fault
    return tuple(part for part in found if part.text.strip())


def _words(entry: str, root: Element) -> Iterator[tuple[str, str]]:
    """The words of a part, paragraph by paragraph, each with its place."""
    stem = re.sub(r"\d+$", "", entry.removeprefix("word/").split("/")[0].removesuffix(".xml"))
    fixed = next((place for name, place in _PLACES.items() if stem.startswith(name)), stem)
    heading = fixed or "before the first heading"
    for element in root.iter(etree.Element):
        name = local(element)
        if name == "p":
            words = "".join(_own(element))
            if not fixed and words.strip() and _is_heading(element):
                heading = " ".join(words.split())
            yield heading, words
        elif name in ("tblCaption", "tblDescription", "alias", "tag"):
            yield f"alternative text, {heading}", attribute(element, "val") or ""
        else:
            spoken = [str(value) for key, value in element.items() if str(key).rpartition("}")[2] in _SPOKEN]
            if spoken and name != "styles":
                yield f"alternative text, {heading}", " ".join(spoken)


def _own(element: Element) -> Iterator[str]:
    """The words of a paragraph itself, those of text boxes in it left to their own paragraphs."""
    for kid in element:
        if not isinstance(kid.tag, str):
            continue
        name = local(kid)
        if name in ("t", "delText", "instrText"):
            yield kid.text or ""
        elif name in ("tab", "br", "cr", "noBreakHyphen"):
            yield {"tab": "\t", "noBreakHyphen": "-"}.get(name, "\n")
        elif name not in ("p", "pPr", "rPr"):
            yield from _own(kid)


def _is_heading(paragraph: Element) -> bool:
    style = next((one for one in paragraph.iter(etree.Element) if local(one) == "pStyle"), None)
    return style is not None and bool(_HEADING.match(attribute(style, "val") or ""))
