"""Printed pages: what stands beside, above and below what."""

from __future__ import annotations

from formflow.reading.document import Block, Document, Mark, Paragraph, Table, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import frame, line, pdf, ruled, say, sign


def drawn(*shown: str) -> Document:
    return read_pdf(pdf(drawn="".join(shown)))


def told(blocks: tuple[Block, ...]) -> list[object]:
    """Paragraphs as their words, tables as rows of words."""
    return [
        block.text if isinstance(block, Paragraph) else [[cell.text for cell in row] for row in block.rows]
        for block in blocks
    ]


def only_table(document: Document) -> Table:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return table


def test_a_ruled_table_is_a_grid_of_cells() -> None:
    document = drawn(ruled(50, 100, [100, 200], [["Surname", "Ashby"], ["Date of birth", "14/07/2016"]]))
    assert told(document.blocks) == [[["Surname", "Ashby"], ["Date of birth", "14/07/2016"]]]


def test_a_cell_over_several_columns_and_rows_is_told_as_such() -> None:
    document = drawn(
        frame(50, 100, 80, 40), say(54, 115, "Parents"),
        frame(130, 100, 90, 20), say(134, 113, "Mother"), frame(220, 100, 90, 20), say(224, 113, "Jo Ashby"),
        frame(130, 120, 180, 20), say(134, 133, "Father not known"),
    )  # fmt: skip
    first, second = only_table(document).rows
    assert [(cell.text, cell.span, cell.continued) for cell in first] == [
        ("Parents", 1, False), ("Mother", 1, False), ("Jo Ashby", 1, False),
    ]  # fmt: skip
    assert [(cell.text, cell.span, cell.continued) for cell in second] == [
        ("", 1, True), ("Father not known", 2, False),
    ]  # fmt: skip


def test_a_table_drawn_with_single_lines_is_read_too() -> None:
    across = "".join(line(50, y, 350, y) for y in (100, 120, 140))
    down = "".join(line(x, 100, x, 140) for x in (50, 150, 350))
    document = drawn(across, down, say(54, 113, "Surname"), say(154, 113, "Ashby"), say(54, 133, "Forename"))
    assert told(document.blocks) == [[["Surname", "Ashby"], ["Forename", ""]]]


def test_an_answer_of_several_lines_stays_in_its_cell() -> None:
    document = drawn(
        ruled(50, 100, [100, 200], [["Address", ""]], high=50),
        *(say(154, 113 + 12 * n, words) for n, words in enumerate(["The Larches", "Station Road", "PG4 7JU"])),
    )
    assert told(document.blocks) == [[["Address", "The Larches\nStation Road\nPG4 7JU"]]]


def test_drawn_squares_are_boxes_and_what_stands_in_them_ticks_them() -> None:
    document = drawn(
        frame(50, 90, 10, 10), say(64, 99, "Yes"),
        frame(100, 90, 10, 10), sign(101, 99, "4"), say(114, 99, "No"),
        frame(150, 90, 10, 10), say(152, 99, "X"), say(164, 99, "Not known"),
        frame(230, 90, 10, 10), line(230, 90, 240, 100), line(230, 100, 240, 90), say(244, 99, "Refused"),
    )  # fmt: skip
    assert told(document.blocks) == ["☐ Yes ☒ No ☒ Not known ☒ Refused"]


def test_squares_side_by_side_are_places_for_letters_and_no_tick_boxes() -> None:
    digits = "".join(frame(100 + 12 * n, 90, 12, 12) + say(103 + 12 * n, 100, digit) for n, digit in enumerate("2608"))
    assert "☐" not in str(told(drawn(say(50, 100, "Day"), digits).blocks))


def test_a_word_with_a_line_through_it_is_struck() -> None:
    (paragraph,) = drawn(say(50, 100, "Yes / No"), line(49, 96.5, 68, 96.5)).blocks
    assert isinstance(paragraph, Paragraph)
    assert [(piece.text.strip(), piece.marks) for piece in paragraph.pieces] == [
        ("Yes", Mark.STRUCK),
        ("/ No", Mark.NONE),
    ]


def test_labels_with_answers_beside_them_are_a_table_without_lines() -> None:
    rows = [("Surname", "Ashby"), ("Forename", "Jordan"), ("Date of birth", "14/07/2016"), ("Sex", "F")]
    shown = (
        say(50, 100 + 18 * n, label, bold=True) + say(200, 100 + 18 * n, answer)
        for n, (label, answer) in enumerate(rows)
    )
    assert told(drawn(*shown).blocks) == [[list(row) for row in rows]]


