"""Messages from the drop to the papers: each form in them is an arrival of its own, nothing is lost or taken twice."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from formflow.deciding.decide import decide
from formflow.errors import TryLater
from formflow.outbox.paper_desk import PaperDesk
from formflow.recording.entry import Entry
from formflow.recording.proof.verify import verify
from formflow.recording.record import CaseRecord
from formflow.service.run import Run, run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_pdf_form, a_pipeline, a_working_folder, lying_in, the_rules
from reading.mail_maker import attach, letter, with_form
from reading.msg_maker import attachment, message, msg
from reading.word_maker import docx, paragraph

FORM, OTHER_FORM = a_form(), a_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01")
PAPER = docx(paragraph("Attendance summary"), paragraph("Present on 180 of 190 days."))
REFERRAL = docx(paragraph("Multi-agency referral to children's social care"))


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    return a_working_folder(tmp_path / "work")


def take_all(folder: WorkingFolder) -> Run:
    with a_pipeline(folder.root) as pipeline:
        return run(pipeline, lambda: NOON)


def became(done: Run) -> list[str]:
    return sorted(result.became for result in done.results)


def drop(folder: WorkingFolder, name: str, content: bytes) -> Path:
    (folder.inbox / name).write_bytes(content)
    return folder.inbox / name


def outcomes(folder: WorkingFolder) -> list[str]:
    with a_pipeline(folder.root) as pipeline:
        assert pipeline.register.unfiled() == ()
        return sorted(entry.outcome for entry in pipeline.register.entries())


def lies_in(folder: WorkingFolder, ref: str) -> list[str]:
    place = folder.outbox / "cases" / ref
    return sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file())


def is_sound(folder: WorkingFolder) -> bool:
    rules = the_rules()
    return not verify(
        folder.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    ).problems


def test_a_form_attached_to_a_message_becomes_a_case_with_the_message_beside_it(folder: WorkingFolder) -> None:
    content = with_form(FORM)
    drop(folder, "FW a form.eml", content)
    assert became(take_all(folder)) == ["opened", "taken"]
    names = lies_in(folder, "SIN-2026-001")
    assert "SIN-2026-001_form_v1_20260320.docx" in names
    (kept,) = (folder.outbox / "cases" / "SIN-2026-001").glob("*_message_*.eml")
    assert kept.read_bytes() == content
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    assert is_sound(folder)


def test_the_form_from_a_message_is_kept_byte_for_byte(folder: WorkingFolder) -> None:
    form = FORM
    drop(folder, "FW.eml", with_form(form))
    take_all(folder)
    assert (folder.outbox / "cases" / "SIN-2026-001" / "SIN-2026-001_form_v1_20260320.docx").read_bytes() == form


def test_an_outlook_message_is_taken_alike(folder: WorkingFolder) -> None:
    drop(folder, "FW.msg", msg(message(plain="See attached.", attached=(attachment("form.docx", FORM),))))
    assert became(take_all(folder)) == ["opened", "taken"]
    assert any(name.endswith(".msg") for name in lies_in(folder, "SIN-2026-001"))


def test_two_forms_in_one_message_become_two_cases(folder: WorkingFolder) -> None:
    drop(
        folder,
        "FW.eml",
        bytes(
            attach(
                attach(letter(), "a.docx", FORM),
                "b.pdf",
                a_pdf_form(child_1_forename="Robin", child_1_surname="Quill", child_1_dob="2015-01-01"),
            )
        ),
    )
    assert became(take_all(folder)) == ["opened", "taken", "taken"]
    assert sorted(path.name for path in (folder.outbox / "cases").iterdir()) == ["SIN-2026-001", "SIN-2026-002"]


def test_a_message_dropped_twice_is_received_again_and_makes_no_second_case(folder: WorkingFolder) -> None:
    content = with_form(FORM)
    for name in ("FW.eml", "FW (1).eml"):
        drop(folder, name, content)
        take_all(folder)
    assert outcomes(folder) == ["duplicate", "opened", "taken"]
    assert any(name.startswith("received again") for name in lies_in(folder, "SIN-2026-001"))


@pytest.mark.parametrize("first", ["by itself", "in a message"])
def test_a_form_that_comes_by_itself_and_in_a_message_is_taken_once(folder: WorkingFolder, first: str) -> None:
    form = FORM
    steps = [("form.docx", form), ("FW.eml", with_form(form))]
    for name, content in steps if first == "by itself" else reversed(steps):
        drop(folder, name, content)
        take_all(folder)
    assert outcomes(folder) == ["duplicate", "opened", "taken"]
    assert is_sound(folder)


def test_a_form_in_a_message_that_must_be_mended_goes_back_with_its_page_and_its_message(folder: WorkingFolder) -> None:
    drop(folder, "FW.eml", with_form(a_form(without=("nature",))))
    assert became(take_all(folder)) == ["opened", "returned"]
    (place,) = (folder.outbox / "returned").iterdir()
    assert sorted(path.name for path in place.iterdir()) == [
        "What to mend.docx", "form as received.docx", "message as received.eml",
    ]  # fmt: skip


def test_a_message_whose_form_was_returned_is_looked_at_anew_when_it_comes_again(folder: WorkingFolder) -> None:
    for _ in range(2):
        drop(folder, "FW.eml", with_form(a_form(without=("nature",))))
        assert became(take_all(folder)) == ["opened", "returned"]


def test_another_paper_in_the_message_is_kept_with_its_form_and_nobody_must_mend_it(folder: WorkingFolder) -> None:
    drop(folder, "FW.eml", bytes(attach(attach(letter(), "form.docx", FORM), "letter.docx", PAPER)))
    assert became(take_all(folder)) == ["enclosed", "opened", "taken"]
    assert not (folder.outbox / "returned").exists()
    (kept,) = (folder.outbox / "cases" / "SIN-2026-001" / "received with the form").iterdir()
    assert kept.read_bytes() == PAPER


def test_a_referral_on_which_somebody_must_act_goes_back_with_its_warning(folder: WorkingFolder) -> None:
    drop(folder, "FW.eml", bytes(attach(attach(letter(), "form.docx", FORM), "referral.docx", REFERRAL)))
    assert became(take_all(folder)) == ["opened", "returned", "taken"]


def test_a_message_without_a_form_goes_back_in_plain_words(folder: WorkingFolder) -> None:
    drop(folder, "hello.eml", bytes(letter("Could you ring me?")))
    done = take_all(folder)
    assert became(done) == ["returned"]
    entry = done.results[0].entry
    assert entry is not None
    assert entry.problems[0].startswith("This e-mail holds no form")


def test_pictures_in_a_message_are_told_and_never_taken(folder: WorkingFolder) -> None:
    drop(folder, "FW.eml", bytes(attach(attach(letter(), "form.docx", FORM), "photo.png", b"\x89PNG", "image/png")))
    done = take_all(folder)
    assert became(done) == ["opened", "taken"]
    opened = next(result.entry for result in done.results if result.became == "opened")
    assert opened is not None
    assert "A picture is attached" in opened.problems[0]


def test_a_case_that_is_busy_is_gone_on_with_and_nothing_is_taken_twice(
    folder: WorkingFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(folder, "FW.eml", bytes(attach(attach(letter(), "a.docx", FORM), "b.docx", OTHER_FORM)))
    whole = PaperDesk.put_papers

    def busy(
        self: PaperDesk, record: CaseRecord, entry: Entry, place: Path, before: Mapping[str, str], record_line: str
    ) -> dict[str, str]:
        if place.name == "SIN-2026-002":
            raise TryLater("open in Word")
        return whole(self, record, entry, place, before, record_line)

    monkeypatch.setattr(PaperDesk, "put_papers", busy)
    assert became(take_all(folder)) == ["taken", "waiting"]
    assert (folder.inbox / "FW.eml").exists()
    monkeypatch.setattr(PaperDesk, "put_papers", whole)
    take_all(folder)
    assert outcomes(folder) == ["opened", "taken", "taken"]
    assert lying_in(folder.inbox) == {"READ ME.txt"}


DYING = """
import os, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from makers import NOON, a_pipeline
from formflow.outbox import deliver, paper_desk
from formflow.recording import register
from formflow.service.run import run

