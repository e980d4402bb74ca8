"""The seal of a register that was closed cleanly: the fingerprint of its whole file, so that any changed byte shows."""

from __future__ import annotations

import hashlib
from pathlib import Path

from formflow.errors import NotVerified


def fingerprint(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    hashed = hashlib.sha256()
    with path.open("rb") as opened:
        while piece := opened.read(1 << 20):
            hashed.update(piece)
    return hashed.hexdigest()


def set_seal(database: Path) -> None:
    """Seal a register after its last write was brought into the main file."""
    beside = _seal(database).with_suffix(".seal.tmp")
    beside.write_text(fingerprint(database) + "\n", encoding="ascii")
    beside.replace(_seal(database))


def break_seal(database: Path) -> None:
    """Take the seal away before the first write."""
    _seal(database).unlink(missing_ok=True)


def check_seal(database: Path) -> tuple[bool, list[str]]:
    """Whether the register is sealed, and what is wrong if it is and does not match. Look before opening it."""
    try:
        sealed = _seal(database).read_text(encoding="ascii", errors="replace").strip()
    except FileNotFoundError:
        return False, []
    if fingerprint(database) == sealed:
        return True, []
    if not _seal(database).exists():  # a writer opened it while we looked
        return False, []
    return True, ["The file of the register was changed after it was closed."]


def refuse_changed(database: Path) -> None:
    """Raise `NotVerified` for a register that was changed since it was sealed: nothing may be built on it."""
    if check_seal(database)[1]:
        raise NotVerified(
            f"The register ({database}) was changed or damaged after formflow last closed it, so it is not used. "
            "Nothing was taken or changed; forms wait in the inbox. To see what does not agree: formflow verify. Put "
            "back the last backup of the whole register folder, or ask whoever looks after formflow."
        )


def _seal(database: Path) -> Path:
    return database.with_name("formflow.seal")
