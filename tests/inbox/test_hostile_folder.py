"""A folder of odd names and odd kinds of file, and files that change while they are read."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from formflow.errors import Returned
from formflow.inbox.sweep import look
from formflow.inbox.take import take
from formflow.service.run import Run, run
from formflow.service.watch import Watch
from makers import NOON, a_pipeline, a_working_folder

HOSTILE = Path(__file__).parents[3] / "shared" / "corpus" / "hostile"
pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="most of these names and files cannot exist on Windows"),
    pytest.mark.skipif(not HOSTILE.is_dir(), reason="the generator of hostile files is not beside this checkout"),
]
NOBODY = 65534


@contextmanager
def as_an_ordinary_user() -> Iterator[None]:
    """Root may read everything, so for a moment we are nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="formflow-hostile-"))
    folder.chmod(0o755)
    words = [sys.executable, str(HOSTILE / "gen_fs.py"), str(folder)]
    subprocess.run(words, check=True, capture_output=True)
    yield folder
    os.chmod(folder / "inbox" / "locked", 0o700)  # noqa: PTH101 - it may be another's
    shutil.rmtree(folder)


def entries(made: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (made / "manifest-fs.jsonl").read_text("utf-8").splitlines()]


def what_became(inbox: Path) -> dict[bytes, str]:
    """For each name in the inbox: `accept`, the reason why not, or nothing for what is passed over in silence."""
    with as_an_ordinary_user():
        seen = look(inbox)
        found = {_name(left.path, inbox): left.reason for left in seen.left}
        for path in seen.files:
            found[_name(path, inbox)] = _taken(path)
    return found


def _name(path: Path, inbox: Path) -> bytes:
    return os.fsencode(path.relative_to(inbox).parts[0])


def _taken(path: Path) -> str:
    try:
        arrival = take(path, datetime.now(UTC))
    except Returned as fault:
        return fault.reason
    return "accept" if arrival.content else "empty"


def test_every_entry_of_the_folder_ends_as_its_list_says(made: Path) -> None:
    found = what_became(made / "inbox")
    wrong = []
    for entry in entries(made):
        became = found.get(bytes.fromhex(entry["name_hex"]), "")
        wanted = {
            "accept": {"accept"},
            "reject": {entry["reason"]},
            "ignore": {"", "other-format", "not-a-file", "link"},
            "skip": {became},
        }[entry["outcome"]]
        if became not in wanted:
            wrong.append((entry["id"], entry["what"], became))
    assert not wrong


def test_what_is_not_taken_says_why_in_plain_words(made: Path) -> None:
    with as_an_ordinary_user():
        left = look(made / "inbox").left
    assert {entry.reason for entry in left} >= {"link", "not-a-file", "no-permission", "name-too-long", "other-format"}
    assert all(entry.says.endswith(".") and "rror" not in entry.says for entry in left)


def test_read_on_the_command_line_gives_the_same_reasons_and_waits_for_nothing(made: Path) -> None:
    names = {"passwd.docx": "link", "zero.pdf": "link", "loop.docx": "link", "pipe.docx": "not-a-file",
             "sock.pdf": "not-a-file", "unpacked.docx": "not-a-file", "sparse.docx": "too-large",
             "x" * 300 + ".docx": "name-too-long", "cloud-placeholder.docx": "empty"}  # fmt: skip
    words = [sys.executable, "-m", "formflow", "read", "--json", *(str(made / "inbox" / name) for name in names)]
    done = subprocess.run(words, capture_output=True, check=False, timeout=60)
    reasons = [json.loads(line)["reason"] for line in done.stdout.splitlines()]
    assert reasons == list(names.values())


def test_a_run_over_the_whole_folder_takes_what_it_can_and_loses_nothing(made: Path, tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    before = _forms(made / "inbox", folder.inbox)
    done = _run(folder.root)
    assert done.count("fault") == 0
    assert len(done.results) == len(before)
    kept = {path.name for path in folder.register.rglob("evidence/*/*")}
    for result in done.results:
        assert result.path.exists() or (result.entry and result.entry.sha256 in kept)
    assert all(os.path.lexists(left.path) for left in done.left)


def _forms(hostile: Path, inbox: Path) -> list[Path]:
    """Copies of the plain files of the hostile folder; gives those that are looked at."""
    for entry in os.scandir(hostile):
        if entry.is_file(follow_symlinks=False) and entry.stat().st_size < 1_000_000:
            shutil.copyfile(entry.path, inbox / entry.name)
    return list(look(inbox).files)


def _run(root: Path) -> Run:
    with a_pipeline(root) as pipeline:
        return run(pipeline, lambda: NOON)


@pytest.mark.parametrize("mode", ["append", "rename", "replace", "shrink", "vanish"])
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_file_that_changes_while_it_is_read_is_never_taken_in_part(tmp_path: Path, kind: str, mode: str) -> None:
    folder = a_working_folder(tmp_path / "work")
    settings = folder.root / "formflow.toml"
    quiet = settings.read_text("utf-8").replace("settle_seconds = 0.0", "settle_seconds = 0.8")
    settings.write_text(quiet.replace("poll_seconds = 10.0", "poll_seconds = 0.3"), "utf-8")
    words = [sys.executable, str(HOSTILE / "grow.py"), str(folder.inbox / f"form.{kind}"), kind, "2", mode]
    with a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        thread = threading.Thread(target=watching.forever)
        thread.start()
        changed = subprocess.run(words, check=False, capture_output=True, text=True)
        time.sleep(1.5)
        watching.end()
        thread.join(60)
        reasons = [entry.reason for entry in pipeline.register.entries()]
    # The form is one of another kind than ours; what counts is that none was taken for damaged. On a quick machine the
    # whole form may be taken before it could be cut off or deleted: then it is no longer in the inbox to be changed.
    gone = mode in ("shrink", "vanish") and "FileNotFoundError" in changed.stderr and bool(reasons)
    assert changed.returncode == 0 or gone, changed.stderr
    assert set(reasons) <= {"not-a-form"}
    assert len(reasons) >= (mode in ("append", "rename", "replace"))
