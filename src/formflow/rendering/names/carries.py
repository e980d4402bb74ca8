"""What a Word file carries unseen: who edited it, comments, changes, data behind it, pictures of its first page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from formflow.errors import FormflowError, Stop
from formflow.reading.xml import Element, attribute, local, parse, switched

_CHANGES = frozenset({
    "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    "sectPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "tblGridChange", "tblPrExChange",
})  # fmt: skip
_WHO = ("creator", "lastModifiedBy", "description", "keywords", "subject", "category", "contentStatus", "identifier",
        "Manager", "Company", "HyperlinkBase", "Template")  # fmt: skip
_OUR_OWN = re.compile(r"form\.version")
"""Properties that our own forms are recognised by: they name a form, never a person."""
_UNSEEN: Mapping[str, str] = {
    r"docProps/thumbnail\.\w+": "a picture of its first page (thumbnail)",
    r"customXml/item\d*\.xml": "data behind the text (custom XML)",
    r"word/comments\w*\.xml": "comments",
    r"word/people\.xml": "the names of people who worked on it",
    r"word/vbaProject\.bin": "a macro",
    r"word/embeddings/.+": "an embedded file",
    r"word/printerSettings/.+|word/printerSettings\d*\.bin": "the settings of a printer",
    r"word/glossary/.+": "kept building blocks",
    r"word/revisions/.+": "earlier versions",
}
_PICTURES = re.compile(r"word/media/.+\.(?:jpe?g|png|tiff?|emf|wmf)", re.IGNORECASE)
_IN_PICTURES = (b"Exif\x00", b"http://ns.adobe.com/xap/", b"tEXt", b"iTXt", b"eXIf", b"Photoshop 3.0")


def carries(content: bytes) -> list[str]:
    """What a `.docx` carries beside its words, each thing in words for a person; empty when there is nothing.

    A title, and the version of one of our own forms, are allowed. Raises `Stop` when it is no Word file.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            return list(dict.fromkeys(_found(package)))
    except (zipfile.BadZipFile, etree.XMLSyntaxError, FormflowError) as fault:
        raise Stop("This is not a Word file that can be opened, so it cannot be checked.") from fault


def _found(package: zipfile.ZipFile) -> Iterator[str]:
    if package.comment:
        yield "a note on the package"
    for entry in package.namelist():
        yield from (says for pattern, says in _UNSEEN.items() if re.fullmatch(pattern, entry))
        if _PICTURES.fullmatch(entry) and any(mark in package.read(entry) for mark in _IN_PICTURES):
            yield "data inside a picture (where, when or by whom it was taken)"
        look = next((look for pattern, look in _LOOKS.items() if re.fullmatch(pattern, entry)), None)
        if look is not None:
            yield from look(parse(package.read(entry)))


def _properties(root: Element) -> Iterator[str]:
    for one in root.iter(etree.Element):
        if local(one) in _WHO and (one.text or "").strip():
            yield f'the document property "{local(one)}"'


def _custom(root: Element) -> Iterator[str]:
    for one in root.iter(etree.Element):
        if local(one) == "property" and not _OUR_OWN.fullmatch(one.get("name") or ""):
            yield "a document property that somebody added"


def _text(root: Element) -> Iterator[str]:
    for one in root.iter(etree.Element):
        name = local(one)
        if name in _CHANGES:
            yield "changes that were tracked"
        elif name in ("commentReference", "commentRangeStart"):
            yield "comments"
        elif name == "vanish" and switched(one):
            yield "hidden text"


def _settings(root: Element) -> Iterator[str]:
    for one in root.iter(etree.Element):
        if local(one) in ("docVar", "mailMerge"):
            yield "document variables or a mail merge"
        elif local(one) == "trackRevisions" and switched(one):
            yield "the setting that tracks changes"


def _links(root: Element) -> Iterator[str]:
    for one in root:
        target = one.get("Target") or ""
        if one.get("TargetMode") == "External" and not re.match(r"https?://|mailto:", target, re.IGNORECASE):
            yield "the place of a file on somebody's computer"
        elif (attribute(one, "Type") or "").endswith("/attachedTemplate"):
            yield "the place of the template it was made from"


_LOOKS: Mapping[str, Callable[[Element], Iterator[str]]] = {
    r"docProps/(?:core|app)\.xml": _properties,
    r"docProps/custom\.xml": _custom,
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml": _text,
    r"word/settings\.xml": _settings,
    r".*\.rels": _links,
}
