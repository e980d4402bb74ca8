from __future__ import annotations

import io
import zipfile
from email.message import EmailMessage

import pytest

from formflow.errors import Returned
from formflow.reading import mail
from formflow.reading.document import paragraphs
from formflow.reading.mail import open_message
from formflow.reading.message import LEFT_ASIDE, Message
from reading import word_maker as word
from reading.mail_maker import TYPED, attach, letter, with_form
from reading.pdf_maker import pdf, text

DOCX = word.docx(word.paragraph(word.control("Ashby", tag="child_1_surname")))
PDF = pdf(text("child_1_surname", "Ashby"))
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def opened(message: EmailMessage | bytes) -> Message:
    return open_message(bytes(message), "message.eml")


def names(message: EmailMessage | bytes) -> list[str]:
    return [attached.name for attached in opened(message).attachments]


def returned(message: EmailMessage | bytes) -> Returned:
    with pytest.raises(Returned) as fault:
        opened(message)
    return fault.value


def outcome(message: EmailMessage | bytes) -> str:
    """What comes of opening a message: `opened`, or the reason why not."""
    try:
        opened(message)
    except Returned as fault:
        return fault.reason
    return "opened"


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return made.getvalue()


def test_every_attached_form_comes_out_byte_for_byte_in_the_order_of_the_message() -> None:
    message = attach(attach(letter(), "form.docx", DOCX), "report.pdf", PDF, "application/pdf")
    attached = opened(message).attachments
    assert [(a.name, a.content) for a in attached] == [("form.docx", DOCX), ("report.pdf", PDF)]


def test_sender_subject_and_date_are_kept_apart_from_what_is_written() -> None:
    document = opened(with_form(DOCX)).document
    assert document.kind == "mail"
    assert document.properties == {
        "subject": "A form",
        "sender": "Priya Nand <priya.nand@fenwold.example>",
        "sent": "Mon, 16 Mar 2026 09:30:00 +0000",
    }
    assert not any("fenwold" in paragraph.text for paragraph in paragraphs(document.blocks))


def test_logos_calendar_entries_contact_cards_and_signatures_are_left_aside_and_noted() -> None:
    message = attach(letter(), "form.docx", DOCX)
    for name, kind in (
        ("image001.png", "image/png"),
        ("invite.ics", "text/calendar"),
        ("card.vcf", "text/vcard"),
        ("smime.p7s", "application/pkcs7-signature"),
    ):
        attach(message, name, PNG, kind)
    assert names(message) == ["form.docx"]
    assert opened(message).document.notes == ("attachments", "pictures", "calendar", "contact", "signature")


def test_the_same_file_attached_twice_counts_once() -> None:
    assert names(attach(attach(letter(), "form.docx", DOCX), "copy.docx", DOCX)) == ["form.docx"]


def test_a_message_with_neither_a_form_attached_nor_typed_says_so_plainly() -> None:
    fault = returned(letter())
    assert fault.reason == "not-a-form"
    assert fault.says.startswith("This e-mail holds no form: no Word or PDF file is attached")
    assert fault.says.endswith("Ask the sender for the form, or drop the form itself.")


@pytest.mark.parametrize(
    ("name", "kind", "content", "word"),
    [
        ("photo.jpg", "image/jpeg", PNG, "picture"),
        ("winmail.dat", "application/ms-tnef", b"\x78\x9f\x3e\x22", "winmail.dat"),
        ("smime.p7m", "application/pkcs7-mime", b"\x30\x80", "encrypted"),
        ("list.xlsx", "application/octet-stream", zipped({"xl/workbook.xml": b"x"}), "workbook"),
        ("notes.txt", "text/plain", b"some words", "no form"),
        ("locked.zip", "application/zip", b"PK\x03\x04" + b"\0" * 30, "zip"),
    ],
)
def test_what_is_attached_instead_of_a_form_is_named(name: str, kind: str, content: bytes, word: str) -> None:
    fault = returned(attach(letter(), name, content, kind))
    assert fault.reason == "not-a-form"
    assert word in fault.says


def test_a_form_typed_into_the_message_is_read_as_text() -> None:
    message = opened(letter(TYPED))
    assert message.typed
    lines = [(p.place, p.text) for p in paragraphs(message.document.blocks)]
    assert ("e-mail, line 3", "Name of child: Jordan Ashby") in lines
    assert ("e-mail, line 6", "12 March 2026") in lines


def test_a_cover_note_is_not_taken_for_a_typed_form() -> None:
    assert not opened(with_form(DOCX)).typed


def test_a_message_inside_a_message_is_followed_to_a_set_depth() -> None:
    inner: EmailMessage | None = None
    for depth in (4, 3, 2, 1):
        outer = attach(letter(), f"form {depth}.docx", DOCX + bytes([depth]))
        if inner is not None:
            outer.add_attachment(inner)
        inner = outer
    assert inner is not None
    assert names(inner) == ["form 1.docx", "form 2.docx", "form 3.docx"]
    assert "nested" in opened(inner).document.notes


def test_a_message_attached_as_a_file_is_followed_too() -> None:
    assert names(attach(letter(), "FW.eml", with_form(DOCX))) == ["form.docx"]


def test_a_message_that_only_passes_on_another_speaks_with_its_words() -> None:
    outer = EmailMessage()
    outer["Subject"] = "FW"
    outer.add_attachment(letter(TYPED))
    assert any("Jordan" in p.text for p in paragraphs(opened(outer).document.blocks))


