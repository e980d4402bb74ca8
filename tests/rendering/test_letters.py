"""Letters and notices: when each is drawn, to whom it goes, what stands in it, and every word of those approved.

What people approved stands as plain text in `papers/<letter>/<case>.txt` beside this file. After a change that is
meant, write them anew and read the difference before you commit it:

    APPROVE_PAPERS=1 python -m pytest tests/rendering/test_letters.py -n 0
    git diff tests/rendering/papers
"""

from __future__ import annotations

import os
import re
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from formflow.rendering.names.lore import mode_of
from formflow.rendering.papers.case_papers import draw
from formflow.rendering.papers.catalogue import catalogue
from formflow.service.run import run
from formflow.settings import Settings
from letter_cases import CASES, WORDS_OF_A_REVIEW, decided
from letter_drawing import LETTERS, PAPERS, RENDERER, drawn_for, letter
from letter_text import as_text
from makers import a_form, a_later_form, a_pipeline, a_working_folder, the_rules

PLACE = Path(__file__).parent / "papers"
REF = "SIN-2026-001"
PARTNERS = "Safeguarding partners (local authority, integrated care board and police)"

APPROVED: dict[str, tuple[str, ...]] = {
    "panel-notice": ("nothing answered", "harm suspected", "told already", "before 2018", "two children",
                     "looked-after death, abuse not known", "no duty", "full length"),
    "partners-notice": ("nothing answered", "harm suspected", "told already", "before 2018", "cross-border",
                        "not settled where", "full length"),
    "other-area-notice": ("nothing answered", "another area's incident", "cross-border", "looked-after death",
                          "not settled where", "full length"),
    "secretary-of-state-notice": ("nothing answered", "looked-after death", "looked-after death, told", "care leaver",
                                  "looked-after death, abuse not known", "full length"),
    "decision-notice": ("nothing answered", "local review, reviewer named", "national and local, with dissent",
                        "no further review", "learning review, views missing", "full length"),
    "reviewer-named": ("nothing answered", "local review, reviewer named", "local review, no reviewer yet",
                       "national and local, with dissent", "full length"),
    "changed-decision": ("nothing answered", "national review suggested", "harm became death",
                         "death and national review", "full length"),
    "withdrawal-notice": ("nothing answered", "withdrawn", "withdrawn, and a learning review",
                          "withdrawn, little said", "full length"),
    "delay-notice": ("nothing answered", "review overdue", "review delayed", "only improvements published",
                     "full length"),
    "publication-notice": ("nothing answered", "report to be published", "only improvements published",
                           "report sent and published", "full length"),
    "referrer-outcome": ("nothing answered", "local review, no reviewer yet", "national and local, with dissent",
                         "no further review", "withdrawn", "full length"),
    "rapid-review-report": ("nothing answered", "harm suspected", "looked-after death", "two children",
                            "national and local, with dissent"),
    "combined-chronology": ("nothing answered", "harm suspected", "cross-border", "local review, reviewer named",
                            "review delayed"),
    "what-changed": ("nothing answered", "harm suspected", "two children", "care leaver", "withdrawn"),
    "agency-request": ("nothing answered", "harm suspected", "two children", "cross-border", "not settled where"),
    "partners-decision": ("nothing answered", "local review, reviewer named", "national and local, with dissent",
                          "learning review, views missing", "withdrawn, little said"),
    "reviewer-appointment": ("nothing answered", "local review, reviewer named", "local review, no reviewer yet",
                             "national and local, with dissent", "full length"),
    "action-plan": ("nothing answered", "local review, reviewer named", "no further review", "review delayed",
                    "full length"),
    "learning-sheet": ("nothing answered", "local review, reviewer named", "no further review",
                       "learning review, views missing", "full length"),
    "hand-over": ("nothing answered", "before 2018", "local review, reviewer named", "review overdue",
                  "report sent and published"),
}  # fmt: skip
"""The cases for which every word of a paper is approved."""


@lru_cache(maxsize=256)
def said(name: str, case: str) -> str:
    """A letter of a case, as text."""
    return as_text(letter(name, CASES[case].about()))


# ---------------------------------------------------------------- approved texts


def file_of(name: str, case: str) -> Path:
    return PLACE / name / f"{re.sub(r'[^a-z0-9]+', '-', case.lower())}.txt"


@pytest.mark.parametrize(("name", "case"), [(name, case) for name, cases in APPROVED.items() for case in cases])
def test_every_word_of_a_letter_is_as_it_was_approved(name: str, case: str) -> None:
    approved, words = file_of(name, case), said(name, case)
    if os.environ.get("APPROVE_PAPERS"):
        approved.parent.mkdir(parents=True, exist_ok=True)
        approved.write_text(words, encoding="utf-8", newline="\n")
        pytest.skip("written anew: read the difference before you commit it")
    assert approved.read_text(encoding="utf-8") == words, f"see {approved.name}, and this file's head for what to do"


