"""Whether the end of a file is there: a copy that pauses half-way looks as settled as a finished one."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGES = frozenset({".docx", ".docm", ".dotx", ".dotm", ".odt"})
_END_OF_PACKAGE, _PACKAGE_TAIL = b"PK\x05\x06", 65_557
"""The last record of a zip file, and how far before the end it stands at most (with the longest comment)."""
_LOCKED = b"\xd0\xcf\x11\xe0"
"""How a Word file with a password begins: it is no zip file, and its end tells nothing."""
_END_OF_PDF, _PDF_TAIL = b"%%EOF", 2_048


def looks_whole(path: Path) -> bool:
    """Whether a form ends as its kind does. Also true where that cannot be told: it may only make us wait."""
    ending = path.suffix.lower()
    if ending in _PACKAGES:
        mark, length = _END_OF_PACKAGE, _PACKAGE_TAIL
    elif ending == ".pdf":
        mark, length = _END_OF_PDF, _PDF_TAIL
    else:
        return True
    try:
        start, tail = _ends(path, length)
    except OSError:
        return True
    return mark in tail or (ending in _PACKAGES and start == _LOCKED)


def _ends(path: Path, length: int) -> tuple[bytes, bytes]:
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as opened:
        start = opened.read(len(_LOCKED))
        opened.seek(max(0, os.fstat(opened.fileno()).st_size - length))
        return start, opened.read(length)
