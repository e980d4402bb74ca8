"""Forms with a password, the whole way: from the inbox, from an e-mail, from the command line."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from formflow.reading import passwords
from formflow.recording.evidence import Evidence
from formflow.service.run import run
from formflow.service.watch import Watch
from keyrings import InMemory, kept_in, locked_pdf, locked_word
from makers import NOON, a_form, a_pdf_form, a_pipeline, a_working_folder
from reading.mail_maker import with_form

SECRET = "Quince-Harbour-71"
TESTS = Path(__file__).parent


def test_protected_forms_are_taken_and_kept_as_they_came(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    word = locked_word(a_form(), SECRET)
    paged = locked_pdf(a_pdf_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01"), SECRET)
    mail = with_form(locked_word(a_form(child_1_surname="Sorrel", child_1_dob="2012-06-06"), SECRET))
    for name, content in (("a.docx", word), ("b.pdf", paged), ("c.eml", mail)):
        (folder.inbox / name).write_bytes(content)
    with kept_in(InMemory()):
        passwords.add("police", SECRET)
        with a_pipeline(folder.root) as pipeline:
            done = run(pipeline, lambda: NOON)
    assert (done.count("taken"), done.count("returned"), done.count("opened")) == (3, 0, 1)
    for content in (word, paged):
        assert Evidence(folder.register / "evidence").get(hashlib.sha256(content).hexdigest()) == content
        assert content in [path.read_bytes() for path in (folder.outbox / "cases").glob("*/*_form_v1_*")]
    for path in [*folder.register.rglob("*"), *folder.outbox.rglob("*")]:
        assert not path.is_file() or SECRET.encode() not in path.read_bytes(), path.name


def test_a_watch_takes_a_form_once_its_password_is_kept(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    content = locked_word(a_form(), SECRET)
    with kept_in(InMemory()), a_pipeline(folder.root) as pipeline:
        watching = Watch(pipeline, lambda: NOON)
        (folder.inbox / "form.docx").write_bytes(content)
        watching.once()
        assert [entry.reason for entry in pipeline.register.intake()] == ["password"]
        passwords.add("police", SECRET)
        (folder.inbox / "form.docx").write_bytes(content)
        watching.once()
        assert sorted(entry.outcome for entry in pipeline.register.intake()) == ["returned", "taken"]


@pytest.mark.parametrize("words", [("read", "--json"), ("decide", "--json", "--on", "2026-03-20")])
def test_read_and_decide_use_the_kept_passwords(tmp_path: Path, words: tuple[str, ...]) -> None:
    form = tmp_path / "form.docx"
    form.write_bytes(locked_word(a_form(), SECRET))
    ring = {
        "PYTHON_KEYRING_BACKEND": "keyrings.Told",
        "PYTHONPATH": str(TESTS),
        "TOLD_PASSWORDS": json.dumps({"police": SECRET}),
    }
    done = subprocess.run(
        [sys.executable, "-m", "formflow", *words, str(form)],
        capture_output=True, text=True, check=False, env=os.environ | ring,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    shape = json.loads(done.stdout)
    assert shape.get("kind", shape.get("on")) in ("notification", "2026-03-20")
    assert SECRET not in done.stdout + done.stderr
