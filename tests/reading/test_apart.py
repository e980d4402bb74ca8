from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import cast

import pytest

from formflow.errors import Returned, TryLater
from formflow.reading import apart, child
from formflow.reading.apart import ReadingRoom
from formflow.reading.carry import packed, unpacked
from formflow.reading.document import Document, Mark, Paragraph, Piece
from formflow.reading.limits import MOST_WRITTEN
from formflow.reading.read import read
from reading import word_maker as word
from reading.pdf_maker import pdf, text

DOCX = word.docx(word.paragraph(word.control("Smith", tag="child_1_surname")), word.table(word.row("a", "b")))
PDF = pdf(text("child_1_surname", "Smith"))

ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space of a process")


@pytest.fixture
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom() as made:
        yield made


def reason(room: ReadingRoom, content: bytes, name: str) -> str:
    with pytest.raises(Returned) as fault:
        room.read(content, name)
    return fault.value.reason


def child_of(room: ReadingRoom) -> int:
    (child,) = room._ready
    assert child.process.pid is not None
    return child.process.pid


@pytest.mark.parametrize(("content", "name"), [(DOCX, "form.docx"), (PDF, "form.pdf")], ids=["word", "pdf"])
def test_what_comes_back_from_the_child_is_what_reading_gives(room: ReadingRoom, content: bytes, name: str) -> None:
    assert room.read(content, name) == read(content, name)


def test_the_child_is_started_by_the_first_file_and_kept_for_the_next(room: ReadingRoom) -> None:
    assert not room._ready
    room.read(DOCX, "form.docx")
    first = child_of(room)
    room.read(PDF, "form.pdf")
    assert child_of(room) == first


def test_what_cannot_be_read_comes_back_with_its_reason_and_sentence(room: ReadingRoom) -> None:
    with pytest.raises(Returned) as fault:
        room.read(PDF, "form.docx")
    assert fault.value.reason == "wrong-kind"
    assert "This is a PDF" in fault.value.says
    assert room.read(DOCX, "form.docx").controls


def test_a_file_that_takes_for_ever_is_given_up_and_the_next_one_is_read() -> None:
    # A few hundred fields take longer than no time at all.
    many = pdf(*(text(f"f{n}", "x") for n in range(2_000)))
    with ReadingRoom() as room:
        room.read(DOCX, "form.docx")
        room.seconds = 0.0
        assert reason(room, many, "form.pdf") == "too-complex"
        room.seconds = apart.SECONDS
        assert room.read(DOCX, "form.docx").controls


def test_a_child_that_is_killed_costs_its_own_file_only(room: ReadingRoom) -> None:
    room.read(DOCX, "form.docx")
    os.kill(child_of(room), signal.SIGSTOP if sys.platform != "win32" else signal.SIGTERM)
    room.seconds = 0.0
    assert reason(room, DOCX, "form.docx") == "too-complex"
    room.seconds = apart.SECONDS
    assert room.read(DOCX, "form.docx").controls


def test_a_child_that_died_between_files_costs_none(room: ReadingRoom) -> None:
    room.read(DOCX, "form.docx")
    (child,) = room._ready
    child.process.kill()
    child.process.join()
    assert room.read(DOCX, "form.docx").controls


@ON_LINUX
def test_a_file_that_needs_far_too_much_memory_is_given_up_and_the_next_one_is_read() -> None:
    bomb = zlib.compress(b"/a " * 20_000_000, 9).decode("latin-1")
    drawn = f"<< /Length {len(bomb)} /Filter /FlateDecode >>\nstream\n{bomb}\nendstream"
    with ReadingRoom(memory=64 * 1024 * 1024) as room:
        assert reason(room, pdf(more={3: drawn}), "form.pdf") in ("too-complex", "damaged")
        assert room.read(DOCX, "form.docx").controls


@ON_LINUX
def test_a_child_that_has_grown_makes_room_for_a_new_one() -> None:
    # libraries alone are more than half of so small an allowance
    with ReadingRoom(memory=48 * 1024 * 1024) as room:
        room.read(DOCX, "form.docx")
        first = child_of(room)
        assert room.read(PDF, "form.pdf").controls
        assert child_of(room) != first
        assert room.read(PDF, "form.pdf").controls


