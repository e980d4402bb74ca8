from __future__ import annotations

import contextlib

import pytest

from formflow.errors import Returned
from formflow.reading.document import Mark, Paragraph, paragraphs, tables
from formflow.reading.letter import Letter, Words
from formflow.reading.mail_body import body, plain_blocks
from formflow.reading.mail_html import html_blocks


def lines(text: str) -> list[str]:
    return [p.text for p in paragraphs(tuple(plain_blocks(text)))]


def html_lines(text: str) -> list[str]:
    return [p.text for p in paragraphs(tuple(html_blocks(text)))]


def kept(plain: str) -> tuple[list[str], tuple[str, ...]]:
    blocks, notes = body(Letter((Words("plain", plain),)))
    return [p.text for p in paragraphs(blocks)], notes


def test_each_line_is_a_paragraph_with_its_number() -> None:
    found = plain_blocks("Name of child:\n\nJordan\n")
    assert [(p.place, p.text) for p in found if isinstance(p, Paragraph)] == [
        ("e-mail, line 1", "Name of child:"),
        ("e-mail, line 3", "Jordan"),
    ]


def test_a_line_that_was_broken_only_for_its_length_is_joined_again() -> None:
    text = (
        "Summary: A neighbour heard the child cry and called for help, and the police\n"
        "came within ten minutes.\nDate: 12 March 2026\n"
    )
    assert lines(text) == [
        "Summary: A neighbour heard the child cry and called for help, and the police came within ten minutes.",
        "Date: 12 March 2026",
    ]


def test_short_lines_and_new_questions_are_never_joined() -> None:
    text = "Name: Jordan\nAshby lives here\n" + "x" * 70 + "\nDate of birth: 3 Feb 2019\n"
    assert lines(text) == ["Name: Jordan", "Ashby lives here", "x" * 70, "Date of birth: 3 Feb 2019"]


def test_answers_typed_between_quoted_questions_are_read_in_order() -> None:
    assert lines("> Name of child\nJordan\n> > Date of birth\n3 Feb 2019") == [
        "Name of child", "Jordan", "Date of birth", "3 Feb 2019",
    ]  # fmt: skip


def test_the_headers_of_a_forwarded_message_are_no_answers() -> None:
    text = (
        "Please see below.\n________________________________\nFrom: Femi Alabi <f@fenwold.example>\n"
        "Sent: 14 May 2026 18:40\nTo: Karin Lindqvist\nSubject: RE: Form\n\nName of child: Jordan\nDate: 12 March\n"
    )
    assert kept(text)[0] == ["Please see below.", "Name of child: Jordan", "Date: 12 March"]


def test_a_question_called_from_or_date_is_no_header() -> None:
    assert kept("From: the police\nName of child: Jordan\nDate: 12 March 2026")[0] == [
        "From: the police", "Name of child: Jordan", "Date: 12 March 2026",
    ]  # fmt: skip


def test_a_signature_and_a_disclaimer_are_left_aside_and_noted() -> None:
    text = (
        "Name of child: Jordan\n-- \nPriya Nand\nTel: 01632 960000\n\n"
        "From: A\nSent: today\nTo: B\nSubject: C\n\nDate of birth: 3 Feb 2019\n"
        "This e-mail is confidential. If you have received it in error please delete it.\n"
    )
    assert kept(text) == (["Name of child: Jordan", "Date of birth: 3 Feb 2019"], ("signature", "disclaimer"))


def test_the_heading_of_a_confidential_form_is_no_disclaimer() -> None:
    assert kept("CONFIDENTIAL WHEN COMPLETED\nThis message is about Jordan")[0] == [
        "CONFIDENTIAL WHEN COMPLETED", "This message is about Jordan",
    ]  # fmt: skip


def test_html_breaks_divisions_and_list_items_are_lines() -> None:
    text = "<p>Name:<br>Jordan</p><div>Born: <span>3 Feb</span> 2019</div><ul><li>one<li>two</ul>"
    assert html_lines(text) == ["Name:", "Jordan", "Born: 3 Feb 2019", "one", "two"]


