"""The script that an office would write for itself, and the least that anyone has to do: what formflow is held against.

The plain script reads Word forms with python-docx and PDF forms with pypdf, opens both templates anew for each form and
fills them with docxtpl, and writes one workbook with openpyxl at the end. The floor opens, parses, fills compiled
templates, compresses and writes. Neither checks a form, works anything out, keeps a register or flushes to the disk,
and the words that the papers need besides the form's own are handed to both ready-made.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
from benchmarks.papers import TEMPLATES, the_words
from docx import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from lxml import etree
from openpyxl import Workbook
from pypdf import PdfReader

from formflow import shipped
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.compiled import Program
from formflow.rendering.templates.package import package, packed

_HEADS = ("Ref", "Surname", "Forename", "Date of incident", "File")
_CHECKED = "{http://schemas.microsoft.com/office/word/2010/wordml}checked"
_VALUE = "{http://schemas.microsoft.com/office/word/2010/wordml}val"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _template(event: str, name: str) -> Path:
    return Path(str(shipped.templates() / event / f"{name}.docx"))


@dataclass(slots=True)
class PlainScript:
    """The script of the office."""

    folder: Path
    words: Mapping[str, object] = field(default_factory=the_words, repr=False)
    rows: list[tuple[str, ...]] = field(default_factory=list, repr=False)

    def take(self, name: str, content: bytes) -> None:
        """Read a form, write two papers, remember its row."""
        answers = _word_answers(content) if name.endswith(".docx") else _pdf_answers(content)
        ref = f"SIN-{len(self.rows) + 1:04}"
        for event, paper in TEMPLATES:
            template = DocxTemplate(_template(event, paper))
            template.render({**self.words, "ref": ref}, Environment(autoescape=True, undefined=StrictUndefined))
            template.save(self.folder / f"{ref} {paper}.docx")
        asked = ("child_1_surname", "child_1_forename", "incident_date")
        self.rows.append((ref, *(answers.get(one, "") for one in asked), name))

    def end(self) -> None:
        """Write the tracker."""
        book: Any = Workbook()
        book.active.append(_HEADS)
        for row in self.rows:
            book.active.append(row)
        book.save(self.folder / "tracker.xlsx")


def _word_answers(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for control in Document(io.BytesIO(content)).element.iter(qn("w:sdt")):
        tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        if tag is None:
            continue
        checked = control.find(f"{qn('w:sdtPr')}//{_CHECKED}")
        words = "".join(piece.text or "" for piece in control.iter(qn("w:t")))
        found[tag.get(qn("w:val"))] = words if checked is None else checked.get(_VALUE)
    return found


def _pdf_answers(content: bytes) -> dict[str, str]:
    fields = PdfReader(io.BytesIO(content)).get_fields() or {}
    return {name: str(held.get("/V", "")) for name, held in fields.items()}


@dataclass(slots=True)
class Floor:
    """The least work: parse, fill, compress, write; nothing checked."""

    folder: Path
    words: Mapping[str, object] = field(default_factory=the_words, repr=False)
    count: int = 0
    papers: list[tuple[str, list[Any]]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Compile both templates."""
        jinja = Environment(autoescape=True, undefined=StrictUndefined)
        self.papers = [
            (name, [
                (part.name, jinja.from_string(part.source)) if isinstance(part, Program) else part
                for part in compile_template(name, _template(event, name).read_bytes()).parts
            ])
            for event, name in TEMPLATES
        ]  # fmt: skip

    def take(self, name: str, content: bytes) -> None:
        """Parse a form, fill two papers and write them."""
        (_word_parsed if name.endswith(".docx") else _pdf_parsed)(content)
        self.count += 1
        words = {**self.words, "ref": f"SIN-{self.count:04}"}
        for paper, parts in self.papers:
            made = package(packed(part[0], part[1].render(words).encode(), 1) if isinstance(part, tuple) else part
                           for part in parts)  # fmt: skip
            (self.folder / f"{self.count} {paper}.docx").write_bytes(made)


def _word_parsed(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found: dict[str, str] = {}
    for control in root.iter(f"{_W}sdt"):
        tag = control.find(f"{_W}sdtPr/{_W}tag")
        if tag is not None:
            found[str(tag.get(f"{_W}val"))] = "".join(piece.text or "" for piece in control.iter(f"{_W}t"))
    return found


def _pdf_parsed(content: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            for box in page.obj.get("/Annots", ()):
                found[str(box.get("/T", ""))] = str(box.get("/V", ""))
    return found
