from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

import pytest
from lxml import etree

from formflow.errors import Stop
from formflow.rendering import word_kit as kit
from formflow.rendering.picture import Picture
from formflow.rendering.plain import plain
from formflow.rendering.statements import NOT_STATED
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.package import parts_of
from formflow.rendering.templates.written import faults
from template_cases import HARD, a_template, an_empty_case, returns, words_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CELL = kit.table([kit.row([kit.cell(kit.para(kit.run("{{ word }}")), 4000)])], [4000]) + kit.para()


def filled(template: bytes, pictures: tuple[Picture, ...] = (), /, **words: object) -> bytes:
    return fill(compile_template("event/paper.docx", template), plain(words), pictures)


def lines_in(paper: bytes, part: str = "word/document.xml") -> list[str]:
    """Each paragraph of a part as a person reads it."""
    tree = etree.fromstring(parts_of(paper)[part])
    return ["".join("\n" if piece.tag == f"{W}br" else piece.text or "" for piece in para.iter(f"{W}t", f"{W}br"))
            for para in tree.iter(f"{W}p")]  # fmt: skip


@pytest.mark.parametrize("what", HARD)
def test_a_hard_answer_arrives_exactly_in_body_header_footer_and_cell(what: str) -> None:
    said = HARD[what]
    paper = filled(a_template("{{ word }}", header="{{ word }}", footer="{{ word }}"), word=said)
    assert (
        lines_in(paper)[0] == lines_in(paper, "word/header1.xml")[0] == lines_in(paper, "word/footer1.xml")[0] == said
    )
    assert lines_in(filled(a_template(CELL), word=said))[0] == said
    assert faults(paper) == ()


@pytest.mark.parametrize("what", HARD)
def test_a_hard_answer_passes_through_what_templates_do_with_words(what: str) -> None:
    said = HARD[what]
    paper = filled(a_template("{{ word ~ '|' }}{{ [word, word] | join('; ') }}{% set w = word %}{{ w }}"), word=said)
    assert lines_in(paper)[0] == f"{said}|{said}; {said}{said}"


def test_characters_that_no_word_file_can_hold_are_left_out_and_nothing_else() -> None:
    said = "a\x00b\x0bc\ud800d\ufffee\ufdd0f\U0010ffffg\u200bh"
    assert lines_in(filled(a_template("{{ word }}"), word=said))[0] == "abcdefg\u200bh"


def test_what_the_form_does_not_say_is_printed_in_the_agreed_words() -> None:
    words = words_of(an_empty_case())
    assert lines_in(filled(a_template("{{ form.nature.text }}"), **words))[0] == NOT_STATED


def test_a_word_may_be_called_like_something_that_jinja_knows() -> None:
    assert (
        lines_in(filled(a_template("{{ row.items }} {{ row.title }}"), row={"items": "one", "title": "two"}))[0]
        == "one two"
    )


def test_a_list_is_not_printed_whole() -> None:
    with pytest.raises(Stop, match="cannot be filled"):
        filled(a_template("{{ word }}"), word=["a", "b"])


def test_a_fault_never_repeats_what_a_form_says() -> None:
    with pytest.raises(Stop) as stopped:
        filled(a_template("{{ words[name] }}"), words={}, name="Jordan Ashby")
    assert "Jordan" not in str(stopped.value)


def test_a_line_break_in_an_attribute_becomes_a_space() -> None:
    paper = filled(with_media(a_template(a_drawing("timeline", descr="{{ word }}"))), word='one\n"two"')
    assert 'descr="one &#34;two&#34;"' in parts_of(paper)["word/document.xml"].decode()


def test_a_cell_or_a_table_that_a_loop_leaves_empty_opens_all_the_same() -> None:
    looped = (
        kit.para(kit.run("{%p for r in rows %}")) + kit.para(kit.run("{{ r }}")) + kit.para(kit.run("{%p endfor %}"))
    )
    rows = [
        kit.row([kit.cell(kit.para(kit.run(tag)), 900)])
        for tag in ("{%tr for r in rows %}", "{{ r }}", "{%tr endfor %}")
    ]
    body = kit.table([kit.row([kit.cell(looped, 900)])], [900]) + kit.para() + kit.table(rows, [900]) + kit.para()
    for given in ([], ["x"]):
        assert faults(filled(a_template(body), rows=given)) == ()


@pytest.mark.parametrize("body", ["}} left", "{{ word", "left %}", "{# never closed"])
def test_a_tag_that_is_not_closed_is_refused_with_its_place(body: str) -> None:
    with pytest.raises(Stop, match=r"event/paper\.docx"):
        filled(a_template(f"Here is {body}"), word="x")


@pytest.mark.parametrize("tag", ["{{r word }}", "{{p word }}"])
def test_formatted_text_is_refused_by_name_and_not_filled_wrongly(tag: str) -> None:
    with pytest.raises(Stop, match="plain words"):
        filled(a_template(f"Before {tag}"), word="x")


