"""Several inboxes, each with its own settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from formflow.errors import Stop
from formflow.inbox.sentinel import MARK
from formflow.recording.sighting import Sighting
from formflow.service.balance import balance
from formflow.service.run import run
from formflow.service.standing import standing
from formflow.service.watch import Watch
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pipeline, a_working_folder


def with_inboxes(root: Path, words: str) -> WorkingFolder:
    folder = a_working_folder(root)
    settings = root / "formflow.toml"
    settings.write_text(settings.read_text("utf-8").replace("[partnership]", f"{words}\n[partnership]"), "utf-8")
    return WorkingFolder.open(folder.root)


TWO = """
[[inboxes]]
name = "Police"
path = "drop/police"
settle_seconds = 0.0
depth = 0
[[inboxes]]
name = "Health"
path = "drop/health"
events = false
"""


def test_forms_are_taken_from_every_inbox_that_is_there_and_the_one_that_is_not_stops_nothing(tmp_path: Path) -> None:
    folder = with_inboxes(tmp_path / "work", TWO)
    police = folder.root / "drop" / "police"
    (police / "deeper").mkdir(parents=True)
    (police / "form.docx").write_bytes(a_form())
    (police / "deeper" / "form.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        done = run(pipeline, lambda: NOON)
        assert done.count("taken") == 1
        assert [left.reason for left in done.left] == ["name-too-long"]  # deeper than it is looked through
        assert len(done.away) == 1
        assert "Health" in done.away[0]
        found = standing(folder, pipeline.register, NOON)
        assert [bool(one.reason) for one in found.inboxes] == [False, True]
        assert found.exit_code == 4
        health = folder.root / "drop" / "health"
        health.mkdir()
        (health / "form.docx").write_bytes(a_form(child_1_forename="Robin", child_1_dob="2015-01-01"))
        Watch(pipeline, lambda: NOON).once()
        assert balance(pipeline.register).counts["taken"] == 2
    assert (health / MARK).read_text() != (police / MARK).read_text()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ('[[inboxes]]\nname = "A"\npath = "x"\n[[inboxes]]\nname = "a"\npath = "y"', "same name"),
        ('[[inboxes]]\nname = "A"\npath = "x"\n[[inboxes]]\nname = "B"\npath = "x/y"', "one inside the other"),
        ('[[inboxes]]\nname = "A"\npath = "outbox/in"', "one inside the other"),
        ('[[inboxes]]\nname = "A"\npath = "register/in"', "register_folder"),
        ('[[inboxes]]\nname = "A"\npath = "x"\ndeep = 3', "not a setting formflow knows"),
    ],
)
def test_inboxes_that_cannot_be_are_refused_in_words(tmp_path: Path, words: str, says: str) -> None:
    with pytest.raises(Stop, match=says):
        with_inboxes(tmp_path / "work", words)


def test_the_name_of_a_file_is_never_in_the_repr_of_its_sighting() -> None:
    from formflow.inbox.sweep import Mark

    assert "Ashby" not in repr(Sighting("inbox", "Jordan Ashby.docx", Mark(1, 1), "2026-03-20", says="Jordan Ashby"))
