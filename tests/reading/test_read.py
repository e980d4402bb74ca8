from __future__ import annotations

import re
import subprocess
import sys

import pytest

from formflow.errors import Returned
from formflow.reading import read as reading
from formflow.reading.read import read
from reading import word_maker as word
from reading.pdf_maker import pdf, text
from reading.test_package import ole, zipped

DOCX = word.docx(word.paragraph(word.control("Smith", tag="child_1_surname")))
PDF = pdf(text("child_1_surname", "Smith"))


@pytest.mark.parametrize("name", ["form.docx", "FORM.DOCX", "form.docm", "form.dotx", "form.v2.docx"])
def test_every_kind_of_word_file_is_read_alike(name: str) -> None:
    assert read(DOCX, name).controls[0].raw == "Smith"


@pytest.mark.parametrize("name", ["form.pdf", "FORM.PDF"])
def test_a_pdf_is_read(name: str) -> None:
    assert read(PDF, name).controls[0].raw == "Smith"


RETURNED = [
    (b"", "form.docx", "empty", "empty"),
    (DOCX, "form.pdf", "wrong-kind", "This is a Word file, although its name ends in .pdf"),
    (PDF, "form.docx", "wrong-kind", "This is a PDF, although its name ends in .docx"),
    (PDF, "form", "wrong-kind", "does not end in .pdf"),
    (zipped(xl__workbook="x"), "form.docx", "wrong-kind", "an Excel workbook"),
    (b"<html><body>words</body></html>", "form.docx", "wrong-kind", "a web page"),
    (b"words", "form.docx", "wrong-kind", "plain text"),
    (b"words", "form.pdf", "not-a-form", "no document in it"),
    (b"MZ\x90\x00", "form.docx", "not-a-form", "no document in it"),
    (zipped(photo="x"), "form.docx", "not-a-form", "no document in it"),
    (ole("EncryptedPackage"), "form.docx", "password", "remove the password"),
    (ole("WordDocument"), "form.doc", "old-word-format", "choose Save As"),
    (ole("WordDocument"), "form.docx", "old-word-format", "choose Save As"),
    (b"<html><body>words</body></html>", "form.doc", "old-word-format", "choose Save As"),
    (b"{\\rtf1 words}", "form.rtf", "other-format", "choose Save As"),
    (b"{\\rtf1 words}", "form.doc", "other-format", "choose Save As"),
    (zipped(mimetype="application/vnd.oasis.opendocument.text"), "form.odt", "other-format", "choose Save As"),
    (b"From: a@example.org\r\n\r\n", "form.eml", "not-a-form", "This e-mail holds no form"),
    (b"From: a@example.org\r\n\r\n", "form.docx", "wrong-kind", "This is an e-mail, although its name ends in .docx"),
    (ole("__properties_version1.0"), "form.msg", "damaged", "not copied completely"),
    (ole("__properties_version1.0"), "form.doc", "wrong-kind", "rename it so that it ends in .msg"),
    (DOCX, "form.eml", "wrong-kind", "This is a Word file, although its name ends in .eml"),
    (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff\xff", "form.msg", "not-a-form", "no document in it"),
    (b"\x89PNG\r\n\x1a\n\xff\xff\xff\xff\xff", "form.png", "other-format", "not a Word or PDF file"),
    (DOCX[:200], "form.docx", "damaged", "not copied completely"),
    (b"%PDF-1.7\n", "form.pdf", "damaged", "not copied completely"),
]


@pytest.mark.parametrize(("content", "name", "reason", "says"), RETURNED, ids=[f"{r[2]}-{r[1]}" for r in RETURNED])
def test_what_cannot_be_read_says_what_is_wrong_and_what_to_do_now(
    content: bytes, name: str, reason: str, says: str
) -> None:
    with pytest.raises(Returned) as fault:
        read(content, name)
    assert fault.value.reason == reason
    assert says in fault.value.says
    assert re.search(r"\b(drop|Drop|save|send|find|Find)\b", fault.value.says)
    assert not re.search(r"(?i)\b(invalid|error|failed|null|parse|exception)\b", fault.value.says)


def test_a_file_bigger_than_any_form_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST_FILE", 1_000)
    with pytest.raises(Returned) as fault:
        read(b"%PDF-1.7" + b"\x00" * 1_000, "form.pdf")
    assert fault.value.reason == "too-large"


@pytest.mark.parametrize(
    ("content", "name", "other"), [(DOCX, "form.docx", "pypdf"), (PDF, "form.pdf", "lxml")], ids=["word", "pdf"]
)
def test_only_the_library_a_file_needs_is_loaded(content: bytes, name: str, other: str) -> None:
    code = (
        "import sys; from formflow.reading.read import read;"
        "assert not {'lxml', 'pypdf'} & set(sys.modules);"
        f"read(sys.stdin.buffer.read(), {name!r}); print({other!r} in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], input=content, capture_output=True, check=True)
    assert done.stdout.strip() == b"False"
