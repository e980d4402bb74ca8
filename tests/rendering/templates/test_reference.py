"""docxtpl is the reference: what formflow fills in its own way must be the same document, part by part."""

from __future__ import annotations

import io
from collections.abc import Mapping

import pytest
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from formflow import shipped
from formflow.rendering import word_kit as kit
from formflow.rendering.plain import plain
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.package import kinds_of, parse, parts_of, relationships
from template_cases import a_template, every_case

CASES = every_case()
OURS_BY_INTENT = {
    "docProps/core.xml": "the properties are ours: a title, the template's fingerprint, nobody's name",
    "docProps/app.xml": "who edited the template, and for how long, is left out",
    "[Content_Types].xml": "python-docx lists the parts in another order; compared as a whole",
}
"""Parts that are not compared as they stand, each with the reason."""


def by_docxtpl(template: bytes, words: Mapping[str, object]) -> dict[str, bytes]:
    made = DocxTemplate(io.BytesIO(template))
    made.render(dict(words), SandboxedEnvironment(autoescape=True, undefined=StrictUndefined), autoescape=True)
    out = io.BytesIO()
    made.save(out)
    return parts_of(out.getvalue())


def by_formflow(template: bytes, words: Mapping[str, object]) -> dict[str, bytes]:
    return parts_of(fill(compile_template("event/paper.docx", template), plain(words)))


def canonical(part: bytes) -> bytes:
    root = etree.fromstring(part, etree.XMLParser(remove_blank_text=True))
    for words in root.iter("{*}t"):
        # Word keeps the spaces of every text that begins or ends with one; whether it is also said makes no difference.
        words.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", "")
    return bytes(etree.tostring(root, method="c14n"))


def assert_the_same(template: bytes, words: Mapping[str, object]) -> None:
    reference, ours = by_docxtpl(template, words), by_formflow(template, words)
    assert set(ours) == set(reference)
    assert kinds_of(ours) == kinds_of(reference)
    for name in set(ours) - set(OURS_BY_INTENT):
        if name.endswith(".rels"):
            assert related(ours, name) == related(reference, name), name
        elif name.endswith(".xml"):
            assert canonical(ours[name]) == canonical(reference[name]), name
        else:
            assert ours[name] == reference[name], name


def related(parts: Mapping[str, bytes], name: str) -> dict[str, str]:
    folder, _, file = name.rpartition("/_rels/")
    if folder:
        return relationships(parts, f"{folder}/{file.removesuffix('.rels')}")
    return {each.get("Id", ""): each.get("Target", "").lstrip("/") for each in parse(parts[name])}


@pytest.mark.parametrize("case", [case for case in CASES if not case.endswith("hard: braces")])
def test_a_shipped_template_makes_the_document_that_docxtpl_makes(case: str) -> None:
    event, words = CASES[case]
    for path in sorted((shipped.templates() / event).glob("*.docx")):
        assert_the_same(path.read_bytes(), words)


@pytest.mark.parametrize("case", [case for case in CASES if case.endswith("hard: braces")])
def test_braces_in_an_answer_stay_as_they_are_where_docxtpl_rewrites_them(case: str) -> None:
    event, words = CASES[case]
    for path in sorted((shipped.templates() / event).glob("*.docx")):
        reference, ours = by_docxtpl(path.read_bytes(), words), by_formflow(path.read_bytes(), words)
        there = canonical(ours["word/document.xml"])
        assert there == canonical(reference["word/document.xml"]) or b"{_{ }_}" in there
        rewritten = there.replace(b"{_{", b"{{").replace(b"}_}", b"}}")
        assert rewritten == canonical(reference["word/document.xml"]), path.name


def a_row(*cells: str) -> str:
    return kit.row([kit.cell(kit.para(kit.run(words)), 1000) for words in cells])


def a_table(columns: int, *rows: str) -> str:
    return kit.table(rows, [1000] * columns) + kit.para()


ROWS = {"rows": [{"a": "1 & 2", "b": ["x", "y"]}, {"a": "3", "b": ["z<", "w"]}], "word": "said", "no": []}


def paras(*runs: str) -> str:
    return "".join(kit.para(kit.run(words)) for words in runs)


def tagged(first: str, *rows: str, last: str) -> str:
    return a_table(2, a_row(first, ""), *rows, a_row(last, ""))


WRITTEN = {
    "columns that come and go": a_table(3, a_row("A", "{%tc for b in rows[0].b %}", "{{ b }}", "{%tc endfor %}")),
    "cells over several columns": a_table(2, a_row("{% colspan 2 %}{{ word }}"), a_row("1", "2")),
    "coloured cells": a_table(1, a_row("{% cellbg 'FF0000' %}{{ word }}")),
    "cells merged downwards": tagged(
        "{%tr for r in rows %}", a_row("{% vm %}{{ word }}", "{{ r.a }}"), last="{%tr endfor %}"
    ),
    "cells merged sideways": a_table(2, a_row("{%tc for r in rows %}", "{% hm %}{{ word }}", "{%tc endfor %}")),
    "more columns than cells": a_table(4, a_row("{{ word }}", "2")),
    "a row that goes away": tagged(
        "{%tr if no %}", a_row("{{ word }}", ""), a_row("{%tr else %}", ""), a_row("1", "2"), last="{%tr endif %}"
    ),
    "tags that join paragraphs": paras("a ", "{%- if word %}b{% endif -%}", " c"),
    "a run in place of a run": kit.para(
        kit.run("a") + kit.run("{%r if word %}") + kit.run("b", bold=True) + kit.run("{%r endif %}")
    ),
    "a tag in pieces": kit.para(kit.run("{") + kit.run("{ wo", bold=True) + kit.run("rd }") + kit.run("}!")),
    "curly quotation marks": paras("{{ word if word == “said” else ‘x’ }}"),
    "a comment": paras("a{# for editors #}b", "{#p for editors #}", "c"),
    "words joined by line breaks": kit.para(kit.run("{{ rows[0].b | join('\\n') }}", bold=True)),
    "spaces and tabs": kit.para(kit.run("  {{ word }}  ") + kit.tab() + kit.run("{{ word }} ")),
}


@pytest.mark.parametrize("what", WRITTEN)
def test_what_people_write_in_word_comes_out_as_from_docxtpl(what: str) -> None:
    assert_the_same(a_template(WRITTEN[what]), ROWS)


def test_footnotes_and_headers_are_filled_and_numbers_of_drawings_counted_as_by_docxtpl() -> None:
    assert_the_same(a_template("{{ word }}", header="{{ rows[0].a }}", footer="{{ word | upper }}"), ROWS)


def test_the_shipped_templates_are_all_compared() -> None:
    events = {event for event, _ in CASES.values()}
    assert {path.parent.name for path in shipped.templates().rglob("*.docx")} <= events