def test_forms_in_a_zip_come_out_and_the_furniture_of_desktops_does_not() -> None:
    content = zipped({"forms/form.docx": DOCX, "__MACOSX/._form.docx": b"x", "Thumbs.db": b"x", "a.pdf": PDF})
    assert names(attach(letter(), "forms.zip", content, "application/zip")) == ["form.docx", "a.pdf"]


@pytest.mark.parametrize(
    "content",
    [
        zipped({"inner.zip": zipped({"form.docx": DOCX})}),
        zipped({f"form {n}.docx": DOCX for n in range(201)}),
        zipped({"form.docx": b"\0" * 3_000_000}),
        zipped({"form.docx": DOCX})[:-40],
    ],
    ids=["zip in zip", "too many", "bomb", "damaged"],
)
def test_a_zip_that_is_not_simple_is_left_closed_and_told(content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST_WHOLE", 2_000_000)
    message = attach(attach(letter(), "report.pdf", PDF), "forms.zip", content, "application/zip")
    assert names(message) == ["report.pdf"]
    assert "zip" in opened(message).document.notes


def test_more_attachments_than_anybody_sends_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "MOST_FORMS", 2)
    message = letter()
    for number in range(3):
        attach(message, f"{number}.pdf", PDF + bytes([number]))
    assert returned(message).reason == "too-complex"


def test_more_bytes_than_anybody_sends_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "LARGEST_WHOLE", 100)
    assert returned(with_form(DOCX)).reason == "too-large"


def test_parts_nested_without_end_are_refused() -> None:
    lines = ["From: a@fenwold.example", "Subject: deep"]
    for depth in range(200):
        lines += [f'Content-Type: multipart/mixed; boundary="b{depth}"', "", f"--b{depth}"]
    assert returned("\r\n".join([*lines, "", "x"]).encode()).reason == "too-complex"


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("..\\\\..\\\\windows\\\\form.docx", "form.docx"),
        ("/etc/form.docx", "form.docx"),
        ("fo\u202erm\x07.docx", "form.docx"),
        ("x" * 400 + ".docx", "x" * 150 + ".docx"),
        (".docx", "attachment.docx"),
    ],
)
def test_the_name_of_an_attachment_is_only_ever_a_name(name: str, safe: str) -> None:
    message = bytes(attach(letter(), "NAME.docx", DOCX)).replace(b'"NAME.docx"', ('"' + name + '"').encode())
    assert names(message) == [safe]


def test_an_attachment_without_a_name_is_named_by_what_it_is() -> None:
    message = bytes(attach(letter(), "NAME.pdf", PDF, "application/pdf")).replace(b'; filename="NAME.pdf"', b"")
    assert names(message) == ["attachment.pdf"]


@pytest.mark.parametrize(
    ("charset", "raw", "sound"),
    [
        ("iso-8859-1", "Zoë".encode("latin-1"), True),
        ("windows-1252", "Zoë".encode("cp1252"), True),
        ("utf-8", "Zoë".encode("cp1252"), False),
        ("us-ascii", "Zoë".encode(), False),
        ("no-such-alphabet", "Zoë".encode(), False),
        ("zlib", "Zoë".encode(), False),
    ],
)
def test_words_in_another_alphabet_than_stated_are_read_and_noted(charset: str, raw: bytes, sound: bool) -> None:
    message = (
        b"From: a@fenwold.example\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=" + charset.encode()
        + b"\r\nContent-Transfer-Encoding: 8bit\r\n\r\nName: " + raw + b"\r\nBorn: ?\r\nWhere: x\r\nWhen: y\r\n"
    )  # fmt: skip
    document = opened(message).document
    assert next(p.text for p in paragraphs(document.blocks)) == "Name: Zoë"
    assert ("charset" in document.notes) is not sound


@pytest.mark.parametrize(
    "header",
    [
        b'Content-Disposition: attachment; filename="=?x?q?=ff?="',
        b"Content-Type: /; =",
        b"From: <<<>>>@@@,,\r\nDate: yesterday",
        b"Content-Transfer-Encoding: base65",
        b"Subject: =?utf-8?b?////?= \xff\xfe",
        b"To: " + b"(" * 300,
    ],
)
def test_headers_that_no_mail_program_writes_do_not_stop_the_reading(header: bytes) -> None:
    message = b"X-Odd: 1\r\n" + header + b"\r\n\r\n" + TYPED.replace("\n", "\r\n").encode()
    assert outcome(message) in ("opened", "not-a-form", "damaged")


def test_a_message_cut_short_gives_what_is_whole_in_it_or_says_that_it_is_damaged() -> None:
    whole = with_form(DOCX)
    for length in range(0, len(whole), 977):
        assert outcome(whole[:length]) in ("opened", "not-a-form", "damaged")


def test_an_encrypted_message_and_a_delivery_report_are_told_apart_from_forms() -> None:
    report = (
        b'From: a@fenwold.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/plain\r\n\r\nYour message was not delivered.\r\n--b--\r\n"
    )
    assert "could not be delivered" in returned(report).says
    assert "is encrypted" in returned(report.replace(b"multipart/report", b"multipart/encrypted")).says


def test_every_note_has_its_sentence() -> None:
    assert all(says.endswith(".") for says in LEFT_ASIDE.values())
