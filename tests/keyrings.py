"""A keyring in memory for tests, and forms that are locked with a password."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import keyring
import pikepdf
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, PasswordDeleteError
from msoffcrypto.format.ooxml import OOXMLFile


class InMemory(KeyringBackend):
    """Holds what it is given; how often it was asked is counted."""

    priority = 1.0

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


class Told(InMemory):
    """For a process of its own: holds the passwords that its environment names, as JSON."""

    def __init__(self) -> None:
        super().__init__()
        told: dict[str, str] = json.loads(os.environ.get("TOLD_PASSWORDS", "{}"))
        self.held = {("formflow", f"form password: {name}"): password for name, password in told.items()}
        self.held["formflow", "names of form passwords"] = json.dumps(list(told))


class Locked(InMemory):
    """A keyring that nobody has unlocked."""

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("secret words of the keyring")


@contextmanager
def kept_in(ring: KeyringBackend) -> Iterator[None]:
    """With this keyring in place of the system's."""
    before = keyring.get_keyring()
    keyring.set_keyring(ring)
    try:
        yield
    finally:
        keyring.set_keyring(before)


def locked_word(content: bytes, password: str) -> bytes:
    """A Word file as Word protects it: an encrypted package."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def locked_pdf(content: bytes, password: str) -> bytes:
    """A PDF that opens with a password only: AES-256."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(owner="the owner's", user=password, R=6))
    return out.getvalue()