def test_a_template_that_lost_a_picture_in_copying_is_refused() -> None:
    with pytest.raises(Stop, match="rIdLost"):
        filled(a_template(a_drawing("timeline", embed="rIdLost")))


def test_a_paper_is_an_ordinary_zip_file_whose_fixed_parts_are_those_of_the_template() -> None:
    template = a_template("{{ word }}")
    paper = filled(template, word="x")
    with zipfile.ZipFile(io.BytesIO(paper)) as package:
        assert package.testzip() is None
        assert package.namelist()[0] == "[Content_Types].xml"
        assert package.read("word/styles.xml") == parts_of(template)["word/styles.xml"]


def test_the_properties_name_the_template_by_its_fingerprint() -> None:
    template = compile_template("event/paper.docx", a_template("{{ ref }}"))
    core = parts_of(fill(template, plain({"ref": "SIN-1"})))["docProps/core.xml"].decode()
    assert f"template {template.sha256[:16]}" in core


def a_png(shade: int = 255) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes([0, shade]))) + chunk(b"IEND", b"")


def a_drawing(name: str, *, embed: str = "rIdPicture", descr: str = "old words") -> str:
    return kit.para(
        '<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f'<wp:extent cx="100" cy="100"/><wp:docPr id="1" name="{name}" descr="{descr}"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
        'uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic '
        'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:nvPicPr><pic:cNvPr id="0" name="p.png"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{embed}"/><a:stretch><a:fillRect/></a:stretch>'
        '</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="100" cy="100"/></a:xfrm>'
        '<a:prstGeom prst="rect">'
        "<a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def with_media(template: bytes, media: str = "media/image1.png") -> bytes:
    parts = parts_of(template)
    kind = {"png": "image/png", "jpeg": "image/jpeg"}[media.rpartition(".")[2]]
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Default ", f'<Default Extension="{media.rpartition(".")[2]}" ContentType="{kind}"/><Default '.encode(), 1
    )
    link = f'<Relationship Id="rIdPicture" Type="{kit._OFFICE}/image" Target="{media}"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = parts["word/_rels/document.xml.rels"].replace(
        b"</Relationships>", link.encode()
    )
    parts[f"word/{media}"] = a_png()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return out.getvalue()


TIMELINE = Picture("timeline", a_png(7), 160, 45.5, 'From 1 March: "seen" & <safe> {{ x }}')


def test_a_drawing_of_the_name_shows_the_picture_in_its_size_and_says_its_words() -> None:
    paper = filled(with_media(a_template(a_drawing("timeline"))), (TIMELINE,))
    tree = etree.fromstring(parts_of(paper)["word/document.xml"])
    sizes = {(each.get("cx"), each.get("cy")) for each in tree.iter("{*}extent", "{*}ext")}
    assert parts_of(paper)["word/media/image1.png"] == a_png(7)
    assert sizes == {("5760000", "1638000")}
    assert {each.get("descr") for each in tree.iter("{*}docPr", "{*}cNvPr")} == {TIMELINE.says}
    assert faults(paper) == ()


def test_a_drawing_without_its_picture_stays_and_a_picture_without_its_drawing_is_not_shown() -> None:
    other = filled(with_media(a_template(a_drawing("logo"))), (TIMELINE,))
    assert parts_of(other)["word/media/image1.png"] == a_png()
    assert "old words" in parts_of(other)["word/document.xml"].decode()
    assert filled(a_template("no drawing"), (TIMELINE,))


def test_a_picture_in_place_of_a_photograph_is_said_to_be_what_it_is() -> None:
    paper = filled(with_media(a_template(a_drawing("timeline")), "media/image1.jpeg"), (TIMELINE,))
    assert (
        b'<Override PartName="/word/media/image1.jpeg" ContentType="image/png"/>'
        in parts_of(paper)["[Content_Types].xml"]
    )
    assert faults(paper) == ()


def test_two_drawings_that_share_a_picture_are_refused_only_when_it_is_to_change() -> None:
    template = with_media(a_template(a_drawing("timeline") + a_drawing("logo")))
    assert filled(template)
    with pytest.raises(Stop, match="shares its picture"):
        filled(template, (TIMELINE,))


def test_drawings_in_a_loop_have_numbers_of_their_own() -> None:
    body = kit.para(kit.run("{%p for r in rows %}")) + a_drawing("logo") + kit.para(kit.run("{%p endfor %}"))
    paper = filled(with_media(a_template(body)), rows=[1, 2, 3])
    assert re.findall(r'<wp:docPr id="(\d+)"', parts_of(paper)["word/document.xml"].decode()) == [
        "1001",
        "1002",
        "1003",
    ]


def test_two_hundred_rows_of_a_chronology_are_all_there() -> None:
    template = a_template("{% for r in chronology.rows %}{{ r.event }};{% endfor %}")
    assert lines_in(filled(template, **returns(200)))[0].count("<&> told;") == 400
