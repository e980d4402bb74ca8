from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from formflow.cli.ask import cases
from formflow.deciding.decide import decide
from formflow.errors import TryLater
from formflow.rendering.workbook.workbook import draw
from formflow.service.tracker.refresh import DRAWN, NAME, PREVIOUS
from tracker_desk import TrackerDesk, cell, heads, put_rows, rows_of

FIRST = "SIN-2026-001"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TrackerDesk]:
    made = TrackerDesk(tmp_path)
    made.draw()
    yield made
    made.close()


def test_what_people_type_is_kept_and_comes_back(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "ring the school")
    desk.type(1, "Next step date", date(2026, 4, 9))
    desk.draw()
    assert desk.seen(1, "Notes") == "ring the school"
    assert str(desk.seen(1, "Next step date"))[:10] == "2026-04-09"
    assert desk.notes(1) == {"Notes": "ring the school", "Next step date": "2026-04-09"}


def test_a_note_is_kept_with_its_author_its_time_and_what_stood_there(desk: TrackerDesk, tmp_path: Path) -> None:
    import sqlite3

    def sign(book: Workbook) -> None:
        cell(book["Open cases"], 1, "Notes", "second")
        book.properties.lastModifiedBy = "Ines Calder"

    desk.type(1, "Notes", "first")
    desk.draw()
    desk.edit(sign)
    desk.draw()
    with sqlite3.connect(desk.folder.register / "formflow.sqlite") as database:
        found = database.execute(
            "select text, before, author, saved from notes join note_sources on note = id"
        ).fetchall()
    assert [row[:2] for row in found] == [("first", ""), ("second", "first")]
    assert found[1][2] == "Ines Calder"
    assert found[1][3]


def test_rows_that_were_sorted_keep_their_words_by_the_hidden_key(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "of the first")
    desk.edit(lambda book: put_rows(book["Open cases"], rows_of(book["Open cases"])[::-1]))
    desk.draw()
    assert [desk.seen(row, "Notes") for row in (1, 2, 3)] == ["of the first", None, None]


def test_rows_that_were_deleted_come_back_with_their_words(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "of the first")
    desk.draw()
    desk.edit(lambda book: book["Open cases"].delete_rows(2))
    desk.draw()
    assert desk.seen(1, "Notes") == "of the first"


def test_an_emptied_cell_is_an_edit_and_the_old_words_stay_in_the_register(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "for now")
    desk.draw()
    desk.type(1, "Notes", None)
    desk.draw()
    assert desk.seen(1, "Notes") is None
    assert desk.notes(1)["Notes"] == ""


def test_a_row_that_was_copied_changes_nothing_until_the_two_differ(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "of the first")
    desk.draw()

    def copy(book: Workbook) -> None:
        page = book["Open cases"]
        put_rows(page, [*rows_of(page), rows_of(page)[0]])

    desk.edit(copy)
    desk.draw()
    assert desk.conflicts() == ()
    desk.edit(copy)
    desk.type(4, "Notes", "a copy to write in")
    desk.draw()
    assert desk.seen(1, "Notes") == "of the first"
    assert [(one.text, one.stands) for one in desk.conflicts()] == [("a copy to write in", "of the first")]
    assert desk.seen(1, "What else was written", "Conflicts") == "a copy to write in"


def test_people_settle_a_conflict_by_picking_the_other_words(desk: TrackerDesk) -> None:
    test_a_row_that_was_copied_changes_nothing_until_the_two_differ(desk)
    desk.type(1, "Which counts", "The other", "Conflicts")
    desk.draw()
    assert desk.seen(1, "Notes") == "a copy to write in"
    assert desk.conflicts() == ()
    assert "Conflicts" not in load_workbook(desk.path).sheetnames


