"""Practice forms broken at random: never a crash, never a wait, and never a value that does not stand in the form."""

from __future__ import annotations

import contextlib
import io
import random
import re
import time
import unicodedata
import zipfile
from pathlib import Path

import pytest

from formflow.errors import Returned
from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.reading.document import Document, paragraphs
from formflow.reading.read import read
from formflow.validating.validate import validate
from makers import TODAY, the_dictionary, the_knowledge

PRACTICE = Path(__file__).parents[1] / "practice"
FORMS = {
    path.name: path.read_bytes()
    for path in sorted(PRACTICE.iterdir())
    if path.suffix in (".docx", ".pdf") and not path.name.startswith(("SKM_", "Copy of", "FSCP"))
}
EACH = 6
LONGEST = 10.0
"""Seconds for one file on a busy machine."""


def mutated(content: bytes, chance: random.Random) -> bytes:
    return _package(content, chance) if content.startswith(b"PK") and chance.random() < 0.8 else _bytes(content, chance)


def _bytes(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, taken out, doubled, or the end cut off; in a PDF often inside its objects."""
    held = bytearray(content)
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(held) - 40)
        match chance.randrange(5):
            case 0:
                held[at] = chance.randrange(256)
            case 1:
                del held[at : at + chance.randint(1, 30)]
            case 2:
                held[at:at] = held[at : at + chance.randint(1, 30)]
            case 3:
                _swap_objects(held, chance)
            case _ if chance.random() < 0.1:
                del held[at:]
                break
    return bytes(held)


def _swap_objects(held: bytearray, chance: random.Random) -> None:
    """Let one reference of a PDF point at another object."""
    found = list(re.finditer(rb"\b\d+ 0 R\b", held))
    if len(found) > 1:
        one, other = chance.choice(found), chance.choice(found)
        held[one.start() : one.end()] = other[0]


def _package(content: bytes, chance: random.Random) -> bytes:
    """Parts left out, emptied or put under another's name; elements and words of the document taken out and moved."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    names = sorted(parts)
    match chance.randrange(5):
        case 0:
            del parts[chance.choice(names)]
        case 1:
            parts[chance.choice(names)] = parts[chance.choice(names)]
        case 2:
            part = chance.choice(names)
            parts[part] = _bytes(parts[part], chance) if len(parts[part]) > 50 else b""
        case _:
            parts["word/document.xml"] = _elements(parts["word/document.xml"], chance)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, held in parts.items():
            package.writestr(name, held)
    return out.getvalue()


def _elements(xml: bytes, chance: random.Random) -> bytes:
    """Whole runs, rows, cells and properties taken out, doubled or moved, so that the XML stays sound."""
    for _ in range(chance.randint(1, 15)):
        kind = chance.choice([b"w:r", b"w:tr", b"w:tc", b"w:p", b"w:sdtPr", b"w:rPr", b"w:tcPr", b"w:ins", b"w:del"])
        found = list(re.finditer(rb"<%s[ >].*?</%s>" % (kind, kind), xml, re.DOTALL))
        if not found:
            continue
        one, other = chance.choice(found), chance.choice(found)
        how = chance.randrange(3)
        if how == 0:
            xml = xml[: one.start()] + xml[one.end() :]
        elif how == 1:
            xml = xml[: one.end()] + one[0] + xml[one.end() :]
        else:
            xml = xml[: other.start()] + one[0] + xml[other.start() :]
    return xml


@pytest.mark.parametrize("name", FORMS)
def test_a_broken_form_is_read_or_returned_and_every_value_stands_in_it(name: str) -> None:
    for seed in range(EACH):
        content = mutated(FORMS[name], random.Random(f"{name} {seed}"))  # noqa: S311 - the same at every run
        begun = time.perf_counter()
        with contextlib.suppress(Returned):
            document = read(content, name)
            form = extract(document, the_knowledge(), TODAY)
            validate(form, the_dictionary(), TODAY)
            assert _made_up(form, document) == [], seed
        assert time.perf_counter() - begun < LONGEST, seed


def _made_up(form: Form, document: Document) -> list[str]:
    """Answered fields whose raw words do not stand in the words of the document, or have none.

    A heading that says what part a child had (`The suspected child`) is told in the words of the option.
    """
    said = _letters(" ".join(paragraph.text for paragraph in paragraphs(document.blocks)))
    said += _letters(" ".join(control.raw for control in document.controls))
    return [
        answer.field
        for answer in form.answers.values()
        if answer.state == "answered"
        and answer.how != "tag"
        and not re.fullmatch(r"child_\d+_role", answer.field)
        and not _stands(answer.raw, said)
    ]


def _stands(raw: str, said: str) -> bool:
    """Whether each word of an answer stands in what was said, white space, signs and boxes aside."""
    return bool(raw.strip()) and all(_letters(word) in said for word in raw.split())


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).casefold()
