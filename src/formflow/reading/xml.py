"""The one hardened XML parser, and small readers of Word's markup that do not mind its two sets of namespaces."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from formflow.errors import Returned

Element = etree._Element

MOST_ELEMENTS = 2_000_000

_OFF = frozenset({"0", "false", "off", "none"})


def parse(part: bytes) -> Element:
    """The root of an XML part. Raises `Returned` for markup that could reach outside, and `XMLSyntaxError`."""
    # No entity is resolved, nothing is fetched, and lxml's own limits on depth and size stay on.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(part, parser)
    if (
        root.getroottree().docinfo.internalDTD is not None
    ):  # after parsing: in UTF-16 a search of the bytes would miss it
        raise Returned(
            "unsafe-xml",
            "This file holds instructions that a form never holds, so it was not opened. Please copy the answers into "
            "a fresh blank form.",
        )
    if len(part) > 5_000_000 and sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise Returned("too-complex", "This file holds far more than a form ever does. Please save the form alone.")
    return root


def local(element: Element) -> str:
    """An element's name without its namespace: `p`, `tbl`, `sdt`."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    if element is not None:
        for kid in element:
            if local(kid) == name:
                return kid
    return None


def children(element: Element, name: str) -> Iterator[Element]:
    """The children of that name."""
    return (kid for kid in element if local(kid) == name)


def attribute(element: Element | None, name: str) -> str | None:
    """An attribute by its name without namespace."""
    if element is not None:
        for key, value in element.attrib.items():
            if str(key).rpartition("}")[2] == name:
                return str(value)
    return None


def switched(element: Element | None) -> bool:
    """Word's way with switches: present without a value means on; absent means off."""
    return element is not None and (attribute(element, "val") or "1").lower() not in _OFF