def test_columns_that_were_moved_hidden_or_added_stay_so_with_their_words(desk: TrackerDesk) -> None:
    def rearrange(book: Workbook) -> None:
        page = book["Open cases"]
        rows = [[one.value for one in row] for row in page.iter_rows()]
        rows = [[row[-2], *row[:-2], row[-1], "School" if not at else f"school {at}"] for at, row in enumerate(rows)]
        page.delete_rows(1, page.max_row)
        page.tables.clear()
        for row in rows:
            page.append(row)
        for column in page.column_dimensions.values():
            column.hidden = False
        page.column_dimensions["F"].hidden = True

    desk.edit(rearrange)
    desk.draw()
    page = load_workbook(desk.path)["Open cases"]
    assert heads(page)[0] == "Source file"
    assert heads(page)[-2:] == ["School", "Key"]
    assert page.column_dimensions["F"].hidden
    assert [desk.seen(row, "School") for row in (1, 2, 3)] == ["school 1", "school 2", "school 3"]
    desk.type(2, "School", 42)
    desk.draw()
    assert desk.seen(2, "School") == 42


def test_a_column_that_was_renamed_is_known_by_its_neighbours(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "before")
    desk.draw()
    desk.edit(lambda book: cell(book["Open cases"], 0, "Notes", "Manager's notes"))
    desk.type(1, "Manager's notes", "after")
    desk.draw()
    assert desk.seen(1, "Notes") == "after"
    assert "Manager's notes" not in heads(load_workbook(desk.path)["Open cases"])


def test_a_column_of_peoples_that_was_deleted_comes_back_with_its_words(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "still here")
    desk.draw()
    desk.edit(lambda book: book["Open cases"].delete_cols(heads(book["Open cases"]).index("Notes") + 1))
    desk.draw()
    assert desk.seen(1, "Notes") == "still here"


def test_without_its_hidden_column_a_case_is_known_by_its_reference(desk: TrackerDesk) -> None:
    desk.edit(lambda book: book["Open cases"].delete_cols(heads(book["Open cases"]).index("Key") + 1))
    desk.type(2, "Notes", "of the second")
    desk.draw()
    assert desk.notes(2) == {"Notes": "of the second"}


def test_words_typed_over_formflows_own_cells_are_shown_beside_what_the_forms_say(desk: TrackerDesk) -> None:
    desk.type(1, "Nature", "Something else altogether")
    desk.draw()
    assert desk.seen(1, "Nature") == "A child has been seriously harmed"
    assert [(one.text, one.stands) for one in desk.conflicts()] == [
        ("Something else altogether", "A child has been seriously harmed")
    ]


def test_a_column_that_an_older_drawing_did_not_have_yet_makes_no_conflict(desk: TrackerDesk) -> None:
    def as_older(book: Workbook) -> None:
        page = book["Deadlines"]
        page.delete_cols(heads(page).index("Shown by") + 1)

    desk.edit(as_older)
    desk.draw(24 * 5)  # by then what the other columns say is not what the older drawing said
    assert desk.conflicts() == ()


def test_a_row_of_peoples_own_is_not_lost(desk: TrackerDesk) -> None:
    desk.edit(lambda book: book["Open cases"].append([None, None, "A case that came by telephone"]))
    desk.draw()
    assert "A case that came by telephone" in desk.words()


def test_words_beside_the_table_above_it_and_in_comments_are_not_lost(desk: TrackerDesk) -> None:
    def write(book: Workbook) -> None:
        page = book["Open cases"]
        page["BZ3"] = "far to the right"
        page["A2"].comment = Comment("a remark on the case", "Ines")
        book["Summary"]["A60"] = "below the summary"

    desk.edit(write)
    desk.draw()
    words = desk.words()
    assert all(said in words for said in ("far to the right", "a remark on the case", "below the summary"))
    before = len(desk.conflicts())
    desk.draw()
    assert len(desk.conflicts()) == before


def test_a_line_put_above_the_heads_hides_nothing(desk: TrackerDesk) -> None:
    def insert(book: Workbook) -> None:
        page = book["Open cases"]
        page.insert_rows(1)
        page["A1"] = "For the meeting"
        page.cell(3, [one.value for one in page[2]].index("Notes") + 1).value = "still read"

    desk.edit(insert)
    desk.draw()
    assert desk.seen(1, "Notes") == "still read"
    assert "For the meeting" in desk.words()


def test_sheets_of_peoples_own_are_carried_over_with_formulas_and_looks(desk: TrackerDesk) -> None:
    def add(book: Workbook) -> None:
        page = book.create_sheet("Rota")
        page.append(["Week", "Who", "Cases"])
        page.append([1, "Ines", "=1+2"])
        page["A1"].font = Font(bold=True)

    desk.edit(add)
    for _ in range(3):
        desk.draw()
    page = load_workbook(desk.path)["Rota"]
    assert [one.value for one in page[2]] == [1, "Ines", "=1+2"]
    assert page["A1"].font.bold
    assert len(list(desk.folder.outbox.glob("*.xlsx"))) == 1


