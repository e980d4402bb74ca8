"""What people typed held against what is known: what is taken over, and what nobody can decide but they."""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from formflow.recording.note import BETWEEN, SETTLED, Conflict, Note, Source
from formflow.rendering.workbook.cells import tidy
from formflow.rendering.workbook.tracker_sheets import CASES, CLOSED, CONFLICTS, Sheet
from formflow.rendering.workbook.typed import TypedRow

_AT_ONCE = 500
_TWICE = "The row stands twice in the workbook with different words, so that it is not certain which counts."
_OLDER = "It stands in an older copy of the tracker that was put back; meanwhile somebody wrote something else."
_FOREIGN = "It stands in a workbook that is not known to be of this register."
_NO_ROW = "It was written in a row that belongs to no case."
_MIXED = "The hidden key and the reference in the row are of different cases."
_BESIDE = "It was written outside the columns that are yours, or as a comment; there is no place to carry it to."
_FORMULA = "It is a formula in a column of words. What it came to is kept there; the formula stands here."
_ABOVE = "It was typed into formflow's own sheets, which are drawn anew."


@dataclass(frozen=True, slots=True)
class Known:
    """What the register knows."""

    notes: Callable[[Iterable[str]], Mapping[str, Mapping[str, str]]]
    """The newest notes of some cases."""
    stood: Mapping[tuple[str, str], tuple[str, int]]
    """What the workbook was drawn with where something newer is known, by case and name; with the drawing in which that
    newer note was read."""
    refs: Container[str]
    """Every case there is."""
    current: bool
    """Whether the workbook is the one drawn last, however often it was read since."""
    erased: Container[str] = frozenset()
    """Cases that were erased: what an old copy still says of them is not taken back."""
    ours: bool = True
    """Whether it is known to be a drawing of this register at all."""


@dataclass(slots=True)
class Merged:
    """What is to be kept."""

    notes: list[Note] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    over: list[TypedRow] = field(default_factory=list)
    """Rows in which somebody typed over formflow's own cells."""


@dataclass(frozen=True, slots=True)
class _Edit:
    """A cell that differs from what the workbook was drawn with."""

    key: tuple[str, str]
    ref: str
    name: str
    text: str
    newest: str
    drawn: str


