from __future__ import annotations

import hashlib
import io
import os
import re
import stat
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from docx import Document

from formflow.reading.old_formats import libreoffice
from formflow.rendering.office.copy import copied_from, finished
from formflow.rendering.office.left_behind import NAME
from formflow.rendering.office.office import Office
from formflow.service.run import run
from makers import NOON, a_form, a_pipeline, a_working_folder

PROGRAM = libreoffice() or ""
WITH_LIBREOFFICE = pytest.mark.skipif(not PROGRAM, reason="LibreOffice is not installed on this computer")
ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a POSIX script")

FORMS = ("return-form-other", "record-to-complete")
"""Papers that are forms to fill in."""

STAND_IN = """#!{python}
import pathlib, sys, time
words = sys.argv[1:]
if "--convert-to" not in words:
    time.sleep(600)
out = pathlib.Path(words[words.index("--outdir") + 1])
out.mkdir()
for word in words:
    if word.endswith(".docx"):
        content = pathlib.Path(word).read_bytes()
        if content == b"hangs":
            time.sleep(600)
        if content == b"dies":
            sys.exit(77)
        if content != b"nothing":
            (out / pathlib.Path(word).with_suffix(".pdf").name).write_bytes(b"%PDF-1.7 of " + content + b" %%EOF")
"""
"""Stands in for LibreOffice where a test is about what we do when it misbehaves."""


