"""Every question of a form with its answer, in reading order, from how the page is built and the declared labels."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from formflow.extracting import grids
from formflow.extracting.answered import answer_in_cell
from formflow.extracting.gaps import is_sentence
from formflow.extracting.inline import pairs_in
from formflow.extracting.listing import listed, rows_of
from formflow.extracting.numbered import begins_item, is_numbered_list, numbered_question
from formflow.extracting.question import Line, Question, cut, is_bold, is_filled_in, joined, lines_of, plain
from formflow.extracting.row import Placed
from formflow.extracting.sentences import sentences
from formflow.extracting.standing import Standing
from formflow.extracting.statements import statements
from formflow.extracting.vocabulary import Targets, Vocabulary
from formflow.extracting.wording import area_names
from formflow.reading.document import Block, Document, Mark, Paragraph, Table, paragraphs

_HINT = re.compile(
    r"\(.*\)|(?:please\b|include\b|list\b|give\b|tick\b|write\b|use\b|state\b|continue\b|do not\b|for example\b|e\.g\.|"
    r"with\b|including\b|for an?\b|"
    r"say\b|note:|add a row\b|if (?:yes|no|so)\b|delete as\b|answer\b|complete\b|describe\b|put\b).*",
    re.IGNORECASE | re.DOTALL,
)
_PART = re.compile(r"\s*(?:section|part)\s+[\dA-Z]{1,2}\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*(?:section\s+|part\s+)?(?:\d{1,2}|[A-Z])[.)\s:–—-]+\s*\S", re.IGNORECASE)
_SHORT = 60
"""Letters: a longer second paragraph under a short question is guidance or a story, not its answer."""
_GUIDANCE = 100
"""Letters: a longer line with a colon, and nothing bold in it, is guidance where labels are bold."""
_ANSWERED = re.compile(r"[^\W\d]\s*:\s*\S*\d")
"""A label with a number or a date behind it."""
_LONG = 200
"""Letters: a longer paragraph under a short question is guidance or a story, not its answer."""


def find_questions(document: Document, vocabulary: Vocabulary) -> tuple[Question, ...]:
    """Every question that can be told from a document, with its answer; those nobody declared have no targets."""
    body = tuple(block for block in document.blocks if not block.part)
    areas = area_names(paragraph.text for paragraph in paragraphs(document.blocks))
    vocabulary = vocabulary.for_one_form()
    bold = _labels_are_bold(body, vocabulary)
    numbered = not bold and is_numbered_list(body)
    first = ("notifier",) if numbered else ()  # such a list has no headings, and begins with who is writing
    finder = Finder(Standing(vocabulary, areas, first), bold=bold, numbered=numbered)
    finder.through(body)
    finder.aside(document.blocks)
    return tuple(finder.at.questions)


class Finder:
    """Goes through the blocks of a form once, from top to bottom."""

    def __init__(self, at: Standing, *, bold: bool, numbered: bool = False) -> None:
        self.at = at
        self.bold = bold
        """Whether the labels of this form are bold, so that plain words are none."""
        self.numbered = numbered
        """Whether its questions are numbered lines, as in a message."""

    def through(self, blocks: Sequence[Block]) -> None:
        """Find the questions of a run of blocks."""
        place = 0
        while place < len(blocks):
            block = blocks[place]
            if isinstance(block, Table):
                grids.table(self, block)
                place += 1
            else:
                place = self._paragraph(blocks, place)

    def answer(self, label: str, targets: Targets, cell: Placed, place: str) -> None:
        """Put the answer in a cell to a label that stands elsewhere."""
        answer_in_cell(self, label, targets, cell, place)

    def table(self, table: Table) -> None:
        """Find the questions of a table."""
        grids.table(self, table)

    def in_row(self, row: Sequence[Placed], place: str) -> None:
        """Find the questions of a single row of a table."""
        grids.row_alone(self, row, place)

    def aside(self, blocks: Sequence[Block]) -> None:
        """Find what stands beside the body: references in page headers, stamps in text boxes."""
        seen: set[str] = set()
        for block in blocks:
            if block.part.startswith(("page header", "text box")):
                text = block.text if isinstance(block, Paragraph) else str(block.rows)
                if text not in seen:
                    seen.add(text)
                    self.at.sections, self.at.group, self.at.last = ("office",), "", ""
                    self.through((block,))

    def _paragraph(self, blocks: Sequence[Block], place: int) -> int:
        """Take the paragraph at a place, and what answers it below; gives the place after them."""
        paragraph = blocks[place]
        assert isinstance(paragraph, Paragraph)  # noqa: S101 - narrows for the type checker
        text = paragraph.text
        if not text and not is_filled_in(paragraph.pieces):
            return place + 1
        following = blocks[place + 1 :]
        if self.is_heading(paragraph, following):
            self.at.head(text, paragraph.place)
            return place + 1
        if columns := listed(text, self.at):
            taken = rows_of(columns, following, self)
            if taken:
                return place + 1 + taken
        if self.numbered and (numbered := numbered_question(paragraph)):
            return place + 1 + self._numbered(*numbered, paragraph.place, following)
        if sentences(self.at, paragraph):
            return place + 1
        if targets := self._row_label(paragraph):
            answer, taken = self._answer_below(targets, following)
            self.at.put(text, targets, answer, paragraph.place)
            return place + 1 + taken
        if self._pairs(paragraph):
            return place + 1 + self._below_last(paragraph, following)
        targets = self.at.asks(text) if self._looks_like_label(paragraph) else None
        if targets is not None or self._is_unknown_label(paragraph):
            answer, taken = self._answer_below(targets or (), following)
            self.at.put(text, targets or (), answer, paragraph.place)
            return place + 1 + taken
        if is_filled_in(paragraph.pieces):
            statements(self.at, paragraph.pieces, paragraph.place)
        return place + 1

    def is_heading(self, paragraph: Paragraph, following: Sequence[Block]) -> bool:
        """Whether a paragraph begins a part of the form."""
        text = paragraph.text
        if is_filled_in(paragraph.pieces) or len(text) > 120 or "\n" in text.strip():
            return False
        asks = self.at.asks(text)
        if paragraph.heading:
            return asks is None or not self._answers(following, self.at.begins(text))
        if not (is_bold(paragraph.pieces) or _is_capitals(text)) or text.endswith((":", "?")):
            return False
        if _ANSWERED.search(text) and self.at.asks(text.partition(":")[0]) is not None:
            return False  # `DATE OF REFERRAL: 06/06/2026` in capitals
        begins = self.at.vocabulary.heading(text)
        if self.bold and _PART.match(text):
            return True
        if self._answers(following, begins) and not (_NUMBERED.match(text) and begins):
            return asks is None and bool(begins) and len(text.split()) < 4
        return bool(begins) or bool(_NUMBERED.match(text))

    def _answers(self, following: Sequence[Block], sections: Sequence[str] = ()) -> bool:
        """Whether what follows can be the answer to a label above it: plain words that ask nothing themselves.

        `sections` are those that the words above would begin if they were a heading.
        """
        block = next((b for b in following if isinstance(b, Table) or b.text or is_filled_in(b.pieces)), None)
        if not isinstance(block, Paragraph) or block.heading or is_sentence(block):
            return False
        pairs, lead = pairs_in(next(iter(cut(block.pieces))), self.at.in_line((*sections, *self.at.contexts())))
        if is_bold(block.pieces) or (pairs and not plain(lead).strip()):
            return False
        return self.bold or self.at.asks(block.text) is None

    def _looks_like_label(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        if is_filled_in(paragraph.pieces):
            return False
        if is_bold(paragraph.pieces) or paragraph.heading or text.endswith(("?", ":")):
            return True
        return not self.bold and not text.endswith((".", ";")) and not text.startswith(("•", "-", "–"))

    def _is_unknown_label(self, paragraph: Paragraph) -> bool:
        text = paragraph.text
        looks = is_bold(paragraph.pieces) and (self.bold or text.endswith(("?", ":")))
        return looks and len(text) <= _LONG and not is_filled_in(paragraph.pieces)

    def _row_label(self, paragraph: Paragraph) -> Targets | None:
        return None if is_filled_in(paragraph.pieces) else self.at.of_row(paragraph.text)

    def _pairs(self, paragraph: Paragraph) -> bool:
        """Put the questions that are answered in their own line; gives whether there were any."""
        found = False
        for line in cut(paragraph.pieces):
            pairs, lead = pairs_in(line, self.at.in_line())
            if found and not pairs and plain(line).strip():
                self._goes_on(line)
            if plain(lead).strip(" \t.()0123456789") or (
                self.bold and len(plain(line)) > _GUIDANCE and not _has_bold(line)
            ):
                continue  # words with a colon somewhere in them: guidance, or a story
            for label, targets, answer in pairs:
                self.at.put(label, targets, answer, paragraph.place)
                found = True
        return found

    def _goes_on(self, line: Line) -> None:
        """Add a line to the answer that the line above began."""
        last = self.at.questions[-1]
        self.at.questions[-1] = replace(last, pieces=joined((last.pieces, line)))

    def _numbered(self, label: str, answer: Line, place: str, following: Sequence[Block]) -> int:
        """Put a numbered question with what stands after it and below it; gives how many blocks that takes."""
        targets = self.at.asks(label) or ()
        if not targets and label.count(",") > 1:
            self.at.head(label, place)  # `Family members (name, relationship, age)` begins the part it lists
        columns = listed(label, self.at) if not plain(answer).strip() else None
        if columns and (taken := rows_of(columns, following, self)):
            return taken
        more, taken = self._answer_below(targets, following)
        kept = [line for line in (answer, more) if plain(line).strip() or is_filled_in(line)]
        self.at.put(label, targets, joined(kept), place)
        return taken

    def _below_last(self, paragraph: Paragraph, following: Sequence[Block]) -> int:
        """Where the last question of a line has no answer in it, take what stands below; gives how many blocks."""
        last = self.at.questions[-1]
        led_up_to = paragraph.text.rstrip().endswith(":") and self._is_long(last.targets)
        if last.raw or is_filled_in(last.pieces) or not (self.bold or led_up_to):
            return 0
        answer, taken = self._answer_below(last.targets, following)
        if answer:
            self.at.questions[-1] = replace(last, pieces=answer)
        return taken if answer else 0

    def _answer_below(self, targets: Targets, following: Sequence[Block]) -> tuple[Line, int]:
        """The lines that answer a label above them, and how many blocks they take with the hints before them."""
        answer: list[Line] = []
        taken = 0
        for number, block in enumerate(following):
            if isinstance(block, Table):
                if not answer and (alone := grids.alone_in(block)) is not None and not self._asks_inside(alone):
                    return joined(line for line, _ in lines_of(alone)), number + 1
                break
            if not block.text and not is_filled_in(block.pieces):
                continue
            if self._ends_answer(block, following[number + 1 :]):
                break
            if not answer and _HINT.fullmatch(block.text) and not is_filled_in(block.pieces):
                taken = number + 1
                continue
            if answer and len(block.text) > _SHORT and not self._is_long(targets):
                break
            if answer and is_bold(block.pieces) and not is_bold(answer[-1]):
                break
            answer += list(cut(block.pieces))
            taken = number + 1
        return joined(answer), taken

    def _ends_answer(self, block: Paragraph, following: Sequence[Block]) -> bool:
        if self.numbered:
            return bool(begins_item(block.text)) or self.is_heading(block, following)
        if self.is_heading(block, following) or self._is_unknown_label(block) or is_sentence(block):
            return True
        if self._looks_like_label(block) and self.at.asks(block.text) is not None:
            return True
        pairs, lead = pairs_in(next(iter(cut(block.pieces))), self.at.in_line())
        return bool(pairs) and not plain(lead).strip()

    def _asks_inside(self, blocks: Sequence[Block]) -> bool:
        return any(pairs_in(line, self.at.in_line())[0] for line, _ in lines_of(blocks))

    def _is_long(self, targets: Targets) -> bool:
        return any(
            target.endswith(("_summary", "_address", "_action", "_detail", "_evidence", "_learning", "practice"))
            for target in targets
        )


def _has_bold(line: Line) -> bool:
    return any(piece.marks & Mark.BOLD and piece.text.strip() for piece in line)


def _is_capitals(text: str) -> bool:
    return text.isupper() and sum(letter.isalpha() for letter in text) > 5


def _labels_are_bold(blocks: Sequence[Block], vocabulary: Vocabulary) -> bool:
    """Whether the paragraphs that ask are bold in this form."""
    asking = [
        is_bold(block.pieces)
        for block in blocks
        if isinstance(block, Paragraph) and len(block.text) < _LONG and vocabulary.asks(plain(block.pieces), ())
    ]
    return sum(asking) >= 3 and sum(asking) * 2 >= len(asking)
