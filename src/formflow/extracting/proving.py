"""Proving a layout against filled-in forms: what it found on each, what it never found, and what is not clear."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from formflow.extracting.exact import exact
from formflow.extracting.extract import by_labels
from formflow.extracting.form import Answer, Form
from formflow.extracting.knowledge import Knowledge
from formflow.extracting.layout import Layout, Words
from formflow.extracting.recognising import Look, Recognised, recognise
from formflow.reading.document import Document


@dataclass(frozen=True, slots=True)
class Sample:
    """What a layout made of one filled-in form."""

    file: str
    form: Form = field(repr=False)
    recognised: str
    """`recognised`, `related`, or why it is not: for a person."""
    asked: frozenset[Words] = field(repr=False)
    """The labels of the layout that stand on it."""
    names: frozenset[str] = field(repr=False)

    @property
    def is_known(self) -> bool:
        """Whether its marks and edition are those of the layout."""
        return self.recognised == "recognised"


def try_layout(document: Document, file: str, layout: Layout, knowledge: Knowledge, today: date) -> Sample:
    """What a layout makes of a filled-in form, whether or not its marks fit."""
    found = recognise(document, knowledge.layouts)
    look = Look(document)
    forced = Recognised(layout, "recognised")
    form = by_labels(document, knowledge, today.year + 1, forced)
    names = frozenset(control.name for control in document.controls)
    return Sample(file, form, _said(found, layout, look), look.asked(layout), names)


def _said(found: Recognised | None, layout: Layout, look: Look) -> str:
    if found is not None and found.layout.name == layout.name:
        return found.certainty if found.certainty == "recognised" else f"related: {found.says}"
    if found is not None:
        return (
            f'taken for another form: "{found.layout.title}" ({found.layout.name}); give the layout a mark of its own'
        )
    if not look.has_marks(layout):
        return "not recognised: its marks are not all on this form"
    return "not recognised: fewer than three of its labels are on this form"


@dataclass(frozen=True, slots=True)
class Line:
    """A field of a layout, and how it fared on all samples."""

    target: str
    answered: int
    blank: int
    doubts: tuple[str, ...] = ()
    """For each answer that cannot be read or is in conflict: which form, where, and why."""


def lines(layout: Layout, samples: Sequence[Sample]) -> Iterator[Line]:
    """How each field of the layout fared."""
    for target in dict.fromkeys(each for said in layout.targets() for each in said.split(" + ")):
        answers = [(s, a) for s in samples for a in s.form.answers.values() if _answers(target, a)]
        clear = [a for _, a in answers if a.state in ("answered", "not_known", "not_applicable")]
        doubts = tuple(
            f"{s.file}, {a.place}: {a.because or 'not clear'}"
            for s, a in answers
            if a.state in ("conflict", "unreadable")
        )
        yield Line(target, len(clear), sum(a.state == "blank" for _, a in answers), doubts)


def _answers(target: str, answer: Answer) -> bool:
    """Whether an answer is one to a target: `child_N_full_name` is answered by forename and surname."""
    bare = target.partition(":")[0]
    made = _MADE_OF.get(bare, (bare,))
    number = answer.field.split("_")[1:2]
    filled = {each.replace("_N_", f"_{number[0]}_") if number and number[0].isdigit() else each for each in made}
    return answer.field in filled


_MADE_OF = {
    "child_N_full_name": ("child_N_forename", "child_N_surname"),
    "child_N_dob_or_edd": ("child_N_dob", "child_N_edd"),
    "child_N_known_to": ("child_N_cin", "child_N_early_help"),
}
"""Targets that are no fields, and the fields that they answer."""


def never_found(layout: Layout, samples: Iterable[Sample]) -> tuple[str, ...]:
    """The labels and names of a layout that stand on no sample, as the layout writes them.

    Of several ways of saying one thing, one is enough.
    """
    asked = frozenset[Words]().union(*(sample.asked for sample in samples))
    names = frozenset[str]().union(*(sample.names for sample in samples))
    missing = [
        f"{target}: {' / '.join(labels)}"
        for part in layout.section
        for target, labels in part.labels.items()
        if not any(exact(label) in asked for label in labels)
    ]
    missing += [
        f"{target}: the name {' / '.join(own)}"
        for target, own in layout.names.items()
        if not any(name in names or ("{N}" in name and name.replace("{N}", "1") in names) for name in own)
    ]
    return tuple(missing)
