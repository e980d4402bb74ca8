"""Drafting the layout of a form from a blank one: what is understood, and what is left for a person to place."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.exact import exact
from formflow.extracting.finding import find_questions
from formflow.extracting.knowledge import Knowledge
from formflow.extracting.layout import Words
from formflow.extracting.plain import fold
from formflow.extracting.question import Question
from formflow.extracting.recognising import title_of
from formflow.extracting.vocabulary import home_of
from formflow.reading.document import Control, Document, paragraphs

_ALIKE = 55
"""Of 100: how alike words must be to be worth a suggestion to somebody who is looking for one."""
_EDITION = re.compile(
    r"\b(?:v(?:ersion)?\.?\s?\d[\w./]*|(?:january|february|march|april|may|june|july|august|september|october|november"
    r"|december)\s+20\d\d|[A-Z]{2,}(?:[./-]\w+)*[./-]v?\d[\w./-]*)",
    re.IGNORECASE,
)
_LONGEST_EDGE = 120


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted layout: its text, and how much of the form was understood."""

    text: str = field(repr=False)
    placed: int
    open: int


def draft(document: Document, file: str, knowledge: Knowledge) -> Draft:
    """The layout of a blank form as TOML that a person can finish."""
    questions = _once(_under_headings(find_questions(document, knowledge.vocabulary)))
    doubtful = _doubtful(questions)
    placed = [question for question in questions if _told(question) and _where(question) not in doubtful]
    left = [question for question in questions if not _told(question) or _where(question) in doubtful]
    left = [question for question in left if not (question.targets and knowledge.vocabulary.is_follow(question.label))]
    lines = [
        *_head(document, file),
        *_sections(placed, knowledge),
        *_names(document.controls, knowledge.dictionary),
        *_left(left, knowledge),
    ]
    return Draft("\n".join(lines) + "\n", len(placed), len(left))


def _under_headings(questions: Sequence[Question]) -> Iterator[Question]:
    """Questions under headings that are none themselves: on a blank form a bold question may look like a heading."""
    heading = ""
    for question in questions:
        if question.heading.rstrip().endswith(("?", ":")):
            yield Question(question.heading, (), (), question.place, heading=heading)
        else:
            heading = question.heading
        yield replace(question, heading=heading)


def _told(question: Question) -> bool:
    """Whether a declared label says what is asked; words that only give it away are for a person to judge."""
    return bool(question.targets) and question.how != "key"


def _where(question: Question) -> tuple[str, Words]:
    return question.heading, exact(question.label)


def _doubtful(questions: Sequence[Question]) -> frozenset[tuple[str, Words]]:
    """Words that ask for two things under one heading, or under none."""
    asked: dict[tuple[str, Words], set[tuple[str, ...]]] = defaultdict(set)
    for question in filter(_told, questions):
        asked[_where(question)].add(question.targets)
    return frozenset(where for where, targets in asked.items() if len(targets) > 1)


def _once(questions: Iterable[Question]) -> list[Question]:
    """Each question by its words and what it asks for, once: rows and repeated blocks ask the same again."""
    found: dict[tuple[object, ...], Question] = {}
    for question in questions:
        if exact(question.label) and len(question.label) <= 300:
            found.setdefault((exact(question.label), question.targets), question)
    return list(found.values())


def _head(document: Document, file: str) -> Iterator[str]:
    title = title_of(document) or PurePath(file).stem
    yield "# Drafted from a blank form. To finish it: read it from top to bottom beside the form, correct what is"
    yield "# wrong, and place what is listed at the end. A line that begins with # is only a remark. Words stand in quotation"
    yield '# marks; several stand in square brackets with commas between: ["Date of birth", "DOB"]. Then try it on'
    yield "# filled-in forms:"
    yield "#     formflow layout check THIS_FILE FORM..."
    yield f"title = {_text(title)}"
    yield 'kind = "notification"'
    yield ""
    yield "# What the form is known by. Of every line below at least one of its words must stand on a form."
    yield "[marks]"
    yield "# In its title or a heading:"
    yield f"title = [{_text(title)}]"
    edges = list(dict.fromkeys(fold(p.text) for p in paragraphs(document.blocks) if p.part.startswith("page ")))
    edges = [edge for edge in edges if 3 < len(edge) <= _LONGEST_EDGE]
    if edges:
        yield "# In the header or footer of its pages; take the # away to ask for one of these too:"
        yield f"# header = [{', '.join(map(_text, edges))}]"
    yield ""
    if editions := _editions(edges, document):
        yield "# The words that tell this edition from a later one. A form without them is read with more questions."
        for edition in editions[:1]:
            yield "[[edition]]"
            yield f"name = {_text(edition)}"
            yield f"marks = [{_text(edition)}]"
            yield ""


