"""The head of a table: what its columns ask for, of children, people, agencies, or of the question in each row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from formflow.extracting.inline import pairs_in
from formflow.extracting.question import is_bold, lines_of, plain
from formflow.extracting.row import Placed
from formflow.extracting.standing import REPEATED, Standing, child_number
from formflow.extracting.vocabulary import Targets
from formflow.extracting.wording import words

_OPTIONS = {
    "yes": "Yes", "y": "Yes", "no": "No", "n": "No", "not known": "Not known", "n/k": "Not known", "nk": "Not known",
    "don't know": "Not known", "not known yet": "Not known",
    "unknown": "Not known", "n/a": "N/A", "not applicable": "N/A",
}  # fmt: skip
_BLOCKS = ("notifier", "child", "family", "agency", "events", "declaration")
_KINDS = ("detail", "ref", "lead", "date")
_NAMES = {"family": "family_N_name", "agency": "agency_N_name"}
_TELLING = {
    "family": ("family_N_relationship", "family_N_pr", "family_N_lives_with_child"),
    "agency": ("agency_N_professional", "agency_N_still_involved"),
    "events": ("event_N_event", "event_N_source"),
}
"""Columns that tell what a table is about, more than others."""
_KIN = ("family_N_relationship",)
"""A column that only people around the child have: a mother under it is never taken for another child."""
_QUESTION = ("question", "questions", "information required", "information needed", "item", "field", "detail required")
_REPLY = ("answer", "answers", "response", "your answer", "reply", "your response", "information", "details")
_SENSE = ("Yes", "No", "Not known", "N/A")


@dataclass(frozen=True, slots=True)
class Column:
    """A column under a header: what it asks for."""

    start: int
    end: int
    label: str
    targets: Targets = ()
    option: str = ""
    """For a column of boxes: what a mark in it says."""
    kind: str = ""
    """For a column that asks for more about the question of its row: `ref`, `detail` …"""

    def covers(self, cell: Placed) -> bool:
        """Whether a cell stands under it."""
        return self.start < cell.end and cell.start < self.end


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a table, or of a part of it."""

    section: str
    """The part of the form its columns belong to; empty for a grid of questions."""
    columns: tuple[Column, ...]
    rows: int
    labels_first: bool
    """Whether the first column says what each row is about."""
    sections: tuple[str, ...] = field(default=())


def columns_of(at: Standing, rows: Sequence[Sequence[Placed]], number: int) -> Head | None:
    """The header that begins at a row; None when it is an ordinary row."""
    row = rows[number]
    if number + 1 >= len(rows) or any(cell.is_filled_in or cell.holds_table for cell in row) or not _is_unbroken(row):
        return None
    return (
        _sheet(row)
        or _children(row)
        or _grid(at, rows, number)
        or _list(at, rows, number)
        or _stacked(at, rows, number)
    )


def _stacked(at: Standing, rows: Sequence[Sequence[Placed]], number: int) -> Head | None:
    """A row of labels over a row of their answers: every cell asks, and looks otherwise than what stands below it."""
    row, below = rows[number], rows[number + 1]
    if len(below) != len(row) or not all(cell.text for cell in row):
        return None
    if not (all(cell.header or cell.shaded for cell in row) or _is_bold(row)):
        return None
    if any(cell.header or cell.shaded for cell in below) or (_is_bold(below) and any(cell.text for cell in below)):
        return None
    columns = []
    for cell in row:
        targets = at.asks(cell.text) or at.vocabulary.keyed(cell.text, at.contexts(), at.areas)
        columns.append(Column(cell.start, cell.end, cell.text, targets or ()))
    asked = sum(bool(column.targets) for column in columns)
    return Head("stacked", tuple(columns), 1, labels_first=False) if asked * 2 >= len(row) else None


def _sheet(row: Sequence[Placed]) -> Head | None:
    """A header that only says which column holds the questions and which the answers."""
    called = [" ".join(cell.text.casefold().split()).strip(" .:") for cell in row]
    asks = next((cell for cell, name in zip(row, called, strict=True) if name in _QUESTION), None)
    replies = next((cell for cell, name in zip(row, called, strict=True) if name in _REPLY), None)
    if asks is None or replies is None or asks is replies:
        return None
    columns = (Column(asks.start, asks.end, "", kind="question"), Column(replies.start, replies.end, "", kind="reply"))
    return Head("sheet", columns, 1, labels_first=True)


def _children(row: Sequence[Placed]) -> Head | None:
    """A header with a column for each child."""
    numbers = [child_number(cell.text) for cell in row[1:]]
    if len(row) < 3 or None in numbers or any(len(cell.text) > 40 for cell in row[1:]):
        return None
    columns = tuple(Column(cell.start, cell.end, str(n)) for cell, n in zip(row[1:], numbers, strict=True))
    return Head("children", columns, 1, labels_first=True)


def _is_unbroken(row: Sequence[Placed]) -> bool:
    """Whether words stand in every cell but the first: a header leaves no gaps."""
    return len(row) >= 2 and all(cell.text for cell in row[1:])


