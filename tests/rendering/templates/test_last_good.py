"""A broken template stops nothing: its papers are drawn with the last version that was in order."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from formflow import shipped
from formflow.errors import Stop
from formflow.rendering.paper import Paper
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.rendering.templates.apart import FillingRoom
from formflow.rendering.templates.package import parts_of
from makers import a_case
from template_cases import a_template, words_of

WORDS: Words = {"ref": "SIN-1", "word": "said"}


@pytest.fixture(scope="module")
def room() -> Iterator[FillingRoom]:
    made = FillingRoom(seconds=2.0)
    yield made
    made.close()


@pytest.fixture
def renderer(tmp_path: Path, room: FillingRoom) -> Renderer:
    return renderer_of(tmp_path, room)


def renderer_of(root: Path, room: FillingRoom) -> Renderer:
    return Renderer(root / "templates", root / "register" / "templates last good", room)


def edit(root: Path, body: str | bytes, name: str = "event/paper.docx") -> None:
    path = root / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body if isinstance(body, bytes) else a_template(body))
    os.utime(path, ns=(path.stat().st_mtime_ns + 1, path.stat().st_mtime_ns + 1))


def said(papers: list[Paper]) -> str:
    return " | ".join(parts_of(paper.content)["word/document.xml"].decode() for paper in papers)


@pytest.mark.parametrize(
    "broken",
    ["{% if word %}", "{{ missing }}", "{{ 'a' * 10**10 }}", "{{ ''.__class__ }}", b"not a Word file", "{{r word }}"],
)
def test_the_last_version_that_was_in_order_is_used_and_said(
    renderer: Renderer, tmp_path: Path, broken: str | bytes
) -> None:
    edit(tmp_path, "first {{ word }}")
    assert "first said" in said(renderer.render("event", WORDS, "{doc}"))
    assert renderer.troubles() == ()
    sound = renderer.fingerprint()
    edit(tmp_path, broken)
    assert "first said" in said(renderer.render("event", WORDS, "{doc}"))
    told = [str(trouble) for trouble in renderer.troubles()]
    assert len(told) == 1
    assert "event/paper.docx" in told[0]
    assert "drawn with the last version that was in order" in told[0]
    assert renderer.fingerprint() == sound


def test_a_new_start_finds_the_last_good_version_and_a_mended_one_ends_the_trouble(
    tmp_path: Path, room: FillingRoom
) -> None:
    edit(tmp_path, "first {{ word }}")
    renderer_of(tmp_path, room).render("event", WORDS, "{doc}")
    edit(tmp_path, "{{ broken")
    again = renderer_of(tmp_path, room)
    assert [trouble.used for trouble in again.troubles()] == ["the last version that was in order"]
    assert "first said" in said([again.render_one("event", "paper", WORDS, "{doc}")])
    edit(tmp_path, "mended {{ word }}")
    assert again.troubles() == ()
    assert "mended said" in said(again.render("event", WORDS, "{doc}"))


def test_the_shipped_version_is_used_where_none_was_ever_in_order(renderer: Renderer, tmp_path: Path) -> None:
    name = "panel/panel-notice.docx"
    edit(tmp_path, "{{ broken", name)
    paper = renderer.render("panel", words_of(a_case()), "{doc}")[0]
    assert "Notice of a serious incident" in said([paper])
    assert "the version that comes with formflow" in str(renderer.troubles()[0])
    assert "ref" in renderer.asks_for("panel")["panel-notice"]


def test_a_template_of_ones_own_that_never_was_in_order_is_left_out_and_the_others_are_drawn(
    renderer: Renderer, tmp_path: Path
) -> None:
    edit(tmp_path, "good {{ word }}", "event/a.docx")
    edit(tmp_path, "{{ broken", "event/b.docx")
    assert [paper.name for paper in renderer.render("event", WORDS, "{doc}")] == ["a.docx"]
    told = str(renderer.troubles()[0])
    assert "No paper is drawn" in told
    assert "near" in told
    assert str(renderer.troubles()[0]) == told
    with pytest.raises(Stop, match=r"event/b\.docx"):
        renderer.render_one("event", "b", WORDS, "{doc}")


def test_a_template_that_took_too_long_is_not_waited_for_again(
    renderer: Renderer, tmp_path: Path, room: FillingRoom
) -> None:
    edit(tmp_path, "first {{ word }}")
    renderer.render("event", WORDS, "{doc}")
    edit(tmp_path, "{{ word }}{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}")
    renderer.render("event", WORDS, "{doc}")
    room.close()
    again = renderer.render("event", WORDS, "{doc}")
    assert "first said" in said(again)
    assert "more time or memory" in renderer.troubles()[0].says


def test_one_paper_can_be_drawn_by_name_and_named_in_full(renderer: Renderer, tmp_path: Path) -> None:
    edit(tmp_path, "{{ word }}")
    assert renderer.render_one("event", "paper", WORDS, "SIN-1_{doc}_v1").name == "SIN-1_paper_v1.docx"
    assert renderer.render_one("event", "paper", WORDS, "Letter to the Panel.docx").name == "Letter to the Panel.docx"
    with pytest.raises(Stop, match="There is no template"):
        renderer.render_one("event", "other", WORDS, "{doc}")


def test_what_comes_with_formflow_is_filled_without_another_process(room: FillingRoom) -> None:
    room.close()
    Renderer(shipped.templates(), None, room).render("notification", words_of(a_case()), "{doc}")
    assert room._child is None


def test_the_owner_file_that_word_leaves_beside_an_open_template_is_no_template(
    renderer: Renderer, tmp_path: Path
) -> None:
    edit(tmp_path, "{{ word }}")
    edit(tmp_path, b"owner", "event/~$paper.docx")
    assert len(renderer.render("event", WORDS, "{doc}")) == 1
    assert renderer.troubles() == ()
