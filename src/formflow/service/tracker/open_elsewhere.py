"""Whether somebody has a workbook open: the marks that Excel and LibreOffice leave beside it, and stale ones."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class OpenMark:
    """The mark of an open workbook."""

    path: Path
    who: str = field(default="", repr=False)
    """Who has it open, as their program names them; empty where it does not say."""


def open_mark(target: Path, now: datetime, stale_hours: float) -> OpenMark | None:
    """The mark of somebody who has the workbook open; None where there is none, or only one left by a crash.

    On Windows Excel holds its mark open as long as the workbook is, so a mark that can be written is stale. Elsewhere
    only its age tells. A mark is a hint: where the workbook cannot be replaced, that is the truth.
    """
    for mark, read in ((target.with_name(f"~${target.name}"), _excel), (_libre(target), _libreoffice)):
        try:
            age = now.timestamp() - mark.stat().st_mtime
            held = _held_open(mark) if sys.platform == "win32" and read is _excel else None
            if held is False or (held is None and age > stale_hours * 3600):
                continue
            return OpenMark(mark, _clean(read(mark.read_bytes())))
        except FileNotFoundError:
            continue
        except OSError:  # held so fast that not even its name can be read
            return OpenMark(mark)
    return None


def _libre(target: Path) -> Path:
    return target.with_name(f".~lock.{target.name}#")


def _held_open(mark: Path) -> bool:
    try:
        with mark.open("r+b"):
            return False
    except PermissionError:
        return True


def _excel(content: bytes) -> str:
    """The name in Excel's owner file: its length, then so many letters; again in two-byte letters further on."""
    wide = content[55:]
    if len(wide) >= 4 and 0 < (size := int.from_bytes(wide[:2], "little")) <= 54:
        return wide[2 : 2 + 2 * size].decode("utf-16-le", "replace")
    size = content[0] if content else 0
    return content[1 : 1 + size].decode("cp1252", "replace")


def _libreoffice(content: bytes) -> str:
    parts = content.decode("utf-8", "replace").split(",")
    return parts[0] or (parts[1] if len(parts) > 1 else "")


def _clean(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable()).strip()[:60]
