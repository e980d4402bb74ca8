from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from email import message_from_bytes
from email.headerregistry import Address as To
from email.message import EmailMessage
from email.policy import default

import pytest

from formflow import shipped
from formflow.deciding.decide import decide
from formflow.deciding.decision import Addressee, Decision
from formflow.deciding.history import History
from formflow.local import Address, Local
from formflow.rendering.drafts.draw import Draft, Sender, drafts
from formflow.rendering.drafts.message import address, message
from formflow.rendering.drafts.wording import the_wordings
from formflow.settings import Partnership
from makers import TODAY, a_case, the_rules

REF = "SIN-2026-001"
OURS = Partnership(name="Fenwold Safeguarding Children Partnership", contact="Ines Calder, 01234 567890")
NOTICE = (f"{REF}_panel-notice_v1_20260320.docx", b"PK\x03\x04 the notice \x00\xff" * 400)
REPORT = (f"{REF}_rapid-review-report_v1_20260320.docx", b"PK\x03\x04 the report")
THERE = {"panel-notice": NOTICE, "rapid-review-report": REPORT}
PANEL = Address(recipient="panel", name="Child Safeguarding Practice Review Panel", email="panel@panel.example")


def decided(local: Local | None = None, **answers: object) -> Decision:
    rules = the_rules()
    if local is not None:
        rules = replace(rules, local=local)
    return decide(a_case((), **answers), rules, TODAY, History())


def drawn(*known: Address, **answers: object) -> dict[str, Draft]:
    local = Local(recipients=known)
    made = drafts(REF, decided(local, **answers), THERE, Sender(OURS, local))
    return {draft.name: draft for draft in made}


def opened(draft: Draft) -> EmailMessage:
    made = message_from_bytes(draft.content(TODAY), policy=default)
    assert isinstance(made, EmailMessage)
    return made


def words(draft: Draft) -> str:
    body = opened(draft).get_body()
    assert body is not None
    return str(body.get_content())


def attached(draft: Draft) -> dict[str, bytes]:
    return {str(part.get_filename()): part.get_content() for part in opened(draft).iter_attachments()}


def test_a_draft_opens_unsent_and_carries_the_paper_byte_for_byte() -> None:
    draft = drawn(PANEL)["draft-to-panel"]
    made = opened(draft)
    assert made["X-Unsent"] == "1"
    assert made["Subject"] == f"{REF}: notice of a serious incident"
    assert made["To"].addresses == (To("Child Safeguarding Practice Review Panel", addr_spec="panel@panel.example"),)
    assert made["From"] is None
    assert made["Date"].datetime.date() == TODAY
    assert attached(draft) == dict([NOTICE])
    assert not made.defects


def test_a_draft_says_what_it_is_by_when_whom_to_ask_and_how_to_send_it() -> None:
    said = words(drawn(PANEL)["draft-to-panel"])
    for part in ("a serious incident", "By when: 20 March 2026", "secure route", OURS.contact, OURS.name, NOTICE[0],
                 "OFFICIAL-SENSITIVE", REF):  # fmt: skip
        assert part in said
    assert "No e-mail address" not in said


def test_where_no_address_is_set_the_to_line_is_empty_and_the_first_line_says_so() -> None:
    draft = drawn()["draft-to-panel"]
    assert opened(draft)["To"] is None
    first = words(draft).splitlines()[0]
    assert first.startswith("To: the Child Safeguarding Practice Review Panel.")
    assert first.endswith("No e-mail address is set.")


def test_somebody_without_an_address_among_others_is_named_in_the_first_line() -> None:
    police = Address(recipient="safeguarding_partners", name="Fenwold Constabulary", email="desk@police.example")
    health = Address(recipient="safeguarding_partners", name="NHS Fenwold Integrated Care Board")
    draft = drawn(police, health)["draft-to-partners"]
    assert [one.addr_spec for one in opened(draft)["To"].addresses] == ["desk@police.example"]
    assert words(draft).splitlines()[0].endswith("No e-mail address is set for: NHS Fenwold Integrated Care Board.")


