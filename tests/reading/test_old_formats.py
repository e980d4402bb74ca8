from __future__ import annotations

import subprocess
import time
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from formflow.errors import Returned
from formflow.reading import old_formats
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import paragraphs
from formflow.reading.old_formats import CONVERTED, as_word, libreoffice
from makers import a_form
from reading.test_package import ole

WITH_LIBREOFFICE = pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed on this computer")

_WAYS = {".doc": "doc:MS Word 97", ".odt": "odt", ".rtf": "rtf"}


@lru_cache
def saved_as(ending: str) -> bytes:
    """The form as another program or an old Word would have saved it."""
    program = libreoffice()
    assert program is not None
    with TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "form.docx").write_bytes(a_form())
        words = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
                 _WAYS[ending], "--outdir", made, str(folder / "form.docx")]  # fmt: skip
        subprocess.run(words, check=True, capture_output=True)
        return (folder / f"form{ending}").read_bytes()


@WITH_LIBREOFFICE
@pytest.mark.parametrize("ending", [".doc", ".odt", ".rtf"])
def test_a_form_in_an_old_format_is_read_and_says_that_it_was_converted(ending: str) -> None:
    with ReadingRoom() as room:
        document = room.read(saved_as(ending), f"form{ending}")
    assert document.notes[0] == CONVERTED
    written = [control.raw for control in document.controls] + [p.text for p in paragraphs(document.blocks)]
    assert any("Ashby" in words for words in written)


@WITH_LIBREOFFICE
def test_rtf_under_the_name_of_an_old_word_file_is_read_as_what_it_is() -> None:
    assert as_word(saved_as(".rtf"), ".doc") is not None


@WITH_LIBREOFFICE
@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (ole("WordDocument"), "form.doc", "old-word-format"),
        (ole("WordDocument"), "form.docx", "old-word-format"),
        (b"<html><body>words</body></html>", "form.doc", "old-word-format"),
        (b"{\\rtf1 words", "form.docx", "other-format"),
        (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff\xff", "form.png", "other-format"),
    ],
)
def test_what_cannot_be_converted_is_returned_with_what_to_do(content: bytes, name: str, reason: str) -> None:
    with ReadingRoom() as room, pytest.raises(Returned) as fault:
        room.read(content, name)
    assert fault.value.reason == reason
    assert ".docx" in fault.value.says


def test_without_libreoffice_the_sender_is_asked_to_save_as_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_formats, "libreoffice", lambda: None)
    with ReadingRoom() as room, pytest.raises(Returned) as fault:
        room.read(b"{\\rtf1 words}", "form.rtf")
    assert "choose Save As, pick Word Document (.docx)" in fault.value.says


def test_libreoffice_is_found_in_its_usual_place_on_windows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "LibreOffice" / "program" / "soffice.com"
    program.parent.mkdir(parents=True)
    program.touch()
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setenv("ProgramFiles", str(tmp_path))
    assert libreoffice() == str(program)


@pytest.mark.skipif(not Path("/bin/sh").exists(), reason="the stand-in for LibreOffice is a shell script")
def test_a_converter_that_never_ends_is_ended_with_everything_it_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    never = tmp_path / "soffice"
    never.write_text("#!/bin/sh\nsleep 60 & sleep 60\n")
    never.chmod(0o755)
    monkeypatch.setattr(old_formats, "libreoffice", lambda: str(never))
    monkeypatch.setattr(old_formats, "_SECONDS", 0.3)
    begun = time.perf_counter()
    assert as_word(b"{\\rtf1 x}", ".rtf") is None
    assert time.perf_counter() - begun < 10


@WITH_LIBREOFFICE
def test_a_conversion_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert as_word(saved_as(".odt"), ".odt") is not None
    assert not list(tmp_path.iterdir())
