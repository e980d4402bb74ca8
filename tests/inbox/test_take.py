from __future__ import annotations

import hashlib
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from formflow.errors import Returned
from formflow.inbox import take as taking
from formflow.inbox.take import take

NOON = datetime(2026, 3, 12, 12, 0, tzinfo=UTC)


def test_an_arrival_carries_its_bytes_and_their_fingerprint(tmp_path: Path) -> None:
    path = tmp_path / "form.docx"
    path.write_bytes(b"what was written")
    arrival = take(path, NOON)
    assert arrival.content == b"what was written"
    assert arrival.sha256 == hashlib.sha256(b"what was written").hexdigest()
    assert arrival.id == f"20260312-120000-{arrival.sha256[:8]}"


def test_the_name_of_a_file_is_never_in_its_repr(tmp_path: Path) -> None:
    path = tmp_path / "Jordan Ashby.docx"
    path.write_bytes(b"x")
    assert "Ashby" not in repr(take(path, NOON))


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes are POSIX")
def test_a_link_and_a_pipe_are_refused_without_waiting(tmp_path: Path) -> None:
    (tmp_path / "real.docx").write_bytes(b"x")
    (tmp_path / "link.docx").symlink_to(tmp_path / "real.docx")
    os.mkfifo(tmp_path / "pipe.docx")
    for name, reason in (("link.docx", "link"), ("pipe.docx", "not-a-file")):
        with pytest.raises(Returned) as refused:
            take(tmp_path / name, NOON)
        assert refused.value.reason == reason


def test_a_folder_and_a_missing_file_are_named_for_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "folder.docx").mkdir()
    for name in ("folder.docx", "missing.docx"):
        with pytest.raises(Returned) as refused:
            take(tmp_path / name, NOON)
        assert refused.value.reason == "not-a-file"


def test_a_name_that_is_too_long_says_so(tmp_path: Path) -> None:
    with pytest.raises(Returned) as refused:
        take(tmp_path / ("x" * 300 + ".docx"), NOON)
    assert refused.value.reason == "name-too-long"


def test_a_file_beyond_all_forms_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking, "LARGEST", 10)
    (tmp_path / "huge.pdf").write_bytes(b"x" * 11)
    with pytest.raises(Returned) as refused:
        take(tmp_path / "huge.pdf", NOON)
    assert refused.value.reason == "too-large"