def test_no_childs_name_stands_in_a_subject_or_a_file_name_or_the_words() -> None:
    for draft in drawn(PANEL).values():
        for text in (draft.subject, draft.name, draft.body):
            assert "Jordan" not in text
            assert "Ashby" not in text


@pytest.mark.parametrize(
    "name",
    [
        "Heddlu Dyfed-Powys, Brycheiniog a Llandrindod – Sgwâr",
        "NHS Fenwold, Ardál & Čírka Integrated Care Board",
        "A very long plain name of an organisation, with a comma, which goes on until the line is more than full",
        'The "Old Bank" Trust',
    ],
)
def test_the_name_of_an_organisation_comes_out_as_it_is_and_as_one_recipient(name: str) -> None:
    other = Address(recipient="panel", name="Another", email="another@panel.example")
    draft = drawn(Address(recipient="panel", name=name, email="desk@icb.example"), other)["draft-to-panel"]
    found = opened(draft)["To"].addresses
    assert [(one.display_name, one.addr_spec) for one in found] == [
        (name, "desk@icb.example"), ("Another", "another@panel.example"),
    ]  # fmt: skip


def test_very_many_recipients_keep_to_the_length_a_line_may_have() -> None:
    to = [address(f"Órganisation, number {n}", f"desk.{n}@agency.example") for n in range(60)]
    content = message([one for one in to if one], "s", "b", {}, TODAY)
    assert max(map(len, content.split(b"\r\n"))) <= 998
    assert len(message_from_bytes(content, policy=default)["To"].addresses) == 60


def test_a_long_file_name_stays_whole_and_in_one_piece() -> None:
    name = f"{REF}_{'local-child-safeguarding-practice-review-' * 4}v12_20260320.docx"
    content = message([], "s", "b", {name: b"paper"}, TODAY)
    assert b"filename*" not in content
    assert [p.get_filename() for p in message_from_bytes(content, policy=default).iter_attachments()] == [name]


def test_a_name_that_is_not_plain_and_words_of_every_shape_come_out_as_they_are() -> None:
    body = "Ynys Môn – “a”\n\n.\nFrom here = on \n" + "long " * 60 + "\n"
    papers = {'SIN-2026-001_ŵyl "1".docx': b"\r\n--=_formflow_\r\n" * 40, "empty.bin": b""}
    made = message_from_bytes(message([], "s", body, papers, TODAY), policy=default)
    text = made.get_body()
    assert text is not None
    assert text.get_content().replace("\r\n", "\n") == body
    assert {part.get_filename(): part.get_content() for part in made.iter_attachments()} == papers
    assert not [defect for part in made.walk() for defect in part.defects]


def test_a_draft_is_mail_as_the_standard_has_it_and_the_same_bytes_each_time() -> None:
    draft = drawn(PANEL)["draft-to-panel"]
    content = draft.content(TODAY)
    assert content == draft.content(TODAY)
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert content.isascii()
    head, _, rest = content.partition(b"\r\n\r\n")
    assert b"\r\nDate: Fri, 20 Mar 2026 12:00:00 +0000\r\n" in head
    assert max(map(len, rest.split(b"\r\n"))) <= 160
    assert draft.content(date(2026, 3, 21)) != content


@pytest.mark.parametrize(
    "email", ["", "panel", "panel@", "@panel.example", "a b@panel.example", "a@b", "a@b.example\nBcc: x@y.example",
              "Panel <a@b.example>", "a@b.example, c@d.example", "æ@b.example"]
)  # fmt: skip
def test_what_is_no_address_is_left_out_and_can_add_no_line(email: str) -> None:
    assert address("Panel", email) is None


