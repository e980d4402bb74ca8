"""Our blank forms as PDF files that can be filled in: AcroForms with the ids of the field dictionary."""

from __future__ import annotations

import io
from collections.abc import Sequence

from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from formflow.extracting.dictionary import Dictionary
from formflow.reading.own_form import VERSION_CONTROL
from formflow.rendering.forms.blank_plan import Blank, Part, Question, Section, load_blank, plan, side_by_side
from formflow.rendering.forms.pdf_sheet import MARGIN, Sheet
from formflow.rendering.forms.pdf_tags import finish
from formflow.settings import Partnership

_LEAST = 3
"""Lines of room for an answer of several lines."""
_CARD_LABEL = 0.24
"""How much of its width a card gives to each label."""


def blank_pdf(dictionary: Dictionary, partnership: Partnership) -> bytes:
    """The blank form as PDF: same ids as the Word form, tooltips, reading order, no scripts."""
    blank = load_blank(dictionary.form)
    pages = _draw(dictionary, partnership, blank, 0)[1].page
    content, sheet = _draw(dictionary, partnership, blank, pages)
    return finish(content, sheet.fields, VERSION_CONTROL, blank.version, _title(blank))


def _draw(dictionary: Dictionary, partnership: Partnership, blank: Blank, pages: int) -> tuple[bytes, Sheet]:
    """The pages without their fields; drawn once to count them and once with "page 1 of 16" on each."""
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, lang="en-GB")
    canvas.setTitle(_title(blank))
    foot = f"Form {blank.form} {blank.version.split()[-1]}"
    sheet = Sheet(canvas, f"{partnership.protective_marking} when completed", foot, pages)
    _opening(sheet, blank, partnership)
    for section in plan(dictionary, blank, blank.more_rows_pdf):
        sheet.turn(wide=section.wide)
        _section(sheet, section, blank)
    sheet.end()
    return out.getvalue(), sheet


def _title(blank: Blank) -> str:
    return f"formflow {blank.form}: {blank.title}"


def _opening(sheet: Sheet, blank: Blank, partnership: Partnership) -> None:
    sheet.heading(blank.title, 18)
    sheet.words(partnership.name, 11)
    sheet.panel([*blank.intro, f"Send it to: {partnership.contact}"])


def _section(sheet: Sheet, section: Section, blank: Blank) -> None:
    first = section.parts[0]
    need = 90 if first.kind == "questions" else 120
    sheet.room(need)
    sheet.heading(f"{section.number}  {section.title}", 14)
    if section.note:
        sheet.words(section.note, 9, quiet=True)
    for part in section.parts:
        if part.kind == "questions":
            if part.title:
                sheet.room(90)
                sheet.heading(part.title, 12)
            for question in part.questions:
                _question(sheet, question, section, part, blank.room.get(question.id, 0))
        elif part.kind == "cards":
            _cards(sheet, part, section)
        else:
            _table(sheet, part, section)
        sheet.gap(8)


