from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from formflow import shipped
from formflow.deciding.case import Case
from formflow.deciding.decide import decide
from formflow.errors import Stop
from formflow.rendering import word_kit as kit
from formflow.rendering.initials import initials, shown_name
from formflow.rendering.paper import Paper
from formflow.rendering.papers.about import About
from formflow.rendering.papers.case_papers import words_of_the_paper
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.papers.occasions import OCCASIONS
from formflow.rendering.papers.vocabulary import OF_THE_PAPER, VOCABULARY, words_for
from formflow.rendering.papers.words import words_for_returned
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.rendering.templates.apart import FillingRoom
from formflow.settings import Partnership, Settings
from formflow.validating.submission import Submission
from makers import TODAY, a_case, the_dictionary, the_rules

ROOM = FillingRoom()


def words_of(case: Case) -> Words:
    about = About(case, decide(case, the_rules(), TODAY), the_dictionary(), Settings(), TODAY)
    return words_for(about) | words_of_the_paper(catalogue()["panel"].papers["panel-notice"], about)


def a_template(tmp_path: Path, body: str) -> Renderer:
    (tmp_path / "event").mkdir(exist_ok=True)
    content = kit.package(
        kit.para(kit.run(body)) + kit.section(kit.PORTRAIT, last=True), header=kit.para(), footer=kit.para(), title="x"
    )
    (tmp_path / "event" / "paper.docx").write_bytes(content)
    return Renderer(tmp_path, room=ROOM)


def drawn(words: Words, renderer: Renderer | None = None) -> list[Paper]:
    """The notice and the rapid review report."""
    renderer = renderer or Renderer(shipped.templates())
    return [*renderer.render("panel", words, "{doc}"), *renderer.render("notification", words, "{doc}")]


def text_in(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode("utf-8")


def test_the_shipped_templates_ask_only_for_words_we_give() -> None:
    renderer = Renderer(shipped.templates())
    for event in catalogue():
        for name, asked in renderer.asks_for(event).items():
            assert asked <= set(VOCABULARY) | OF_THE_PAPER, name
    returned = set(words_for_returned("a.docx", ["x"], Partnership(), TODAY, "to-mend"))
    for name, asked in renderer.asks_for("returned").items():
        assert asked <= returned, name


def test_every_folder_of_templates_has_its_occasion_and_every_template_its_place_in_the_catalogue() -> None:
    folders = {path.name for path in shipped.templates().iterdir() if path.is_dir()} - {"returned", "share", "key"}
    assert folders == set(catalogue())
    for name, event in catalogue().items():
        assert event.when in OCCASIONS, name
        assert {path.stem for path in (shipped.templates() / name).glob("*.docx")} == set(event.papers), name


def test_the_papers_can_be_drawn_when_nothing_at_all_was_answered() -> None:
    empty = Submission(kind="notification", layout="", layout_certainty="recognised", answers={})
    papers = drawn(words_of(Case("SIN-2026-001", (empty,), (TODAY,))))
    for paper in papers:
        assert "Not stated on the form" in text_in(paper.content)


def test_the_papers_can_be_drawn_with_everything_at_full_length() -> None:
    much: dict[str, object] = {f"agency_{n}_name": f"Agency {n}" for n in range(1, 41)}
    much |= {f"event_{n}_event": "Something happened. " * 30 for n in range(1, 100)}
    papers = drawn(words_of(a_case((), **much, incident_summary="word " * 3000)))
    assert "Agency 40" in text_in(papers[1].content)


@pytest.mark.parametrize(
    ("answers", "to"),
    [
        ({}, "Child Safeguarding Practice Review Panel"),
        ({"nature": ("died",), "abuse_neglect": "no", "child_1_looked_after": "yes"}, "Do not send this yet."),
        ({"incident_in_area": "not_known"}, "Do not send this yet."),
        ({"abuse_neglect": "no"}, "Do not send this yet."),
    ],
)
def test_the_notice_goes_to_whom_the_duty_names_or_to_nobody(answers: dict[str, object], to: str) -> None:
    answers = {f: {"state": "not_known"} if v == "not_known" else v for f, v in answers.items()}
    notice = drawn(words_of(a_case((), **answers)))[0]
    assert to in text_in(notice.content)


def test_a_notice_says_by_when_to_notify_and_whether_it_was_done() -> None:
    said = {
        "due": words_of(a_case(la_aware_date="2026-03-19")),
        "passed": words_of(a_case(la_aware_date="2026-03-02")),
        "done": words_of(a_case(national_notification_made="yes", national_date="2026-03-17")),
    }
    assert said["due"]["notify_by"] == "Notify the Panel by 26 March 2026"
    assert (
        said["passed"]["notify_by"]
        == "Notify the Panel: was due by 9 March 2026, and nothing says yet that it was done"
    )
    assert said["done"]["notify_by"] == "Notify the Panel by 20 March 2026; it was done on 17 March 2026"


def test_words_within_a_line_begin_small_and_sentences_large() -> None:
    words = words_of(a_case(child_1_dob="2026-01-05", crit_improvements_evidence="An earlier review said so."))
    papers = drawn(words)
    notice, report = (text_in(paper.content) for paper in papers)
    assert "J.A., under 1 year when it happened" in notice
    assert "The safeguarding partners" in notice
    assert "said so.. " not in report
    assert "said so.;" not in report
    assert "in force from 15 December 2023" in report


def test_no_row_breaks_over_pages() -> None:
    for paper in drawn(words_of(a_case())):
        assert "<w:tr><w:tc>" not in text_in(paper.content), paper.name


def test_a_long_reason_stands_once_in_full_and_is_shortened_where_it_is_named_again() -> None:
    long = "The same was found in an earlier review. " * 60
    report = drawn(words_of(a_case((), crit_improvements_evidence=long)))[1]
    assert text_in(report.content).count(long.strip()) == 1
    assert "(in full in section 10)" in text_in(report.content)


def test_the_same_words_give_the_same_bytes() -> None:
    renderer = Renderer(shipped.templates())
    assert drawn(words_of(a_case()), renderer) == drawn(words_of(a_case()), renderer)


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ word.__class__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ word() }}",
        "{% import 'os' as os %}",
        "{% include '/etc/passwd' %}",
        "{{ word",
        "{% if word %}",
        "{{ missing }}",
    ],
)
def test_a_hostile_or_broken_template_runs_nothing_and_is_named(tmp_path: Path, hostile: str) -> None:
    with pytest.raises(Stop, match="paper"):
        a_template(tmp_path, hostile).render("event", {"word": "x"}, "{doc}")


