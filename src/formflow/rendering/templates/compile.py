"""Making a template ready: docxtpl patches each part that holds tags, Jinja compiles it, the rest is compressed."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast

from docxtpl import DocxTemplate
from jinja2 import TemplateError, meta, nodes
from lxml import etree

from formflow.errors import Stop
from formflow.rendering.templates import marks
from formflow.rendering.templates.compiled import Compiled, Program
from formflow.rendering.templates.drawings import pictures_of
from formflow.rendering.templates.package import (
    APP,
    CORE,
    MAIN,
    Packed,
    kinds_of,
    packed_once,
    parse,
    parts_of,
    relationships,
)
from formflow.rendering.templates.sandbox import Sandbox, stop_compiling

SANDBOX = Sandbox()
REQUIRED = ("ref", "marking")
"""Words that a paper must show where its template prints them: whose paper it is, and who may see it."""

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
FILLED = frozenset({MAIN, *(f"{_WORD}{kind}+xml" for kind in ("header", "footer", "footnotes", "endnotes"))})
"""The kinds of parts that are filled. Comments are not: they are from one editor of the template to another."""
_NO_PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_PATCHER = DocxTemplate("")
# As python-docx reads parts: white space between elements is nobody's.
_AS_DOCX = etree.XMLParser(remove_blank_text=True, resolve_entities=False, no_network=True, huge_tree=True)


def compile_template(name: str, content: bytes) -> Compiled:
    """A template made ready; `name` is what people know it by. Raises `Stop` when it cannot be used, saying why."""
    try:
        parts = parts_of(content)
        kinds = kinds_of(parts)
        if MAIN not in kinds.values():
            raise ValueError("it is not saved as a Word document (.docx)")
        made = tuple(_made(name, part, parts, kinds) for part in parts)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, KeyError, ValueError, OSError, NotImplementedError) as fault:
        why = f" ({fault})" if isinstance(fault, ValueError) else ""
        raise Stop(
            f'The template "{name}" is not a Word file that can be opened{why}. Save it in Word as "Word Document '
            '(*.docx)", or put the shipped one back.'
        ) from fault
    shown = Counter(media for part in made if isinstance(part, Program) for media in _embedded(parts, part.name))
    core = next((part for part, kind in kinds.items() if kind == CORE), "")
    return Compiled(
        name,
        hashlib.sha256(content).hexdigest(),
        made,
        core,
        parts["[Content_Types].xml"],
        frozenset().union(*(part.asks_for for part in made if isinstance(part, Program))),
        frozenset(media for media, times in shown.items() if times > 1),
    )


def patched(part: bytes) -> str:
    """A part as docxtpl patches it, each paragraph on a line of its own so that a fault has a place."""
    root = etree.fromstring(part, _AS_DOCX)
    source = cast("str", _PATCHER.patch_xml(etree.tostring(root, encoding="unicode")))
    # An empty paragraph in two tags, so that "a cell ends with a paragraph" is one thing to look for.
    source = re.sub(r"<w:p((?: [^<>]*)?)/>", r"<w:p\1></w:p>", source)
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _made(name: str, part: str, parts: Mapping[str, bytes], kinds: Mapping[str, str]) -> Program | Packed:
    content = parts[part]
    if kinds[part] == APP:
        content = _NO_PROPERTIES  # who edited the template, for how long, in which organisation
    if kinds[part] not in FILLED:
        return packed_once(part, content)
    tree = parse(content)
    _refuse_loose_ends(name, tree, relationships(parts, part))
    if b"{" not in content and b"}" not in content and not marks.has_drawings(content):
        return packed_once(part, content)
    return _program(name, part, content, parts, is_body=kinds[part] == MAIN)


def _program(name: str, part: str, content: bytes, parts: Mapping[str, bytes], *, is_body: bool) -> Program:
    source = patched(content)
    try:
        tags = SANDBOX.parse(source)
        template = SANDBOX.from_string(re.sub(r"\n<w:p([ >])", r"<w:p\1", source))
        in_attributes = marks.look(name, source, SANDBOX)
    except TemplateError as fault:
        raise stop_compiling(name, fault, source) from fault
    marks.refuse_unclosed(name, tags)
    return Program(
        part,
        template,
        source,
        frozenset(_certain(tags)),
        in_attributes,
        is_body and marks.has_own_grids(content),
        marks.has_drawings(content),
        pictures_of(content, relationships(parts, part)),
        frozenset(meta.find_undeclared_variables(tags)),
        frozenset(_names(tags)),
    )


def _certain(tags: nodes.Template) -> Iterator[str]:
    """The required words that are printed outside every loop and condition."""
    for piece in tags.body:
        if isinstance(piece, nodes.Output):
            yield from (n.name for n in piece.nodes if isinstance(n, nodes.Name) and n.name in REQUIRED)


def _names(tags: nodes.Template) -> Iterator[str]:
    yield from (found.name for found in tags.find_all(nodes.Name))
    yield from (found.attr for found in tags.find_all(nodes.Getattr))
    yield from (str(found.value) for found in tags.find_all(nodes.Const))


def _embedded(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    leads_to = relationships(parts, name)
    for used in re.findall(rb'<a:blip [^>]*r:embed="([^"]+)"', parts[name]):
        yield leads_to.get(used.decode(), "")


def _refuse_loose_ends(name: str, tree: etree._Element, leads_to: Mapping[str, str]) -> None:
    if lost := sorted(marks.relationships_used(tree) - set(leads_to)):
        raise Stop(
            f'The template "{name}" refers to something that is not in the file ({", ".join(lost)}): a picture or link '
            "was lost in copying. Word could not open the paper. Remove it in Word, save, and try again."
        )