def test_no_approved_text_is_left_of_a_letter_or_case_that_is_gone() -> None:
    held = set(PLACE.rglob("*.txt"))
    assert held == {file_of(name, case) for name, cases in APPROVED.items() for case in cases}


def test_every_letter_is_approved_for_at_least_five_cases() -> None:
    assert set(APPROVED) == set(PAPERS)
    assert all(len(cases) >= 5 for cases in APPROVED.values())


@pytest.mark.parametrize("name", LETTERS)
@pytest.mark.parametrize("case", CASES)
def test_no_sentence_breaks_where_a_word_is_missing(name: str, case: str) -> None:
    words = said(name, case)
    broken = re.findall(
        r".{0,30}(?: ,| \.(?!\.)|,\.|\(\)|\.\.|: \.|;\.|,,|None:|\bNone\b(?= \|)|undefined|\{|\}).{0,20}", words
    )
    assert [one for one in broken if "None: " not in one] == []
    assert not re.search(r"[a-z] {2,}[a-z]", words)
    if mode_of(name, Settings()) != "named":
        assert not re.search(r"Ashby|Jordan", words), "initials only"


# ---------------------------------------------------------------- when each is drawn


@pytest.mark.parametrize(
    ("name", "drawn", "not_drawn"),
    [
        ("panel-notice", ("nothing answered", "harm suspected", "no duty"), ("looked-after death", "care leaver")),
        ("partners-notice", ("harm suspected", "before 2018", "not settled where"), ("no duty", "looked-after death")),
        ("other-area-notice", ("cross-border", "another area's incident", "looked-after death"), ("harm suspected",)),
        ("secretary-of-state-notice", ("looked-after death", "care leaver", "looked-after death, abuse not known"),
         ("harm suspected", "two children", "no duty")),
        ("decision-notice", ("no further review", "learning review, views missing"),
         ("harm suspected", "decision without a day", "withdrawn", "withdrawn, and a learning review")),
        ("reviewer-named", ("local review, reviewer named", "local review, no reviewer yet"),
         ("no further review", "learning review, views missing", "harm suspected")),
        ("changed-decision", ("national review suggested", "harm became death"), ("two children", "no further review")),
        ("withdrawal-notice", ("withdrawn", "withdrawn, little said"), ("no further review", "harm suspected")),
        ("delay-notice", ("review overdue", "review delayed", "only improvements published"),
         ("local review, reviewer named", "report to be published")),
        ("publication-notice", ("report to be published", "only improvements published"),
         ("review delayed", "local review, reviewer named")),
        ("referrer-outcome", ("no further review", "withdrawn"),
         ("cross-border", "decision without a day", "local review, reviewer named")),
    ],
)  # fmt: skip
def test_a_letter_is_drawn_on_its_occasion_and_on_no_other(
    name: str, drawn: tuple[str, ...], not_drawn: tuple[str, ...]
) -> None:
    assert all(name in drawn_for(CASES[case].about()) for case in drawn)
    assert not any(name in drawn_for(CASES[case].about()) for case in not_drawn)


def test_when_a_notification_is_withdrawn_the_panel_gets_no_notice_of_a_decision_beside_it() -> None:
    for case in ("withdrawn", "withdrawn, and a learning review"):
        drawn = drawn_for(CASES[case].about())
        assert "withdrawal-notice" in drawn
        assert "decision-notice" not in drawn


def test_a_letter_whose_occasion_is_over_is_set_aside() -> None:
    late = CASES["review delayed"]
    there = [paper.name for paper in draw(late.about(), (), RENDERER).papers]
    assert any("delay-notice" in name for name in there)
    finished = (date(2026, 9, 1), "cup", WORDS_OF_A_REVIEW | {"review_completed_date": "2026-08-31"})
    done = type(late)(late.notification, (*late.later, finished))
    assert any("delay-notice" in name for name in draw(done.about(), there, RENDERER).replaces)


# ---------------------------------------------------------------- to whom


