"""The key that is kept apart: where it may lie, what comes of it, and what is said without it."""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backends.fail
import pytest
from keyring.backend import KeyringBackend

from formflow.errors import Stop
from formflow.recording.keyed.keys import Keys, key_path, keys_of, make_key_file, make_key_in_keyring
from formflow.settings import WorkingFolder
from safekeeping import bare_folder, keyed_folder, mode_of, set_key


def test_a_key_is_32_random_bytes_in_a_file_of_ones_own(tmp_path: Path) -> None:
    make_key_file(tmp_path / "a" / "formflow.key")
    text = (tmp_path / "a" / "formflow.key").read_text("ascii")
    assert len(bytes.fromhex(text.strip())) == 32
    assert mode_of(tmp_path / "a" / "formflow.key") == 0o600
    with pytest.raises(Stop, match="already"):
        make_key_file(tmp_path / "a" / "formflow.key")
    assert (tmp_path / "a" / "formflow.key").read_text("ascii") == text


def test_no_key_is_ever_shown_or_handed_on(tmp_path: Path) -> None:
    keys = Keys(b"k" * 32)
    secrets = {keys.chain, keys.evidence, keys.columns}
    assert len(secrets) == 3
    assert not any(secret.hex() in repr(keys) or str(secret) in repr(keys) for secret in secrets)
    assert keys.id not in {secret.hex()[:16] for secret in secrets}
    with pytest.raises(TypeError):
        pickle.dumps(keys)


@pytest.mark.parametrize("place", ["work/formflow.key", "work/templates/formflow.key", "work/register/formflow.key"])
def test_a_key_may_not_lie_with_what_it_protects(tmp_path: Path, place: str) -> None:
    folder = bare_folder(tmp_path / "work")
    make_key_file(tmp_path / place)
    with pytest.raises(Stop, match="Keep it elsewhere"):
        keys_of(set_key(folder, tmp_path / place))
    with pytest.raises(Stop, match="Keep it elsewhere"):
        key_path(folder, str(tmp_path / "elsewhere" / ".." / place))


def test_a_link_to_a_key_inside_is_seen_through(tmp_path: Path) -> None:
    folder = bare_folder(tmp_path / "work")
    make_key_file(tmp_path / "work" / "formflow.key")
    try:
        (tmp_path / "link.key").symlink_to(tmp_path / "work" / "formflow.key")
    except OSError:
        pytest.skip("no links here")
    with pytest.raises(Stop, match="Keep it elsewhere"):
        keys_of(set_key(folder, tmp_path / "link.key"))


@pytest.mark.skipif(os.name != "posix", reason="Windows tells it otherwise")
@pytest.mark.parametrize(
    ("mode", "refused"), [(0o600, False), (0o640, False), (0o644, True), (0o660, True), (0o601, True)]
)
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int, *, refused: bool) -> None:
    folder = keyed_folder(tmp_path)
    (tmp_path / "apart" / "formflow.key").chmod(mode)
    if refused:
        with pytest.raises(Stop, match="chmod 600"):
            keys_of(folder)
    else:
        assert keys_of(folder) is not None


def test_a_key_that_is_gone_or_is_none_is_told_and_nothing_is_guessed(tmp_path: Path) -> None:
    folder = keyed_folder(tmp_path)
    path = tmp_path / "apart" / "formflow.key"
    path.chmod(0o600)
    path.write_text("0" * 63, "ascii")
    with pytest.raises(Stop, match="is not a key that formflow made"):
        keys_of(folder)
    path.unlink()
    with pytest.raises(Stop, match="cannot be read"):
        keys_of(folder)


@pytest.mark.parametrize("said", ['key_file = "/a"\nkey = "keyring"', "encrypt = true", 'key = "drawer"'])
def test_settings_that_do_not_say_one_key_are_refused(tmp_path: Path, said: str) -> None:
    folder = bare_folder(tmp_path / "work")
    (folder.root / "formflow.toml").write_text(f"[security]\n{said}\n", "utf-8")
    with pytest.raises(Stop, match="security"):
        WorkingFolder.open(folder.root)


class InMemory(KeyringBackend):
    """A keyring that is empty at first."""

    priority = 1.0

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password


@pytest.fixture
def ring() -> Iterator[InMemory]:
    before, ring = keyring.get_keyring(), InMemory()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def in_keyring(tmp_path: Path) -> WorkingFolder:
    folder = bare_folder(tmp_path / "work")
    (folder.root / "formflow.toml").write_text('[security]\nkey = "keyring"\n', "utf-8")
    return WorkingFolder.open(folder.root)


def test_a_key_can_stand_in_the_keyring_and_is_never_written_over(tmp_path: Path, ring: InMemory) -> None:
    folder = in_keyring(tmp_path)
    with pytest.raises(Stop, match="is not there for this account"):
        keys_of(folder)
    made = make_key_in_keyring()
    there = keys_of(folder)
    assert there is not None
    assert there.id == made.id
    with pytest.raises(Stop, match="already"):
        make_key_in_keyring()
    assert len(ring.held) == 1


def test_a_system_without_a_keyring_is_told(tmp_path: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]  # not typed there
    try:
        with pytest.raises(Stop, match="--file FILE"):
            keys_of(in_keyring(tmp_path))
        with pytest.raises(Stop, match="--file FILE"):
            make_key_in_keyring()
    finally:
        keyring.set_keyring(before)
