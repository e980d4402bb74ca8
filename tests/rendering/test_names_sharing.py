from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formflow import shipped
from formflow.cli.main import app
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.errors import Stop
from formflow.pipeline import Pipeline
from formflow.recording.proof.verify import verify
from formflow.recording.register import Register
from formflow.rendering.names.carries import carries
from formflow.rendering.names.inside import Part, parts_of
from formflow.rendering.names.left import left_in
from formflow.rendering.paper import Paper
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import draw
from formflow.rendering.papers.sharing import SharedMode, Sharing, sharing
from formflow.rendering.papers.vocabulary import words_for
from formflow.rendering.render import Renderer
from formflow.service.run import run
from formflow.settings import Papers, Settings, WorkingFolder
from formflow_command import formflow
from makers import (
    NOON,
    TODAY,
    a_case,
    a_form,
    a_later_submission,
    a_submission,
    a_working_folder,
    the_dictionary,
    the_rules,
)

RENDERER = Renderer(shipped.templates())
FAMILY: dict[str, object] = {
    "family_1_name": "Tansy Ashby",
    "family_1_relationship": "Mother",
    "family_1_dob_or_age": "3 April 1990",
    "child_1_nhs_no": "9434765919",
    "child_1_school": "Mill Lane Primary School",
    "child_1_home_address": "14 High Street, Fenwold",
    "incident_place": "14 High Street, Fenwold",
    "incident_summary": "Jordan Ashby was found by Tansy at 14 High Street.",
    "agency_1_name": "Mill Lane Primary School",
    "agency_1_professional": "Ines Calder",
    "agency_1_role": "Head teacher",
    "event_1_date": "2026-03-12",
    "event_1_event": "Ines Calder saw Jordan's bruise",
}


def shared(case: Case, mode: SharedMode = "pseudonym") -> Sharing:
    return sharing(about(case), RENDERER, mode, TODAY)


def about(case: Case, chosen: Settings | None = None) -> About:
    return About(case, decide(case, the_rules(), TODAY), the_dictionary(), chosen or Settings(), TODAY)


def words_in(*papers: Paper) -> str:
    return "\n".join(part.text for paper in papers for part in parts_of(paper))


def a_return(**answers: object) -> Case:
    sent = a_later_submission("air", case_ref="SIN-2026-001", agency_name="Mill Lane Primary School",
                              author_name="Sam Oakes", **answers)  # fmt: skip
    return Case("SIN-2026-001", (a_submission((), **FAMILY), sent), (TODAY, TODAY))


# ---------------------------------------------------------------- the papers themselves


def test_a_shared_report_shows_labels_years_and_kinds_of_places() -> None:
    (report,) = shared(a_case((), **FAMILY)).papers
    text = words_in(report)
    for gone in ("Ashby", "Jordan", "Tansy", "9434765919", "Mill Lane", "1990-", "3 April", "12 March 2026", "Calder"):
        assert gone not in text, gone
    for there in ("[Child A] was found by [Mother]", "[Head teacher] saw [Child A]'s bruise", "A school", "Withheld",
                  "6 to 10 years", "1990", "March 2026"):  # fmt: skip
        assert there in text, there
    assert "Deadline" not in text


def test_typed_words_keep_what_no_machine_may_change_and_the_check_tells_of_it() -> None:
    made = shared(a_case((), **FAMILY))
    assert ("address", "14 High Street") in {(find.kind, find.found) for find in made.finds}
    assert "14 High Street" in words_in(made.check)
    assert "no proof" not in words_in(made.check)


def test_a_check_that_finds_nothing_says_that_this_is_no_proof() -> None:
    made = shared(a_case())
    assert made.finds == []
    assert "That is no proof" in words_in(made.check)


def test_the_key_says_who_is_who_and_stands_in_no_other_paper() -> None:
    made = shared(a_case((), **FAMILY))
    text = words_in(made.key)
    for there in ("Child A", "Jordan Ashby", "Mother", "Tansy Ashby", "3 February 2019", "Not to be shared"):
        assert there in text, there


def test_a_version_with_initials_keeps_days_and_deadlines() -> None:
    text = words_in(*shared(a_case((), **FAMILY), "initials").papers)
    assert "[J.A.] was found by [T.A.]" in text
    assert "12 March 2026" in text
    assert "Ashby" not in text


