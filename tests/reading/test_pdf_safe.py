"""What a page or a file may not do to its reader: unpack, multiply or nest without end."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import pytest

from formflow.errors import Returned
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import Document, paragraphs
from formflow.reading.pdf import read_pdf
from reading.pdf_maker import pdf, say, text, written

PRACTICE = sorted(path for path in (Path(__file__).parents[1] / "practice").glob("*.pdf") if "SKM" not in path.name)
PIECE = "/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


def stream(content: str, inside: str = "") -> str:
    return f"<< {inside} /Length {len(content)} >>\nstream\n{content}\nendstream"


def drawing(page: str, pieces: dict[int, str]) -> bytes:
    """A page that draws words and pieces, which may draw other pieces."""
    named = " ".join(f"/X{number} {number} 0 R" for number in pieces)
    resources = f"/Resources << /Font << /F1 4 0 R >> /XObject << {named} >> >>"
    return written(
        {
            1: "<< /Type /Catalog /Pages 2 0 R >>",
            2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            3: f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R {resources} >>",
            4: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            5: stream(page),
            **{number: stream(content, f"{PIECE} {resources}") for number, content in pieces.items()},
        }
    )


def words(document: Document) -> list[str]:
    return [block.text for block in paragraphs(document.blocks)]


def test_what_a_piece_draws_is_read() -> None:
    assert words(read_pdf(drawing("/X10 Do", {10: say(50, 100, "Surname: Ashby")}))) == ["Surname: Ashby"]


def test_a_piece_that_draws_itself_is_drawn_once() -> None:
    document = read_pdf(drawing("/X10 Do", {10: "/X10 Do " + say(50, 100, "Surname: Ashby")}))
    assert words(document) == ["Surname: Ashby"]


def test_pieces_that_multiply_without_end_are_taken_out_and_the_rest_is_read_with_a_note() -> None:
    pieces = {10 + n: f"/X{11 + n} Do " * 20 for n in range(8)} | {18: say(50, 300, "lol")}
    document = read_pdf(drawing(say(50, 100, "Surname: Ashby") + "/X10 Do", pieces))
    assert words(document) == ["Surname: Ashby"]
    assert "damaged-part" in document.notes


@pytest.mark.parametrize("times", [1, 2])
def test_a_page_that_unpacks_to_far_too_much_does_not_take_the_fields_with_it(times: int) -> None:
    bomb = b" " * 200_000_000
    for _ in range(times):
        bomb = zlib.compress(bomb, 9)
    filters = "[" + "/FlateDecode " * times + "]"
    packed = f"<< /Length {len(bomb)} /Filter {filters} >>\nstream\n{bomb.decode('latin-1')}\nendstream"
    document = read_pdf(pdf(text("surname", "Ashby"), more={3: packed}))
    assert document.controls[0].raw == "Ashby"
    assert "damaged-part" in document.notes


def test_a_file_that_was_cut_short_is_damaged_though_much_of_it_could_be_read() -> None:
    content = pdf(*(text(f"f{n}", "x" * 50) for n in range(40)))
    with pytest.raises(Returned) as fault:
        read_pdf(content[: content.rfind(b"endobj") - 200])
    assert fault.value.reason == "damaged"


def test_an_answer_in_brackets_without_end_is_too_complex() -> None:
    with pytest.raises(Returned) as fault:
        read_pdf(pdf("/FT /Tx /T (deep) /V " + "[" * 50_000 + "]" * 50_000))
    assert fault.value.reason == "too-complex"


def mutated(content: bytes, seed: int) -> bytes:
    """The file with a few bytes changed, taken out or doubled."""
    chance = random.Random(seed)  # noqa: S311 - nothing secret
    changed = bytearray(content)
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(changed))
        match chance.randrange(4):
            case 0:
                changed[place] = chance.randrange(256)
            case 1:
                del changed[place : place + chance.randrange(1, 40)]
            case 2:
                changed[place:place] = changed[place : place + chance.randrange(1, 40)]
            case _:
                changed[place : place + 4] = chance.choice([b"<<<<", b">>>>", b"[[[[", b"0 R ", b"9999", b"(((("])
    return bytes(changed)


@pytest.mark.parametrize("path", PRACTICE, ids=lambda path: path.name[:12])
def test_a_form_with_bytes_changed_is_read_or_returned_and_nothing_worse(path: Path) -> None:
    content = path.read_bytes()
    with ReadingRoom(20.0) as room:
        for seed in range(8):
            try:
                document = room.read(mutated(content, seed), path.name)
            except Returned:
                continue
            assert document.kind == "pdf"
