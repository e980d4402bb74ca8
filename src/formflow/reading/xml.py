"""The one hardened XML parser, and small readers of Word's markup that do not mind its two sets of namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from formflow.errors import Returned
from formflow.reading.package import too_complex, too_large

Element = etree._Element

MOST_ELEMENTS = 2_000_000
_FEWEST_BYTES = 4
"""The shortest element, `<a/>`."""

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VALUE = _WORD + "val"
_OFF = frozenset({"0", "false", "off", "none"})
_ON = frozenset({"1", "true", "on"})


# No entity is resolved, nothing is fetched, and lxml's own limits on depth (256) and size (10 MB of text) stay on. One
# for all parts: a form has a dozen, and to make a parser takes as long as to read a small part.
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
)


def parse(part: bytes) -> Element:
    """The root of an XML part. Raises `Returned` for what is unsafe or too much, `XMLSyntaxError` if broken."""
    large = len(part) > MOST_ELEMENTS * _FEWEST_BYTES
    if large and part.count(b"<") - part.count(b"</") > MOST_ELEMENTS:  # before they take a hundred bytes each
        raise too_complex()
    try:
        root = etree.fromstring(part, _PARSER)
    except etree.XMLSyntaxError as fault:
        if met := _limit_met(str(fault).lower()):
            raise met from fault
        raise
    # After parsing: in UTF-16 a search of the bytes for a document type would miss it.
    if root.getroottree().docinfo.internalDTD is not None:
        raise _unsafe()
    if large and sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise too_complex()
    return root


def _limit_met(words: str) -> Returned | None:
    """What to say of a part that a limit of the parser stopped; None for one that is merely broken."""
    if "entity" in words and ("amplification" in words or "loop" in words):
        return _unsafe()
    if "text node" in words or "attvalue" in words or ("attribute" in words and "too long" in words):
        return too_large()
    if "depth" in words or "huge" in words or "too large" in words or "resource limit" in words:
        return too_complex()
    return None


def _unsafe() -> Returned:
    return Returned(
        "unsafe-xml",
        "This file holds instructions to the computer that a form never holds, so it was not opened. Please copy the "
        "answers into a fresh blank form and drop that.",
    )


class _Names(dict[str, str]):
    """Full names already taken apart; a form uses a few dozen, thousands of times."""

    def __missing__(self, tag: str) -> str:
        if len(self) > 5_000:  # a hostile file may make up names without end
            self.clear()
        name = self[tag] = tag.rpartition("}")[2]
        return name


NAMES = _Names()
"""Names without their namespace, by the full ones: what `local` looks up, for loops that meet every element."""


def local(element: Element) -> str:
    """An element's name without its namespace: `p`, `tbl`, `sdt`."""
    return NAMES[element.tag]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    if element is not None:
        for kid in element:
            if NAMES[kid.tag] == name:
                return kid
    return None


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (kid for kid in element if NAMES[kid.tag] == name)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    if (value := element.get(_WORD + name)) is not None:
        return str(value)
    for key, other in element.items():
        if NAMES[str(key)] == name:
            return str(other)
    return None


def value(element: Element | None) -> str | None:
    """The attribute `val`, which holds what most of Word's elements say."""
    if element is None:
        return None
    held = element.get(_VALUE)
    return str(held) if held is not None else attribute(element, "val")


def switched(element: Element | None) -> bool:
    """Word's way with switches: present without a value means on; absent means off."""
    return element is not None and (value(element) or "1").lower() not in _OFF


def is_switch(element: Element | None) -> bool:
    """Whether a switch holds a value that Word knows; another program may write `maybe`."""
    return element is None or (value(element) or "1").lower() in _OFF | _ON
