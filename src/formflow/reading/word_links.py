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


def main_part(package: Package) -> str:
    """The name of the part that holds the document."""
    for link in entries(package, "_rels/.rels"):
        if (attribute(link, "Type") or "").endswith("/officeDocument"):
            return posixpath.normpath((attribute(link, "Target") or "").lstrip("/")).lower()
    return "word/document.xml"


def parts_beside(package: Package, main: str, kind: str) -> list[str]:
    """The parts of a kind, `header`: those that are called so, and those that the document links as such."""
    start = f"{posixpath.dirname(main)}/{kind}"
    called = (name for name in package.parts if name.startswith(start) and name.endswith(".xml"))
    numbered = (name for name in called if not name[len(start) : -4].strip("0123456789"))
    return list(dict.fromkeys([*sorted(numbered), *_linked(package, main, kind)]))


def _linked(package: Package, main: str, kind: str) -> Iterator[str]:
    folder, base = posixpath.split(main)
    for link in entries(package, f"{folder}/_rels/{base}.rels"):
        if (attribute(link, "Type") or "").endswith(f"/{kind}") and attribute(link, "TargetMode") != "External":
            target = (attribute(link, "Target") or "").lower()
            name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            if name != main and name in package.parts:
                yield name
