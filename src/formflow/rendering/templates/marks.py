"""What can be seen of a part by looking at it: where its tags stand, and what filling it has to look after."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import nodes
from lxml import etree

from formflow.errors import Stop
from formflow.rendering.templates.package import parse
from formflow.rendering.templates.sandbox import Sandbox, shortened, text_of

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_NO_ANSWERS = ('w:fill="', 'w:gridSpan w:val="')
"""Attributes that docxtpl makes of `cellbg` and `colspan`: a colour or a number, never an answer with line breaks."""
_COLUMNS = re.compile(r"\{[%{]\s*(?:tc\s|colspan|hm)")
_HOLDERS = frozenset(
    [
        "w:p",
        "w:body",
        "w:tr",
        "w:tc",
        "w:r",
        "w:tbl",
        "w:hdr",
        "w:ftr",
        "w:footnote",
        "w:endnote",
        "w:sdtContent",
        "w:hyperlink",
    ]
)


def look(name: str, source: str, sandbox: Sandbox) -> bool:
    """Whether a tag that prints stands in an attribute. Raises `Stop` for one where no words may stand.

    `{{r …}}` and `{{p …}}` put formatted text or a part of a document in place of the run or paragraph they stand in.
    Words are plain: nothing could come of it that Word can open.
    """
    tag, within, attributes = "", False, False
    before = ""
    for _, kind, value in sandbox.lex(source):
        if kind == "data":
            tag, within = _after(value, tag, within=within)
            before = value
        elif kind == "variable_begin":
            attributes = attributes or (within and not before.endswith(_NO_ANSWERS))
            if not within and (tag.startswith("/") or tag.endswith("/") or tag in _HOLDERS):
                words = shortened(text_of(before)[-60:])
                after = f', after "{words}"' if words else ""
                raise Stop(
                    f'The template "{name}" asks for formatted text with {{{{r …}}}} or {{{{p …}}}}{after}. formflow '
                    "gives plain words: write {{ … }}."
                )
    return attributes


def refuse_unclosed(name: str, tags: nodes.Template) -> None:
    """Raise `Stop` for what looks like a tag and is none; printed, it would stand in the paper for all to see."""
    for piece in tags.find_all(nodes.TemplateData):
        if left := _TAGS.search(piece.data):
            near = text_of(piece.data[max(0, left.start() - 200) : left.end() + 60])[-60:]
            raise Stop(f'The template "{name}" has a tag that is not closed, near "{near}".')


def relationships_used(tree: etree._Element) -> set[str]:
    """The ids by which a part refers to others."""
    found = (str(value) for each in tree.iter() for name, value in each.items() if str(name).startswith(_R))
    return {used for used in found if used and "{" not in used}


def has_drawings(content: bytes) -> bool:
    """Whether a part holds drawings."""
    return b"<wp:docPr" in content


def has_own_grids(content: bytes) -> bool:
    """Whether rows of a table may have more or fewer cells than it has columns, now or when it is filled."""
    tree = parse(content)
    if _COLUMNS.search("".join(str(words) for words in tree.itertext())):
        return True
    return any(not _fits(table) for table in tree.iter(f"{W}tbl"))


def _fits(table: etree._Element) -> bool:
    columns = len(table.findall(f"{W}tblGrid/{W}gridCol"))
    own = set(table.findall(f"{W}tr"))
    for row in table.iter(f"{W}tr"):
        spans = list(_spans(row))
        if len(spans) > columns or (row in own and sum(spans) != columns):
            return False
    return True


def _spans(row: etree._Element) -> Iterator[int]:
    for cell in row.findall(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        yield int(span.get(f"{W}val", "1")) if span is not None else 1


def _after(data: str, tag: str, *, within: bool) -> tuple[str, bool]:
    """The last XML tag of some source, and whether it is still open at its end."""
    _, opened, last = data.rpartition("<")
    if not opened:
        return tag, within and ">" not in data
    name = last.split(">")[0].split()[0] if last.split(">")[0].split() else ""
    ends = last.split(">")[0].endswith("/")
    return (f"{name}/" if ends and ">" in last else name), ">" not in last
