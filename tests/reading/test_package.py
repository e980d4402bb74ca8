from __future__ import annotations

import io
import zipfile

import pytest

from formflow.errors import Returned
from formflow.reading import package as limits
from formflow.reading.package import open_package, sniff
from reading import word_maker as word
from reading.pdf_maker import pdf, text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00" * 500


def zipped(**parts: str) -> bytes:
    return word.package({name.replace("__", "/"): content for name, content in parts.items()})


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "empty"),
        (b"\x00" * 4096, "empty"),
        (b" \r\n ", "empty"),
        (pdf(text("a", "b")), "pdf"),
        (word.docx(), "word"),
        (ole("EncryptedPackage"), "locked"),
        (ole("WordDocument"), "old-word"),
        (ole("__substg1.0_0037001F"), "outlook"),
        (ole("Workbook"), "workbook"),
        (OLE, "other"),
        (b"{\\rtf1 words}", "rtf"),
        (b"From: someone@example.org\r\nSubject: form\r\n\r\nAttached", "mail"),
        (b"\xef\xbb\xbfMIME-Version: 1.0\r\n", "mail"),
        (b"<!DOCTYPE html><html><body>words</body></html>", "web"),
        ("Plain words, and a naïve one.".encode(), "text"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "other"),
        (b"\x89PNG\r\n\x1a\n" + b"\xff" * 50, "other"),
        (zipped(mimetype="application/vnd.oasis.opendocument.text", content="x"), "odt"),
        (zipped(xl__workbook="x"), "workbook"),
        (zipped(photo="x"), "other"),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, kind: str) -> None:
    assert sniff(content) == kind


def test_words_that_a_mail_gateway_put_before_and_after_a_file_do_not_hide_it() -> None:
    banner = b"From: gateway\r\nThis message was scanned.\r\n" * 30
    assert sniff(banner + word.docx() + banner) == "word"
    assert sniff(banner + pdf(text("a", "b"))) == "pdf"


def test_a_word_file_that_was_cut_short_is_still_known_for_one_so_that_it_is_called_damaged() -> None:
    assert sniff(word.docx(word.paragraph("words " * 200))[:300]) == "word"


def reason(content: bytes) -> str:
    with pytest.raises(Returned) as fault:
        open_package(content)
    return fault.value.reason


def test_a_file_cut_short_is_damaged() -> None:
    assert reason(word.docx()[:200]) == "damaged"


def test_a_file_without_its_list_of_contents_is_damaged() -> None:
    assert reason(word.docx(parts={"[Content_Types].xml": ""})) == "damaged"


def test_a_file_locked_by_an_archive_program_is_a_password() -> None:
    content = bytearray(word.docx())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at >= 0:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    assert reason(bytes(content)) == "password"


def test_too_many_parts_are_too_complex() -> None:
    assert reason(word.docx(parts={f"word/media/{n}.bin": "x" for n in range(limits.MOST_PARTS)})) == "too-complex"


def test_a_part_that_inflates_beyond_the_limit_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_PART", 10_000)
    assert reason(word.docx(word.paragraph("a" * 11_000))) == "too-large"


def test_parts_that_inflate_beyond_the_limit_together_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_WHOLE", 20_000)
    parts: dict[str, str | bytes] = {f"word/header{n}.xml": "<a>" + "b" * 6_000 + "</a>" for n in range(4)}
    assert reason(word.docx(parts=parts)) == "too-large"


def test_a_directory_that_lies_about_a_size_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_PART", 100_000)
    content = word.docx(word.paragraph("a" * 200_000))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        said = file.getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert reason(content.replace(said, (2_000).to_bytes(4, "little"))) == "too-large"


def test_a_part_that_is_there_twice_and_differs_is_ambiguous() -> None:
    out = io.BytesIO(word.docx(word.paragraph("one")))
    with pytest.warns(UserWarning, match="Duplicate"), zipfile.ZipFile(out, "a") as file:
        file.writestr("word/document.xml", word.document(word.paragraph("two")))
    assert reason(out.getvalue()) == "ambiguous"


def test_part_names_are_compared_without_capitals() -> None:
    opened = open_package(word.docx(parts={"Word/Header1.XML": word.part("hdr", "")}))
    assert "word/header1.xml" in opened.parts


def test_a_damaged_side_part_is_named_and_the_rest_is_read() -> None:
    content = bytearray(word.docx(parts={"word/header1.xml": word.part("hdr", word.paragraph("words"))}))
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        start = file.getinfo("word/header1.xml").header_offset + len("word/header1.xml") + 60
    content[start : start + 20] = b"\xff" * 20
    opened = open_package(bytes(content))
    assert "word/header1.xml" not in opened.parts
    assert opened.parts.damaged == {"word/header1.xml"}
    assert "word/document.xml" in opened.parts
