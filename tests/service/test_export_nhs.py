from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from formflow.errors import TryLater
from formflow.rendering.export.nhs_files import nhs_csv, nhs_workbook
from formflow.rendering.export.nhs_rows import COLUMNS, HEADS, NhsExport, Value
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.service.export_nhs import export
from formflow.settings import Partnership
from makers import NOON, TODAY, a_later_submission, the_dictionary
from rendering.test_workbook import line
from tracker_desk import TrackerDesk

SHAPE = NhsExport(Partnership(name="Harbourside Safeguarding Children Partnership"), the_dictionary())


def row(of: CaseLine) -> dict[str, Value]:
    return dict(zip(HEADS, SHAPE.row(of), strict=True))


def decided(**answers: object) -> CaseLine:
    base = line(child_1_forename="Jordan", child_1_surname="Ashby")
    record = a_later_submission("drr", decision_date="2026-03-19", **answers)
    return replace(base, case=base.case.with_form(record, TODAY))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TrackerDesk]:
    made = TrackerDesk(tmp_path, 2)
    yield made
    made.close()


def test_a_case_gives_what_formflow_knows_and_leaves_the_rest_blank() -> None:
    told = row(line(child_1_forename="Jordan", child_1_surname="Ashby"))
    assert told["Local reference"] == "SIN-2026-001"
    assert (told["Open or closed"], told["Identifier type"], told["Identifier"]) == ("Open", "Initials", "J.A.")
    assert told["Date of incident"] == date(2026, 3, 12)
    assert told["Safeguarding Partnership Board"] == "Harbourside Safeguarding Children Partnership"
    assert told["Type of review"] == "Rapid review"
    unknown = ("StEIS number", "Designated professional", "Report signed off", "Publication date", "Publication link",
               "Converted", "Theme 1")  # fmt: skip
    assert [told[head] for head in unknown] == [None] * len(unknown)


def test_a_rapid_review_that_becomes_a_review_is_converted_and_one_that_does_not_is_not() -> None:
    review = row(decided(outcome=["local_review"]))
    assert (review["Converted"], review["Type of review"]) == ("Yes", "Local child safeguarding practice review")
    assert review["Decided on"] == date(2026, 3, 19)
    none = row(decided(outcome=["no_further_review"]))
    assert (none["Converted"], none["Type of review"]) == ("No", "Rapid review")


def test_three_themes_have_their_columns_and_the_others_stand_in_the_comments() -> None:
    themes = tuple(the_dictionary().of("formflow-drr-1").options["theme"])[:4]
    told = row(decided(themes=list(themes)))
    words = the_dictionary().of("formflow-drr-1").options["theme"]
    assert [told[f"Theme {number}"] for number in (1, 2, 3)] == [words[theme] for theme in themes[:3]]
    assert words[themes[3]] in str(told["Comments"])


def test_a_date_of_incident_that_is_no_single_day_is_not_guessed() -> None:
    told = row(line(incident_date="2026-03-01/2026-03-12"))
    assert told["Date of incident"] is None
    assert "between 1 March 2026 and 12 March 2026" in str(told["Comments"])


def test_no_name_of_a_child_stands_in_the_export() -> None:
    told = decided(action_1_text="Speak with Jordan Ashby's school")
    assert "Speak with J A's school" in str(row(told)["Actions"])
    whole = nhs_csv([SHAPE.row(told)]).decode("utf-8-sig")
    assert "Jordan" not in whole
    assert "Ashby" not in whole


@pytest.mark.parametrize("odd", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", '=HYPERLINK("http://x","y")'])
def test_no_words_become_a_formula_in_either_file(odd: str) -> None:
    values = tuple(odd if head == "Recommendations" else None for head in HEADS)
    at = HEADS.index("Recommendations")
    (_, held) = csv.reader(io.StringIO(nhs_csv([values]).decode("utf-8-sig"), newline=""))
    assert held[at].startswith("'")
    book = load_workbook(io.BytesIO(nhs_workbook([values], Partnership(), NOON)))
    cell = book["Case reviews"].cell(2, at + 1)
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_every_column_says_what_it_holds_and_that_the_names_are_to_be_confirmed() -> None:
    book = load_workbook(io.BytesIO(nhs_workbook([SHAPE.row(line())], Partnership(), NOON)))
    assert all(column.note for column in COLUMNS)
    words = [cell.value for page in book["About"].iter_rows() for cell in page]
    assert all(column.note in words for column in COLUMNS)
    assert any("to be confirmed" in str(said) for said in words)
    header = book["Case reviews"].oddHeader
    assert header is not None
    assert "OFFICIAL-SENSITIVE" in str(header.center.text)
    comments = [cell.comment for cell in book["Case reviews"][1]]
    assert all(comments)


def test_both_files_lie_in_the_outbox_and_hold_every_case(desk: TrackerDesk) -> None:
    made = export(desk.folder, NOON)
    assert made.cases == 2
    assert sorted(path.name for path in made.paths) == ["NHS case review export.csv", "NHS case review export.xlsx"]
    page = load_workbook(made.paths[0])["Case reviews"]
    assert [page.cell(at, 2).value for at in (2, 3)] == ["SIN-2026-001", "SIN-2026-002"]
    assert page["D2"].is_date
    rows = list(csv.reader(io.StringIO(made.paths[1].read_text("utf-8-sig"), newline="")))
    assert [one[1] for one in rows[1:]] == ["SIN-2026-001", "SIN-2026-002"]


def test_an_export_that_somebody_has_open_is_not_replaced(desk: TrackerDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(path: Path, target: Path) -> Path:
        raise PermissionError(13, "held")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TryLater, match="open in another program"):
        export(desk.folder, NOON)


def test_an_empty_register_gives_heads_only() -> None:
    assert nhs_csv([]).decode("utf-8-sig").splitlines()[0].split(",")[:2] == ["StEIS number", "Local reference"]
    assert load_workbook(io.BytesIO(nhs_workbook([], Partnership(), NOON)))["Case reviews"].max_row == 1
