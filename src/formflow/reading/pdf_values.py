"""Text and values out of a PDF's objects, as people would read them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, PdfError, Stream, String

from formflow.reading.package import too_complex, too_large

LONGEST = 20_000_000
"""Bytes of one answer kept in a stream; the longest real one has a few thousand."""
FAULTS = (PdfError, KeyError, ValueError, TypeError, AttributeError, IndexError, NotImplementedError, zlib.error)
"""What comes out when a piece of a file is broken."""

_LANGUAGE = re.compile("\x1b[A-Za-z]{2}[A-Za-z]{0,2}\x1b")
"""A mark of the language inside Unicode text; no part of the words."""
_CONTROL = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f]")
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))
_UNMARKED = dict(
    zip(
        (*range(0x18, 0x20), *range(0x80, 0x9F), 0xA0),
        "˘ˇˆ˙˝˛˚˜•†‡…—–ƒ⁄‹›−‰„“”‘’‚™ﬁﬂŁŒŠŸŽıłœšž€",
        strict=True,
    )
)
"""Where text without a mark (PDFDocEncoding) differs from Latin-1."""


def at(dictionary: Object, key: str) -> object:
    """What a dictionary holds under a key; None where there is nothing."""
    return dictionary.get(key)


def dictionary_in(thing: object) -> Dictionary | None:
    """A dictionary, or None for anything else."""
    return thing if isinstance(thing, Dictionary) and not isinstance(thing, Stream) else None


def array_in(thing: object) -> Iterator[object]:
    """The entries of an array; none for anything else."""
    if not isinstance(thing, Array):
        return iter(())
    if len(thing) > _MOST_ENTRIES:
        raise too_complex()
    return iter(thing)


_MOST_ENTRIES = 100_000


def text_of(thing: object) -> str:
    """A string or a stream of text, with line ends as newlines and without letters that no one sees."""
    if isinstance(thing, String):
        text = _decoded(bytes(thing))
    elif isinstance(thing, Stream):
        text = _decoded(unpacked(thing))
    elif isinstance(thing, Name):
        text = str(thing)
    elif thing is None or isinstance(thing, Object):
        text = ""
    else:
        text = str(thing)
    if text.isprintable():
        return text
    text = _LANGUAGE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return _CONTROL.sub("", text)


def value_of(thing: object, type_: str) -> str | tuple[str, ...] | None:
    """What a field holds: words, or several for a list; for a button the name of its state."""
    if thing is None:
        return None
    if isinstance(thing, Array):
        return tuple(text_of(item) for item in array_in(thing))
    return name_of(thing) if type_ == "/Btn" and isinstance(thing, Name) else text_of(thing)


def name_of(thing: object) -> str:
    """A name without its slash."""
    return str(thing).removeprefix("/")


def in_two_ways(thing: object) -> bool:
    """Whether a string can be read in two ways: written without a mark, it is also sound UTF-8 of other letters."""
    if not isinstance(thing, String):
        return False
    written = bytes(thing)
    if written.isascii() or written.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return False
    try:
        return written.decode("utf-8") != _decoded(written)
    except UnicodeDecodeError:
        return False


def unpacked(stream: Stream, most: int = LONGEST) -> bytes:
    """What a stream holds. Raises `Returned` for more than `most` bytes: a file of some kB may hold gigabytes."""
    filters = stream.get("/Filter")
    names = [name_of(one) for one in array_in(filters)] if isinstance(filters, Array) else [name_of(filters)]
    content = bytes(stream.get_raw_stream_buffer())
    for name in names:
        if name in ("FlateDecode", "Fl"):
            content = inflated(content, most)
        elif name not in ("None", "Crypt"):
            return stream.read_bytes() if len(content) < most // 1000 else b""
    if len(content) > most:
        raise too_large()
    return content


def inflated(content: bytes, most: int) -> bytes:
    """Deflated bytes as they were, also when their end is lost. Raises `Returned` when they are more than `most`."""
    machine = zlib.decompressobj()
    found = machine.decompress(content, most + 1)
    if len(found) > most:
        raise too_large()
    return found


def _decoded(written: bytes) -> str:
    for start, encoding in _MARKS:
        if written.startswith(start):
            rest = written[len(start) :]
            whole = len(rest) - len(rest) % 2 if encoding.startswith("utf-16") else len(rest)
            return rest[:whole].decode(encoding, "replace")
    text = written.decode("latin-1")
    return text if text.isascii() and text.isprintable() else text.translate(_UNMARKED)