@pytest.mark.parametrize(
    ("name", "case", "to"),
    [
        ("panel-notice", "harm suspected", ["Child Safeguarding Practice Review Panel"]),
        ("panel-notice", "before 2018", ["Ofsted"]),
        ("partners-notice", "harm suspected", [PARTNERS]),
        ("partners-notice", "before 2018", ["Local Safeguarding Children Board"]),
        ("other-area-notice", "cross-border", ["Pellingshire County Council [Notification, 2.11]"]),
        ("secretary-of-state-notice", "care leaver", ["Secretary of State for Education", "Ofsted"]),
        ("decision-notice", "no further review", ["Child Safeguarding Practice Review Panel"]),
        ("reviewer-named", "local review, no reviewer yet",
         ["Child Safeguarding Practice Review Panel", "Ofsted", "Department for Education"]),
        ("changed-decision", "national review suggested", ["Child Safeguarding Practice Review Panel"]),
        ("withdrawal-notice", "withdrawn",
         ["Child Safeguarding Practice Review Panel",
          PARTNERS]),
        ("delay-notice", "review overdue",
         ["Child Safeguarding Practice Review Panel", "Secretary of State for Education"]),
        ("publication-notice", "report to be published",
         ["Child Safeguarding Practice Review Panel", "Secretary of State for Education", "Ofsted"]),
        ("referrer-outcome", "no further review",
         ["Priya Nand", "Designated safeguarding lead", "Larch Primary School"]),
    ],
)  # fmt: skip
def test_a_letter_goes_to_whom_the_guidance_names(name: str, case: str, to: list[str]) -> None:
    head = re.search(r"^  To \|(.*?)^  Our reference", said(name, case), re.DOTALL | re.MULTILINE)
    assert head
    assert [line.strip() for line in head[1].strip().splitlines()] == to


def test_the_partnerships_own_addresses_stand_on_its_letters() -> None:
    words = said("partners-notice", "told already")
    assert "Northmere Integrated Care Board, 1 Mere Street, Northmere" in words
    assert "Fenwold Council, partners@fenwold.example" in words


# ---------------------------------------------------------------- what must not be sent yet


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_that_must_not_be_sent_yet_says_so_at_its_head(name: str) -> None:
    words = said(name, "nothing answered")
    assert re.search(r"^# .*: not to be sent yet$", words, re.MULTILINE)
    assert "Do not send this yet." in words


@pytest.mark.parametrize(
    ("name", "case", "why"),
    [
        ("panel-notice", "looked-after death, abuse not known", "turns on whether abuse or neglect is suspected"),
        ("partners-notice", "not settled where", "the form does not settle where it happened"),
        ("decision-notice", "withdrawn", "the withdrawal notice goes instead"),
        ("delay-notice", "review overdue", "No reasons are recorded yet."),
        ("reviewer-named", "no further review", "No local review is recorded as agreed."),
    ],
)
def test_the_head_says_why_it_must_not_be_sent_yet(name: str, case: str, why: str) -> None:
    words = said(name, case)
    assert "not to be sent yet" in words
    assert why in words


@pytest.mark.parametrize(
    ("name", "case"),
    [(name, case) for name, cases in APPROVED.items() for case in cases[1:] if case not in
     ("no duty", "not settled where", "looked-after death, abuse not known", "review overdue", "full length")],
)  # fmt: skip
def test_a_letter_that_is_due_does_not_say_that_it_must_wait(name: str, case: str) -> None:
    assert "not to be sent yet" not in said(name, case)


# ---------------------------------------------------------------- what stands in it


@pytest.mark.parametrize(
    ("name", "case", "words"),
    [
        ("panel-notice", "harm suspected", "to be sent by 20 March 2026, within 5 working days"),
        ("panel-notice", "late and awareness unknown", "The day itself cannot be worked out yet."),
        ("panel-notice", "told already", "Sent: everybody had been told by 16 March 2026."),
        ("panel-notice", "told already", "told of the incident on 17 March 2026"),
        ("partners-notice", "cross-border", "Send the rapid review to the Panel: 8 April 2026"),
        ("partners-notice", "cross-border", "The mother's partner must not learn where the child is placed."),
        ("partners-notice", "harm suspected", "Jordan Ashby, 7 years"),
        ("other-area-notice", "another area's incident", "You do, on what the form says"),
        ("other-area-notice", "cross-border", "Fenwold Safeguarding Children Partnership leads the rapid review."),
        ("other-area-notice", "cross-border", "This letter names the child: send it by the secure route only."),
        ("secretary-of-state-notice", "looked-after death", "No rapid review follows by this route."),
        ("secretary-of-state-notice", "looked-after death, abuse not known", "Whether a rapid review follows is not"),
        ("decision-notice", "national and local, with dissent", "Police: The criminal case should end first."),
        ("decision-notice", "national and local, with dissent", "To be confirmed by ____"),
        ("decision-notice", "local review, reviewer named", "Dr Nell Okafor, Independent"),
        ("decision-notice", "no further review", "The audit of bruising in babies goes on."),
        ("decision-notice", "learning review, views missing", "The partners' view of the criteria is not recorded."),
        ("reviewer-named", "local review, no reviewer yet", "the name must follow as soon as it is known"),
        ("changed-decision", "death and national review", "Practice Review Panel (told on 27 May 2026)"),
        ("changed-decision", "harm became death", "to be sent by 2 April 2026"),
        ("withdrawal-notice", "withdrawn", "Hana Brevik, Detective superintendent: agrees"),
        ("delay-notice", "review delayed", "New day | 15 December 2026"),
        ("delay-notice", "review delayed", "Write a protocol (done on 1 May 2026)"),
        ("publication-notice", "report to be published", "at least 7 working days before publication"),
        ("publication-notice", "only improvements published", "The report itself is not published."),
        ("referrer-outcome", "no further review", "They will not hold a further review."),
        ("referrer-outcome", "no further review", "procedure for professional disagreement"),
    ],
)  # fmt: skip
def test_a_letter_says_what_its_reader_needs(name: str, case: str, words: str) -> None:
    assert words in said(name, case)


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "referrer-outcome"])
def test_a_letter_cites_what_it_rests_on_and_says_what_is_to_be_confirmed(name: str) -> None:
    case = next(one for one in APPROVED[name][1:] if CASES[one].about().decision.tell)
    basis = re.search(r"^  Basis \| (.*)$", said(name, case), re.MULTILINE)
    assert basis
    assert re.search(r"Working Together|Children Act|Panel, questions|SI 2018|paragraph is to be confirmed", basis[1])
    if "2026" in basis[1]:
        assert "(to be confirmed)" in basis[1]


