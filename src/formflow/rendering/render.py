"""Filling Word templates: compiled once, sandboxed, strict, with plain data only; what is written is opened again."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, UndefinedError, meta
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from formflow.errors import Stop
from formflow.rendering.paper import Paper
from formflow.rendering.plain import STAND_INS, Words, plain

_FILLED = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_TAGS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template made ready: the parts that hold tags as programs, the others as they are."""

    name: str
    parts: Mapping[str, Template | bytes] = field(repr=False)
    asks_for: frozenset[str] = frozenset()
    """The words it asks for, at the top level."""


class Renderer:
    """The templates of a folder, each compiled when it is first needed and again when somebody has edited it."""

    def __init__(self, templates: Path) -> None:
        """Remember the folder; nothing is opened yet."""
        self._folder = templates
        self._compiled: dict[str, Compiled] = {}
        # Whoever edits a template can only lay out: no attribute with an underscore, no call, no import.
        self._environment = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)

    def render(self, event: str, words: Words, stem: str) -> list[Paper]:
        """Every template of an event, filled. `stem` names the papers; `{doc}` in it stands for the template's name.

        Raises `Stop`, naming the template and the place, when one cannot be filled.
        """
        return [self.render_one(event, path.stem, words, stem) for path in self._paths(event)]

    def render_one(self, event: str, name: str, words: Words, stem: str) -> Paper:
        """One template of an event, filled. Raises `Stop`, naming it and the place, when it cannot be."""
        template = self._template(self._folder / event / f"{name}.docx")
        return Paper(stem.format(doc=name) + ".docx", self._fill(template, plain(words)))

    def check(self) -> tuple[str, ...]:
        """Compile every template and give their names. Raises `Stop` for the first that cannot be used."""
        events = sorted(path.name for path in self._folder.iterdir() if path.is_dir())
        return tuple(self._template(path).name for event in events for path in self._paths(event))

    def asks_for(self, event: str) -> Mapping[str, frozenset[str]]:
        """For each template of an event, the words it asks for."""
        return {path.stem: self._template(path).asks_for for path in self._paths(event)}

    def _paths(self, event: str) -> Sequence[Path]:
        paths = sorted(p for p in (self._folder / event).glob("*.docx") if not p.name.startswith(("~", ".")))
        if not paths:
            raise Stop(
                f'There is no template in "templates/{event}". To put the shipped ones back: formflow init, here.'
            )
        return paths

    def _template(self, path: Path) -> Compiled:
        content = path.read_bytes()
        key = hashlib.sha256(content).hexdigest()
        if key not in self._compiled:
            self._compiled[key] = self._compile(f"{path.parent.name}/{path.name}", content)
        return self._compiled[key]

    def _compile(self, name: str, content: bytes) -> Compiled:
        parts: dict[str, Template | bytes] = {}
        asks: set[str] = set()
        try:
            patcher = DocxTemplate(io.BytesIO(content))
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                for entry in package.infolist():
                    part = package.read(entry)
                    if _FILLED.fullmatch(entry.filename) and b"{" in part:
                        source = cast("str", patcher.patch_xml(part.decode("utf-8")))
                        asks |= meta.find_undeclared_variables(self._environment.parse(source))
                        parts[entry.filename] = self._environment.from_string(source)
                    else:
                        parts[entry.filename] = part
        except TemplateError as fault:
            raise Stop(
                f'The template "{name}" cannot be used: {fault.message}. Mend it in Word and try again.'
            ) from fault
        except (zipfile.BadZipFile, KeyError, ValueError, OSError) as fault:
            raise Stop(
                f'The template "{name}" is not a Word file that can be opened. Put the shipped one back.'
            ) from fault
        return Compiled(name, parts, frozenset(asks))

    def _fill(self, template: Compiled, words: Mapping[str, object]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in template.parts.items():
                written = part if isinstance(part, bytes) else _part(template.name, part, words)
                if name == "docProps/core.xml":
                    written = _core(template.name, words)
                package.writestr(zipfile.ZipInfo(name, _LONG_AGO), written, zipfile.ZIP_DEFLATED)
        return out.getvalue()


def _part(name: str, part: Template, words: Mapping[str, object]) -> bytes:
    try:
        written = part.render(words)
    except UndefinedError as fault:
        raise Stop(f'The template "{name}" asks for a word that formflow does not give: {fault.message}.') from fault
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as fault:
        # A template is edited by people: whatever it does wrong is told of the template, never of the case.
        raise Stop(f'The template "{name}" cannot be filled ({type(fault).__name__}). Mend it in Word.') from fault
    if left := _TAGS.search(written):
        near = re.sub(r"<[^>]+>", "", written[max(0, left.start() - 200) : left.end() + 60])[-60:]
        raise Stop(f'The template "{name}" has a tag that is not closed, near "{near}".')
    for stand_in, text in STAND_INS.items():
        written = written.replace(stand_in, text)
    content = written.encode("utf-8")
    try:
        etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as fault:
        raise Stop(f'The template "{name}" makes a paper that Word cannot open ({fault.msg}).') from fault
    return content


def _core(name: str, words: Mapping[str, object]) -> bytes:
    """Document properties of our own: a title and nothing about who edited the template."""
    title = escape(f"{words.get('ref', '')} {Path(name).stem.replace('-', ' ')}".strip())
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title[:1].upper()}{title[1:]}</dc:title><dc:creator></dc:creator><dc:language>en-GB</dc:language>"
        "</cp:coreProperties>"
    ).encode()
