"""What goes on from one page or line to the next: tables, rows cut in two, words cut in two, footnotes."""

from __future__ import annotations

from formflow.reading.document import Document, Table, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import frame, line, pdf, ruled, say

WIDE = [100.0, 150.0, 80.0]
HEAD = ["Name", "Relationship", "Age"]


def two_pages(first: str, second: str) -> Document:
    """A file whose pages draw different things."""
    content = pdf(drawn=first, pages=2, more={40: f"<< /Length {len(second)} >>\nstream\n{second}\nendstream"})
    return read_pdf(
        content.replace(b"/MediaBox [0 0 600 800]  /Res", b"/MediaBox [0 0 600 800] /Contents 40 0 R /Res", 1)
    )


def rows(document: Document) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows] for block in document.blocks if isinstance(block, Table)
    ]


def test_a_table_goes_on_over_the_page_and_its_repeated_head_stands_once() -> None:
    first = ruled(50, 600, WIDE, [HEAD, ["Jo Ashby", "Mother", "34"]])
    second = ruled(50, 100, WIDE, [HEAD, ["Sam Ashby", "Brother", "6"]])
    assert rows(two_pages(first, second)) == [[HEAD, ["Jo Ashby", "Mother", "34"], ["Sam Ashby", "Brother", "6"]]]


def test_a_row_cut_by_the_end_of_the_page_is_one_row() -> None:
    first = ruled(50, 600, WIDE, [HEAD, ["Jo Ashby", "Mother of the", "34"]])
    second = ruled(50, 100, WIDE, [["", "first child", ""], ["Sam Ashby", "Brother", "6"]])
    assert rows(two_pages(first, second)) == [
        [HEAD, ["Jo Ashby", "Mother of the first child", "34"], ["Sam Ashby", "Brother", "6"]]
    ]


def test_another_table_at_the_top_of_the_next_page_is_another_table() -> None:
    first = ruled(50, 600, WIDE, [HEAD, ["Jo Ashby", "Mother", "34"]])
    second = ruled(50, 100, [60, 60, 60], [["Agency", "Worker", "Still involved"], ["Police", "DI Okoro", "Yes"]])
    assert len(rows(two_pages(first, second))) == 2


def test_a_number_cut_by_a_narrow_column_is_whole_again() -> None:
    document = read_pdf(pdf(drawn=frame(50, 90, 46, 40) + say(53, 104, "9990601") + say(53, 116, "011")))
    assert [block.text for block in paragraphs(document.blocks)] == ["9990601011"]


def test_two_numbers_below_each_other_stay_two() -> None:
    document = read_pdf(pdf(drawn=frame(50, 90, 150, 40) + say(53, 104, "9990601") + say(53, 116, "011")))
    assert [block.text for block in paragraphs(document.blocks)] == ["9990601\n011"]


def test_a_footnote_is_told_from_the_page() -> None:
    drawn = say(50, 100, "Referrer: see note") + say(134, 96, "1", size=6)
    drawn += line(50, 600, 180, 600) + say(50, 610, "1", size=6) + say(56, 614, "The referrer is Dr Anna Whitcombe.")
    document = read_pdf(pdf(drawn=drawn))
    assert [(block.text, block.part) for block in paragraphs(document.blocks)] == [
        ("Referrer: see note", ""), ("The referrer is Dr Anna Whitcombe.", "footnote 1"),
    ]  # fmt: skip


def test_a_frame_with_nothing_in_it_is_an_empty_answer() -> None:
    drawn = say(50, 100, "Also known as", bold=True) + frame(50, 106, 300, 20) + say(50, 150, "Sex", bold=True)
    drawn += frame(50, 156, 300, 20) + say(54, 169, "F")
    found = [
        block.text if not isinstance(block, Table) else [[cell.text for cell in row] for row in block.rows]
        for block in read_pdf(pdf(drawn=drawn)).blocks
    ]
    assert found == ["Also known as", [[""]], "Sex", [["F"]]]