@pytest.mark.parametrize("name", ["panel-notice", "decision-notice"])
def test_there_are_at_most_five_reasons_each_with_its_criterion(name: str) -> None:
    for case in APPROVED[name]:
        lines = [line for line in said(name, case).splitlines() if line.strip().startswith("–")]
        assert len(lines) <= 5
        assert all(re.match(r" *–  [A-Z][^:]+: ", line) for line in lines)


def test_the_referrer_learns_nothing_that_it_did_not_send() -> None:
    told = decided(referrer_told_date="2026-04-03", reasons_for="SECRET of the family", instead="SECRET",
                   view_improvements_reason="SECRET", partner_police_view="dissent", partner_police_reason="SECRET",
                   immediate_action="SECRET")  # fmt: skip
    case = CASES["no further review"]
    words = as_text(
        letter("referrer-outcome", type(case)(case.notification, ((date(2026, 4, 2), "drr", told),)).about())
    )
    assert "The partners decided on 2 April 2026." in words
    for kept in ("SECRET", "NAT-40233", "dissent", "aunt", "neglect is"):
        assert kept not in words


def test_the_health_partner_is_called_as_it_was_on_the_day() -> None:
    case = CASES["harm suspected"]
    earlier = type(case)({"incident_date": "2021-03-12", "la_aware_date": "2021-03-15"}, on=date(2021, 3, 17))
    assert "clinical commissioning group" in as_text(letter("partners-notice", earlier.about()))


# ---------------------------------------------------------------- the whole way


def test_the_letters_of_a_case_lie_in_its_folder_and_newer_ones_take_their_place(tmp_path: Path) -> None:
    folder = a_working_folder(tmp_path / "work")
    place = folder.outbox / "cases" / REF
    now = datetime(2026, 3, 20, 12, tzinfo=UTC)
    school = {"notifier_agency": "school_college", "national_notification_made": "yes", "national_date": "2026-03-16"}
    with a_pipeline(folder.root) as pipeline:
        (folder.inbox / "one.docx").write_bytes(a_form((), **school, other_la="Pellingshire County Council"))
        run(pipeline, lambda: now)
        first = {path.name.split("_")[1] for path in place.glob("*.docx")}
        assert first >= {"panel-notice", "partners-notice", "other-area-notice"}
        assert not first & {"decision-notice", "reviewer-named", "referrer-outcome", "withdrawal-notice"}
        record = a_later_form("drr", **({"case_ref": REF} | decided(partners_told_date="2026-03-17")))
        (folder.inbox / "two.docx").write_bytes(record)
        run(pipeline, lambda: now)
    names = {path.name.split("_")[1] for path in place.glob("*.docx")}
    assert names >= {"decision-notice", "reviewer-named", "referrer-outcome", "partners-notice"}
    notice = next(place.glob("*decision-notice_v2*.docx"))
    assert "Approved with the partners' decision of 2 April 2026." in as_text(notice.read_bytes())
    assert list(place.glob("*partners-notice_v1*.docx")), "what was sent stays as it was"


def test_what_the_letters_tell_of_are_events_of_some_edition() -> None:
    known = {event for edition in the_rules().guidance.editions for event in edition.events}
    for told in catalogue().values():
        for kind in told.papers.values():
            assert set(kind.tells) <= known
