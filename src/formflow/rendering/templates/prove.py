"""Proving a template before it is used: every word it asks for, the cases at the edges, and that the result opens."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from docx import Document
from jinja2 import meta, nodes

from formflow.errors import Stop
from formflow.rendering.plain import Ready
from formflow.rendering.templates import written
from formflow.rendering.templates.compile import REQUIRED, compile_template
from formflow.rendering.templates.compiled import Compiled, Program
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.package import kinds_of, parts_of
from formflow.rendering.templates.sandbox import Sandbox, near_line
from formflow.rendering.templates.shape import Shape, shape_of
from formflow.rendering.templates.standin import record

_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
_HAS_TAGS = re.compile(r"\{[{%#]")


@dataclass(frozen=True, slots=True)
class Found:
    """Something to mend in a template, or to know about it."""

    kind: Literal["fault", "note"]
    says: str
    part: str = ""
    """Where: body, header, footer, footnotes, endnotes; empty for the whole."""
    near: str = ""
    """The words of the template beside it."""
    instead: str = ""
    """The word that is most like the one that is not there."""

    def as_dict(self) -> dict[str, str]:
        """For the way between processes."""
        return asdict(self)


def prove(name: str, content: bytes, samples: Sequence[Ready]) -> tuple[Found, ...]:
    """Everything to mend in a template, held against the words of sample cases; and what else there is to know."""
    try:
        template = compile_template(name, content)
    except Stop as fault:
        return (Found("fault", str(fault)),)
    shape = shape_of(samples)
    found = [one for part in template.programs for one in _unknown(part, shape)]
    if not found:
        found += _filled(template, samples)
    return (*dict.fromkeys(found), *_notes(content, template, shape))


def _unknown(part: Program, shape: Shape) -> Iterator[Found]:
    """The words that there are not."""
    tags = Sandbox().parse(part.source)
    strangers = meta.find_undeclared_variables(tags) - set(shape.words)
    for node in tags.find_all(nodes.Name):
        if node.name in strangers:
            says = f'there is no word "{node.name}"'
            yield Found("fault", says, _place(part), near_line(part.source, node.lineno), shape.nearest(node.name))
    for yes in (True, False):
        for line, says, instead in record(part.source, shape, strangers, yes=yes).unknown:
            yield Found("fault", says, _place(part), near_line(part.source, line), instead)


def _filled(template: Compiled, samples: Sequence[Ready]) -> Iterator[Found]:
    """What is wrong with the papers of the samples."""
    for words in samples:
        try:
            paper = fill(template, words)
        except Stop as fault:
            yield Found("fault", str(fault))
            continue
        yield from (Found("fault", f"the paper would not open in Word: {one}") for one in written.faults(paper))
        try:
            Document(io.BytesIO(paper))
        except Exception as fault:  # noqa: BLE001 - whatever another reader finds wrong is what we ask for
            yield Found("fault", f"the paper cannot be opened ({type(fault).__name__})")


def _notes(content: bytes, template: Compiled, shape: Shape) -> Iterator[Found]:
    """What is no fault, but would surprise."""
    parts = parts_of(content)
    filled = {part.name for part in template.programs}
    for part, kind in kinds_of(parts).items():
        if part in filled and _TRACKED.search(parts[part]):
            yield Found("note", "it holds tracked changes; accept or reject them, or they show in every paper", part)
        elif kind.endswith("comments+xml") and b"<w:comment " in parts[part]:
            yield Found("note", "it holds comments, which go out with every paper; delete them", part)
        elif part not in filled and kind.startswith("application/vnd.") and _has_tags(parts[part]):
            yield Found("note", "it holds tags where none are filled, so they are printed as they stand", part)
    for word in REQUIRED:
        if word in shape.words and word not in template.asks_for:
            yield Found("note", f'it does not print "{word}" anywhere')


def _has_tags(content: bytes) -> bool:
    return _HAS_TAGS.search(re.sub(r"<[^<>]*>", "", content.decode("utf-8", "replace"))) is not None


def _place(part: Program) -> str:
    """Where a part stands in the document, for people."""
    stem = part.name.rpartition("/")[2].removesuffix(".xml").rstrip("0123456789")
    return {"document": "body"}.get(stem, stem)