def die(*args, **more):
    os.kill(os.getpid(), signal.SIGKILL)

def at(number, owner, name):
    whole, count = getattr(owner, name), [0]
    def counted(*args, **more):
        count[0] += 1
        if count[0] == number:
            die()
        return whole(*args, **more)
    setattr(owner, name, counted)

if __name__ == "__main__":
    what, number = sys.argv[2].rsplit(" ", 1)
    owners = {"line": register.Recording, "filed": register.Register, "put_papers": paper_desk.PaperDesk}
    owner = owners.get(what, deliver.Delivery)
    at(int(number), owner, what)
    with a_pipeline(Path(sys.argv[1])) as pipeline:
        run(pipeline, lambda: NOON)
"""
MOMENTS = [*(f"line {n}" for n in (1, 2, 3, 4, 6, 7)), "put_papers 2", "_move_in 2", "_move_in 4"]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_message_whose_taking_was_killed_is_gone_through_exactly_once_in_the_end(tmp_path: Path, moment: str) -> None:
    folder = a_working_folder(tmp_path / "work")
    made = attach(attach(attach(letter(), "a.docx", FORM), "b.docx", OTHER_FORM), "letter.docx", PAPER)
    drop(folder, "FW.eml", bytes(made))
    script = tmp_path / "dying.py"
    script.write_text(DYING, encoding="utf-8")
    words = [sys.executable, str(script), str(folder.root), moment, str(Path(__file__).parent)]
    killed = subprocess.run(words, capture_output=True, check=False, env=os.environ | {"PYTHONWARNINGS": "ignore"})
    assert killed.returncode == -signal.SIGKILL
    take_all(folder)
    assert outcomes(folder) == ["enclosed", "opened", "taken", "taken"]
    assert lying_in(folder.inbox) == {"READ ME.txt"}
    assert sum("_message_" in name for name in lies_in(folder, "SIN-2026-001")) == 1
    assert is_sound(folder)


def test_read_prints_one_object_a_form_with_the_name_of_the_message_and_its_own(tmp_path: Path) -> None:
    path = tmp_path / "FW.eml"
    path.write_bytes(bytes(attach(attach(letter(), "form.docx", FORM), "letter.docx", PAPER)))
    words = [sys.executable, "-m", "formflow", "read", "--json", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    form, paper = (json.loads(line) for line in done.stdout.splitlines())
    assert done.returncode == 0
    assert (form["file"], form["inside"], form["kind"]) == ("FW.eml", "form.docx", "notification")
    assert "attachments" in form["notes"]
    assert (paper["inside"], paper["kind"]) == ("letter.docx", "not-a-form")


def test_read_of_a_message_without_a_form_ends_with_3_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "hello.eml"
    path.write_bytes(bytes(letter("Could you ring me?")))
    words = [sys.executable, "-m", "formflow", "read", "--json", str(path)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == 3
    assert (said["kind"], said["reason"]) == ("unreadable", "not-a-form")


def test_decide_takes_the_form_that_is_attached(tmp_path: Path) -> None:
    path = tmp_path / "FW.eml"
    path.write_bytes(bytes(attach(attach(letter(), "letter.docx", PAPER), "form.docx", FORM)))
    words = [sys.executable, "-m", "formflow", "decide", str(path), "--on", "2026-03-20", "--json"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["duty"]["type"] == "abuse_neglect_harm"


TYPED_FORM = """SERIOUS INCIDENT NOTIFICATION
Name of child: Jordan Ashby
Date of birth: 3 February 2019
Date of incident: 12 March 2026
Nature of incident: seriously harmed
Abuse or neglect: suspected
Date the local authority became aware: 13 March 2026
Brief summary of the incident:
A neighbour heard the child cry and called for help.
Name of person completing: Priya Nand
Email: priya.nand@fenwold.example
"""


def test_a_form_typed_into_a_message_is_read_and_the_senders_address_and_date_are_no_answers(tmp_path: Path) -> None:
    path = tmp_path / "form.eml"
    path.write_bytes(bytes(letter(TYPED_FORM)))
    words = [sys.executable, "-m", "formflow", "read", "--json", str(path)]
    said = json.loads(subprocess.run(words, capture_output=True, text=True, check=False).stdout)
    values = {field: answer["value"] for field, answer in said["answers"].items() if answer["state"] == "answered"}
    assert said["kind"] == "notification"
    assert (values["incident_date"], values["child_1_dob"]) == ("2026-03-12", "2019-02-03")
    assert said["answers"]["incident_date"]["place"] == "e-mail, line 4"
    assert "2026-03-16" not in values.values()


def test_a_form_typed_into_a_message_with_another_paper_attached_is_taken(folder: WorkingFolder) -> None:
    content = bytes(attach(letter(TYPED_FORM), "letter.docx", PAPER))
    drop(folder, "form.eml", content)
    assert became(take_all(folder)) == ["enclosed", "opened", "taken"]
    form = folder.outbox / "cases" / "SIN-2026-001" / "SIN-2026-001_form_v1_20260320.eml"
    assert form.read_bytes() == content
    assert is_sound(folder)
    drop(folder, "form.eml", content)
    assert became(take_all(folder)) == ["duplicate"]
