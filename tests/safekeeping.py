"""Working folders with a key kept apart, for tests."""

from __future__ import annotations

import os
import sqlite3
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from formflow.deciding.decide import decide
from formflow.pipeline import rulebook, the_dictionary
from formflow.recording.keyed.keys import keys_of, make_key_file
from formflow.recording.proof.anchors import Anchor
from formflow.recording.proof.verify import Report, verify
from formflow.settings import WorkingFolder
from makers import a_working_folder


def bare_folder(root: Path) -> WorkingFolder:
    """A working folder with nothing in it: enough for a register."""
    for name in ("inbox", "outbox", "templates"):
        (root / name).mkdir(parents=True, exist_ok=True)
    return WorkingFolder.open(root)


def keyed_folder(tmp_path: Path, *, encrypt: bool = False, bare: bool = True) -> WorkingFolder:
    """A working folder whose settings name a key, which lies beside it."""
    folder = (bare_folder if bare else a_working_folder)(tmp_path / "work")
    if not (tmp_path / "apart" / "formflow.key").exists():
        make_key_file(tmp_path / "apart" / "formflow.key")
    return set_key(folder, tmp_path / "apart" / "formflow.key", encrypt=encrypt)


def set_key(folder: WorkingFolder, path: Path | None, *, encrypt: bool = False) -> WorkingFolder:
    """The working folder with settings that name this key file, or none."""
    settings = folder.root / "formflow.toml"
    before = settings.read_text("utf-8").partition("\n[security]")[0] if settings.exists() else ""
    said = f'\n[security]\nkey_file = "{path.as_posix()}"\nencrypt = {str(encrypt).lower()}\n' if path else ""
    settings.write_text(before + said, "utf-8")
    return WorkingFolder.open(folder.root)


def checked(folder: WorkingFolder, anchors: Sequence[Anchor] = ()) -> Report:
    """What `formflow verify` finds."""
    rules = rulebook(folder, the_dictionary())
    return verify(
        folder.register,
        lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history),
        keys_of(folder),
        anchors,
    )


def tamper(folder: WorkingFolder, *statements: str) -> None:
    """Change the database as somebody with the right to do so would: without seal and triggers."""
    (folder.register / "formflow.seal").unlink(missing_ok=True)
    with closing(sqlite3.connect(folder.register / "formflow.sqlite")) as database, database:
        for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {name}")
        for statement in statements:
            database.execute(statement)


def holding(folder: Path, *words: str) -> set[str]:
    """The files in a folder in which one of these words stands, also inside packages; by place and word."""
    found: set[str] = set()
    for path in (path for path in folder.rglob("*") if path.is_file()):
        for content in _contents(path):
            found |= {f"{path.relative_to(folder)}: {word}" for word in words if word.encode() in content}
        found |= {f"name of {path.relative_to(folder)}: {word}" for word in words if word in str(path)}
    return found


def _contents(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    yield content
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield from (package.read(name) for name in package.namelist())


def mode_of(path: Path) -> int:
    """The permissions of a file; on Windows, where they say nothing, those of a file that is nobody else's."""
    return path.stat().st_mode & 0o777 if os.name == "posix" else 0o600