def _editions(edges: Sequence[str], document: Document) -> list[str]:
    """Versions and months in the header, the footer and the properties of a form."""
    told = [*edges, *(document.properties.get(key, "") for key in ("version", "subject"))]
    return list(dict.fromkeys(found[0] for text in told for found in _EDITION.finditer(text)))


def _sections(questions: Sequence[Question], knowledge: Knowledge) -> Iterator[str]:
    """The labels that are understood, under the headings of the form."""
    by_heading: dict[str, dict[str, list[str]]] = {}
    for question in questions:
        labels = by_heading.setdefault(question.heading, {}).setdefault(" + ".join(question.targets), [])
        if fold(question.label) not in labels:
            labels.append(fold(question.label))
    yield "# What the form asks, under its headings. Left stands the field of formflow, right the words of the form."
    yield "# _N_ stands for the number of the child, person, agency or event; a plus for several answers in one place."
    yield "# A section without headings counts for the whole form. Words like Details, Date or Reference that ask for"
    yield "# more about the question before them are understood by themselves and need not stand here."
    yield ""
    for heading, asked in by_heading.items():
        part = _part(asked, knowledge.dictionary)
        yield "[[section]]"
        if heading:
            yield f"headings = [{_text(heading)}]"
            yield from [f"part = {_text(part)}"] if part else []
        yield "[section.labels]"
        for target, labels in asked.items():
            yield f"{_text(target)} = [{', '.join(map(_text, labels))}]"
        yield ""


def _part(asked: Iterable[str], dictionary: Dictionary) -> str:
    """The part of the dictionary that most of these fields belong to."""
    homes = Counter(home_of(target.partition(" + ")[0], dictionary) for target in asked)
    return next((part for part, _ in homes.most_common() if part in dictionary.sections), "")


def _names(controls: Sequence[Control], dictionary: Dictionary) -> Iterator[str]:
    """The names of the form's own controls, those that are fields of ours apart."""
    named = [control for control in controls if control.name and control.kind not in ("group", "button")]
    if not named:
        return
    ours = [control.name for control in named if dictionary.field(control.name.partition(":")[0])]
    yield "# Boxes of the form that have a name of their own. A name is surer than the words beside it: where one"
    yield '# plainly belongs to a field, write it as  field = ["name"]  in place of the remark.'
    yield "[names]"
    for name in dict.fromkeys(ours):
        yield f"{_text(name)} = [{_text(name)}]"
    for control in {c.name: c for c in named if c.name not in ours}.values():
        beside = fold(control.label or control.title)[:80]
        yield f"# {_text(control.name)}" + (f"  beside: {beside}" if beside else "")
    yield ""


def _left(questions: Sequence[Question], knowledge: Knowledge) -> Iterator[str]:
    """The labels nobody could place, each with the fields it may be, as remarks."""
    if not questions:
        yield "# Every question of the form is placed."
        return
    yield "# Not placed: the words below ask for something, but it is not certain for what. Move each to the section it"
    yield "# belongs to, behind its field; put what formflow has no field for behind  ignore  at the top of this file,"
    yield '# under kind:  ignore = ["Review due"]'
    for question in _each(questions):
        yield f"#   {_text(fold(question.label))}  ({question.place})"
        guesses = list(dict.fromkeys([question.targets] if question.targets else []))
        guesses += [targets for targets, _ in knowledge.phrases.nearest(question.label, 3, _ALIKE)]
        for targets in list(dict.fromkeys(guesses))[:3]:
            yield f"#       perhaps {' + '.join(targets)}: {_meaning(targets, knowledge.dictionary)}"


def _each(questions: Sequence[Question]) -> Iterator[Question]:
    """Questions in the same words once, the first of them."""
    seen: set[Words] = set()
    for question in questions:
        if (words := exact(question.label)) not in seen:
            seen.add(words)
            yield question


def _meaning(targets: Sequence[str], dictionary: Dictionary) -> str:
    asked = [dictionary.field(target.partition(":")[0]) for target in targets]
    return " and ".join(field.title for field in asked if field) or "several answers in one place"


def _text(words: str) -> str:
    """Words as TOML writes them: in quotation marks."""
    return json.dumps(fold(words), ensure_ascii=False)