class Pipe:
    """The child's end of the way to its parent, with one file waiting; what is answered is kept."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, bytes, str, tuple[str, ...]]] = [("read", b"content", "Smith.docx", ())]
        self.answered: list[object] = []

    def poll(self, seconds: float) -> bool:
        return True

    def recv(self) -> tuple[str, bytes, str, tuple[str, ...]]:
        if not self.waiting:
            raise EOFError
        return self.waiting.pop()

    def send(self, answer: object) -> None:
        self.answered.append(answer)

    def send_bytes(self, answer: bytes) -> None:
        self.answered.append(unpacked(answer))


def serve(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> list[object]:
    """What the child answers when a library lets out a fault that nobody foresaw."""

    def breaks(content: bytes, name: str) -> None:
        raise fault

    monkeypatch.setattr("formflow.reading.read.read", breaks)
    for limit in ("limit_memory", "limit_work"):
        monkeypatch.setattr(child, limit, lambda most: None)
    monkeypatch.setattr(signal, "signal", lambda number, action: None)
    pipe = Pipe()
    child.serve(cast("Connection", pipe), apart.SECONDS, apart.MEMORY)
    return pipe.answered


@pytest.mark.parametrize("fault", [KeyError("Smith"), RecursionError(), AttributeError("Smith"), AssertionError()])
def test_any_fault_of_a_library_is_a_damaged_file_and_its_words_go_no_further(
    monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    ready, _, result = serve(monkeypatch, fault)
    assert ready is True
    assert isinstance(result, Returned)
    assert result.reason == "damaged"
    assert "Smith" not in str(result)


def test_a_child_without_memory_ends_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert serve(monkeypatch, MemoryError()) == [True]


def test_a_child_that_cannot_be_started_is_our_trouble_and_not_the_forms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "STARTING", 0.0)
    with ReadingRoom() as room, pytest.raises(TryLater):
        room.read(DOCX, "form.docx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends Ctrl+C in another way")
def test_ctrl_c_does_not_end_the_child(room: ReadingRoom) -> None:
    room.read(DOCX, "form.docx")
    before = child_of(room)
    os.kill(before, signal.SIGINT)
    assert room.read(PDF, "form.pdf").controls
    assert child_of(room) == before


def test_closing_twice_is_no_trouble() -> None:
    room = ReadingRoom()
    room.read(DOCX, "form.docx")
    room.close()
    room.close()
    assert room.read(DOCX, "form.docx").controls
    room.close()


def test_the_parent_never_loads_what_opens_untrusted_files() -> None:
    code = (
        "import sys, json, formflow.reading.apart;"
        "print(json.dumps([name for name in ('lxml', 'pypdf') if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert json.loads(done.stdout) == []


@pytest.mark.parametrize("content", [DOCX, PDF], ids=["word", "pdf"])
def test_a_document_travels_whole(content: bytes) -> None:
    document = read(content, "form.docx" if content == DOCX else "form.pdf")
    assert unpacked(packed(document)) == document


def test_what_is_special_about_words_travels_too() -> None:
    pieces = tuple(Piece("Yes", mark) for mark in (Mark.NONE, Mark.STRUCK, Mark.STRUCK | Mark.BOLD | Mark.NEW))
    document = Document("mail", (), (Paragraph(pieces, "e-mail, line 1"),), ("charset",), {"subject": "A form"})
    assert unpacked(packed(document)) == document


def test_a_reader_that_was_taken_over_cannot_send_anything_but_a_document() -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return os.system, ("echo taken over",)

    for sent in (Evil(), subprocess.run, Document("word", properties=cast("dict[str, str]", {"a": Evil()}))):
        with pytest.raises(pickle.UnpicklingError):
            unpacked(pickle.dumps(sent))


def test_an_answer_that_is_far_too_long_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "MOST_ANSWERED", 100)
    with ReadingRoom() as room:
        assert reason(room, DOCX, "form.docx") == "too-complex"


def test_a_child_never_sends_more_than_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "MOST_ANSWERED", 10)
    _, _, result = serve(monkeypatch, Returned("damaged", "x" * 100))
    assert isinstance(result, Returned)
    assert result.reason == "too-complex"


def test_many_threads_share_a_few_children() -> None:
    names = ["form.docx", "form.pdf"] * 10
    with ReadingRoom(children=2) as room, ThreadPoolExecutor(6) as threads:
        read_by = list(threads.map(lambda name: room.read(DOCX if name == "form.docx" else PDF, name), names))
        assert all(document.controls[0].raw == "Smith" for document in read_by)
        assert 1 <= len(room._ready) <= 2


def test_a_killed_child_is_replaced_ahead_of_the_next_file() -> None:
    with ReadingRoom() as room:
        room.read(DOCX, "form.docx")
        first = child_of(room)
        room.seconds = 0.0
        assert reason(room, DOCX, "form.docx") == "too-complex"
        assert child_of(room) != first


def test_a_room_can_be_made_warm_before_the_first_file(room: ReadingRoom) -> None:
    room.warm()
    before = child_of(room)
    room.warm()
    assert room.read(DOCX, "form.docx").controls
    assert child_of(room) == before


@ON_LINUX
def test_a_reader_may_not_write_large_files_nor_leave_its_memory_behind(room: ReadingRoom) -> None:
    room.read(DOCX, "form.docx")
    limits = Path(f"/proc/{child_of(room)}/limits").read_text(encoding="ascii")
    most = {line[:25].strip(): line.split()[-2] for line in limits.splitlines()}
    assert int(most["Max file size"]) == MOST_WRITTEN
    assert most["Max core file size"] == "0"
    assert int(most["Max address space"]) < 4 * apart.MEMORY
