"""The key that is kept apart: where it may lie, what comes of it, and what is said without it."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from formflow.errors import Stop
from formflow.recording.keys import Keys, key_path, keys_of, make_key_file
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
