"""Files of the register's folder, encrypted: each bound to its name, so that none can be put in place of another."""

from __future__ import annotations

import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from formflow.errors import NotVerified

_MARK = b"formflow encrypted 1\n"
_NONCE = 12


def seal(key: bytes, name: str, content: bytes) -> bytes:
    """What is written for `content`; with an empty key the content itself."""
    if not key:
        return content
    nonce = os.urandom(_NONCE)
    return _MARK + nonce + AESGCM(key).encrypt(nonce, content, name.encode("utf-8"))


def is_sealed(stored: bytes) -> bool:
    """Whether a file is encrypted."""
    return stored.startswith(_MARK)


def unseal(key: bytes, name: str, stored: bytes) -> bytes:
    """The content of a file, encrypted or not. Raises `NotVerified` without its key, or for one that was changed."""
    if not is_sealed(stored):
        return stored
    held = stored[len(_MARK) :]
    try:
        return AESGCM(key).decrypt(held[:_NONCE], held[_NONCE:], name.encode("utf-8"))
    except (InvalidTag, ValueError) as fault:
        why = "has been changed, or was encrypted with another key" if key else "is encrypted and needs the key"
        raise NotVerified(f'The file "{name[:40]}" in the folder of the register {why}.') from fault


def plain(key: bytes, sha256: str, stored: bytes) -> bytes:
    """The original of this fingerprint, from what lies in the evidence store. Raises `NotVerified` where it is not."""
    if hashlib.sha256(stored).hexdigest() == sha256:
        return stored
    if is_sealed(stored) and not key:
        raise NotVerified(f"The original {sha256[:12]} is encrypted and cannot be read without the key.")
    try:
        content = unseal(key, sha256, stored)
    except NotVerified:
        content = stored
    if hashlib.sha256(content).hexdigest() != sha256:
        raise NotVerified(f"The original {sha256[:12]} in the evidence store has been changed.")
    return content
