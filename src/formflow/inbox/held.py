"""Whether somebody has a dropped file open: the marks that Word and LibreOffice leave beside it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from pathlib import Path

_STALE = 24 * 3600.0
"""Seconds after which a mark is taken for a leftover of a crash: a form may not wait for ever, its deadlines run."""


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who has a file open."""

    who: str = field(repr=False)
    """As their program names them; empty where it does not say."""


def held_open(path: Path) -> Holder | None:
    """Who has the file at `path` open; None when nobody seems to, or only a mark of more than a day ago is left."""
    for mark in _marks(path):
        try:
            changed = mark.stat().st_mtime
            content = mark.read_bytes()[:400]
        except FileNotFoundError:
            continue
        except OSError:  # held so fast that it cannot even be read
            return Holder("")
        if abs(time.time() - changed) < _STALE and _is_mark(mark, content):
            return Holder(_who(mark, content))
    return None


def _marks(path: Path) -> tuple[Path, ...]:
    """Word writes ~$ over the first two letters of a long name, and before a short one."""
    name, length = path.name, len(path.stem)
    cut = name[2:] if length >= 8 else name[1:] if length == 7 else name
    return tuple(path.with_name(mark) for mark in dict.fromkeys((f"~${name}", f"~${cut}", f".~lock.{name}#")))


def _is_mark(mark: Path, content: bytes) -> bool:
    """Whether it is what these programs write, and not just a file of such a name."""
    if mark.name.startswith(".~lock."):
        return content.count(b",") >= 3
    return len(content) >= 54 and content[0] <= 53


def _who(mark: Path, content: bytes) -> str:
    if mark.name.startswith(".~lock."):
        parts = content.decode("utf-8", "replace").split(",")
        name = parts[0] or (parts[1] if len(parts) > 1 else "")
    else:
        wide = content[55:]
        size = int.from_bytes(wide[:2], "little")
        if len(wide) >= 4 and 0 < size <= 54:
            name = wide[2 : 2 + 2 * size].decode("utf-16-le", "replace")
        else:
            name = content[1 : 1 + content[0]].decode("cp1252", "replace") if content else ""
    return "".join(letter for letter in name if letter.isprintable()).strip()[:60]
