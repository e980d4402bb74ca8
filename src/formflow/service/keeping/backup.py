"""Backup and restore of a working folder: one file that holds everything needed to go on, each part by fingerprint."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from formflow import __version__
from formflow.errors import NotVerified, Stop
from formflow.inbox.sentinel import MARK
from formflow.recording import backups
from formflow.recording.keyed.keys import keys_of
from formflow.recording.originals import Originals
from formflow.recording.snapshot import Snapshot, snapshot
from formflow.recording.sqlite import ANCHOR, DATABASE
from formflow.settings import WorkingFolder

_MANIFEST = "manifest.json"
_FOLDERS = ("outbox", "templates", "layouts", "inbox", "blank forms")
"""What is copied besides register and settings. Papers could be drawn again; what people wrote in them could not."""
_PASSING = ("~$", ".~lock.", ".")
"""Beginnings of names that belong to an open program, not to anybody's work."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds."""

    path: Path
    forms: int
    files: int
    left: tuple[str, ...]
    """Files that were open in another program and could not be copied, by their place in the working folder."""
    noted: bool = True
    """Whether it could be noted in the register's folder, so that erasing a case names it."""


def backup(folder: WorkingFolder, target: Path, now: datetime) -> Backup:
    """Write a backup of the working folder into the folder `target`, while formflow may be running.

    The register is copied at one moment with every original it knows. Raises `Stop` when `target` lies inside the
    working folder's inbox or outbox, `NotVerified` when the register or an original is not what was recorded.
    """
    target = target.resolve()
    inboxes = (inbox.path for inbox in folder.inboxes)
    for place in (folder.inbox, *inboxes, folder.outbox, folder.templates, folder.register):
        if target.is_relative_to(place.resolve()):
            raise Stop(f"A backup may not lie in {place}. Choose a folder of its own, best on another disk.")
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = target / f"formflow-backup-{now:%Y%m%d-%H%M%S}.zip"
    beside = target / f".{path.name}.{os.getpid()}.tmp"
    keys, address = keys_of(folder), folder.settings.register_address
    with (
        tempfile.TemporaryDirectory(prefix="formflow-backup-") as room,
        snapshot(folder.register, Path(room) / DATABASE, address) as held,
    ):
        evidence = held.evidence.encrypted(keys.evidence) if keys else held.evidence
        try:
            files, left = _write(beside, folder, held, now, evidence)
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    return Backup(path, len(held.originals), files, left, backups.note(folder.register, path.name, now))


def _write(
    target: Path, folder: WorkingFolder, held: Snapshot, now: datetime, evidence: Originals
) -> tuple[int, tuple[str, ...]]:
    prints: dict[str, str] = {}
    left: list[str] = []
    opened = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "wb") as out, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:

        def add(name: str, content: bytes) -> None:
            package.writestr(name, content)
            prints[name] = hashlib.sha256(content).hexdigest()

        add(f"register/{DATABASE}", held.database.read_bytes())
        add(f"register/{ANCHOR}", held.anchor.encode("ascii"))
        for sha256 in held.originals:
            evidence.get(sha256)
            add(f"register/evidence/{sha256[:2]}/{sha256}", evidence.stored(sha256))
        for name, path in _people(folder):
            try:
                add(name, path.read_bytes())
            except OSError:  # gone since the folder was listed, or held by another program
                left.append(name)
        told = {"formflow": __version__, "made": now.isoformat(timespec="seconds"), "files": prints}
        package.writestr(_MANIFEST, json.dumps(told, indent=1, sort_keys=True))
        package.close()
        out.flush()
        os.fsync(out.fileno())
    return len(prints), tuple(left)


def _people(folder: WorkingFolder) -> Iterator[tuple[str, Path]]:
    """The settings, and everything in the folders that people share with formflow."""
    if (folder.root / "formflow.toml").is_file():
        yield "formflow.toml", folder.root / "formflow.toml"
    for name in _FOLDERS:
        for path in sorted((folder.root / name).rglob("*")):
            ours = path.name == MARK or not path.name.startswith(_PASSING)
            if path.is_file() and not path.is_symlink() and ours:
                yield path.relative_to(folder.root).as_posix(), path


def restore(path: Path, root: Path) -> int:
    """Make a working folder at `root` from a backup; gives how many files it holds.

    `root` must not exist or be empty: nothing is ever written over. Raises `Stop` when it is not, or the file is no
    backup, and `NotVerified` when a part is not what was backed up. The register comes to `root/register`.
    """
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise Stop(f"{root} is not empty. A backup is put back into a new folder, so that nothing is written over.")
    try:
        with zipfile.ZipFile(path) as package:
            told = json.loads(package.read(_MANIFEST))["files"]
            if set(told) != set(package.namelist()) - {_MANIFEST}:
                raise NotVerified(f"{path.name} holds other files than it lists. Nothing was put back.")
            for name in told:
                _refuse_outside(name)
            for name, sha256 in told.items():
                if hashlib.sha256(package.read(name)).hexdigest() != sha256:
                    raise NotVerified(f"A part of {path.name} was changed since it was made. Nothing was put back.")
            root.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in told:
                _put_back(root / name, package.read(name), secret=name.startswith("register/"))
    except (OSError, zipfile.BadZipFile, KeyError, ValueError) as fault:
        raise Stop(
            f"{path} cannot be read as a backup of formflow ({type(fault).__name__}). Choose another one; "
            "their names begin with formflow-backup-."
        ) from fault
    for name in ("inbox", "outbox", "templates"):
        (root / name).mkdir(exist_ok=True)
    return len(told)


def _put_back(target: Path, content: bytes, *, secret: bool) -> None:
    target.parent.mkdir(mode=0o700 if secret else 0o777, parents=True, exist_ok=True)
    target.write_bytes(content)
    if secret:
        target.chmod(0o400 if "evidence" in target.parts else 0o600)


def _refuse_outside(name: str) -> None:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or "\\" in name or ":" in parts[0]:
        raise NotVerified("The backup names a place outside the working folder. Nothing was put back.")
