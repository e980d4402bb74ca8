"""Opening a register with its key: told at once where the key is missing or another one, and nothing is guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, inspect, select

from formflow.errors import Stop
from formflow.recording import acts
from formflow.recording.keyed.cipher import Cipher, with_cipher
from formflow.recording.keyed.keys import Keys
from formflow.recording.store import Store
from formflow.recording.tables import acts as acts_table
from formflow.recording.tables import arrivals

Act = Callable[[str, str, Mapping[str, object]], None]
"""Notes what was done with the register: what, its subject, and what else there is to tell."""

NO_KEY = (
    "Put the key back where the settings name it, from where its copy is kept; if formflow.toml names none any more, "
    "put the line back. Without the key {lost}. Nothing was taken or changed; forms wait in the inbox."
)


def unlock(store: Store, keys: Keys | None, *, writing: bool) -> None:
    """Make the store read and write with the key, where it was made with one.

    Raises `Stop` when the key is missing or another one: for writing always, for reading where it is encrypted.
    """
    with store.engine.connect() as connection:
        if not inspect(connection).has_table(acts_table.name):
            return
        keyed, encrypted = acts.last_act(connection, acts.KEYED), acts.last_act(connection, acts.ENCRYPTED)
    if keyed is None:
        return
    if keys is None and (writing or encrypted):
        lost = "what is encrypted cannot be read by anybody" if encrypted else "no line of its audit chain can be made"
        raise Stop(
            f"This register was made with a key ({keyed.subject}), and the settings name none. "
            + NO_KEY.format(lost=lost)
        )
    if keys is not None and keys.id != keyed.subject:
        raise Stop(
            f"The key that the settings name ({keys.id}) is not the one this register was made with ({keyed.subject}). "
            + NO_KEY.format(lost="it cannot be used")
        )
    if keys is not None and encrypted:
        through(store, keys)


def begin(store: Store, act: Act, keys: Keys | None, *, encrypt: bool) -> None:
    """Key the chain of a register that is written to with a key for the first time, and encrypt one that is new.

    `act` notes what was done. Raises `Stop` for a register that holds forms in plain and is to be encrypted.
    """
    if keys is None:
        return
    with store.turn():  # two that begin at once key the chain only once
        _begin(store, act, keys, encrypt=encrypt)


def _begin(store: Store, act: Act, keys: Keys, *, encrypt: bool) -> None:
    with store.engine.connect() as connection:
        keyed = acts.last_act(connection, acts.KEYED) is not None
        encrypted, new = is_encrypted(connection), is_new(connection)
    if encrypt and not encrypted and not new:
        raise Stop(
            "The settings say that the register is encrypted, and what it holds is not yet. To encrypt it: formflow "
            "key encrypt. Nothing was taken or changed."
        )
    if not keyed:
        act(acts.KEYED, keys.id, {})
    if encrypt and not encrypted:
        act(acts.ENCRYPTED, keys.id, {})
        through(store, keys)


def through(store: Store, keys: Keys) -> None:
    """From now on, read and write columns and originals through the cipher."""
    store.engine = with_cipher(store.engine, Cipher(keys.columns))
    store.evidence = store.evidence.encrypted(keys.evidence)


def is_encrypted(connection: Connection) -> bool:
    """Whether the register is encrypted."""
    return acts.last_act(connection, acts.ENCRYPTED) is not None


def is_new(connection: Connection) -> bool:
    """Whether nothing has come yet."""
    return connection.execute(select(arrivals.c.id).limit(1)).first() is None