def a_stand_in(folder: Path) -> str:
    script = folder / "soffice"
    script.write_text(STAND_IN.format(python=sys.executable), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return str(script)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The papers of a case, by what they are."""
    folder = a_working_folder(tmp_path_factory.mktemp("papers") / "work")
    (folder.inbox / "form.docx").write_bytes(a_form())
    with a_pipeline(folder.root) as pipeline:
        run(pipeline, lambda: NOON)
        names = pipeline.register.papers("SIN-2026-001")
    place = folder.outbox / "cases" / "SIN-2026-001"
    return {name.split("_")[1]: (place / name).read_bytes() for name in names if name.endswith(".docx")}


@pytest.fixture(scope="module")
def copies(papers: dict[str, bytes]) -> dict[str, bytes]:
    """Their copies, as they are put out."""
    office = Office(PROGRAM)
    made = office.pdfs(list(papers.values()))
    office.close()
    office.rest()
    return {
        name: finished(pdf or b"", hashlib.sha256(paper).hexdigest())
        for (name, paper), pdf in zip(papers.items(), made, strict=True)
    }


@WITH_LIBREOFFICE
def test_a_copy_can_be_read_aloud_and_says_what_it_is_and_in_which_language(copies: dict[str, bytes]) -> None:
    for name, content in copies.items():
        with pikepdf.open(io.BytesIO(content)) as pdf:
            assert bool(pdf.Root.MarkInfo.Marked)
            assert len(pdf.Root.StructTreeRoot.K) > 0
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
            assert str(pdf.Root.Lang) == "en-GB"
            title = str(pdf.docinfo["/Title"])
            assert title.startswith("SIN-2026-001" if name not in FORMS else "formflow "), name
            assert b"<pdfaid:part>2</pdfaid:part>" in pdf.Root.Metadata.read_bytes()


@WITH_LIBREOFFICE
def test_the_copy_of_the_notice_is_one_page_like_the_notice(copies: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(copies["panel-notice"])) as pdf:
        assert len(pdf.pages) == 1


def letters(words: str) -> str:
    """Without signs: boxes and quotation marks come out of a PDF in another order."""
    return re.sub(r"\W", "", words)


@WITH_LIBREOFFICE
def test_every_word_of_a_paper_stands_in_its_copy(papers: dict[str, bytes], copies: dict[str, bytes]) -> None:
    for name, content in papers.items():
        pdf = pypdfium2.PdfDocument(copies[name])
        printed = letters("".join(page.get_textpage().get_text_range() for page in pdf))
        pdf.close()
        document = Document(io.BytesIO(content))
        cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
        paragraphs = [*document.paragraphs, *(p for cell in cells for p in cell.paragraphs)]
        said = [letters(word) for paragraph in paragraphs for word in paragraph.text.split()]
        assert said
        assert [word for word in said if word not in printed] == [], name


@WITH_LIBREOFFICE
def test_a_copy_names_nobody_and_no_folder(papers: dict[str, bytes]) -> None:
    document = Document(io.BytesIO(papers["panel-notice"]))
    document.core_properties.author = "Priya Nand"
    document.core_properties.last_modified_by = "Priya Nand"
    document.core_properties.keywords = "Nand"
    edited = io.BytesIO()
    document.save(edited)
    office = Office(PROGRAM, warm=False)
    (pdf,) = office.pdfs([edited.getvalue()])
    folder = str(office._folder)
    office.rest()
    assert pdf is not None
    content = finished(pdf, hashlib.sha256(edited.getvalue()).hexdigest())
    with pikepdf.open(io.BytesIO(content)) as opened:
        about = str(opened.docinfo) + opened.Root.Metadata.read_bytes().decode()
        whole = io.BytesIO()
        opened.save(whole, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.all)
    assert "Nand" not in about
    assert folder.encode() not in whole.getvalue()
    assert tempfile.gettempdir().encode() not in whole.getvalue()


@WITH_LIBREOFFICE
def test_a_copy_says_of_which_paper_it_is_until_somebody_changes_it(
    papers: dict[str, bytes], copies: dict[str, bytes]
) -> None:
    content = copies["panel-notice"]
    assert hashlib.sha256(papers["panel-notice"]).hexdigest().startswith(copied_from(content) or "nothing")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pdf.pages[0].Rotate = 90
        changed = io.BytesIO()
        pdf.save(changed)
    assert copied_from(changed.getvalue()) is None
    assert copied_from(content + b"\n") is None
    assert copied_from(b"somebody's own file") is None


def test_a_pdf_that_is_cut_off_or_has_no_tags_is_no_copy() -> None:
    with pytest.raises(ValueError, match="whole"):
        finished(b"%PDF-1.7 cut off", "ab" * 32)
    untagged = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(untagged)
    with pytest.raises(ValueError, match="tagged"):
        finished(untagged.getvalue(), "ab" * 32)


@WITH_LIBREOFFICE
def test_a_warm_office_that_was_killed_is_missed_by_nobody_and_started_again(papers: dict[str, bytes]) -> None:
    office = Office(PROGRAM)
    paper = papers["panel-notice"]
    assert office.pdfs([paper])[0]
    first = office._warm_one
    assert first is not None
    first.end()
    assert office.pdfs([paper])[0]
    assert office._warm_one is not None
    assert office._warm_one is not first
    assert office.pdfs([paper])[0]
    office.rest()


@WITH_LIBREOFFICE
def test_a_file_that_is_no_word_paper_takes_no_other_with_it(papers: dict[str, bytes]) -> None:
    office = Office(PROGRAM)
    made = office.pdfs([b"no paper at all", papers["panel-notice"]])
    office.rest()
    assert made[0] is None
    assert made[1] is not None


@ON_POSIX
def test_a_paper_that_hangs_is_ended_after_its_time_and_the_others_get_their_copies(tmp_path: Path) -> None:
    office = Office(a_stand_in(tmp_path), limits=(1.5, 0.0))
    made = office.pdfs([b"one", b"hangs", b"two"])
    office.rest()
    assert [pdf is not None for pdf in made] == [True, False, True]


@ON_POSIX
def test_an_office_that_dies_on_a_paper_takes_no_other_with_it(tmp_path: Path) -> None:
    office = Office(a_stand_in(tmp_path), warm=False)
    made = office.pdfs([b"one", b"dies", b"two", b"nothing"])
    office.rest()
    assert [pdf is not None for pdf in made] == [True, False, True, False]


@ON_POSIX
def test_everything_it_started_is_ended_with_it(tmp_path: Path) -> None:
    office = Office(a_stand_in(tmp_path))
    office.pdfs([b"one"])
    assert office._warm_one is not None
    process = office._warm_one.process
    assert process.poll() is None
    office.close()
    office.rest()
    assert process.poll() is not None
    assert office.pdfs([b"one"]) == [None]


@ON_POSIX
def test_closing_it_ends_a_batch_in_hand(tmp_path: Path) -> None:
    import threading

    office = Office(a_stand_in(tmp_path), warm=False)
    made: list[bytes | None] = []
    thread = threading.Thread(target=lambda: made.extend(office.pdfs([b"hangs"])))
    thread.start()
    while office._call is None:
        time.sleep(0.01)
    office.close()
    thread.join(timeout=30)
    office.rest()
    assert made == [None]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system ends it with its parent")
def test_what_a_killed_formflow_left_behind_is_cleared_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    killed = Office(a_stand_in(tmp_path))
    killed.pdfs([b"one"])
    assert killed._warm_one is not None
    assert killed._folder is not None
    left = killed._folder.with_name(f"{NAME}999999999-left")  # nobody has this process number
    killed._warm_one.end()
    killed._folder.rename(left)
    ours = tmp_path / f"{NAME}{os.getpid()}-ours"
    ours.mkdir()
    killed._folder, killed._warm_one = left, None
    killed.pdfs([b"one"])
    orphan = killed._warm_one
    assert orphan is not None
    assert orphan.process.poll() is None
    next_one = Office(a_stand_in(tmp_path))
    next_one.pdfs([b"one"])
    assert orphan.process.wait(timeout=30) != 0
    assert not left.exists()
    assert ours.exists()
    next_one.rest()
