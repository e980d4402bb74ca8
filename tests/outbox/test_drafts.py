from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from formflow.pipeline import Pipeline
from formflow.service.run import run
from formflow.settings import WorkingFolder
from makers import NOON, a_form, a_later_form, a_working_folder

REF = "SIN-2026-001"
UPDATE: dict[str, object] = {"case_ref": REF, "recorded_by": "Ines Calder", "date_completed": "2026-03-18"}
PANEL = """
[[local.recipients]]
recipient = "panel"
name = "Child Safeguarding Practice Review Panel"
email = "mailbox@panel.example"
"""


class Office:
    """A working folder, to which forms come day after day."""

    def __init__(self, root: Path, more: str = "") -> None:
        self.folder = a_working_folder(root)
        settings = root / "formflow.toml"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(text.replace("drafts = true", "drafts = false") if more == "off" else text + more)
        self.day = 0

    @property
    def place(self) -> Path:
        return self.folder.outbox / "cases" / REF

    def take(self, content: bytes) -> None:
        (self.folder.inbox / f"form {self.day}.docx").write_bytes(content)
        now: datetime = NOON + timedelta(days=self.day)
        with Pipeline.open(WorkingFolder.open(self.folder.root), lambda: now) as pipeline:
            run(pipeline, lambda: now)
        self.day += 1

    def drafts(self) -> set[str]:
        return {path.name for path in self.place.glob("*.eml")}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    made = Office(tmp_path / "work", PANEL)
    made.take(a_form())
    return made


def test_with_the_papers_of_a_case_lie_the_messages_to_whoever_must_be_told(office: Office) -> None:
    assert office.drafts() == {
        f"{REF}_draft-to-panel_v1_20260320.eml",
        f"{REF}_draft-to-partners_v1_20260320.eml",
    }
    made = message_from_bytes((office.place / f"{REF}_draft-to-panel_v1_20260320.eml").read_bytes(), policy=default)
    (part,) = made.iter_attachments()
    assert part.get_content() == (office.place / str(part.get_filename())).read_bytes()
    assert made["To"].addresses[0].addr_spec == "mailbox@panel.example"


def test_once_somebody_is_told_their_draft_is_set_aside_and_the_others_stay_as_they_are(office: Office) -> None:
    kept = office.place / f"{REF}_draft-to-panel_v1_20260320.eml"
    untouched = kept.stat().st_mtime_ns
    office.take(a_later_form("cup", **UPDATE, partners_told_date="2026-03-17"))
    assert not list(office.place.glob("*draft-to-partners*"))
    assert (office.place / "earlier versions" / f"{REF}_draft-to-partners_v1_20260320.eml").exists()
    assert kept.stat().st_mtime_ns == untouched


def test_where_the_news_draws_the_papers_anew_the_other_drafts_carry_the_new_ones(office: Office) -> None:
    office.take(a_later_form("cup", **UPDATE, national_date="2026-03-16", national_ref="CSPRP-0417"))
    assert not list(office.place.glob("*draft-to-panel*"))
    (draft,) = office.place.glob("*draft-to-partners*")
    (part,) = message_from_bytes(draft.read_bytes(), policy=default).iter_attachments()
    assert (office.place / str(part.get_filename())).is_file()
    assert part.get_filename() == f"{REF}_partners-notice_v2_20260321.docx"


def test_a_draft_somebody_has_worked_on_is_left_alone_while_it_still_says_what_is_so(office: Office) -> None:
    draft = office.place / f"{REF}_draft-to-partners_v1_20260320.eml"
    draft.write_bytes(b"a person's own words")
    office.take(a_later_form("cup", **UPDATE, agencies_asked_date="2026-03-17"))
    assert draft.read_bytes() == b"a person's own words"
    assert len(list(office.place.glob("*draft-to-partners*"))) == 1


def test_a_correction_draws_the_drafts_anew_with_the_new_papers(office: Office) -> None:
    office.take(a_form(child_1_dob="2019-03-02", what_changed="The date of birth."))
    assert office.drafts() == {
        f"{REF}_draft-to-panel_v2_20260321.eml",
        f"{REF}_draft-to-partners_v2_20260321.eml",
    }
    content = (office.place / f"{REF}_draft-to-panel_v2_20260321.eml").read_bytes()
    (part,) = message_from_bytes(content, policy=default).iter_attachments()
    assert part.get_filename() == f"{REF}_panel-notice_v2_20260321.docx"
    assert (office.place / "earlier versions" / f"{REF}_draft-to-panel_v1_20260320.eml").exists()


def test_what_a_person_put_right_in_a_paper_is_what_a_later_draft_carries(office: Office) -> None:
    notice = office.place / f"{REF}_panel-notice_v1_20260320.docx"
    notice.write_bytes(notice.read_bytes() + b"put right by a person")
    office.take(a_later_form("cup", **UPDATE, agencies_asked_date="2026-03-17"))
    (draft,) = office.place.glob("*draft-to-panel*")
    (part,) = message_from_bytes(draft.read_bytes(), policy=default).iter_attachments()
    assert part.get_content() == notice.read_bytes()


def test_an_interruption_makes_no_second_draft(office: Office) -> None:
    with Pipeline.open(office.folder, lambda: NOON) as pipeline:
        (entry,) = pipeline.register.entries()
        before = office.drafts()
        pipeline.delivery.deliver(entry, None)
    assert office.drafts() == before


def test_no_drafts_are_made_where_none_are_wanted(tmp_path: Path) -> None:
    office = Office(tmp_path / "work", "off")
    office.take(a_form())
    assert office.drafts() == set()
    assert list(office.place.glob("*panel-notice*"))