def test_a_label_without_an_answer_beside_it_keeps_its_empty_cell() -> None:
    shown = (
        say(50, 100, "Surname", bold=True), say(200, 100, "Ashby"),
        say(50, 118, "Also known as", bold=True),
        say(50, 136, "Date of birth", bold=True), say(200, 136, "14/07/2016"),
    )  # fmt: skip
    assert told(drawn(*shown).blocks) == [
        [["Surname", "Ashby"], ["Also known as", ""], ["Date of birth", "14/07/2016"]]
    ]


def test_two_labels_with_answers_on_a_line_are_a_table_of_four_columns() -> None:
    rows = [("Surname:", "Ashby", "Forename:", "Jordan"), ("Sex:", "F", "Ethnicity:", "White British")]
    shown = (say(50 + 120 * m, 100 + 18 * n, word) for n, row in enumerate(rows) for m, word in enumerate(row))
    assert told(drawn(*shown).blocks) == [[list(row) for row in rows]]


def test_a_head_of_words_with_rows_beneath_is_a_table_with_a_header() -> None:
    rows = [("Name", "Relationship", "Age"), ("Jo Ashby", "Mother", "34"), ("Sam Ashby", "Brother", "6")]
    shown = (
        say(50 + 150 * m, 100 + 18 * n, word, bold=n == 0) for n, row in enumerate(rows) for m, word in enumerate(row)
    )
    table = only_table(drawn(*shown))
    assert [[cell.text for cell in row] for row in table.rows] == [list(row) for row in rows]
    assert [[cell.header for cell in row] for row in table.rows] == [[True] * 3, [False] * 3, [False] * 3]


def test_columns_that_have_nothing_to_do_with_each_other_are_read_one_after_the_other() -> None:
    left = ["Surname: Ashby", "Forename: Jordan", "Sex: F", "Religion: none"]
    right = ["Place: Home", "Time: 14.30", "Police told: yes"]
    shown = [say(50, 100 + 14 * n, words) for n, words in enumerate(left)]
    shown += [say(320, 106 + 17 * n, words) for n, words in enumerate(right)]
    assert told(drawn(*shown).blocks) == [*left, *right]


def test_labels_above_their_answers_in_two_columns_stay_with_them() -> None:
    pairs = [("Surname", "Ashby", "School", "Tarrow Primary"), ("Sex", "F", "Outcome", "Died")]
    shown = []
    for n, (label, answer, label_2, answer_2) in enumerate(pairs):
        y = 100 + 34 * n
        shown += [say(50, y, label, bold=True), say(54, y + 11, answer)]
        shown += [say(320, y, label_2, bold=True), say(324, y + 11, answer_2)]
    assert told(drawn(*shown).blocks) == ["Surname", "Ashby", "Sex", "F", "School", "Tarrow Primary", "Outcome", "Died"]


def test_a_heading_across_both_columns_begins_them_anew() -> None:
    shown = [say(50, 90, "CHILD 1", bold=True, size=14), say(50, 150, "CHILD 2", bold=True, size=14)]
    for n, name in enumerate(("Ashby", "Prentice")):
        y = 110 + 60 * n
        shown += [say(50, y, "Surname", bold=True), say(50, y + 11, name)]
        shown += [say(320, y, "Sex", bold=True), say(320, y + 11, "M")]
    document = drawn(*shown)
    assert told(document.blocks) == [
        "CHILD 1",
        "Surname",
        "Ashby",
        "Sex",
        "M",
        "CHILD 2",
        "Surname",
        "Prentice",
        "Sex",
        "M",
    ]
    assert [block.text for block in paragraphs(document.blocks) if block.heading] == ["CHILD 1", "CHILD 2"]


def test_white_words_on_a_dark_band_are_a_heading_and_white_words_on_white_are_not_there() -> None:
    document = drawn(
        frame(50, 88, 400, 16, "0.2"), say(54, 100, "2. The child", grey=1), say(54, 140, "Unseen", grey=1)
    )
    (heading,) = paragraphs(document.blocks)
    assert (heading.text, heading.heading) == ("2. The child", True)


def test_small_raised_figures_are_the_signs_of_notes() -> None:
    (paragraph,) = paragraphs(drawn(say(50, 100, "Referrer"), say(90.5, 96, "1", size=6)).blocks)
    assert paragraph.text == "Referrer"
    assert paragraph.pieces[-1].marks & Mark.NOTE


def test_lines_of_running_text_are_one_paragraph_and_a_wider_gap_begins_another() -> None:
    text = ["Jordan was found at home by a neighbour who had", "heard shouting. The ambulance came at once."]
    document = drawn(*(say(50, 100 + 12 * n, words) for n, words in enumerate(text)), say(50, 140, "A new thought."))
    assert told(document.blocks) == [" ".join(text), "A new thought."]


