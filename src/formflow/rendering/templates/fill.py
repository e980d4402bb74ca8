"""Filling a template that is ready: each part that holds tags, looked at again, in a copy of the package."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import PurePosixPath
from typing import cast
from xml.sax.saxutils import escape

from docxtpl import DocxTemplate
from lxml import etree

from formflow.rendering.picture import Picture
from formflow.rendering.plain import LINE, STAND_INS, Ready
from formflow.rendering.templates import drawings, written
from formflow.rendering.templates.compiled import Compiled, Program
from formflow.rendering.templates.package import Packed, package, packed
from formflow.rendering.templates.sandbox import FAULTS, stop

RECORD = "record_line"
"""The word that no template asks for: it goes among the properties of the paper."""
_SMALL = 4096
"""Characters of a part that is remembered."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DOCXTPL = DocxTemplate("")
_IN_A_TAG = re.compile(f"<[^<>{LINE}]*{LINE}[^<>]*>")
_TYPED_BREAK = re.compile(r"<w:t(?: [^>]*)?>[^<]*[\n\t]")


def fill(template: Compiled, words: Ready, pictures: Sequence[Picture] = ()) -> bytes:
    """A paper: the template filled with these words, its named drawings showing these pictures.

    Raises `Stop`, naming the template, when it cannot be filled or what comes of it could not be opened in Word.
    """
    given = {picture.name: picture for picture in pictures}
    other = drawings.replaced(template, given) if given else {}
    if template.core:
        other[template.core] = packed(template.core, _core(template, words))
    numbers = itertools.count(drawings.FIRST_NUMBER)
    return package(
        _filled(template.name, part, words, given, numbers) if isinstance(part, Program) else other.get(part.name, part)
        for part in template.parts
    )


def _filled(name: str, part: Program, words: Ready, pictures: Mapping[str, Picture], numbers: Iterator[int]) -> Packed:
    try:
        text = part.template.render(words)
    except FAULTS as fault:
        # A template is edited by people: whatever it does wrong is told of the template, never of the case.
        raise stop(name, fault, part.names) from fault
    if part.drawings:
        text = drawings.numbered(drawings.show(text, pictures) if pictures else text, numbers)
    text = written.finished(text)
    written.refuse(name, part, text, words)
    if part.in_attributes and LINE in text:
        text = _IN_A_TAG.sub(lambda found: found[0].replace(LINE, " "), text)
    if ("\n" in text or "\t" in text) and _TYPED_BREAK.search(text):
        text = cast("str", _DOCXTPL.resolve_listing(text))
    for stand_in, meant in STAND_INS.items():
        text = text.replace(stand_in, meant)
    if part.own_grids:
        written.refuse_malformed(name, text.encode("utf-8"))  # before docxtpl, which would mend it silently
        text = etree.tostring(_DOCXTPL.fix_tables(text), encoding="unicode")
    return (_sealed if len(text) > _SMALL else _sealed_small)(name, part.name, text)


def _sealed(name: str, part: str, text: str) -> Packed:
    content = (_HEAD + text).encode("utf-8")
    written.refuse_malformed(name, content)
    return packed(part, content)


_sealed_small = lru_cache(maxsize=64)(_sealed)
"""Headers and footers often come out as they did in the paper before."""


def _core(template: Compiled, words: Ready) -> bytes:
    """Document properties of our own: a title, the template by its fingerprint, and nothing about who edited it."""
    # The line of the audit chain in which the form was recorded: `formflow.recording.proof.anchors`.
    record = f"<dc:identifier>{escape(str(words[RECORD]))}</dc:identifier>" if words.get(RECORD) else ""
    title = escape(f"{words.get('ref', '')} {PurePosixPath(template.name).stem.replace('-', ' ')}".strip())
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title[:1].upper()}{title[1:]}</dc:title><dc:creator></dc:creator><dc:language>en-GB</dc:language>"
        f"{record}<cp:version>template {template.sha256[:16]}</cp:version></cp:coreProperties>"
    ).encode()
