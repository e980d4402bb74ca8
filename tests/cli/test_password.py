from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow.cli import care, password
from formflow.errors import Stop
from formflow.reading import passwords
from formflow_command import formflow
from keyrings import InMemory, Locked, kept_in
from makers import a_working_folder

SECRET = "Quince-Harbour-71"


@pytest.fixture
def ring() -> Iterator[InMemory]:
    ring = InMemory()
    with kept_in(ring):
        yield ring


def typing(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    waiting = list(words)
    monkeypatch.setattr(password, "_asked", lambda _: waiting.pop(0))


def test_a_password_is_asked_for_twice_and_kept(
    ring: InMemory, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typing(monkeypatch, SECRET, SECRET)
    password.add("police")
    password.listed()
    said = capsys.readouterr().out
    assert "police" in said
    assert SECRET not in said
    assert passwords.Passwords().kept() == (SECRET,)
    password.remove("police")
    assert passwords.names() == ()


def test_two_that_differ_are_not_kept(ring: InMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, SECRET, SECRET + "2")
    with pytest.raises(Stop, match="not the same"):
        password.add("police")
    assert ring.held == {}


def test_a_keyring_that_is_locked_or_not_there_is_told_in_plain_words() -> None:
    with kept_in(Locked()), pytest.raises(Stop, match="locked"):
        password.listed()
    done = formflow("password", "list")
    assert done.returncode == 2
    assert "There is no keyring on this computer" in done.stderr


def test_check_says_how_the_keyring_is_and_it_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_working_folder(tmp_path / "work")
    care.check(folder.root)
    said = " ".join(capsys.readouterr().out.split())
    assert "Passwords of forms" in said
    assert "no keyring" in said


_AT_A_TERMINAL = """
import fcntl, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from formflow.cli.main import main
sys.argv = ["formflow", "password", "add", "police"]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such terminals on Windows")
def test_what_is_typed_at_a_terminal_is_not_shown() -> None:
    ours, theirs = os.openpty()
    ring = {"PYTHON_KEYRING_BACKEND": "keyrings.Told", "PYTHONPATH": str(Path(__file__).parents[1])}
    started = subprocess.Popen(
        [sys.executable, "-c", _AT_A_TERMINAL], stdin=theirs, stdout=theirs, stderr=theirs,
        start_new_session=True, env=os.environ | ring,
    )  # fmt: skip
    os.close(theirs)
    said = b""
    for prompt in (b"police: ", b"once more: "):
        while prompt not in said:
            said += os.read(ours, 1000)
        os.write(ours, SECRET.encode() + b"\n")
    while b"is kept under" not in said:
        said += os.read(ours, 1000)
    assert started.wait() == 0
    os.close(ours)
    assert SECRET.encode() not in said


@pytest.mark.skipif(sys.platform == "win32", reason="a process without a terminal is begun otherwise on Windows")
def test_a_password_is_never_taken_from_a_file() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "formflow", "password", "add", "police"],
        input=f"{SECRET}\n{SECRET}\n", capture_output=True, text=True, check=False, start_new_session=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "typed at a keyboard" in done.stderr
