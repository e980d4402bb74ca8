"""Outlook messages in words, for tests: a small writer of the compound files that Outlook saves."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_TEXT, _BINARY, _NUMBER = 0x001F, 0x0102, 0x0003


@dataclass
class Folder:
    """A storage: streams and storages by name."""

    streams: dict[str, bytes] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)


def message(
    *,
    subject: str = "A form",
    sender: str = "Priya Nand",
    plain: str = "",
    html: bytes = b"",
    rtf: bytes = b"",
    attached: tuple[Folder, ...] = (),
    inside: bool = False,
) -> Folder:
    """A message; with `inside` as it stands within another one."""
    made = Folder()
    values: dict[int, object] = {0x0037: subject, 0x0C1A: sender, 0x001A: "IPM.Note"}
    values |= {0x1000: plain} if plain else {}
    values |= {0x1013: html, 0x3FDE: 65001} if html else {}
    values |= {0x1009: rtf} if rtf else {}
    head = struct.pack("<8x4I", 0, len(attached), 0, len(attached)) + (b"" if inside else b"\0" * 8)
    _properties(made, values, head)
    for number, folder in enumerate(attached):
        made.folders[f"__attach_version1.0_#{number:08X}"] = folder
    return made


def attachment(name: str, content: bytes, kind: str = "", *, short: bool = False) -> Folder:
    """A file that is attached; with `short` only its old-style name is given."""
    made = Folder()
    values: dict[int, object] = {0x3704 if short else 0x3707: name, 0x3701: content, 0x3705: 1}
    _properties(made, values | ({0x370E: kind} if kind else {}), b"\0" * 8)
    return made


def linked(name: str) -> Folder:
    """A file of which only the place is given."""
    made = Folder()
    _properties(made, {0x3707: name, 0x3705: 2}, b"\0" * 8)
    return made


def attached_message(inner: Folder) -> Folder:
    """A message that is attached to another."""
    made = Folder(folders={"__substg1.0_3701000D": inner})
    _properties(made, {0x3705: 5}, b"\0" * 8)
    return made


def _properties(folder: Folder, values: dict[int, object], head: bytes) -> None:
    rows = b""
    for number, value in values.items():
        if isinstance(value, int):
            rows += struct.pack("<HHIIi", _NUMBER, number, 6, value, 0)[:16]
            continue
        kind, content = (_TEXT, value.encode("utf-16-le")) if isinstance(value, str) else (_BINARY, value)
        assert isinstance(content, bytes)
        folder.streams[f"__substg1.0_{number:04X}{kind:04X}"] = content
        rows += struct.pack("<HHIII", kind, number, 6, len(content) + (2 if kind == _TEXT else 0), 0)
    folder.streams["__properties_version1.0"] = head + rows


def msg(root: Folder) -> bytes:
    """The file that Outlook would save."""
    entries = _entries(root)
    disk = _Disk()
    starts = {number: disk.keep(entry.content) for number, entry in enumerate(entries)}
    starts[0] = (disk.put(disk.mini) if disk.mini else _END, len(disk.mini))
    small = disk.put(b"".join(struct.pack("<I", n) for n in disk.mini_next), b"\xff") if disk.mini_next else _END
    directory = b"".join(entry.packed(*starts[number]) for number, entry in enumerate(entries))
    directory_at = disk.put(directory + _BLANK * (-len(directory) // 128 % 4))
    fat_at, count = disk.put_table()
    sectors = -(-len(disk.mini_next) * 4 // _SECTOR)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    head += struct.pack("<9I", 0, count, directory_at, 0, _CUTOFF, small, sectors, _END, 0)
    head += b"".join(struct.pack("<I", fat_at + n if n < count else _FREE) for n in range(109))
    return head + b"".join(disk.sectors)


_BLANK = b"\0" * 68 + struct.pack("<III", _FREE, _FREE, _FREE) + b"\0" * 48


@dataclass
class _Disk:
    """The sectors of a file and which follows which; small streams share sectors."""

    sectors: list[bytes] = field(default_factory=list)
    next: list[int] = field(default_factory=list)
    mini: bytes = b""
    mini_next: list[int] = field(default_factory=list)

    def keep(self, content: bytes | None) -> tuple[int, int]:
        """Where a stream begins, and its length; a folder (None) has none."""
        if not content:
            return (0 if content is None else _END), 0
        if len(content) >= _CUTOFF:
            return self.put(content), len(content)
        first, count = len(self.mini_next), -(-len(content) // _MINI)
        self.mini_next += [*range(first + 1, first + count), _END]
        self.mini += content.ljust(count * _MINI, b"\0")
        return first, len(content)

    def put(self, content: bytes, filler: bytes = b"\0") -> int:
        """Where it begins among the whole sectors."""
        start, count = len(self.sectors), max(1, -(-len(content) // _SECTOR))
        whole = content.ljust(count * _SECTOR, filler)
        self.sectors += [whole[n * _SECTOR : (n + 1) * _SECTOR] for n in range(count)]
        self.next += [*range(start + 1, start + count), _END]
        return start

    def put_table(self) -> tuple[int, int]:
        """The table of what follows what, which speaks of its own sectors too; where it begins, and its length."""
        count = 1
        while (len(self.next) + count) * 4 > count * _SECTOR:
            count += 1
        assert count <= 109, "too large for this small writer"
        table = [*self.next, *[_FAT] * count]
        return self.put(b"".join(struct.pack("<I", n) for n in table), b"\xff"), count


@dataclass
class _Entry:
    name: str
    kind: int
    content: bytes | None
    left: int = _FREE
    right: int = _FREE
    child: int = _FREE

    def packed(self, start: int, size: int) -> bytes:
        name = self.name.encode("utf-16-le")
        return (
            name.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(name) + 2, self.kind, 1, self.left, self.right, self.child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )


def _entries(root: Folder) -> list[_Entry]:
    """The directory: each folder's children are a chain to the right, in the order the format asks for."""
    made = [_Entry("Root Entry", 5, None)]

    def fill(folder: Folder, at: int) -> None:
        names = sorted([*folder.streams, *folder.folders], key=lambda name: (len(name), name.upper()))
        before = None
        for name in names:
            number = len(made)
            inner = folder.folders.get(name)
            made.append(_Entry(name, 1 if inner else 2, None if inner else folder.streams[name]))
            if before is None:
                made[at].child = number
            else:
                made[before].right = number
            before = number
            if inner:
                fill(inner, number)

    fill(root, 0)
    return made
