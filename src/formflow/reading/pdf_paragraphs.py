"""Strips of one column put together into paragraphs: labels, answers, headings and running text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formflow.reading.document import EMPTY, TICKED, Mark, Paragraph, Piece
from formflow.reading.pdf_glyphs import BULLET
from formflow.reading.pdf_ink import PICTURE, Strip, Word, brightness
from formflow.reading.pdf_strips import same_line

_LEADING = 1.5
"""Of the height of letters: from one line of a paragraph to the next at most."""
_LABELLED = re.compile(r"[A-Z(“\"'0-9][^:?\n]{0,70}[^\s:\d]\s*:(\s|$)")
_SHORT = re.compile(
    "a[nst]?|an[dy]|are|b[ey]|do|for|has|he[r]?|hi[ms]|i[fnst]|its|not?|o[fnr]|ou[rt]|she|so|the|to|u[ps]|was|we|who|yes|you"
)
"""Words of up to three letters, which are no ends of others."""
_ENDING = re.compile(
    "(?:ab|ib)?il(?:ity|ities)|[aei]?tions?|ings?|ments?|ness|s?hips?|[ae]n[ct]es?|[ae]nts?|[ai]ble|ures?|ously|fully|"
    "hood|ians?|ists?|ated?|ised?|ward|m?es?[(]s[)]|ng[(]s[)]|[(]s[)]"
)
"""What words end in and none begins with: the second half of a word that was cut in two."""
_STOPS = ".,;:?!()"
_CUT_NUMBER = re.compile(r"\d[\d/.-]{3,}")
_HALF_MAIL = re.compile(r"[\w.+'’-]+@(?:[a-z0-9-]*|[a-z0-9.-]+[.-])")
"""A mail address whose place has no dot yet, or ends in one."""
_REST_OF_MAIL = re.compile(r"[a-z0-9-]*\.[a-z]{2,}(?:\.[a-z]{2,})*[.,;]?|[a-z]{2,}(?:\.[a-z]{2,})+[.,;]?")
_HALF_LINK = re.compile(r"(?:https?://|www\.)\S*[/?=&_-]", re.IGNORECASE)
_REST_OF_LINK = re.compile(r"[\w/?=&%#.~-]+")
_NUMBERED = re.compile(r"(?:\d{1,2}[.)]|[a-zA-Z][.)]|\([a-z0-9]{1,3}\))\s")
_LONG = 30
"""Letters of a line of running text, at least."""
_FEW = 10
"""Words of a heading."""
_WHITE = 215
"""How bright letters are that can only be read on a dark ground."""


@dataclass(frozen=True, slots=True)
class Where:
    """What paragraphs of one page need to know."""

    page: int
    body: float
    """The height of the letters of most words in the file."""
    place: str
    """For a person."""
    part: str = ""
    known: frozenset[str] = frozenset()
    """The words of the whole file, in small letters: what stands elsewhere in it is no half of a word."""
    right: float | None = None
    """How far to the right lines of a cell may go."""
    edge: float | None = None
    """The same of a column or page, as far as it is known: its longest line tells it better, if that is long."""


def is_heading(strip: Strip, where: Where) -> bool:
    """Whether a strip looks like a heading: larger letters, white on a dark ground, or bold capitals."""
    words = [word for word in strip.words if word.control is None]
    if len(words) < len(strip.words) or not words or strip.text.strip() in (TICKED, EMPTY, BULLET):
        return False
    if strip.titled or all(brightness(word.style.colour) > _WHITE for word in words):
        return True
    least = min(word.size for word in words)
    if words[0].style.family == PICTURE:  # the height of letters is measured, and nobody knows which are bold
        return least >= 1.12 * where.body and len(words) < _FEW and where.right is None and words[-1].text[-1:] != "."
    if least >= 1.3 * where.body or (least >= 1.1 * where.body and strip.bold):
        return True
    letters = [letter for letter in strip.text if letter.isalpha()]
    return strip.bold and len(letters) > 3 and strip.text.isupper() and ":" not in strip.text


def self_contained(strip: Strip) -> bool:
    """Whether a strip holds both a label and its answer: `Name: Ann Smith`."""
    words = strip.words
    if not words:
        return False
    if words[0].style.bold and not words[-1].style.bold and words[-1].text not in (TICKED, EMPTY):
        return True
    found = _LABELLED.match(strip.text)
    return found is not None and found.end() < len(strip.text)


def paragraphs_of(strips: Sequence[Strip], where: Where) -> list[Paragraph]:
    """The paragraphs of strips that stand below one another."""
    lines = list(_on_lines(strips))
    right = max((strip.x1 for line in lines for strip in line), default=0.0)
    left = min((strip.x0 for line in lines for strip in line), default=0.0)
    if where.right is not None:
        right = max(right, where.right)
    elif where.edge is not None and right < left + 0.6 * (where.edge - left):
        right = where.edge
    found: list[list[list[Strip]]] = []
    for line in lines:
        if found and _goes_on(found[-1], line, right, where):
            found[-1].append(line)
        else:
            found.append([line])
    return [paragraph for group in found if (paragraph := _paragraph(group, right, where)) is not None]


def _on_lines(strips: Sequence[Strip]) -> Iterable[list[Strip]]:
    line: list[Strip] = []
    for strip in strips:
        if line and not same_line(line[0], strip):
            yield sorted(line, key=lambda one: one.x0)
            line = []
        line.append(strip)
    if line:
        yield sorted(line, key=lambda one: one.x0)


def _goes_on(group: list[list[Strip]], line: list[Strip], right: float, where: Where) -> bool:
    """Whether a line belongs to the paragraph above it."""
    above, new = group[-1][0], line[0]
    if len(line) > 1 or len(group[-1]) > 1 or above.words[0].tall or new.words[0].tall:
        return False
    if new.base - above.base > _LEADING * max(above.size, new.size):
        return False
    if len(group) > 1 and new.base - above.base > 1.15 * (above.base - group[-2][0].base):
        return False
    if is_heading(above, where) != is_heading(new, where) or _begins(new):
        return False
    if new.text[:1].islower() and above.x1 > right - 0.25 * (right - above.x0):
        return True  # running text, whatever single words of it look like
    if above.after() != new.before():
        return False
    hanging = above.words[0].text == BULLET or len(group) > 1
    centred = abs(new.x0 + new.x1 - above.x0 - above.x1) < 4
    if new.x0 - above.x0 > 1.8 and not centred and not hanging and not self_contained(above):
        return False
    if _LABELLED.match(new.text) and not new.text[:1].islower():
        return not (_LABELLED.match(group[0][0].text) or _ends_early(above, new, right))
    return True


def _begins(strip: Strip) -> bool:
    """Whether a line begins an entry of a list."""
    return strip.words[0].text in (TICKED, EMPTY, BULLET) or _NUMBERED.match(strip.text) is not None


def _ends_early(above: Strip, new: Strip, right: float) -> bool:
    """Whether the first word of the new line would have had room on the line above: then the break is meant."""
    first = new.words[0]
    return above.x1 + (first.x1 - first.x0) + 0.3 * first.size < right - 1


def _paragraph(lines: Sequence[Sequence[Strip]], right: float, where: Where) -> Paragraph | None:
    pieces: list[Piece] = []
    for number, line in enumerate(lines):
        if number:
            turn = _turn(lines[number - 1][-1], line[0], right, where)
            _add(pieces, turn, pieces[-1].marks if pieces[-1].control is None else Mark.NONE)
        for place, strip in enumerate(line):
            if place:
                _add(pieces, "\t")
            _add_words(pieces, strip.words)
    if not pieces:
        return None
    every = [strip for line in lines for strip in line]
    box = (
        min(strip.x0 for strip in every),
        min(strip.y0 for strip in every),
        max(strip.x1 for strip in every),
        max(strip.y1 for strip in every),
    )
    heading = not where.part and len(every) == len(lines) and all(is_heading(strip, where) for strip in every)
    return Paragraph(tuple(pieces), where.place, heading, where.part, where.page, box)


def _turn(above: Strip, new: Strip, right: float, where: Where) -> str:
    """What stands between two lines: a space where the line was full, a line break where it was meant."""
    running = new.text[:1].islower() and len(above.text) > _LONG and above.text[-1] not in ".:;?!"
    if _ends_early(above, new, right) and not running:
        return "\n"
    last = above.words[-1].text
    if _is_cut(above, new, right, where):
        return ""
    return "" if len(last) > 2 and last.endswith("-") and last[-2].isalpha() and new.text[:1].islower() else " "


def _is_cut(above: Strip, new: Strip, right: float, where: Where) -> bool:
    """Whether a word was cut in two because its column is too narrow for it: it fills the line to the last letter."""
    last, first = above.words[-1], new.words[0]
    if not last.text or not first.text:
        return False
    if _breaks_address(above, new):
        return True
    letter = max((word.x1 - word.x0) / len(word.text) for word in (last, first))
    letter *= 1.6 if first.text[0] in "mwMW" else 1.0
    if last.x1 + 0.95 * letter < right:
        return False
    if _CUT_NUMBER.fullmatch(last.text):
        return first.text[0].isdigit()
    if "@" in last.text:
        return "@" not in first.text and first.text[0].islower()
    if len(above.words) > 1 or not last.text[-1].islower() or not first.text[0].islower():
        return False
    if (last.text + first.text).lower().strip(_STOPS) in where.known:
        return True
    whole = {last.text.lower(), first.text.lower().strip(_STOPS)} & where.known
    end = len(first.text) <= 3 or _ENDING.fullmatch(first.text) is not None
    return end and not whole and _SHORT.fullmatch(first.text) is None


def _breaks_address(above: Strip, new: Strip) -> bool:
    """Whether an address goes on in the next line: its place in the net is not whole, or nothing else stands above."""
    last, first = above.words[-1].text, new.words[0].text
    if _HALF_MAIL.fullmatch(last):
        return _REST_OF_MAIL.fullmatch(first) is not None
    return _HALF_LINK.fullmatch(last) is not None and _REST_OF_LINK.fullmatch(first) is not None


def _add_words(pieces: list[Piece], words: Sequence[Word]) -> None:
    """Put the words of a strip at the end, those that look alike as one piece, with a space where there is a gap."""
    held: list[str] = []
    marks, end = Mark.NONE, 0.0
    for number, word in enumerate(words):
        look = word.marks | Mark.BOLD if word.style.bold else word.marks
        gap = number > 0 and word.x0 - end > 0.1 * word.style.size and not look & Mark.NOTE
        end = word.x1
        if number and look == marks and word.control is None and held:
            held.append(f" {word.text}" if gap else word.text)
            continue
        if held:
            _add(pieces, "".join(held), marks)
            held = []
        if gap:
            _add(pieces, " ")
        marks = look
        if word.control is None:
            held.append(word.text)
        else:
            _add(pieces, word.text, look, word.control)
    if held:
        _add(pieces, "".join(held), marks)


def _add(pieces: list[Piece], text: str, marks: Mark = Mark.NONE, control: int | None = None) -> None:
    """Put words at the end, into the last piece where they are alike."""
    last = pieces[-1] if pieces else None
    blank = not text.strip() and control is None
    if last is not None and control is None and last.control is None and (last.marks == marks or blank):
        pieces[-1] = Piece(last.text + text, last.marks)
    else:
        pieces.append(Piece(text, marks, control))