class _Merge:
    def __init__(self, known: Known, source: Source) -> None:
        self.known, self.source = known, source
        self.seen = array("q")
        """A number for each row that was met; a row that was copied gives the same one again."""
        self.edits: dict[tuple[tuple[str, str], str], list[_Edit]] = defaultdict(list)
        self.done = Merged()

    def rows(self, rows: Sequence[TypedRow]) -> None:
        """Hold some rows against the register."""
        there = [row for row in rows if case_of(row) not in self.known.erased and row.ref not in self.known.erased]
        notes = self.known.notes({case_of(row) for row in there})
        for row in there:
            self._row(row, notes.get(case_of(row), {}))

    def _row(self, row: TypedRow, notes: Mapping[str, str]) -> None:
        for where, words in row.beside:
            self._aside(row.ref, f"{row.sheet.name}{BETWEEN}{where}", words, _BESIDE)
        ref, _, within = row.key.partition("/")
        if not row.key:
            if row.sheet not in (CASES, CLOSED) or row.ref not in self.known.refs:
                self._without_key(row, notes)
                return
            ref = row.ref
        for head, formula in row.formulas:
            self._aside(ref, row.sheet.note(within, head), formula, _FORMULA)
        if ref and row.ref and ref != row.ref:
            self._mixed(row, ref, within, notes)
            return
        if row.over and row.key:
            self.done.over.append(row)
        key = (row.sheet.name, row.key or ref)
        self.seen.append(hash(key))
        for head, text in row.notes.items():
            name = row.sheet.note(within, head)
            newest = notes.get(name, "")
            drawn, by = self.known.stood.get((ref, name), (newest, 0))
            if text != newest and self._edited(text, drawn, by):
                self.edits[key, name].append(_Edit(key, ref, name, text, newest, drawn))

    def _edited(self, text: str, drawn: str, by: int) -> bool:
        """Whether a cell that differs from what is newest was written in, or is only old."""
        if not self.known.ours:
            return bool(text)
        # What was read from this very workbook before, and is gone from it now, was taken back.
        return text != drawn or (self.known.current and by == self.source.drawing != 0)

    def _without_key(self, row: TypedRow, notes: Mapping[str, str]) -> None:
        """A row that people wrote, or one whose hidden column was taken away."""
        if row.keyed or row.sheet in (CASES, CLOSED):
            told = "; ".join(f"{head}: {text}" for head, text in {**row.over, **row.notes}.items() if text)
            if told:
                self._aside(row.ref, f"{row.sheet.name}{BETWEEN}a row of your own", told, _NO_ROW)
            return
        held = {text for name, text in notes.items() if name.startswith(f"{row.sheet.name}{BETWEEN}")}
        for head, text in row.notes.items():
            if text and text not in held:
                self._aside(row.ref, f"{row.sheet.name}{BETWEEN}{head}", text, _NO_ROW)

    def _mixed(self, row: TypedRow, ref: str, within: str, notes: Mapping[str, str]) -> None:
        for head, text in row.notes.items():
            name = row.sheet.note(within, head)
            if text and text != notes.get(name, ""):
                self._aside(ref, name, text, f"{_MIXED} The row shows {row.ref}.", notes.get(name, ""))

    def finish(self) -> Merged:
        """Decide every cell that was written in."""
        wanted = {hash(key) for key, _ in self.edits}
        times = Counter(number for number in self.seen if number in wanted)
        for (key, _), edits in self.edits.items():
            first, stands = edits[0], times[hash(key)]
            if stands > 1 and not (len(edits) == stands and len({edit.text for edit in edits}) == 1):
                for edit in edits:
                    self._aside(edit.ref, edit.name, edit.text, _TWICE, edit.newest)
            elif not self.known.ours and first.newest:
                self._aside(first.ref, first.name, first.text, _FOREIGN, first.newest)
            elif self.known.ours and not self.known.current and first.newest != first.drawn:
                self._aside(first.ref, first.name, first.text, _OLDER, first.newest)
            else:
                self.done.notes.append(Note(first.ref, first.name, first.text, self.source))
        return self.done

    def _aside(self, ref: str, name: str, text: str, why: str, stands: str = "") -> None:
        self.done.conflicts.append(Conflict(ref, name, text, stands, why, self.source))


def case_of(row: TypedRow) -> str:
    """The case whose notes a row is held against."""
    return row.key.partition("/")[0] if row.key else row.ref


def merge(rows: Iterable[TypedRow], known: Known, source: Source) -> Merged:
    """What is to be kept of the rows of a workbook; they are gone through once, some hundreds at a time."""
    whole = _Merge(known, source)
    walk = iter(rows)
    while some := list(islice(walk, _AT_ONCE)):
        whole.rows(some)
    return whole.finish()


def strays(
    plain: Mapping[str, Sequence[str]], drawn: Mapping[str, Sequence[str]], source: Source
) -> Iterator[Conflict]:
    """Words on the sheets that are no tables which formflow did not write there."""
    for sheet, words in plain.items():
        ours = set(drawn.get(sheet, ()))
        for text in words:
            if sheet in drawn and text and text not in ours:
                yield Conflict("", f"{sheet}{BETWEEN}typed", text, "", _ABOVE, source)


def typed_over(sheet: Sheet, row: TypedRow, now: Mapping[str, str], source: Source) -> Iterator[Conflict]:
    """What somebody typed over formflow's own cells of a row; `now` is what it would write there, by head."""
    ref, _, within = row.key.partition("/")
    for head, text in row.over.items():
        if text != now.get(head, ""):
            why = "It was typed into a column of formflow's own, which shows what the forms say."
            yield Conflict(
                ref, BETWEEN.join(filter(None, (sheet.name, within, head))), text, now.get(head, ""), why, source
            )


def settled(conflicts: Sequence[Conflict], choices: Mapping[str, str], source: Source) -> Iterator[Note]:
    """The notes that follow from what people picked on "Conflicts": the other words, where they chose them."""
    for one in conflicts:
        choice = choices.get(BETWEEN.join((CONFLICTS.name, one.key, SETTLED)), "")
        if choice == "The other" and _to_a_cell(one):
            yield Note(one.ref, one.name, tidy(one.text), source)


def _to_a_cell(conflict: Conflict) -> bool:
    """Whether the words belong in a cell of people's own."""
    return conflict.why in (_TWICE, _OLDER, _FOREIGN) or conflict.why.startswith(_MIXED)
