"""Labels and answers of pages by writers of all kinds: columns, small labels, heads over boxes, links, broken words."""

from __future__ import annotations

from formflow.reading.document import Document, Paragraph
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import HEIGHT, frame, line, pdf, ruled, say, text
from reading.test_pdf_flow import drawn, only_table, told


def box(name: str, value: str, x: float, y: float, wide: float = 100) -> str:
    """A box to write in, of which `y` is the line that its words stand on."""
    return text(name, value or None, f"/Rect [{x} {HEIGHT - y - 4} {x + wide} {HEIGHT - y + 12}]")


def filled_in(printed: str, *boxes: str) -> Document:
    return read_pdf(pdf(*boxes, drawn=printed))


def small(x: float, y: float, label: str, answer: str = "") -> str:
    """A small grey label with its answer below it."""
    return say(x, y, label, size=7, grey=0.4) + (say(x, y + 11, answer, size=10) if answer else "")


# Columns of a page.


def test_two_columns_of_labels_beside_answers_are_read_one_after_the_other() -> None:
    left = [("Officer", "Ann Reed"), ("Phone", "01632 960001"), ("Mail", "a.reed@pell.example"), ("Rank", "Sergeant")]
    right = [("Type", "Serious harm"), ("Place", "Station Road"), ("Country", "Wales"), ("Category", "Neglect")]
    shown = say(40, 80, "REPORTER", bold=True) + say(320, 80, "EVENT", bold=True)
    for number, (label, answer) in enumerate(left):
        shown += say(40, 100 + 16 * number, label, size=7.5, grey=0.4) + say(110, 100 + 16 * number, answer, size=9)
    for number, (label, answer) in enumerate(right):
        shown += say(320, 104 + 19 * number, label, size=7.5, grey=0.4) + say(390, 104 + 19 * number, answer, size=9)
    assert told(drawn(shown).blocks) == [
        "REPORTER", [list(pair) for pair in left], "EVENT", [list(pair) for pair in right],
    ]  # fmt: skip


def test_columns_whose_lines_do_not_agree_are_columns_without_a_heading_too() -> None:
    shown = ""
    for number, label in enumerate(("Officer", "Phone", "Mail", "Rank", "Team")):
        shown += say(40, 100 + 17 * number, f"{label}:") + say(110, 100 + 17 * number, f"left {number}")
        shown += say(320, 108 + 17 * number, f"{label} two:") + say(410, 108 + 17 * number, f"right {number}")
    left, right = told(drawn(shown).blocks)
    assert left == [[f"{label}:", f"left {n}"] for n, label in enumerate(("Officer", "Phone", "Mail", "Rank", "Team"))]
    assert right[0] == ["Officer two:", "right 0"]  # type: ignore[index]  # a table, told as rows


def test_two_pairs_in_every_line_remain_one_table() -> None:
    shown = ""
    for number, label in enumerate(("Name", "Phone", "Team", "Rank")):
        shown += say(40, 100 + 17 * number, f"{label}:") + say(110, 100 + 17 * number, f"left {number}")
        shown += say(320, 100 + 17 * number, f"{label} two:") + say(410, 100 + 17 * number, f"right {number}")
    (table,) = told(drawn(shown).blocks)
    assert table[0] == ["Name:", "left 0", "Name two:", "right 0"]  # type: ignore[index]  # a table, told as rows


# Labels above their answers.


def test_small_labels_above_answers_are_pairs_and_an_empty_one_takes_nothing_from_the_next() -> None:
    shown = small(40, 100, "Practitioner", "Judith Marsh") + small(320, 100, "Contact number", "01632 960002")
    shown += small(40, 126, "Preferred name") + small(320, 126, "Person", "CYP 12")
    shown += small(40, 152, "Team", "Fostering") + small(320, 152, "Belief", "Quaker")
    assert told(drawn(shown).blocks) == [
        [["Practitioner", "Judith Marsh"], ["Preferred name", ""], ["Team", "Fostering"]],
        [["Contact number", "01632 960002"], ["Person", "CYP 12"], ["Belief", "Quaker"]],
    ]


def test_hints_between_a_label_and_its_answer_do_not_become_labels() -> None:
    shown = ""
    for number, (label, hint, answer) in enumerate(
        [("Born", "For example 31 3 2016", "8 August 2012"), ("Postcode", "For example PF1 1AA", "PF3 9TN"),
         ("Account", "Without names of staff", "She fell.")]
    ):  # fmt: skip
        y = 100 + 50 * number
        shown += say(40, y, label, bold=True) + say(40, y + 10, hint, size=7, grey=0.5) + say(40, y + 20, answer)
    assert told(drawn(shown).blocks)[:3] == ["Born", "For example 31 3 2016", "8 August 2012"]


def test_bold_words_on_a_coloured_band_are_a_heading() -> None:
    shown = frame(30, 88, 540, 16, "0.9") + say(40, 100, "Young person", bold=True) + say(40, 125, "Anything")
    first, _ = drawn(shown).blocks
    assert isinstance(first, Paragraph)
    assert first.heading