def test_a_notification_that_need_not_or_must_not_be_sent_is_not_drafted() -> None:
    certain = decided()
    for notify in ("no", "cannot_tell"):
        unclear = replace(certain, duty=replace(certain.duty, notify=notify))
        made = drafts(REF, unclear, THERE, Sender(OURS, Local()))
        assert made == ()


def test_who_was_told_already_is_not_written_to_again() -> None:
    told = drawn(PANEL, national_notification_made="yes", national_date="2026-03-16")
    assert "draft-to-panel" not in told
    assert "draft-to-partners" in told


def test_a_paper_goes_to_nobody_who_may_not_have_it() -> None:
    letter = {"partners-notice": (f"{REF}_partners-notice_v1_20260320.docx", b"letter")}
    decision = decided()
    with_others = [one for one in decision.tell if one.event == "notifiable_incident_partners"]
    assert with_others
    widened = replace(with_others[0], to=(*with_others[0].to, Addressee("other_authorities", "Estermouth Council")))
    made = drafts(REF, replace(decision, tell=(widened,)), THERE | letter, Sender(OURS, Local()))
    by_name = {draft.name: draft for draft in made}
    assert list(attached(by_name["draft-to-partners"])) == [f"{REF}_partners-notice_v1_20260320.docx"]
    assert attached(by_name["draft-to-other-areas"]) == {}
    assert "Estermouth Council" not in words(by_name["draft-to-partners"])


def test_the_rapid_review_is_drafted_once_the_notice_of_the_decision_is_there() -> None:
    sender = Sender(OURS, Local())
    assert "draft-rapid-review-to-panel" not in {draft.name for draft in drafts(REF, decided(), THERE, sender)}
    decision = {"decision-notice": (f"{REF}_decision-notice_v2_20260402.docx", b"letter")}
    made = {draft.name: draft for draft in drafts(REF, decided(), THERE | decision, sender)}
    assert f"{REF}_decision-notice_v2_20260402.docx" in attached(made["draft-rapid-review-to-panel"])


def test_the_family_is_never_written_to() -> None:
    decision = decided()
    first = next(one for one in decision.tell if one.event == "notifiable_incident")
    family = replace(first, to=(Addressee("family", "The family"),))
    assert drafts(REF, replace(decision, tell=(family,)), THERE, Sender(OURS, Local())) == ()


def test_a_catalogue_of_papers_may_say_what_goes_with_an_event() -> None:
    letter = (f"{REF}_letter-to-panel_v1_20260320.docx", b"letter")
    made = drafts(
        REF, decided(), THERE | {"letter-to-panel": letter}, Sender(OURS, Local()),
        {"notifiable_incident": ("letter-to-panel", "panel-notice", "not-drawn-for-this-case")},
    )  # fmt: skip
    by_name = {draft.name: draft for draft in made}
    assert list(attached(by_name["draft-to-panel"])) == [letter[0], NOTICE[0]]
    assert attached(by_name["draft-to-partners"]) == {}
    assert "Attached: nothing." in words(by_name["draft-to-partners"])


def test_each_event_of_the_guidance_has_its_draft_or_the_reason_why_not() -> None:
    wordings = the_wordings()
    events = {event for text in shipped.texts("guidance").values() for event in tomllib.loads(text)["events"]}
    assert events <= set(wordings.events) | set(wordings.none)
    assert set(wordings.events) - events == {"local_rule"}
    assert not set(wordings.events) & set(wordings.none)


def test_two_drafts_that_may_lie_side_by_side_have_names_of_their_own() -> None:
    for text in shipped.texts("guidance").values():
        names = [the_wordings().events[event].name for event in tomllib.loads(text)["events"]
                 if event in the_wordings().events and event not in ("looked_after_death",)]  # fmt: skip
        assert len(set(names)) == len(names)


def test_every_recipient_that_may_have_a_paper_is_known_to_the_guidance() -> None:
    known = {name for text in shipped.texts("guidance").values() for name in tomllib.loads(text).get("recipients", {})}
    assert {one for recipients in the_wordings().may_have.values() for one in recipients} <= known
