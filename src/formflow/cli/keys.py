"""The key that is kept apart: making one, and encrypting with it what the register holds."""

from __future__ import annotations

from pathlib import Path

from formflow.cli import show
from formflow.cli.work import now
from formflow.errors import Stop
from formflow.recording.keyed.keys import key_path, keys_of, make_key_file, make_key_in_keyring
from formflow.service.keeping.encrypt import encrypt as encrypt_all
from formflow.settings import WorkingFolder

_LOSING = (
    "Keep a copy of it where the register is not: with the person who keeps your safe, or in a password store of the "
    "IT department. Whoever has the key and the register can read and rewrite the register. If the key is lost, nobody "
    "can make a line of the audit chain any more, and what is encrypted is gone for good: there is no other way in, "
    "neither for you nor for us."
)


def make(file: Path | None, folder: Path, *, in_keyring: bool) -> None:
    """Make a key and say what to write in the settings. Raises `Stop` where there is one already."""
    working = WorkingFolder.open(folder)
    if in_keyring == (file is not None):
        raise Stop(
            "Say where the key is kept: formflow key make --file /etc/formflow/formflow.key (outside the working "
            "folder), or formflow key make --keyring"
        )
    if file is not None:
        path = key_path(working, str(Path.cwd() / file))
        made, line = make_key_file(path), f'key_file = "{path.as_posix()}"'
    else:
        made, line = make_key_in_keyring(), 'key = "keyring"'
    show.title(f"A key is made ({made.id})")
    show.out.print(_LOSING, soft_wrap=True)
    show.last("To use it, write under [security] in formflow.toml (make that line where there is none):")
    show.out.print(f"  {line}", markup=False, soft_wrap=True)
    show.out.print("From the next run on the audit chain is made with it. To encrypt as well: encrypt = true")


def encrypt(folder: Path) -> None:
    """Encrypt what the register holds. Raises `Stop` without a key or where the settings do not ask for it."""
    working = WorkingFolder.open(folder)
    if not working.settings.security.encrypt:
        raise Stop("Write encrypt = true under [security] in formflow.toml first, so that it stays so.")
    keys = keys_of(working)
    assert keys is not None, "the settings refuse encrypt without a key"  # noqa: S101 - see Security
    done = encrypt_all(working, keys, now)
    show.title("The register is encrypted")
    show.table(("", ""), [("Rows", str(done.rows)), ("Originals", str(done.originals))])
    show.out.print(
        "Papers, forms and the tracker in the outbox are not: people work with them there. Backups made before hold "
        "everything in plain; delete them once you have a new one.",
        soft_wrap=True,
    )
    show.last("To see that all is as it was recorded: formflow verify")
