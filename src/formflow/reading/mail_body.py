"""The words of a message as blocks: one paragraph a line, its tables, without what mail programs add around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from formflow.reading.document import Block, Paragraph, Piece, paragraphs, tables
from formflow.reading.letter import Letter
from formflow.reading.mail_html import html_blocks

_QUOTE = re.compile(r"^(?:\s*>)+ ?")
_RULE = re.compile(
    r"[-_=*\s]*(?:original message|forwarded message|begin forwarded message:?)?[-_=*\s]*", re.IGNORECASE
)
_WROTE = re.compile(r"on .{6,120} wrote:", re.IGNORECASE | re.DOTALL)
_HEADER = re.compile(r"(from|sent|date|to|cc|bcc|subject|importance|attachments|reply-to)\s*:", re.IGNORECASE)
_WHOLE_HEADER = re.compile(
    r"from\s*:.{1,300}\b(?:sent|date)\s*:.{1,200}\bto\s*:.{1,2000}\bsubject\s*:", re.I | re.DOTALL
)
_DISCLAIMER = re.compile(
    r"\b(?:this|the) (?:e-?mail|message|communication)\b.{0,120}\b(?:confidential|intended|privileged|recipient)"
    r"|\breceived this (?:e-?mail|message|communication) in error\b"
    r"|\b(?:e-?mail|message) (?:has been|was) (?:scanned|checked)\b"
    r"|\bconsider the environment before printing\b",
    re.IGNORECASE | re.DOTALL,
)
_ASKS = re.compile(r"[^:?\n]{2,120}[:?](?:\s|$)")
_FEWEST_QUESTIONS = 4
_NARROWEST, _WIDEST = 60, 80
"""Letters in a line where mail programs break it."""


def body(letter: Letter) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """What a message says, and the notes about what was left aside in it."""
    found: list[Block] = []
    for words in letter.words:
        made = html_blocks(words.text) if words.kind == "html" else plain_blocks(words.text)
        found.extend(made)
    kept, notes = _without_furniture(found)
    return tuple(kept), notes


def asks(blocks: tuple[Block, ...]) -> bool:
    """Whether somebody may have typed a form: a few questions, or a table of them."""
    for table in tables(blocks):
        if len(table.rows) > 1 and max(map(len, table.rows)) > 1:
            return True
    questions = sum(1 for paragraph in paragraphs(blocks) if _ASKS.match(paragraph.text))
    return questions >= _FEWEST_QUESTIONS


def plain_blocks(text: str) -> list[Block]:
    """A paragraph a line, with lines joined again that were only broken for their length; quote marks are taken off."""
    lines = [line.replace("\u00a0", " ").rstrip(" \t") for line in _without_repeats(text.splitlines())]
    width = max((len(line) for line in lines if len(line) <= _WIDEST), default=0)
    broken = width >= _NARROWEST and all(len(line) <= _WIDEST for line in lines)
    made: list[Block] = []
    said, begun = "", 0
    for number, line in enumerate(lines, 1):
        if said and broken and _runs_on(said, line, width):
            said = f"{said.rstrip()} {line.strip()}"
            continue
        if said.strip():
            made.append(_line(said, begun))
        said, begun = line, number
    if said.strip():
        made.append(_line(said, begun))
    return made


def _without_repeats(lines: Sequence[str]) -> list[str]:
    """Lines without quote marks; quoted questions that are asked and answered above them are left out."""
    bare = [_QUOTE.sub("", line) for line in lines]
    quoted = [bare[number] for number, line in enumerate(lines) if _QUOTE.match(line)]
    own = [line for line in lines if not _QUOTE.match(line)]
    asked = [line.strip() for line in quoted if _ASKS.match(line.strip())]
    repeated = sum(any(said.strip().startswith(line) for said in own) for line in asked)
    return own if len(asked) >= _FEWEST_QUESTIONS and repeated * 4 >= len(asked) * 3 else bare


def _line(text: str, number: int) -> Paragraph:
    return Paragraph((Piece(text.strip()),), f"e-mail, line {number}")


def _runs_on(said: str, line: str, width: int) -> bool:
    """Whether a line only goes on where the one before had no room for its next word."""
    first, *_ = line.split(None, 1) or [""]
    last = len(said) % (width + 1) if len(said) > width else len(said)
    new_question = _ASKS.match(line) and not line[:1].islower()
    full = last > width * 0.6 and last + 1 + len(first) > width
    return bool(first) and full and not new_question and not line.startswith((" ", "\t", "-"))


def _without_furniture(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """Blocks without headers of forwarded messages, the lines that lead up to them, signatures and disclaimers."""
    kept: list[Block] = []
    notes: list[str] = []
    place, signed = 0, False
    while place < len(blocks):
        header = _header_length(blocks[place : place + 12])
        if header:
            _drop_rules(kept)
            place, signed = place + header, False
            continue
        block, place = blocks[place], place + 1
        text = block.text if isinstance(block, Paragraph) else ""
        if text == "--":
            signed = True
            notes.append("signature")
        elif _DISCLAIMER.search(text):
            notes.append("disclaimer")
        elif not signed:
            kept.append(block)
    return kept, tuple(dict.fromkeys(notes))


def _header_length(blocks: Sequence[Block]) -> int:
    """How many of the blocks at hand are the header of a message that was forwarded or answered; 0 if none."""
    first = blocks[0]
    if not isinstance(first, Paragraph):
        return 0
    if _WHOLE_HEADER.match(first.text.lstrip("_-= \n")) or _WROTE.fullmatch(first.text):
        return 1
    names: list[str] = []
    for block in blocks:
        found = _HEADER.match(block.text) if isinstance(block, Paragraph) else None
        if found is None:
            break
        names.append(found[1].lower())
    whole = names[:1] == ["from"] and len({"sent", "date", "to", "subject"} & set(names)) >= 2
    return len(names) if whole else 0


def _drop_rules(kept: list[Block]) -> None:
    """Take off the line that a mail program draws above the header of a message."""
    while kept and isinstance(kept[-1], Paragraph) and _RULE.fullmatch(kept[-1].text):
        kept.pop()