def test_a_table_of_questions_is_a_grid_with_its_merged_cells() -> None:
    text = (
        "<table><tr><th>Name</th><th colspan=2>Address</th></tr>"
        "<tr><td rowspan=2>Jordan</td><td>1 Mill Lane<br>Fenwold</td><td>x</td></tr>"
        "<tr><td>2</td><td>3</td></tr></table>"
    )
    (table,) = tables(tuple(html_blocks(text)))
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Name", "Address"], ["Jordan", "1 Mill Lane\nFenwold", "x"], ["", "2", "3"],
    ]  # fmt: skip
    assert [cell.span for cell in table.rows[0]] == [1, 2]
    assert table.rows[0][0].header
    assert table.rows[2][0].continued
    assert next(paragraphs(table.rows[1][1].blocks)).place == "e-mail, table 1, row 2"


def test_a_frame_round_the_message_is_no_table() -> None:
    assert html_lines("<table><tr><td><p>Name: Jordan</p></td></tr><tr><td>Born: x</td></tr></table>") == [
        "Name: Jordan", "Born: x",
    ]  # fmt: skip
    assert not list(tables(tuple(html_blocks("<table><tr><td>a</td></tr></table>"))))


def test_a_table_within_a_frame_is_a_table() -> None:
    inner = "<table><tr><td>Name</td><td>Jordan</td></tr></table>"
    assert len(list(tables(tuple(html_blocks(f"<table><tr><td>{inner}</td></tr></table>"))))) == 1


@pytest.mark.parametrize(
    ("markup", "mark"),
    [
        ("<s>Yes</s>", Mark.STRUCK),
        ("<span style='text-decoration:line-through'>Yes</span>", Mark.STRUCK),
        ("<b>Yes</b>", Mark.BOLD),
        ("<span style='font-weight:bold'>Yes</span>", Mark.BOLD),
        ("<u>Yes</u>", Mark.UNDERLINED),
        ("<span style='background:yellow'>Yes</span>", Mark.HIGHLIGHTED),
        ("<span style='background:white'>Yes</span>", Mark.NONE),
    ],
)
def test_what_is_special_about_words_is_kept(markup: str, mark: Mark) -> None:
    (paragraph,) = paragraphs(tuple(html_blocks(f"<p>{markup} / No</p>")))
    assert (paragraph.pieces[0].text, paragraph.pieces[0].marks) == ("Yes", mark)
    assert paragraph.pieces[-1].marks == Mark.NONE


def test_boxes_of_web_forms_and_of_symbol_fonts_are_boxes() -> None:
    text = (
        "<p><input type=checkbox checked> Yes <input type=checkbox> No</p>"
        "<p><span style='font-family:Wingdings'>þ</span> Died <font face=Wingdings>¨</font> Harmed</p>"
        "<p>Sex: <select><option>Male<option selected>Female</select> Name: <input value='Jordan'></p>"
    )
    assert html_lines(text) == ["☒ Yes ☐ No", "☒ Died ☐ Harmed", "Sex: Female Name: Jordan"]


def test_what_nobody_sees_is_not_said() -> None:
    text = "<style>p{}</style><script>x()</script><p style='display:none'>hidden</p><!-- no --><p>seen</p><img alt=x>"
    assert html_lines(text) == ["seen"]


@pytest.mark.parametrize(
    "text",
    ["<div>" * 50_000 + "x", "<table><tr><td>" * 3_000 + "x", "<b>" * 20_000 + "x"],
    ids=["divisions", "tables", "bold"],
)
def test_html_nested_without_end_is_refused_or_cut_but_never_hangs(text: str) -> None:
    with contextlib.suppress(Returned):
        html_blocks(text)


def test_a_table_that_claims_a_thousand_million_columns_is_as_wide_as_it_is() -> None:
    (table,) = tables(tuple(html_blocks("<table><tr><td colspan=999999999>a<td rowspan=999999999>b</tr></table>")))
    assert [cell.span for cell in table.rows[0]] == [200, 1]


def test_nothing_outside_the_message_is_fetched() -> None:
    text = '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>a&x;b</p><link href="http://127.0.0.1:9/">'
    assert html_lines(text)[-1] == "a&x;b"