def test_what_stands_at_the_edge_of_the_page_is_its_header_or_footer() -> None:
    document = drawn(say(50, 30, "OFFICIAL"), say(50, 200, "Surname: Ashby"), say(50, 780, "Version 2, 5 May 2025"))
    assert [(block.text, block.part) for block in paragraphs(document.blocks)] == [
        ("Surname: Ashby", ""), ("OFFICIAL", "page header"), ("Version 2, 5 May 2025", "page footer"),
    ]  # fmt: skip


def test_an_answer_near_the_edge_of_a_page_is_an_answer() -> None:
    document = drawn(say(50, 30, "Surname: Ashby"), say(50, 44, "Forename: Jordan"), say(50, 775, "Signed: A Nurse"))
    assert [block.part for block in paragraphs(document.blocks)] == ["", "", ""]


def test_the_first_line_of_a_page_is_no_header_because_the_next_page_begins_alike() -> None:
    second = say(50, 90, "Child 2", bold=True) + say(50, 120, "Surname: Cole")
    content = pdf(
        drawn=say(50, 90, "Child 1", bold=True) + say(50, 120, "Surname: Ashby"),
        pages=2, more={40: f"<< /Length {len(second)} >>\nstream\n{second}\nendstream"},
    ).replace(b"/MediaBox [0 0 600 800]  /Res", b"/MediaBox [0 0 600 800] /Contents 40 0 R /Res", 1)  # fmt: skip
    assert told(read_pdf(content).blocks) == ["Child 1", "Surname: Ashby", "Child 2", "Surname: Cole"]


def test_a_table_within_a_cell_is_a_table_of_its_own() -> None:
    rows = [("Name", "Age"), ("Reece", "17"), ("Shan", "20")]
    inner = "".join(
        frame(156 + 60 * m, 120 + 20 * n, 60, 20) + say(160 + 60 * m, 133 + 20 * n, word)
        for n, row in enumerate(rows)
        for m, word in enumerate(row)
    )
    document = drawn(frame(50, 100, 100, 20), frame(150, 100, 200, 20), say(54, 113, "Mother"), say(154, 113, "Kelly"),
                     frame(50, 120, 100, 60), frame(150, 120, 200, 60), say(54, 133, "Not at home"), inner)  # fmt: skip
    outer = only_table(document)
    (cell,) = [cell for cell in outer.rows[1] if any(isinstance(block, Table) for block in cell.blocks)]
    (table,) = cell.blocks
    assert isinstance(table, Table)
    assert [[cell.text for cell in row] for row in table.rows] == [list(row) for row in rows]


def test_labels_above_their_answers_keep_their_line_breaks_though_nothing_tells_them_apart() -> None:
    pairs = [("Surname", "Ashby"), ("First names", "Jordan Lee"), ("Sex", "F"), ("Religion", "none")]
    shown = [
        say(50 + 250 * (n % 2), 100 + 36 * (n // 2) + 12 * line_, words)
        for n, pair in enumerate(pairs)
        for line_, words in enumerate(pair)
    ]
    assert told(drawn(*shown).blocks) == ["Surname\nAshby", "Sex\nF", "First names\nJordan Lee", "Religion\nnone"]


def test_yes_and_no_above_boxes_are_the_head_of_their_columns() -> None:
    shown = [say(300, 100, "Yes", bold=True), say(350, 100, "No", bold=True)]
    for n, question in enumerate(("Police investigation", "Inquest")):
        y = 118 + 16 * n
        shown += [say(50, y, question), frame(300, y - 8, 9, 9), frame(350, y - 8, 9, 9), sign(301 + 50 * n, y, "4", 8)]
    assert told(drawn(*shown).blocks) == [
        [["", "Yes", "No"], ["Police investigation", "☒", "☐"], ["Inquest", "☐", "☒"]]
    ]


def test_a_ring_round_a_word_is_a_way_of_choosing_it() -> None:
    ring = "48 695 m 48 705 70 705 70 697 c 70 688 48 688 48 695 c S\n"
    (paragraph,) = paragraphs(drawn(say(50, 100, "Yes / No"), ring).blocks)
    assert [piece.text.strip() for piece in paragraph.pieces if piece.marks & Mark.HIGHLIGHTED] == ["Yes"]


def test_a_table_with_lines_between_its_rows_alone_is_a_table() -> None:
    rows = [("Surname", "Ashby"), ("Sex", "F"), ("Ethnic group", "White British")]
    shown = (
        line(50, 106 + 20 * n, 500, 106 + 20 * n) + say(50, 100 + 20 * n, label) + say(200, 100 + 20 * n, answer)
        for n, (label, answer) in enumerate(rows)
    )
    assert told(drawn(*shown).blocks) == [[list(row) for row in rows]]