def test_a_sheet_that_cannot_be_carried_whole_is_kept_as_a_file_and_that_is_said(desk: TrackerDesk) -> None:
    def add(book: Workbook) -> None:
        page = book.create_sheet("Rota")
        page["A1"] = "Week"
        page["A1"].comment = Comment("ask Sam", "Ines")

    desk.edit(add)
    desk.draw()
    kept = [path.name for path in desk.folder.outbox.glob("*as left*.xlsx")]
    assert len(kept) == 1
    assert kept[0] in desk.words()
    assert "Week" in desk.words()
    (desk.folder.outbox / kept[0]).unlink()
    desk.draw()
    assert kept[0] not in desk.words()


def test_a_sheet_that_got_another_name_is_known_by_its_key(desk: TrackerDesk) -> None:
    def rename(book: Workbook) -> None:
        cell(book["Open cases"], 1, "Notes", "in the renamed sheet")
        book["Open cases"].title = "Our cases"

    desk.edit(rename)
    desk.draw()
    assert desk.seen(1, "Notes") == "in the renamed sheet"
    assert "Our cases" not in load_workbook(desk.path).sheetnames


def test_a_copy_under_another_name_is_never_read(desk: TrackerDesk) -> None:
    copy = desk.folder.outbox / "Case tracker - my copy.xlsx"
    shutil.copy(desk.path, copy)
    book = load_workbook(copy)
    cell(book["Open cases"], 1, "Notes", "only mine")
    book.save(copy)
    desk.draw()
    assert desk.notes(1) == {}
    assert copy.exists()


def test_an_old_copy_put_back_brings_its_new_words_and_conflicts_where_newer_ones_stand(desk: TrackerDesk) -> None:
    old = desk.path.read_bytes()
    desk.type(1, "Notes", "newer words")
    desk.draw()
    desk.path.write_bytes(old)
    desk.type(1, "Notes", "words in the old copy")
    desk.type(2, "Notes", "nobody wrote here meanwhile")
    desk.draw()
    assert desk.seen(1, "Notes") == "newer words"
    assert desk.seen(2, "Notes") == "nobody wrote here meanwhile"
    assert [(one.text, one.stands) for one in desk.conflicts()] == [("words in the old copy", "newer words")]


def test_an_old_copy_put_back_unchanged_takes_nothing_away(desk: TrackerDesk) -> None:
    old = desk.path.read_bytes()
    desk.type(1, "Notes", "newer words")
    desk.edit(lambda book: book.create_sheet("Rota").append(["mine"]))
    desk.draw()
    desk.path.write_bytes(old)
    desk.draw()
    assert desk.seen(1, "Notes") == "newer words"
    assert desk.conflicts() == ()
    assert "mine" in desk.words()


def test_a_tracker_of_another_register_takes_nothing_away(desk: TrackerDesk, tmp_path: Path) -> None:
    other = TrackerDesk(tmp_path / "other")
    other.draw()
    other.type(1, "Notes", "of another register")
    other.close()
    desk.type(1, "Notes", "ours")
    desk.draw()
    shutil.copy(other.path, desk.path)
    desk.draw()
    assert desk.seen(1, "Notes") == "ours"
    assert [one.text for one in desk.conflicts()] == ["of another register"]


def test_a_tracker_that_was_taken_away_comes_back_with_every_word(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "ours")
    desk.edit(lambda book: book.create_sheet("Rota").append(["mine"]))
    desk.draw()
    desk.path.unlink()
    desk.draw()
    assert desk.seen(1, "Notes") == "ours"
    assert "mine" in desk.words()


def test_the_lead_officers_of_the_lists_are_peoples_own(desk: TrackerDesk) -> None:
    desk.edit(lambda book: cell(book["Lists"], 1, "Lead officers", "I. Calder"))
    desk.draw()
    desk.draw()
    assert load_workbook(desk.path)["Lists"]["A2"].value == "I. Calder"
    assert desk.conflicts() == ()