def test_a_shared_chronology_names_nobody_and_no_day() -> None:
    case = a_return(event_1_date="2026-03-10", event_1_event="Jordan came with Tansy Ashby", event_1_source="Sam Oakes")
    chronology = next(paper for paper in shared(case).papers if "chronology" in paper.name)
    text = words_in(chronology)
    assert "[Child A] came with [Mother]" in text
    assert "[Author of a return]" in text
    for gone in ("Mill Lane", "10 March 2026", "Oakes", "10/03/2026"):
        assert gone not in text, gone


def test_a_case_with_nothing_to_share_says_so() -> None:
    with pytest.raises(Stop, match="no paper yet"):
        shared(Case("SIN-2026-001", (a_later_submission("cup", case_ref="SIN-2026-001"),), (TODAY,)))


def test_no_paper_of_a_case_carries_anything_and_no_file_name_names_anybody() -> None:
    made = shared(a_return(event_1_event="x"))
    for paper in (*made.papers, made.check, made.key):
        assert carries(paper.content) == [], paper.name
        assert "Ashby" not in paper.name
    assert made.carried == []


# ---------------------------------------------------------------- each paper in its mode


def papers_with(mode: str) -> dict[str, str]:
    """The words of each paper drawn for a case, by its kind, where the notice is set to show names so."""
    chosen = Settings(papers=Papers.model_validate({"names": {"panel-notice": mode}}))
    drawn = draw(about(a_case((), **FAMILY), chosen), (), RENDERER)
    return {paper.name.split("_")[1]: words_in(paper) for paper in drawn.papers}


def test_two_papers_of_one_event_may_show_names_differently() -> None:
    for mode, shown in (("named", "Jordan Ashby, 7"), ("initials", "J.A., 7"), ("pseudonym", "Child A, 6 to 10")):
        papers = papers_with(mode)
        assert f"{shown} years" in papers["panel-notice"]
        assert "[J.A.] was found by [T.A.]" in papers["rapid-review-report"]


def test_labels_are_the_same_in_the_report_and_the_chronology() -> None:
    case = a_return(event_1_event="Tansy Ashby rang")
    words = words_for(about(case).showing("pseudonym"), ("form", "chronology"))
    assert "[Mother]" in str(words["form"])
    assert "[Mother] rang" in str(words["chronology"])


# ---------------------------------------------------------------- invented families

FORENAMES = (
    "Zoë",
    "Mary-Jane",
    "Kacper",
    "Will",
    "May",
    "Aoife",
    "Jordan Lee",
    "Łukasz",
    "Ffion",
    "Grace",
    "Abdul Karim",
)
SURNAMES = (
    "O'Neil",
    "McDonald",
    "Okonjo-Reed",
    "Hope",
    "Ashby",
    "Child",
    "van der Berg",
    "Grant",
    "Nowak",
    "Case",
    "Smith",
)
RELATIONS = ("Mother", "Father", "Mum's partner", "Brother", "Sister", "Neighbour", "Maternal grandmother", "Cousin")
NHS = ("9434765919", "4010232137", "9434765870")
BIRTHS = st.dates(date(2008, 4, 1), date(2026, 2, 1))


@st.composite
def families(draw: st.DrawFn) -> dict[str, object]:
    answers: dict[str, object] = {}
    for number in range(1, draw(st.integers(1, 3)) + 1):
        answers[f"child_{number}_forename"] = draw(st.sampled_from(FORENAMES))
        answers[f"child_{number}_surname"] = draw(st.sampled_from(SURNAMES))
        answers[f"child_{number}_dob"] = draw(BIRTHS).isoformat()
        answers[f"child_{number}_nhs_no"] = NHS[number - 1]
    for number in range(1, draw(st.integers(0, 3)) + 1):
        answers[f"family_{number}_name"] = f"{draw(st.sampled_from(FORENAMES))} {draw(st.sampled_from(SURNAMES))}"
        answers[f"family_{number}_relationship"] = draw(st.sampled_from(RELATIONS))
        answers[f"family_{number}_dob_or_age"] = f"{draw(st.dates(date(1950, 1, 1), date(2007, 1, 1))):%d/%m/%Y}"
    return answers


