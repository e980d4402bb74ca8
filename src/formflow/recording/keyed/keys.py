"""The key that is kept apart from the register, and the keys that are derived from it; none is ever shown."""

from __future__ import annotations

import os
import re
import secrets
import sys
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from formflow.errors import Stop
from formflow.settings import WorkingFolder

SIZE = 32
"""Bytes of a key."""
_SERVICE, _ACCOUNT = "formflow", "register key"
"""Under these names the key stands in the system's keyring."""
_WRITTEN = re.compile(r"[0-9a-f]{64}")


class Keys:
    """What is derived from one key: for the audit chain, for the originals, for the columns of the register."""

    __slots__ = ("chain", "columns", "evidence", "id")

    def __init__(self, key: bytes) -> None:
        self.chain, self.evidence, self.columns = (_derived(key, use) for use in ("audit chain", "evidence", "columns"))
        self.id = _derived(key, "name of the key")[:8].hex()
        """Says which key it is, and nothing about it."""

    def __repr__(self) -> str:
        """Nothing of the keys."""
        return f"Keys({self.id})"

    def __reduce__(self) -> str:
        """Keys stay in the process that read them."""
        raise TypeError("keys are not handed on")


def keys_of(folder: WorkingFolder) -> Keys | None:
    """The keys that the settings name; None where they name none.

    Raises `Stop` when the key is not there, is none, lies with what it protects, or can be read by others.
    """
    chosen = folder.settings.security
    if chosen.key_file:
        return Keys(_from_file(key_path(folder, chosen.key_file)))
    return Keys(_from_keyring()) if chosen.key else None


def key_path(folder: WorkingFolder, named: str) -> Path:
    """Where a key file lies. Raises `Stop` inside the working folder or the register's: whoever has one has both."""
    path = (folder.root / Path(named).expanduser()).resolve()
    for place in (folder.root.resolve(), folder.register):
        if path.is_relative_to(place):
            raise Stop(
                f"The key would lie in {place}, with what it is to protect: whoever copies that folder would have "
                'both. Keep it elsewhere, and name it in formflow.toml: key_file = "/etc/formflow/formflow.key", on '
                'Windows "C:/ProgramData/formflow-key/formflow.key".'
            )
    return path


def make_key_file(path: Path) -> Keys:
    """Make a key in a new file that only this account can read. Raises `Stop` where there is a file already."""
    key = secrets.token_bytes(SIZE)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as fault:
        raise Stop(f"There is a file {path} already. A key is never written over: name another file.") from fault
    except OSError as fault:
        raise Stop(
            f"The key cannot be written to {path} ({type(fault).__name__}). Name a place you may write."
        ) from fault
    with os.fdopen(opened, "wb") as out:
        out.write(f"{key.hex()}\n".encode("ascii"))
        out.flush()
        os.fsync(out.fileno())
    return Keys(key)


def make_key_in_keyring() -> Keys:
    """Make a key in the system's keyring. Raises `Stop` where there is one already, or no keyring."""
    import keyring  # only who keeps the key there waits for it

    key = secrets.token_bytes(SIZE)
    try:
        if keyring.get_password(_SERVICE, _ACCOUNT):
            raise Stop("There is a key of formflow in this keyring already. A key is never written over.")
        keyring.set_password(_SERVICE, _ACCOUNT, key.hex())
    except keyring.errors.KeyringError as fault:
        raise _no_keyring() from fault
    return Keys(key)


def _from_file(path: Path) -> bytes:
    try:
        mode = path.stat().st_mode
        if sys.platform != "win32" and mode & 0o027:
            raise Stop(
                f"Others can read or change the key file {path}. Take that away and begin again: chmod 600 {path} "
                "(or 640, with a group of its own for the account that formflow runs under)."
            )
        text = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise Stop(
            f"The key file {path} cannot be read ({type(fault).__name__}). Put it back from where its copy is kept, or "
            "correct key_file in formflow.toml. Nothing was read or changed without it."
        ) from fault
    return _key(text, f"The file {path}")


def _from_keyring() -> bytes:
    import keyring

    try:
        text = keyring.get_password(_SERVICE, _ACCOUNT) or ""
    except keyring.errors.KeyringError as fault:
        raise _no_keyring() from fault
    if not text:
        raise Stop(
            "The settings say that the key is in the system's keyring, and it is not there for this account. Put it "
            "there, or make one: formflow key make"
        )
    return _key(text, "What stands in the keyring")


def _key(text: str, where: str) -> bytes:
    if not _WRITTEN.fullmatch(text):
        raise Stop(f"{where} is not a key that formflow made. Put the right one back; nothing is guessed.")
    return bytes.fromhex(text)


def _no_keyring() -> Stop:
    return Stop(
        "The system's keyring cannot be used by this account (on a server without a desktop there often is none). Keep "
        "the key in a file instead: formflow key make --file FILE"
    )


def _derived(key: bytes, use: str) -> bytes:
    return HKDF(SHA256(), SIZE, salt=None, info=f"formflow 1: {use}".encode()).derive(key)