def test_words_as_excel_writes_them_are_read_with_runs_escapes_and_reading_aids(desk: TrackerDesk) -> None:
    page = load_workbook(desk.path)["Open cases"]
    place = page.cell(2, heads(page).index("Notes") + 1).coordinate
    rich = (
        "<si><r><t>ring </t></r><r><rPr><b/></rPr><t xml:space='preserve'>the_x000D_\n school</t></r>"
        "<rPh sb='0' eb='1'><t>aid</t></rPh></si>"
    )

    def as_excel(name: str, part: bytes) -> bytes:
        if name == "xl/sharedStrings.xml":
            count = part.count(b"<si>")
            as_excel.number = count  # type: ignore[attr-defined]  # the number of the string that is added
            return part.replace(b"</sst>", rich.encode() + b"</sst>")
        return part

    parts = {}
    with zipfile.ZipFile(desk.path) as package:
        for name in package.namelist():
            parts[name] = as_excel(name, package.read(name))
    number = as_excel.number  # type: ignore[attr-defined]  # set above
    sheet = parts["xl/worksheets/sheet2.xml"].decode()
    sheet = re.sub(rf'<c r="{place}" s="(\d+)"/>', rf'<c r="{place}" s="\1" t="s"><v>{number}</v></c>', sheet)
    parts["xl/worksheets/sheet2.xml"] = sheet.encode()
    with zipfile.ZipFile(desk.path, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    desk.draw()
    assert desk.notes(1) == {"Notes": "ring the\n school"}


def test_a_formula_in_a_column_of_words_leaves_what_it_came_to_and_is_not_lost(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "=1+1")
    desk.draw()
    assert "=1+1" in [one.text for one in desk.conflicts()]
    assert load_workbook(desk.path)["Open cases"].cell(2, 10).data_type != "f"


def test_an_open_tracker_is_left_alone_and_after_a_while_a_copy_stands_beside(desk: TrackerDesk) -> None:
    before = desk.path.read_bytes()
    mark = desk.path.with_name(f"~${desk.path.name}")
    mark.write_bytes(
        bytes([11]) + b"Ines Calder".ljust(54) + (11).to_bytes(2, "little") + "Ines Calder".encode("utf-16-le")
    )
    _touch(mark, desk)
    with pytest.raises(TryLater, match="open in another program"):
        desk.draw(0.1)
    assert list(desk.folder.outbox.glob("*pending*")) == []
    with pytest.raises(TryLater, match="pending"):
        desk.draw(0.5)
    assert desk.path.read_bytes() == before
    (copy,) = desk.folder.outbox.glob("*pending*")
    assert "because Ines Calder has it open" in str(load_workbook(copy)["Summary"]["A3"].value)
    mark.unlink()
    desk.draw()
    assert list(desk.folder.outbox.glob("*pending*")) == []
    assert "waiting since" not in desk.words()


def test_what_was_typed_in_a_copy_for_reading_is_not_thrown_away(desk: TrackerDesk) -> None:
    mark = desk.path.with_name(f".~lock.{desk.path.name}#")
    mark.write_text(",ines,desk7,20.03.2026 12:00,file:///x;")
    _touch(mark, desk)
    for hours in (0.1, 0.5):
        with pytest.raises(TryLater):
            desk.draw(hours)
    (copy,) = desk.folder.outbox.glob("*pending*")
    book = load_workbook(copy)
    book["Summary"]["A50"] = "typed in the wrong place"
    book.save(copy)
    mark.unlink()
    desk.draw()
    assert copy.exists()
    assert "Somebody changed" in desk.words()


def test_a_mark_left_by_a_crash_days_ago_does_not_hold_the_tracker_up(desk: TrackerDesk) -> None:
    mark = desk.path.with_name(f"~${desk.path.name}")
    mark.write_bytes(b"\x04Ines")
    _touch(mark, desk)
    desk.draw(24 * 4)
    assert mark.exists()


def test_a_tracker_that_cannot_be_replaced_counts_as_open(desk: TrackerDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.path.read_bytes()
    desk.type(1, "Notes", "typed before it was opened")
    replace = Path.replace

    def held(path: Path, target: Path) -> Path:
        if Path(target).name == desk.path.name and Path(target).parent == desk.folder.outbox:
            raise PermissionError(13, "held")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(TryLater, match="open in another program"):
        desk.draw()
    monkeypatch.undo()
    assert desk.path.read_bytes() != before
    assert desk.notes(1) == {"Notes": "typed before it was opened"}
    desk.type(1, "Notes", None)
    desk.draw()
    assert desk.seen(1, "Notes") is None, "what was read from this very workbook and then taken back is gone"


def test_words_saved_while_the_tracker_is_being_drawn_are_taken_back_first(
    desk: TrackerDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    times: list[int] = []

    def slow(*given: Any) -> None:
        draw(*given)
        if not times:
            desk.type(1, "Notes", "saved meanwhile")
        times.append(1)

    monkeypatch.setattr("formflow.service.tracker.refresh.draw", slow)
    desk.draw()
    assert desk.seen(1, "Notes") == "saved meanwhile"


def test_one_previous_version_is_kept_in_the_registers_folder(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "as people left it")
    left = desk.path.read_bytes()
    desk.draw()
    assert (desk.folder.register / PREVIOUS).read_bytes() == left
    assert (desk.folder.register / DRAWN).read_bytes() == desk.path.read_bytes()


def test_a_damaged_tracker_is_left_as_it_is(desk: TrackerDesk) -> None:
    desk.path.write_bytes(desk.path.read_bytes()[:5000])
    with pytest.raises(TryLater, match="left as it is"):
        desk.draw()
    assert desk.path.stat().st_size == 5000


def test_a_lost_memory_loses_no_word(desk: TrackerDesk) -> None:
    desk.type(1, "Notes", "ours")
    desk.draw()
    (desk.folder.register / "tracker.json").unlink()
    desk.type(2, "Notes", "typed after")
    desk.draw()
    assert [desk.seen(row, "Notes") for row in (1, 2)] == ["ours", "typed after"]


def _standing(desk: TrackerDesk, capsys: pytest.CaptureFixture[str]) -> tuple[set[object], int, set[str]]:
    """How the deadlines stand in the tracker, how often the status page says "Done", and `formflow cases`."""
    statuses = {desk.seen(row, "Status", "Deadlines") for row in range(1, 4)}
    page = (desk.folder.outbox / "status.html").read_text("utf-8")
    capsys.readouterr()
    cases(desk.folder.root, everything=True, as_json=True)
    listed = json.loads(capsys.readouterr().out)
    return statuses, page.count(">Done<"), {made["state"] for one in listed for made in one["deadlines"]}


def test_a_day_marked_as_done_counts_everywhere_and_only_where_the_settings_say_so(
    desk: TrackerDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.type(1, "Marked done", date(2026, 3, 19), "Deadlines")
    desk.draw()
    statuses, page, listed = _standing(desk, capsys)
    assert statuses == {"Due soon"}
    assert page == 0
    assert not {"done", "done_late"} & listed
    settings = desk.folder.root / "formflow.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("# marked_done_counts", "marked_done_counts"), encoding="utf-8")
    object.__setattr__(desk.pipeline, "folder", type(desk.folder).open(desk.folder.root))
    desk.draw()
    statuses, page, listed = _standing(desk, capsys)
    assert "Done" in statuses
    assert page
    assert "done" in listed


def _touch(mark: Path, desk: TrackerDesk) -> None:
    when = (desk.now + timedelta(minutes=1)).timestamp()
    os.utime(mark, (when, when))


def test_the_status_page_shows_what_was_typed_in_the_tracker_just_before_and_each_case_is_worked_out_once(
    desk: TrackerDesk,
) -> None:
    desk.type(1, "Next step", "ring the school")
    with patch("formflow.service.tracker.lines.decide", wraps=decide) as worked_out:
        desk.draw()
    assert "ring the school" in (desk.folder.outbox / "status.html").read_text("utf-8")
    assert worked_out.call_count == 3


def test_while_the_tracker_is_open_the_status_page_is_drawn_all_the_same(desk: TrackerDesk) -> None:
    page = desk.folder.outbox / "status.html"
    page.unlink()
    (desk.folder.outbox / f"~${NAME}").write_bytes(b"")
    with pytest.raises(TryLater):
        desk.draw()
    assert "SIN-2026-003" in page.read_text("utf-8")
