"""Our blank forms as Word files: every answer a tagged content control."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from formflow.extracting.dictionary import Dictionary
from formflow.reading.own_form import VERSION_CONTROL
from formflow.rendering import word_kit as kit
from formflow.rendering.forms import word_controls as controls
from formflow.rendering.forms.blank_plan import Blank, Part, Question, Section, load_blank, plan, side_by_side
from formflow.rendering.forms.word_controls import Numbers
from formflow.settings import Partnership

_MARGIN = 1134
_MANY = 12
"""So many boxes stand one below the other in the size of the text; more are set closer."""
_WIDE, _NARROW = kit.LANDSCAPE[0] - 2 * _MARGIN, kit.PORTRAIT[0] - 2 * _MARGIN


def blank_word(dictionary: Dictionary, partnership: Partnership, blank: Blank | None = None) -> bytes:
    """The blank form of a dictionary as `.docx`, with tags that are the ids of its fields.

    `blank` says how it is laid out, where it is to be another way than the shipped one.
    """
    blank, numbers = blank or load_blank(dictionary.form), Numbers()
    body = [_opening(blank, partnership, numbers)]
    wide = False
    for section in plan(dictionary, blank, blank.more_rows_word):
        if section.wide != wide:
            body.append(kit.section(kit.LANDSCAPE if wide else kit.PORTRAIT, margin=_MARGIN))
            wide = section.wide
        body.append(_section(section, blank, numbers, _WIDE if wide else _NARROW))
    body.append(kit.section(kit.LANDSCAPE if wide else kit.PORTRAIT, last=True, margin=_MARGIN))
    marking = kit.run(f"{partnership.protective_marking} when completed")
    pages = kit.run("Page ") + kit.field("PAGE") + kit.run(" of ") + kit.field("NUMPAGES")
    foot = kit.run(f"Form {blank.form} {blank.version.split()[-1]}") + kit.tab() + pages
    return kit.package(
        "".join(body),
        header=kit.para(marking, style="Marking", align="center"),
        footer=kit.para(foot, style="Foot", tabs=kit.tab_stops(("right", _NARROW))),
        wide_footer=kit.para(foot, style="Foot", tabs=kit.tab_stops(("right", _WIDE))),
        title=f"formflow {blank.form}: {blank.title}",
        properties={VERSION_CONTROL: blank.version},
    )


@lru_cache(maxsize=16)
def kept_blank(dictionary: Dictionary, partnership: Partnership) -> bytes:
    """The same as it is shipped, made once and kept: a blank form does not depend on the case it is filled for."""
    return blank_word(dictionary, partnership)


def _opening(blank: Blank, partnership: Partnership, numbers: Numbers) -> str:
    words = "".join(kit.para(kit.run(line), style="Cell", after=4) for line in blank.intro)
    back = kit.para(kit.run("Send it to: ", bold=True) + kit.run(partnership.contact), style="Cell")
    box = kit.table([kit.row([kit.cell(words + back, _NARROW, shade=kit.PANEL)])], [_NARROW], title="About this form")
    version = controls.fixed(VERSION_CONTROL, "Form and version", blank.version, numbers)
    return (
        kit.para(kit.run(blank.title), style="Heading1")
        + kit.para(kit.run(partnership.name), keep=True)
        + box
        + kit.para(version, style="Foot")
    )


def _section(section: Section, blank: Blank, numbers: Numbers, width: int) -> str:
    out = kit.para(kit.run(f"{section.number}  {section.title}"), style="Heading2")
    if section.note:
        out += kit.para(kit.run(section.note, color=kit.QUIET, size=10), keep=True)
    for part in section.parts:
        if part.kind == "questions":
            out += kit.para(kit.run(part.title), style="Heading3") if part.title else ""
            out += _questions(part, section, blank, numbers, width)
        elif part.kind == "rows":
            out += _rows(part, numbers, width)
        elif part.kind == "cards":
            out += _cards(part, numbers, width)
        else:
            out += _grid(part, section, numbers, width)
        out += kit.para(after=4)
    return out


def _questions(part: Part, section: Section, blank: Blank, numbers: Numbers, width: int) -> str:
    widths = [width * 36 // 100, width - width * 36 // 100]
    rows = [
        kit.row([kit.cell(_label(q), widths[0], shade=kit.PANEL), kit.cell(_answer(q, blank, numbers), widths[1])])
        for q in part.questions
    ]
    return kit.table(rows, widths, title=part.title or section.title)


def _label(question: Question, size: float = 10, *, keep: bool = False) -> str:
    required = kit.run(" (required)", color=kit.QUIET, size=9) if question.required else ""
    number = kit.run(f"{question.number}  ", color=kit.QUIET, size=9)
    label = kit.para(number + kit.run(question.title, bold=True, size=size) + required, style="Cell", keep=keep)
    return label + (kit.para(kit.run(question.hint), style="Quiet", keep=keep) if question.hint else "")


def _answer(question: Question, blank: Blank, numbers: Numbers) -> str:
    """The control of a question; boxes of many kinds stand one below the other."""
    if question.kind in ("boxes", "tick"):
        size = 11 if len(question.options) > _MANY else 15
        boxes = [_box(question, option, words, numbers, size) for option, words in question.options]
        if all(len(words) < 15 for _, words in question.options):
            return kit.para(kit.run("     ").join(boxes), style="Cell")
        return "".join(kit.para(box, style="Small" if len(boxes) > _MANY else "Cell") for box in boxes)
    space = kit.para(style="Cell") * blank.room.get(question.id, 1) if question.kind == "long" else ""
    return kit.para(_control(question, numbers), style="Cell") + space


def _box(question: Question, option: str, words: str, numbers: Numbers, size: float = 14) -> str:
    tick = controls.ticked(f"{question.id}:{option}", f"{question.title}: {words}", numbers, size)
    return tick + kit.run(f"\u00a0{words}")


def _control(question: Question, numbers: Numbers) -> str:
    match question.kind:
        case "date":
            return controls.dated(question.id, question.title, "Click to enter a date", numbers)
        case "choice":
            return controls.chosen(question.id, question.title, "Choose an item", question.options, numbers)
        case kind:
            return controls.written(question.id, question.title, "Click to enter text", numbers, long=kind == "long")


def _rows(part: Part, numbers: Numbers, width: int) -> str:
    widths = _share(part.shares, width)
    heads = [
        kit.cell(kit.text(words, style="SmallHead"), w, shade=kit.PANEL)
        for words, w in zip(part.heads, widths, strict=True)
    ]
    body = [
        kit.row([kit.cell(_small(q, numbers), w) for q, w in zip(questions, widths, strict=True)])
        for _, questions in part.rows
    ]
    repeated = controls.repeating(f"{part.block}_rows", part.title, body, numbers)
    return kit.table([kit.row(heads, header=True), repeated], widths, title=part.title)


def _cards(part: Part, numbers: Numbers, width: int) -> str:
    """One card below the other: two short answers side by side, a long one across."""
    label, answer = width * 24 // 100, width * 26 // 100
    widths = [label, answer, label, width - 2 * label - answer]
    cards = [_card(questions, numbers, widths) for _, questions in part.rows]
    return kit.table([controls.repeating(f"{part.block}_rows", part.title, cards, numbers)], widths, title=part.title)


def _card(questions: Sequence[Question], numbers: Numbers, widths: Sequence[int]) -> str:
    head = kit.text(questions[0].block, style="CellHead", keep=True)
    rows = [kit.row([kit.cell(head, sum(widths), shade=kit.LINES, span=4)])]
    pairs = list(side_by_side(questions))
    for pair in pairs:
        cells: list[str] = []
        for number, question in enumerate(pair):
            alone, last = len(pair) == 1, pair is pairs[-1]
            cells.append(kit.cell(_label(question, 9.5, keep=not last), widths[2 * number], shade=kit.PANEL))
            room = kit.para(_control(question, numbers), style="Cell", keep=not last)
            cells.append(kit.cell(room, sum(widths[1:]) if alone else widths[2 * number + 1], span=3 if alone else 1))
        rows.append(kit.row(cells))
    return "".join(rows)


def _grid(part: Part, section: Section, numbers: Numbers, width: int) -> str:
    widths = _share(part.shares, width)
    heads = [
        kit.cell(kit.text(words, style="SmallHead"), w, shade=kit.PANEL)
        for words, w in zip(part.heads, widths, strict=True)
    ]
    body = [
        kit.row(
            [
                kit.cell(_row_label(words, questions[0], part), widths[0], shade=kit.PANEL),
                *(kit.cell(_small(q, numbers), w) for q, w in zip(questions, widths[1:], strict=True)),
            ]
        )
        for words, questions in part.rows
    ]
    return kit.table([kit.row(heads, header=True), *body], widths, title=section.title)


def _row_label(words: str, question: Question, part: Part) -> str:
    number = kit.run(f"{question.number}  ", color=kit.QUIET, size=8.5) if part.numbered else ""
    label = kit.para(number + kit.run(words, bold=True, size=10), style="Cell")
    return label + (kit.para(kit.run(question.hint), style="Quiet") if question.hint and part.numbered else "")


def _small(question: Question, numbers: Numbers) -> str:
    if question.kind == "boxes":
        return "".join(
            kit.para(_box(question, option, words.removesuffix(" yet"), numbers, 12), style="Small")
            for option, words in question.options
        )
    return kit.para(_control(question, numbers), style="Small")


def _share(shares: Sequence[int], width: int) -> list[int]:
    widths = [width * share // sum(shares) for share in shares]
    widths[-1] += width - sum(widths)
    return widths
