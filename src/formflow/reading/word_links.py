"""How the parts of a Word file hang together: which is the document itself, and which stand beside it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from lxml import etree

from formflow.reading.package import Package
from formflow.reading.xml import Element, attribute, parse


def entries(package: Package, name: str) -> tuple[Element, ...]:
    """What a part lists, such as links to other parts; nothing when it is not there or broken."""
    try:
        return tuple(parse(package.parts[name]))
    except (KeyError, etree.XMLSyntaxError):
        return ()


Links = dict[str, tuple[Element, ...]]
"""The links of every part of links, by its name."""


def links_of(package: Package) -> Links:
    """Every link in a package; what is hostile in one is refused here."""
    return {name: entries(package, name) for name in package.parts if name.endswith(".rels")}


def main_part(links: Links) -> str:
    """The name of the part that holds the document."""
    for link in links.get("_rels/.rels", ()):
        if (attribute(link, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((attribute(link, "Target") or "").lstrip("/")).lower()
    return "word/document.xml"


def parts_beside(package: Package, links: Links, main: str) -> dict[str, list[str]]:
    """The parts by their kind, `header`: those that are called so, and those that the document links as such."""
    folder = posixpath.dirname(main)
    found: dict[str, list[str]] = {}
    for kind, name in (*_called(package, folder), *_linked(package, links, main)):
        if name not in found.setdefault(kind, []):
            found[kind].append(name)
    return found


def _called(package: Package, folder: str) -> Iterator[tuple[str, str]]:
    """`word/header2.xml` is a header; `word/commentsExtended.xml` holds no comments."""
    for name in sorted(package.parts):
        place, base = posixpath.split(name)
        if place == folder and base.endswith(".xml"):
            yield base[:-4].rstrip("0123456789"), name


def _linked(package: Package, links: Links, main: str) -> Iterator[tuple[str, str]]:
    folder, base = posixpath.split(main)
    for link in links.get(f"{folder}/_rels/{base}.rels", ()):
        if attribute(link, "TargetMode") != "External":
            target = (attribute(link, "Target") or "").lower()
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            if name != main and package.parts.holds(name):
                yield (attribute(link, "Type") or "").rpartition("/")[2], name