def test_a_template_that_somebody_edits_is_used_at_once(tmp_path: Path) -> None:
    renderer = a_template(tmp_path, "first {{ word }}")
    assert "first x" in text_in(renderer.render("event", {"word": "x"}, "{doc}")[0].content)
    a_template(tmp_path, "second {{ word }}")
    assert "second x" in text_in(renderer.render("event", {"word": "x"}, "{doc}")[0].content)


def test_a_file_that_is_no_word_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    (tmp_path / "event" / "paper.docx").write_bytes(b"not a zip")
    with pytest.raises(Stop, match=r"event/paper\.docx"):
        Renderer(tmp_path, room=ROOM).render("event", {}, "{doc}")


def test_nothing_but_plain_data_enters_a_template(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="plain data"):
        a_template(tmp_path, "{{ word }}").render("event", {"word": object()}, "{doc}")  # type: ignore[dict-item]  # that is the test


def test_properties_tell_nothing_of_who_edited_the_template(tmp_path: Path) -> None:
    paper = drawn(words_of(a_case()))[0]
    with zipfile.ZipFile(io.BytesIO(paper.content)) as package:
        core = package.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "Ashby" not in core


@pytest.mark.parametrize(
    ("names", "short"),
    [(("Jordan", "Ashby"), "J.A."), (("Mary-Jane", "O'Neil Smith"), "M.J.O.S."), (("",), ""), (("?",), "")],
)
def test_initials_are_taken_from_every_part_of_a_name(names: tuple[str, ...], short: str) -> None:
    assert initials(*names) == short


def test_a_file_name_is_shown_without_the_names_on_its_form() -> None:
    answers = a_case().answers
    assert shown_name("SIN form Jordan ASHBY v2.docx", answers) == "SIN form J A v2.docx"
    assert shown_name("form.docx", answers) == "form.docx"
