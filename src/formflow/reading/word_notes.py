"""What is worth knowing about a Word file as a package: macros, attachments, links that lead outside."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from formflow.reading.package import Package
from formflow.reading.word_links import Links
from formflow.reading.xml import Element, attribute


def package_notes(package: Package, links: Links) -> Iterator[str]:
    """The notes of the command-line contract that the names and the links of the parts call for."""
    if any(name.endswith("vbaproject.bin") for name in package.names):
        yield "macros"
    if any("/embeddings/" in name for name in package.names):
        yield "attachments"
    if any("/activex/" in name or ".." in name or name.startswith("/") or ":" in name for name in package.names):
        yield "odd-parts"
    for name, held in links.items():
        for link in held:
            yield from _link_notes(link, name)


def _link_notes(link: Element, part: str) -> Iterator[str]:
    kind, target = attribute(link, "Type") or "", attribute(link, "Target") or ""
    outside = attribute(link, "TargetMode") == "External"
    if outside and not kind.endswith("/hyperlink"):
        yield "external-link"
    if not outside and kind.endswith(("/package", "/oleObject")):
        yield "attachments"
    if kind.endswith("/aFChunk") or (not outside and _leads_astray(target, part)):
        yield "odd-parts"


def _leads_astray(target: str, part: str) -> bool:
    """Whether a link inside the file points at something that cannot be in it."""
    folder = posixpath.dirname(posixpath.dirname(part))
    return ":" in target.partition("#")[0] or posixpath.normpath(posixpath.join(folder, target)).startswith("..")