def _list(at: Standing, rows: Sequence[Sequence[Placed]], number: int) -> Head | None:
    """A header whose columns are fields of one part of the form."""
    row = rows[number]
    sections = [section for section in at.sections if section in _BLOCKS]
    if at.group == "lead":
        sections = ["notifier"]
    best: Head | None = None
    heaviest = 0
    kin = any(at.asks(cell.text, ("family",)) == _KIN for cell in row)
    for section in dict.fromkeys([*sections, *_BLOCKS]):
        columns = tuple(_columns(at, row, (section,)))
        asked = [column.targets for column in columns if column.targets and _belongs(column.targets[0], section)]
        if (
            (kin and section == "child")
            or len(asked) < 2
            or (len(set(asked)) < len(asked) and _KIN not in asked)
            or len(asked) * 5 < len([cell for cell in row if cell.text]) * 3
        ):
            continue
        weight = len(asked) + sum(targets[0] in _TELLING.get(section, ()) for targets in asked)
        weight += 3 * (section in sections[:1]) + (section in sections[1:])
        if best is None or weight > heaviest:
            heaviest = weight
            best = Head(section, columns, 1, labels_first=not columns[0].targets)
    if best is None or not _is_header(at, rows, number, best):
        return None
    return _with_second_row(best, rows, number)


def _belongs(target: str, section: str) -> bool:
    block = REPEATED.get(section, section)
    if section == "notifier":
        return target.startswith(("notifier_", "lead_"))
    if section == "declaration":
        return target.startswith("attachment_")
    return target.startswith(f"{block}_N_")


def _columns(at: Standing, row: Sequence[Placed], sections: tuple[str, ...]) -> Iterator[Column]:
    for cell in row:
        asks = bool(cell.text) and not _is_answered(at, cell)
        targets = at.asks(cell.text, sections) if asks else None
        if asks and targets is None:
            targets = _named_by_part(at, cell.text, sections[0])
        if targets is not None and not _belongs(targets[0], sections[0]):
            targets = None  # what asks for something else heads no column of this part
        yield Column(cell.start, cell.end, cell.text, targets or ())


def _named_by_part(at: Standing, text: str, section: str) -> Targets | None:
    """A column headed with the part's own name, `Agencies`, holds the names; other words may give a column away."""
    if section in _NAMES and at.vocabulary.heading(text)[:1] == (section,):
        return (_NAMES[section],)
    keyed = at.vocabulary.keyed(text, (section,), at.areas) if section in _NAMES else None
    return keyed if keyed and _belongs(keyed[0], section) else None


def _is_answered(at: Standing, cell: Placed) -> bool:
    """Whether a cell holds questions with their answers, so that it heads no column."""
    return any(pairs_in(line, at.in_line())[0] for line, _ in lines_of(cell.blocks) if ":" in plain(line))


def _is_header(at: Standing, rows: Sequence[Sequence[Placed]], number: int, head: Head) -> bool:
    """Whether a row that reads like a header is one: marked or looking so, or followed by what is not a label."""
    row, below = rows[number], rows[number + 1]
    matched = sum(bool(column.targets) for column in head.columns)
    if len(row) == 2 and (not below or at.asks(below[0].text, (head.section,)) is not None):
        return all(cell.header for cell in row)
    if any(cell.header for cell in row) or matched == len([cell for cell in row if cell.text]):
        return True
    if all(cell.shaded for cell in row if cell.text) and not any(cell.shaded for cell in below[1:]):
        return True
    others = [cell for cell in below if cell.text and option_named(cell.text) is None]
    return _is_bold(row) and not (others and _is_bold(others)) and matched >= 3


def _with_second_row(head: Head, rows: Sequence[Sequence[Placed]], number: int) -> Head:
    """A header of two rows: yes and no under one question."""
    if number + 2 > len(rows) - 1:
        return head
    second = rows[number + 1]
    options = [(cell, option_named(cell.text)) for cell in second if cell.text and not cell.continued]
    if not options or any(option is None for _, option in options):
        return head
    columns: list[Column] = []
    for column in head.columns:
        under = [(cell, option) for cell, option in options if column.covers(cell)]
        if under:
            columns += [replace(column, start=cell.start, end=cell.end, option=option or "") for cell, option in under]
        else:
            columns.append(column)
    return replace(head, columns=tuple(columns), rows=2)


def option_named(text: str) -> str | None:
    """The answer that the head of a column of boxes stands for: Yes, No, Not known, N/A; None for other words."""
    return _OPTIONS.get(" ".join(text.casefold().replace("’", "'").split()).strip(" .:?"))


def _grid(at: Standing, rows: Sequence[Sequence[Placed]], number: int) -> Head | None:
    """A header over questions that stand in the first column: yes, no, a reference, a reason."""
    row = rows[number]
    columns: list[Column] = []
    for cell in row[1:]:
        option = option_named(cell.text) or ""
        kind = "" if option else _kind(at, cell.text)
        columns.append(Column(cell.start, cell.end, cell.text, (), option, kind))
    options = [column for column in columns if column.option]
    plain_column = [column for column in columns if not column.option and not column.kind and not words(column.label)]
    if not (len(options) >= 2 or (plain_column and any(column.kind for column in columns))):
        return None
    if number and not (all(cell.header or cell.shaded for cell in row[1:]) or _is_bold(row[1:])):
        return None
    below = rows[number + 1]
    if not below or not below[0].text or below[0].is_filled_in:
        return None
    sections = at.vocabulary.heading(row[0].text) if row[0].text else ()
    return Head("", tuple(columns), 1, labels_first=True, sections=sections)


def _is_bold(row: Sequence[Placed]) -> bool:
    return all(is_bold(line) for cell in row for line, _ in lines_of(cell.blocks))


def _kind(at: Standing, text: str) -> str:
    for kind in _KINDS:
        follow = at.vocabulary.follow(text, "process_police") if kind in ("ref", "lead", "date") else None
        if follow and follow.endswith(f"_{kind}"):
            return kind
    return "detail" if at.vocabulary.is_follow(text) else ""
