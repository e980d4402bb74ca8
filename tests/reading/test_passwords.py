from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import lru_cache

import pytest

from formflow.errors import Returned, Stop
from formflow.reading import passwords
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import Document
from keyrings import InMemory, Locked, kept_in, locked_pdf, locked_word
from makers import a_form, a_pdf_form

SECRET = "Quince-Harbour-71 é"


@lru_cache(maxsize=1)
def word() -> bytes:
    return locked_word(a_form(), SECRET)


@lru_cache(maxsize=1)
def paged() -> bytes:
    return locked_pdf(a_pdf_form(), SECRET)


@pytest.fixture
def ring() -> Iterator[InMemory]:
    ring = InMemory()
    with kept_in(ring):
        yield ring


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom() as room:
        yield room


def fresh(room: ReadingRoom) -> ReadingRoom:
    room.passwords = passwords.Passwords()
    return room


def answer(document: Document, field: str) -> str:
    return next(control.raw for control in document.controls if control.name == field)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_protected_form_is_read_with_the_password_that_is_kept(ring: InMemory, room: ReadingRoom, kind: str) -> None:
    passwords.add("health", "another")
    passwords.add("police", SECRET)
    document = fresh(room).read(word() if kind == "docx" else paged(), f"form.{kind}")
    assert answer(document, "child_1_surname") == "Ashby"


def test_what_was_kept_is_read_from_the_keyring_once_for_the_run(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", SECRET)
    fresh(room).read(word(), "form.docx")
    asked = ring.asked
    room.read(word(), "form.docx")
    assert ring.asked == asked


def test_a_password_added_while_formflow_runs_opens_the_next_form(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("health", "another")
    with pytest.raises(Returned) as refused:
        fresh(room).read(paged(), "form.pdf")
    assert refused.value.reason == "password"
    assert "remove the password" in refused.value.says
    assert "None of the passwords that are kept here opens it" in refused.value.says
    passwords.add("police", SECRET)
    assert answer(room.read(paged(), "form.pdf"), "child_1_surname") == "Ashby"


def test_a_form_without_a_password_asks_no_keyring(ring: InMemory, room: ReadingRoom) -> None:
    fresh(room).read(a_form(), "form.docx")
    assert ring.asked == 0


def test_a_child_that_knew_a_password_reads_no_other_file(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", SECRET)
    fresh(room).read(a_form(), "form.docx")
    before = {child.process.pid for child in room._ready}
    room.read(word(), "form.docx")
    assert not before & {child.process.pid for child in room._ready}


def test_where_there_is_no_keyring_a_protected_form_goes_back_and_says_what_can_be_done(room: ReadingRoom) -> None:
    with pytest.raises(Returned) as refused:
        fresh(room).read(word(), "form.docx")
    assert refused.value.reason == "password"
    assert "formflow password add" in refused.value.says
    assert "no keyring" in passwords.state()


def test_a_locked_keyring_stops_no_reading_and_its_words_are_not_passed_on(room: ReadingRoom) -> None:
    with kept_in(Locked()):
        with pytest.raises(Returned, match="formflow check says why") as refused:
            fresh(room).read(word(), "form.docx")
        assert refused.value.reason == "password"
        assert "locked" in passwords.state()
        assert "secret words" not in passwords.state() + refused.value.says


def test_a_keyring_that_never_answers_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    never = threading.Event()
    asked = []

    class Silent(InMemory):
        def get_password(self, service: str, username: str) -> str | None:
            asked.append(username)
            never.wait()
            return None

    monkeypatch.setattr(passwords, "_ANSWERS", 0.05)
    with kept_in(Silent()):
        kept = passwords.Passwords()
        assert kept.kept() == ()
        assert kept.kept(anew=True) == ()
        assert "does not answer" in kept.trouble
        assert len(asked) == 1
        never.set()


def test_no_password_stands_in_a_repr_or_an_error(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", "wrong-but-secret")
    with pytest.raises(Returned) as refused:
        fresh(room).read(word(), "form.docx")
    said = f"{refused.value!r} {refused.value.problems} {room!r} {room.passwords!r} {refused.value.__cause__!r}"
    assert "wrong-but-secret" not in said


def test_names_are_listed_and_a_removed_password_is_gone(ring: InMemory) -> None:
    passwords.add("police", SECRET)
    passwords.add("Health Board", "other")
    assert passwords.names() == ("Health Board", "police")
    passwords.remove("police")
    assert passwords.names() == ("Health Board",)
    assert passwords.Passwords().kept() == ("other",)
    assert SECRET not in ring.held.values()
    with pytest.raises(Stop, match="No password is kept"):
        passwords.remove("police")


@pytest.mark.parametrize("name", ["", "a" * 41, "a\nb", "../x"])
def test_a_name_that_is_none_is_refused(ring: InMemory, name: str) -> None:
    with pytest.raises(Stop, match="at most 40"):
        passwords.add(name, SECRET)
    assert ring.held == {}


def test_no_more_passwords_are_kept_than_can_be_tried(ring: InMemory) -> None:
    for number in range(passwords.MOST):
        passwords.add(f"agency {number}", f"secret {number}")
    passwords.add("agency 0", "changed")
    with pytest.raises(Stop, match="kept already"):
        passwords.add("one more", SECRET)


def test_a_file_that_only_looks_protected_goes_back_as_protected(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", SECRET)
    stub = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(Returned) as refused:
        fresh(room).read(stub, "form.docx")
    assert refused.value.reason == "password"


def test_something_else_behind_the_password_is_called_what_it_is(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", SECRET)
    with pytest.raises(Returned) as refused:
        fresh(room).read(paged(), "form.docx")
    assert refused.value.reason == "wrong-kind"


def test_the_pages_of_a_protected_pdf_are_drawn_after_it_was_read(ring: InMemory, room: ReadingRoom) -> None:
    passwords.add("police", SECRET)
    assert fresh(room).draw(paged(), "form.pdf").pages == ()
    room.read(paged(), "form.pdf")
    assert room.draw(paged(), "form.pdf").pages
