from __future__ import annotations

import pytest

from formflow.reading.pdf import read_pdf
from reading.pdf_maker import pdf, text


def value(written: str) -> str:
    return read_pdf(pdf(text("name", written))).controls[0].raw


def hexadecimal(content: bytes) -> str:
    return f"<{content.hex()}>"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (hexadecimal(b"\xfe\xff" + "Żółć 𠀀😀".encode("utf-16-be")), "Żółć 𠀀😀"),
        (hexadecimal(b"\xff\xfe" + "Żółć".encode("utf-16-le")), "Żółć"),
        (hexadecimal(b"\xef\xbb\xbf" + "Żółć".encode()), "Żółć"),
        (hexadecimal(b"\x80\x92\xa0"), "•™€"),
        (hexadecimal(b"\xfe\xff\x00\x1b\x00e\x00n\x00\x1b" + "hi".encode("utf-16-be")), "hi"),
        (hexadecimal(b"\xfe\xff\x00A\x00"), "A"),
        (hexadecimal(b"\xfe\xff\x00A\x00\x00\x00B"), "AB"),
        (hexadecimal(b"a\x07b\x00c"), "abc"),
        ("(one\\rtwo)", "one\ntwo"),
        ("(one\\r\\ntwo)", "one\ntwo"),
        ("(one\\n\\ntwo)", "one\n\ntwo"),
        ("(R&D <b> {{ 7*7 }} =1+1)", "R&D <b> {{ 7*7 }} =1+1"),
        ("(00123)", "00123"),
    ],
)
def test_text_is_read_in_every_way_it_is_written(written: str, read: str) -> None:
    assert value(written) == read


def test_half_a_letter_is_a_doubt() -> None:
    document = read_pdf(pdf(text("name", hexadecimal(b"\xfe\xff\xd8\x00\x00A"))))
    assert document.controls[0].raw == "\ufffdA"
    assert document.controls[0].doubts == ("some letters of this answer cannot be read with certainty",)


def test_a_value_kept_in_a_stream_is_read() -> None:
    more = {40: "<< /Length 5 >>\nstream\nSmith\nendstream"}
    assert read_pdf(pdf("/FT /Tx /T (a) /V 40 0 R", more=more)).controls[0].raw == "Smith"


@pytest.mark.parametrize("odd", ["12", "true", "null", "[1 (x)]", "<< >>", "99 0 R", "/Name"])
def test_a_value_of_an_odd_kind_does_not_lose_the_form(odd: str) -> None:
    document = read_pdf(pdf(f"/FT /Tx /T (odd) /V {odd}", text("name", "Smith")))
    assert document.controls[-1].raw == "Smith"
