"""Text and values out of a PDF's objects, as people would read them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypdf.generic import ArrayObject, DictionaryObject, NameObject, PdfObject, StreamObject, TextStringObject

_LANGUAGE = re.compile("\x1b[A-Za-z]{2}[A-Za-z]{0,2}\x1b")
"""A mark of the language inside Unicode text; no part of the words."""
_CONTROL = re.compile("[\x00-\x08\x0c\x0e-\x1f\x7f]")
_MARKS = ((b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le"), (b"\xef\xbb\xbf", "utf-8"))


def resolved(thing: object) -> object:
    """A thing, or what it refers to."""
    return thing.get_object() if isinstance(thing, PdfObject) else thing


def at(dictionary: DictionaryObject, key: str) -> object:
    """What a dictionary holds under a key, or what that refers to; None where there is nothing."""
    return resolved(dictionary.get(key))


def dictionary_in(thing: object) -> DictionaryObject | None:
    """A dictionary, or None for anything else."""
    found = resolved(thing)
    return found if isinstance(found, DictionaryObject) and not isinstance(found, StreamObject) else None


def array_in(thing: object) -> Iterator[object]:
    """The entries of an array; none for anything else."""
    found = resolved(thing)
    return iter(found) if isinstance(found, ArrayObject) else iter(())


def text_of(thing: object) -> str:
    """A string or a stream of text, with line ends as newlines and without letters that no one sees."""
    found = resolved(thing)
    if isinstance(found, StreamObject):
        found = found.get_data()
    if isinstance(found, TextStringObject):
        found = _read_again(found)
    text = _decoded(found) if isinstance(found, bytes) else ("" if found is None else str(found))
    text = _LANGUAGE.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return _CONTROL.sub("", text)


def value_of(thing: object, type_: str) -> str | tuple[str, ...] | None:
    """What a field holds: words, or several for a list; for a button the name of its state."""
    found = resolved(thing)
    if found is None:
        return None
    if isinstance(found, ArrayObject):
        return tuple(text_of(item) for item in found)
    return name_of(found) if type_ == "/Btn" and isinstance(found, NameObject) else text_of(found)


def name_of(thing: object) -> str:
    """A name without its slash."""
    return str(thing).removeprefix("/")


def in_two_ways(thing: object) -> bool:
    """Whether a string can be read in two ways: written without a mark, it is also sound UTF-8 of other letters."""
    found = resolved(thing)
    if not isinstance(found, TextStringObject):
        return False
    written = found.original_bytes
    if written.isascii() or written.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")):
        return False
    try:
        return written.decode("utf-8") != str(found)
    except UnicodeDecodeError:
        return False


def _read_again(found: TextStringObject) -> str | bytes:
    """The bytes of Unicode text, which pypdf reads with a false letter at the end where the last byte is lost."""
    written = found.original_bytes
    return written if written.startswith((b"\xfe\xff", b"\xff\xfe")) else str(found)


def _decoded(written: bytes) -> str:
    for start, encoding in _MARKS:
        if written.startswith(start):
            rest = written[len(start) :]
            whole = len(rest) - len(rest) % 2 if encoding.startswith("utf-16") else len(rest)
            return rest[:whole].decode(encoding, "replace")
    return written.decode("latin-1")