def _question(sheet: Sheet, question: Question, section: Section, part: Part, room: int) -> None:
    left = sheet.width * 0.36
    label = simpleSplit(
        f"{question.number}  {question.title}" + (" (required)" if question.required else ""),
        "Helvetica-Bold",
        10,
        left - 12,
    )
    hint = simpleSplit(question.hint, "Helvetica", 8.5, left - 12) if question.hint else []
    boxes = question.kind in ("boxes", "tick")
    across = boxes and all(len(words) < 15 for _, words in question.options)
    lines = len(question.options) if boxes and not across else 1
    answer = max(_LEAST, room * 7 // 5) * 14 + 4 if question.kind == "long" else lines * 18
    height = max(len(label) * 12.5 + len(hint) * 10.5 + 8.5, answer + 7)
    sheet.room(height)
    top = sheet.y
    sheet.box(MARGIN, top, left, height, shade=True)
    sheet.box(MARGIN + left, top, sheet.width - left, height)
    sheet.label(MARGIN + 6, top, label, hint)
    tip = _tip(section, part, question)
    x, width = MARGIN + left, sheet.width - left
    if boxes:
        sheet.boxes(x + 8, top - 5, question.id, question.options, tip, step=(0 if not across else 105), size=12)
    else:
        sheet.answer(x + 3, top - 3, width - 6, height - 6, question, tip)
    sheet.y -= height


def _table(sheet: Sheet, part: Part, section: Section) -> None:
    widths = [sheet.width * share / sum(part.shares) for share in part.shares]
    _heads(sheet, part.heads, widths)
    for number, (words, row) in enumerate(part.rows, 1):
        where = f"{section.title}, {words or f'row {number}'}"
        label = f"{row[0].number}  {words}" if part.numbered else words
        height = _row_height(label, row, widths)
        if sheet.room(height):
            _heads(sheet, part.heads, widths)
        _row(sheet, (label, row), widths, height, where)


def _cards(sheet: Sheet, part: Part, section: Section) -> None:
    for number, (_, questions) in enumerate(part.rows, 1):
        where = f"{section.title}, {number}"
        pairs = list(side_by_side(questions))
        sheet.room(18 + sum(_pair_height(sheet, pair) for pair in pairs))
        sheet.box(MARGIN, sheet.y, sheet.width, 18, shade=True)
        sheet.label(MARGIN + 5, sheet.y, [f"{questions[0].block} {number}"], [], size=9.5)
        sheet.y -= 18
        for pair in pairs:
            _pair(sheet, pair, where)
        sheet.gap(8)


def _pair_words(sheet: Sheet, question: Question) -> tuple[list[str], list[str]]:
    width = sheet.width * _CARD_LABEL - 10
    hint = simpleSplit(question.hint, "Helvetica", 8.5, width) if question.hint else []
    return simpleSplit(f"{question.number}  {question.title}", "Helvetica-Bold", 9.5, width), hint


def _pair_height(sheet: Sheet, pair: Sequence[Question]) -> float:
    words = [_pair_words(sheet, question) for question in pair]
    least = 46 if pair[0].kind == "long" else 26
    return max(least, *(len(title) * 12.5 + len(hint) * 10.5 + 10 for title, hint in words))


def _pair(sheet: Sheet, pair: Sequence[Question], where: str) -> None:
    label, height = sheet.width * _CARD_LABEL, _pair_height(sheet, pair)
    rest = (sheet.width - 2 * label) / 2 if len(pair) == 2 else sheet.width - label
    x, top = MARGIN, sheet.y
    for question in pair:
        title, hint = _pair_words(sheet, question)
        sheet.box(x, top, label, height, shade=True)
        sheet.label(x + 5, top, title, hint, size=9.5)
        sheet.box(x + label, top, rest, height)
        tip = f"{where}: {question.title}"
        sheet.answer(x + label + 2, top - 2, rest - 4, height - 4, question, tip, small=True)
        x += label + rest
    sheet.y -= height


def _heads(sheet: Sheet, titles: Sequence[str], widths: Sequence[float]) -> None:
    split = [simpleSplit(title, "Helvetica-Bold", 8.5, width - 8) for title, width in zip(titles, widths, strict=True)]
    height = max(map(len, split)) * 10.5 + 8
    sheet.room(height + 50)
    x = MARGIN
    for lines, width in zip(split, widths, strict=True):
        sheet.box(x, sheet.y, width, height, shade=True)
        sheet.label(x + 4, sheet.y, lines, [], size=8.5)
        x += width
    sheet.y -= height


def _row_height(words: str, row: Sequence[Question], widths: Sequence[float]) -> float:
    label = simpleSplit(words, "Helvetica-Bold", 9.5, widths[0] - 10) if words else []
    hint = simpleSplit(row[0].hint, "Helvetica", 8.5, widths[0] - 10) if words and row[0].hint else []
    return max(
        len(label) * 12.5 + len(hint) * 10.5 + 10, *(len(q.options) * 15 + 2 for q in row if q.kind == "boxes"), 30
    )


def _row(sheet: Sheet, row: tuple[str, Sequence[Question]], widths: Sequence[float], height: float, where: str) -> None:
    words, questions = row
    x, top = MARGIN, sheet.y
    if words:
        sheet.box(x, top, widths[0], height, shade=True)
        label = simpleSplit(words, "Helvetica-Bold", 9.5, widths[0] - 10)
        sheet.label(x + 5, top, label, simpleSplit(questions[0].hint, "Helvetica", 8.5, widths[0] - 10), size=9.5)
        x += widths[0]
    for question, width in zip(questions, widths[1:] if words else widths, strict=True):
        sheet.box(x, top, width, height)
        tip = f"{where}: {question.title}"
        if question.kind == "boxes":
            short = [(option, text.removesuffix(" yet")) for option, text in question.options]
            sheet.boxes(x + 4, top - 3, question.id, short, tip, step=0, size=10)
        else:
            sheet.answer(x + 2, top - 2, width - 4, height - 4, question, tip, small=True)
        x += width
    sheet.y -= height


def _tip(section: Section, part: Part, question: Question) -> str:
    where = f"Section {section.number}, {part.title or section.title}"
    hint = f". {question.hint}" if question.hint else ""
    return f"{where}: {question.title}{' (required)' if question.required else ''}{hint}"
