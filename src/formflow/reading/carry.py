"""Carrying what was read from the child process to its parent: only our own nouns are let in."""

from __future__ import annotations

import copyreg
import io
import pickle
from typing import Any

from formflow.errors import Returned
from formflow.reading.document import Cell, Control, Document, Mark, Paragraph, Piece, Table
from formflow.reading.message import Attachment, Message
from formflow.reading.picture import Picture, Pictures, Seen

_NOUNS = {
    (noun.__module__, noun.__qualname__): noun
    for noun in (
        Attachment,
        Cell,
        Control,
        Document,
        Mark,
        Message,
        Paragraph,
        Picture,
        Pictures,
        Piece,
        Returned,
        Seen,
        Table,
    )
}


def packed(thing: object) -> bytes:
    """A noun of ours, ready to be sent."""
    written = io.BytesIO()
    pickler = pickle.Pickler(written, pickle.HIGHEST_PROTOCOL)
    pickler.dispatch_table = copyreg.dispatch_table | {Mark: lambda mark: (Mark, (mark.value,))}
    pickler.dump(thing)
    return written.getvalue()


def unpacked(sent: bytes) -> object:
    """What a child sent. Raises `UnpicklingError` for anything but our own nouns.

    A file that took over its reader could otherwise reach through this door to the program that holds the register.
    """
    return _OnlyNouns(io.BytesIO(sent)).load()


class _OnlyNouns(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        try:
            return _NOUNS[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no noun of ours") from None
