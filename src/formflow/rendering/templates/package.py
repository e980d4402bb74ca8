"""A Word file as a package of parts: taken apart once, and put together with what never changes already compressed."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

LEVEL = 2
"""Of compression, for filled parts: the third of a millisecond that level 6 takes longer saves 2 KB a paper."""
_ONCE = 9
"""Of compression, for parts that are compressed once and written many times."""
_MOST = 200_000_000
"""Bytes of a template, unpacked; a Word file with pictures holds a few million."""
_DOS_DAY = (1 << 5) | 1
"""1 January 1980: the same words give the same bytes."""
_UTF8_NAMES = 0x800
_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_CONTENT_TYPES = "[Content_Types].xml"

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
CORE = "application/vnd.openxmlformats-package.core-properties+xml"
APP = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class Packed:
    """One part, as it lies in the package."""

    name: str
    data: bytes = field(repr=False)
    """Deflated, without a header of its own."""
    crc: int
    size: int
    """Bytes before compression."""


def packed(name: str, content: bytes, level: int = LEVEL) -> Packed:
    """A part, compressed."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Packed(name, deflate.compress(content) + deflate.flush(), zlib.crc32(content), len(content))


def packed_once(name: str, content: bytes) -> Packed:
    """A part that is written into many papers, compressed as far as it goes."""
    return packed(name, content, _ONCE)


def package(parts: Iterable[Packed]) -> bytes:
    """The parts as a zip file."""
    # zipfile cannot take what is compressed already, and compressing it again is most of what writing a paper takes.
    local: list[bytes] = []
    central: list[bytes] = []
    at = 0
    for part in parts:
        name = part.name.encode()
        fixed = (_UTF8_NAMES, zipfile.ZIP_DEFLATED, 0, _DOS_DAY, part.crc, len(part.data), part.size, len(name), 0)
        local += (_LOCAL.pack(b"PK\x03\x04", 20, *fixed), name, part.data)
        central += (_CENTRAL.pack(b"PK\x01\x02", 20, 20, *fixed, 0, 0, 0, 0, at), name)
        at += _LOCAL.size + len(name) + len(part.data)
    listing = b"".join(central)
    count = len(central) // 2
    return b"".join([*local, listing, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listing), at, 0)])


def parts_of(content: bytes) -> dict[str, bytes]:
    """The parts of a Word file by their names, the list of their kinds first.

    Raises `zipfile.BadZipFile` or `ValueError` for what is no such file.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        entries = [entry for entry in opened.infolist() if not entry.is_dir()]
        if sum(entry.file_size for entry in entries) > _MOST:
            raise ValueError("it is too large")
        parts = {entry.filename: opened.read(entry) for entry in entries}
    if _CONTENT_TYPES not in parts:
        raise ValueError("it has no list of its parts")
    return {_CONTENT_TYPES: parts.pop(_CONTENT_TYPES)} | parts


def kinds_of(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The content type of every part. Raises `ValueError` for a list that cannot be read."""
    named: dict[str, str] = {}
    by_ending: dict[str, str] = {}
    for each in parse(parts[_CONTENT_TYPES]):
        if each.get("PartName"):
            named[each.get("PartName", "").lstrip("/")] = each.get("ContentType", "")
        elif each.get("Extension"):
            by_ending[each.get("Extension", "").lower()] = each.get("ContentType", "")
    return {name: named.get(name) or by_ending.get(name.rpartition(".")[2].lower(), "") for name in parts}


def with_kind(content_types: bytes, name: str, kind: str) -> bytes:
    """The list of kinds, with one part's kind said."""
    line = f'<Override PartName="/{name}" ContentType="{kind}"/>'
    return re.sub(rb"(</(?:\w+:)?Types>\s*)$", line.encode() + rb"\1", content_types)


def relationships(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    """Where the relationships of a part lead, by their ids: the name of a part, or an address outside."""
    path = PurePosixPath(name)
    listed = parts.get(f"{path.parent}/_rels/{path.name}.rels")
    if listed is None:
        return {}
    return {each.get("Id", ""): _target(path.parent, each) for each in parse(listed) if each.get("Id")}


def parse(content: bytes) -> etree._Element:
    """A part's XML. Raises `ValueError` for what is none, or what defines entities."""
    if b"<!DOCTYPE" in content:
        raise ValueError("a part of it defines entities")
    try:
        return etree.fromstring(content, PARSER)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"a part of it is no XML: {fault.msg}") from fault


def _target(folder: PurePosixPath, relationship: etree._Element) -> str:
    target = relationship.get("Target", "")
    if relationship.get("TargetMode") == "External":
        return target
    if target.startswith("/"):
        return target[1:]
    steps: list[str] = []
    for step in (folder / target).parts:
        if step == "..":
            steps[-1:] = []
        else:
            steps.append(step)
    return "/".join(steps)
