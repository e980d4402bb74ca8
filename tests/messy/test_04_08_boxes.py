"""Messy cases 4 to 8: boxes that disagree, boxes of older programs and of symbol fonts, answers deleted by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from messy.words import CHILD, Taken, a_notification, heading, pairs, taken
from reading.word_maker import deleted, inserted, legacy, paragraph, row, run, table, tick

PLAN = "Is/was subject to Child Protection Plan"
CARE = "Is the child looked after?"
NOT_NOW = "not currently, previously 2021-22"
ETHNICITIES = ("White British", "Indian", "Pakistani", "African", "Caribbean")


def asking(*rows: str, more: str = "") -> Taken:
    """A form with these questions about the child."""
    return taken(a_notification(pairs(CHILD), table(*rows), more=more))


def yes_no(yes: bool, no: bool, beside: str = "") -> str:
    return paragraph(tick(ticked=yes), " Yes ", tick(ticked=no), f" No {beside}")


@pytest.mark.parametrize(
    "answer",
    [(yes_no(True, True, NOT_NOW),), (yes_no(True, True), NOT_NOW), (yes_no(True, True) + paragraph(NOT_NOW),)],
    ids=["in the same line", "in the next cell", "in the line below"],
)
def test_04_both_boxes_ticked_is_a_conflict_that_shows_what_is_written(answer: tuple[str, ...]) -> None:
    form = asking(row(PLAN, *answer))
    assert form.value("child_1_cp_plan") == "(conflict)"
    (asked,) = form.asked("child_1_cp_plan")
    assert 'both "Yes" and "No' in asked


def test_05_a_box_that_shows_something_else_than_it_holds_is_asked_with_both() -> None:
    form = asking(row(CARE, paragraph(tick(ticked=True, shown="☐"), " Yes ", tick(ticked=False), " No")))
    assert form.value("child_1_looked_after") == "(conflict)"
    (asked,) = form.asked("child_1_looked_after")
    assert "ticked in the file, but an empty box is shown" in asked


def box(state: str) -> str:
    return legacy(f"<w:checkBox>{state}</w:checkBox>")


def test_06_form_fields_of_older_programs_are_ticked_empty_blank_and_chosen_by_number() -> None:
    off = '<w:checked w:val="false"/>'
    entries = "".join(f'<w:listEntry w:val="{each}"/>' for each in ETHNICITIES)
    form = asking(
        row(CARE, paragraph(box("<w:checked/>"), " Yes ", box(off), " No")),
        row("Is the child disabled?", paragraph(box(off), " Yes ", box(""), " No")),
        row("School", paragraph(legacy("<w:textInput/>", "\u2002" * 5))),
        row("Ethnicity", paragraph(legacy(f'<w:ddList><w:result w:val="2"/>{entries}</w:ddList>'))),
    )
    assert form.values("child_1_looked_after", "child_1_disability") == ["yes", "(blank)"]
    assert form.values("child_1_school", "child_1_ethnicity") == ["(blank)", "asian_pakistani"]


def wingdings(ticked: bool) -> str:
    return f'<w:r><w:sym w:font="Wingdings" w:char="{"F0FE" if ticked else "F0A8"}"/></w:r>'


def webdings(ticked: bool) -> str:
    return run("a" if ticked else "c", '<w:rFonts w:ascii="Webdings" w:hAnsi="Webdings"/>')


@pytest.mark.parametrize("symbol", [wingdings, webdings])
@pytest.mark.parametrize("apart", [True, False], ids=["a line each", "in one line"])
@pytest.mark.parametrize("chosen", ["White British", "Pakistani", "Indian"])
def test_07_boxes_that_are_letters_of_a_symbol_font_give_one_ethnicity(
    symbol: Callable[[bool], str], apart: bool, chosen: str
) -> None:
    options = [(symbol(each == chosen), f" {each}  ") for each in ETHNICITIES]
    lines = (
        "".join(paragraph(*each) for each in options) if apart else paragraph(*(part for o in options for part in o))
    )
    given = {"White British": "white_british", "Pakistani": "asian_pakistani", "Indian": "asian_indian"}
    assert asking(row("Ethnicity", lines)).value("child_1_ethnicity") == given[chosen]


def test_a_tick_after_the_words_beside_printed_boxes_is_never_put_to_the_wrong_box() -> None:
    for typed in ("☐ Yes ☐ No ✓", "☐ Yes ✓ ☐ No", "☐ Yes ✓ No", "Yes ✓ No"):
        assert asking(row(CARE, paragraph(typed))).value("child_1_looked_after") != "no", typed
    assert asking(row(CARE, paragraph("☐ Yes ☐ No ✓"))).value("child_1_looked_after") != "yes"


STRUCK, BOLD, LIT = "<w:strike/>", "<w:b/>", '<w:highlight w:val="yellow"/>'


def test_08_yes_and_no_deleted_in_two_ways_are_read_and_stressed_in_two_ways_are_asked() -> None:
    form = asking(
        row(CARE, paragraph(run("Yes", STRUCK), " / No")),
        row("Is the child disabled?", paragraph("Yes / ", deleted("No"))),
        more=heading("4. Keeping children safe")
        + table(row("Are other children at risk?", paragraph(run("Yes", BOLD), " / No")))
        + heading("5. Family and media")
        + table(row("Is there media interest?", paragraph(run("Yes", LIT), " / No"))),
    )
    assert form.values("child_1_looked_after", "child_1_disability") == ["no", "yes"]
    assert form.values("other_children_at_risk", "media_interest") == ["(conflict)", "(conflict)"]
    for field in ("other_children_at_risk", "media_interest"):
        assert any('nothing is deleted, but "Yes"' in asked for asked in form.asked(field))
    assert any("tracked changes that nobody has accepted" in said for said in form.says)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        (paragraph(run("YES", STRUCK), "/NO"), "never"),
        (paragraph(run("NO", STRUCK), " / YES"), "(conflict)"),
        (paragraph("YES/", run("NO", STRUCK)), "(conflict)"),
        (paragraph(deleted("YES"), inserted("NO")), "never"),
        (paragraph("YES/NO"), "(conflict)"),
        (paragraph(run("YES/NO", STRUCK)), "(conflict)"),
    ],
)
def test_a_plan_asked_with_one_word_to_delete_is_read_from_the_word_that_is_left(printed: str, value: str) -> None:
    assert asking(row(PLAN, printed)).value("child_1_cp_plan") == value
