from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import pikepdf

from formflow.outbox.copies import copy_state, put_copy, wanted
from formflow.outbox.put import put, set_aside
from formflow.rendering.office.copy import finished

NOTICE = "SIN-2026-001_panel-notice_v1_20260320.docx"


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def a_copy_of(paper: bytes) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot)
        pdf.save(written)
    return finished(written.getvalue(), sha(paper))


def earlier(path: Path, seconds: int) -> None:
    """Make a file look as if it had been written so long ago."""
    then = path.stat().st_mtime - seconds
    os.utime(path, (then, then))


def test_a_word_paper_without_a_copy_is_found_and_nothing_else(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"notice")
    put(tmp_path / "SIN-2026-001_form_v1_20260320.docx", b"the form itself is no paper of ours")
    put(tmp_path / "SIN-2026-001_draft-to-panel_v1_20260320.eml", b"a message")
    papers = {NOTICE: sha(b"notice"), "SIN-2026-001_draft-to-panel_v1_20260320.eml": sha(b"a message")}
    assert [want.paper.name for want in wanted(tmp_path, papers)] == [NOTICE]


def test_a_copy_stands_beside_its_paper_and_is_not_made_twice(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"notice")
    papers = {NOTICE: sha(b"notice")}
    (want,) = wanted(tmp_path, papers)
    assert put_copy(want, a_copy_of(b"notice"))
    assert want.copy.name == "SIN-2026-001_panel-notice_v1_20260320.pdf"
    assert copy_state(want.paper) == "made"
    assert list(wanted(tmp_path, papers)) == []
    earlier(want.copy, 60)  # the clock of a share may differ: then the copy itself is asked
    assert list(wanted(tmp_path, papers)) == []


def test_a_paper_that_was_drawn_anew_gets_a_new_copy(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"notice")
    put(tmp_path / f"{NOTICE[:-5]}.pdf", a_copy_of(b"notice"))
    earlier(tmp_path / f"{NOTICE[:-5]}.pdf", 60)
    put(tmp_path / NOTICE, b"notice, from a mended template")
    (want,) = wanted(tmp_path, {NOTICE: sha(b"notice, from a mended template")})
    assert put_copy(want, a_copy_of(b"notice, from a mended template"))
    assert copy_state(want.paper) == "made"


def test_a_paper_that_somebody_edited_gets_no_copy_unless_it_is_asked_for(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"notice, being rewritten")
    papers = {NOTICE: sha(b"notice")}
    assert list(wanted(tmp_path, papers)) == []
    assert [want.paper.name for want in wanted(tmp_path, papers, edited=True)] == [NOTICE]


def test_a_copy_of_what_an_edited_paper_said_before_is_not_left_to_be_sent(tmp_path: Path) -> None:
    copy = tmp_path / f"{NOTICE[:-5]}.pdf"
    put(copy, a_copy_of(b"notice"))
    earlier(copy, 60)
    put(tmp_path / NOTICE, b"notice, with a mistake put right")
    assert list(wanted(tmp_path, {NOTICE: sha(b"notice")})) == []
    assert not copy.exists()
    assert (tmp_path / "earlier versions" / copy.name).exists()


def test_a_pdf_that_a_person_made_or_changed_is_never_written_over(tmp_path: Path) -> None:
    copy = tmp_path / f"{NOTICE[:-5]}.pdf"
    put(tmp_path / NOTICE, b"notice")
    papers = {NOTICE: sha(b"notice")}
    (want,) = wanted(tmp_path, papers)
    for theirs in (b"%PDF-1.7 printed from Word by a person", a_copy_of(b"notice") + b"% and a remark added"):
        put(copy, theirs)
        earlier(copy, 60)
        assert list(wanted(tmp_path, papers, edited=True)) == []
        assert not put_copy(want, a_copy_of(b"notice"))
        assert copy.read_bytes() == theirs


def test_no_copy_is_put_of_a_paper_that_changed_or_went_while_it_was_made(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"notice")
    (want,) = wanted(tmp_path, {NOTICE: sha(b"notice")})
    put(tmp_path / NOTICE, b"another text")
    assert not put_copy(want, a_copy_of(b"notice"))
    (tmp_path / NOTICE).unlink()
    assert not put_copy(want, a_copy_of(b"notice"))
    assert not want.copy.exists()


def test_the_copy_of_a_replaced_paper_goes_to_the_earlier_versions_with_it(tmp_path: Path) -> None:
    again = NOTICE.replace(".docx", " (drawn again).docx")
    for name in (NOTICE, again):
        put(tmp_path / name, b"notice")
        put(tmp_path / f"{name[:-5]}.pdf", a_copy_of(b"notice"))
    set_aside(tmp_path, [NOTICE])
    assert [path.name for path in tmp_path.iterdir()] == ["earlier versions"]
    assert len(list((tmp_path / "earlier versions").iterdir())) == 4


def test_a_copy_that_was_open_when_its_paper_was_replaced_follows_later(tmp_path: Path) -> None:
    copy = f"{NOTICE[:-5]}.pdf"
    put(tmp_path / "earlier versions" / NOTICE, b"notice")
    put(tmp_path / copy, a_copy_of(b"notice"))
    assert list(wanted(tmp_path, {NOTICE: sha(b"notice")})) == []
    assert not (tmp_path / copy).exists()
    assert (tmp_path / "earlier versions" / copy).exists()


def test_where_a_paper_was_drawn_again_beside_an_edited_one_the_new_drawing_gets_the_copy(tmp_path: Path) -> None:
    put(tmp_path / NOTICE, b"edited by a reviewer")
    put(tmp_path / NOTICE.replace(".docx", " (drawn again).docx"), b"second")
    (want,) = wanted(tmp_path, {NOTICE: sha(b"second")})
    assert want.copy.name == NOTICE.replace(".docx", " (drawn again).pdf")