def test_words_under_a_line_of_small_heads_are_a_table() -> None:
    rows = [("Mei Lee", "1984", "Mother", "Yes"), ("Tom Lee", "9", "Brother", "")]
    heads = {40: "Name", 180: "Age", 280: "Who", 380: "PR"}
    shown = "".join(say(x, 100, head, size=7, grey=0.4) for x, head in heads.items())
    for number, row in enumerate(rows):
        shown += "".join(say(x, 112 + 13 * number, cell) for x, cell in zip(heads, row, strict=True) if cell)
    assert told(drawn(shown).blocks) == [[["Name", "Age", "Who", "PR"], *(list(row) for row in rows)]]


# Boxes of a form.


def test_labels_in_one_line_above_boxes_ask_for_the_boxes_below_them() -> None:
    printed = say(40, 100, "Surname", size=8) + say(240, 100, "First names", size=8)
    printed += say(40, 140, "Home address", size=8) + say(330, 140, "Postcode", size=8)
    document = filled_in(
        printed, box("Text1", "Garside", 40, 118), box("Text2", "Mikey", 240, 118),
        box("Text3", "9 Quarry Bank", 40, 158, 250), box("Text4", "", 330, 158),
    )  # fmt: skip
    assert [(control.label, control.raw) for control in document.controls] == [
        ("Surname", "Garside"), ("First names", "Mikey"), ("Home address", "9 Quarry Bank"), ("Postcode", ""),
    ]  # fmt: skip


def test_boxes_close_together_under_heads_are_rows_of_a_table() -> None:
    printed = "".join(say(x, 100, head, bold=True) for x, head in ((40, "Name"), (144, "Who"), (248, "PR (Y/N)")))
    boxes = [box(f"fam{n}", value, 40 + 104 * (n % 3), 116 + 17 * (n // 3)) for n, value in enumerate("ABCDEF")]
    assert told(filled_in(printed, *boxes).blocks) == [[["Name", "Who", "PR (Y/N)"], ["A", "B", "C"], ["D", "E", "F"]]]


def test_several_labels_in_one_line_have_the_box_after_each() -> None:
    printed = say(40, 100, "Completed by", size=9) + say(40, 123, "Tel.", size=9) + say(200, 123, "E-mail", size=9)
    boxes = [box("a", "Ann Reed", 140, 100, 300), box("b", "01632 960001", 70, 123), box("c", "a@b.example", 240, 123)]
    document = filled_in(printed, *boxes)
    assert [(control.label, control.raw) for control in document.controls] == [
        ("Completed by", "Ann Reed"), ("Tel.", "01632 960001"), ("E-mail", "a@b.example"),
    ]  # fmt: skip


def test_a_box_that_holds_nothing_beside_labels_without_a_colon_is_read() -> None:
    printed = "".join(say(40, 100 + 17 * n, label) for n, label in enumerate(("Reference", "Date", "Place")))
    boxes = [box(f"t{n}", value, 200, 100 + 17 * n) for n, value in enumerate(("SF25/1", "", ""))]
    document = filled_in(printed, *boxes, box("loose", "", 200, 154))
    assert [control.label for control in document.controls][:3] == ["Reference", "Date", "Place"]


# Links, edges of pages, and words cut in two.


def test_links_beside_headings_stand_apart_and_are_no_answers() -> None:
    shown = ""
    for y, heading in ((100, "About you"), (200, "About the child")):
        shown += say(40, y, heading, bold=True, size=13) + say(500, y, "Change", size=7) + line(40, y + 4, 560, y + 4)
        shown += say(40, y + 25, "Name", bold=True) + say(40, y + 37, "Ann Reed")
    blocks = drawn(shown).blocks
    assert told(blocks)[:6] == ["About you", "Name", "Ann Reed", "About the child", "Name", "Ann Reed"]
    assert [block.part for block in blocks if isinstance(block, Paragraph) and block.text == "Change"] == [
        "beside a heading", "beside a heading",
    ]  # fmt: skip


def test_what_stands_once_beside_a_heading_is_said_below_it() -> None:
    shown = say(40, 100, "About you", bold=True, size=13) + say(500, 100, "Urgent", size=7) + say(40, 125, "Your name")
    assert told(drawn(shown, say(40, 150, "Ann Reed, of Pellingshire")).blocks)[:3] == [
        "About you",
        "Urgent",
        "Your name",
    ]


def test_an_address_broken_at_the_edge_of_its_cell_is_whole() -> None:
    shown = ruled(40, 100, [80, 110], [["Contact", ""]], high=40)
    shown += say(124, 113, "ibrahim@caldmoorfoy", size=10) + say(124, 125, "er.example", size=10)
    assert told(drawn(shown).blocks) == [[["Contact", "ibrahim@caldmoorfoyer.example"]]]


def test_words_below_a_whole_address_are_not_taken_into_it() -> None:
    shown = ruled(40, 100, [80, 140], [["Contact", ""]], high=40)
    shown += say(124, 113, "ann@pell.example") + say(124, 125, "office hours")
    assert only_table(drawn(shown)).rows[0][1].text.split() == ["ann@pell.example", "office", "hours"]


def test_brackets_with_nothing_or_a_cross_between_them_are_boxes() -> None:
    shown = say(40, 100, "Disabled?") + say(140, 100, "[ x ] Yes   [ ] No   [see note]")
    (table,) = told(drawn(shown).blocks)
    assert table == [["Disabled?", "☒ Yes ☐ No [see note]"]]