def full_names(answers: dict[str, object]) -> Iterator[str]:
    for number in range(1, 4):
        if f"child_{number}_forename" in answers:
            yield f"{answers[f'child_{number}_forename']} {answers[f'child_{number}_surname']}"
        if f"family_{number}_name" in answers:
            yield str(answers[f"family_{number}_name"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(families())
def test_no_pseudonym_paper_holds_a_name_a_birth_or_a_number_of_its_case(answers: dict[str, object]) -> None:
    names = list(full_names(answers))
    typed = " ".join(f"Then {name} came. {name.upper()} left." for name in names)
    case = a_case((), **answers, incident_summary=typed, crit_improvements_evidence=typed)
    made = shared(case)
    text = words_in(*made.papers).casefold()
    for name in names:
        assert name.casefold() not in text, name
    births = [date.fromisoformat(str(v)) for field, v in answers.items() if field.endswith("_dob")]
    for born in births:
        for written in (f"{born.day} {born:%B %Y}".casefold(), f"{born:%d/%m/%Y}", born.isoformat()):
            assert written not in text, written
    assert not any(number in text for number in NHS)
    kinds = {find.kind for find in made.finds}
    assert kinds <= {"forename or surname"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(families(), st.sampled_from(("%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%d %b %y", "%d%m%Y")))
def test_whatever_is_planted_in_typed_words_is_found(answers: dict[str, object], way: str) -> None:
    case = a_case((), **answers)
    planted = [("full name", name) for name in full_names(answers)]
    planted += [
        ("date of birth", date.fromisoformat(str(v)).strftime(way)) for f, v in answers.items() if f.endswith("_dob")
    ]
    planted += [
        ("NHS number", f"{v!s:.3} {str(v)[3:6]} {str(v)[6:]}") for f, v in answers.items() if f.endswith("_nhs_no")
    ]
    for kind, what in planted:
        found = left_in([Part("report", "3", f"It is said that {what} was written there.")], case)
        assert (kind, what) in {(find.kind, find.found) for find in found}, (kind, what)


# ---------------------------------------------------------------- the command


@pytest.fixture
def folder(tmp_path: Path) -> WorkingFolder:
    working = a_working_folder(tmp_path / "work")
    (working.inbox / "form.docx").write_bytes(a_form((), **FAMILY))
    with Pipeline.open(working, lambda: NOON) as pipeline:
        run(pipeline, lambda: NOON)
    return working


def test_the_command_writes_what_is_shared_apart_from_its_key_and_records_one_line(folder: WorkingFolder) -> None:
    case = folder.outbox / "cases" / "SIN-2026-001"
    done = formflow("share", "sin-2026-001", "--folder", str(folder.root))
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ashby" not in done.stdout
    assert [path.name.split("_")[1] for path in sorted((case / "to share").iterdir())] == ["rapid-review-report"]
    apart = sorted((case / "key - not to be shared").iterdir())
    assert [path.name.split("_")[1] for path in apart] == ["check-before-sharing", "key-sheet"]
    rules = the_rules()
    report = verify(folder.register, lambda c, on, receipt, history: decide(c, rules.as_in(receipt), on, history))
    assert report.problems == ()
    assert report.lines == 3
    with Register.open(folder.register, lambda: NOON, writing=False) as register:
        assert all("to share" not in name for name in register.papers("SIN-2026-001"))


def test_sharing_again_never_writes_over_what_somebody_mended(folder: WorkingFolder) -> None:
    place = folder.outbox / "cases" / "SIN-2026-001" / "to share"
    formflow("share", "SIN-2026-001", "--folder", str(folder.root))
    formflow("share", "SIN-2026-001", "--folder", str(folder.root))
    (once,) = place.iterdir()
    once.write_bytes(b"mended")
    formflow("share", "SIN-2026-001", "--folder", str(folder.root))
    formflow("share", "SIN-2026-001", "--folder", str(folder.root))
    assert once.read_bytes() == b"mended"
    assert sorted(path.name for path in place.iterdir()) == [f"{once.stem} (2).docx", once.name]


def test_a_case_that_is_not_there_and_a_busy_register_are_told(folder: WorkingFolder) -> None:
    assert formflow("share", "SIN-2026-999", "--folder", str(folder.root)).returncode == 2
    with Register.open(folder.register, lambda: NOON):
        busy = formflow("share", "SIN-2026-001", "--folder", str(folder.root))
    assert busy.returncode == 4
    assert not (folder.outbox / "cases" / "SIN-2026-001" / "to share").exists()


def test_the_command_is_there() -> None:
    assert "share" in [command.callback.__name__ for command in app.registered_commands if command.callback]
