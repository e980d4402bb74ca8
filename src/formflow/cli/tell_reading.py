"""Telling a person what was read on a form: questions first, then the answers by section."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.text import Text

from formflow.cli import show
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Form
from formflow.rendering.review import BY_LABEL, Line, Review, Standing, review
from formflow.validating.submission import Submission

_WIDE = 110
"""Columns of a terminal from which everything about an answer stands beside it, not below it."""
_STYLES: dict[str, str] = {
    "Answered": "green",
    "Please check": "yellow",
    "Not clear": "bold red",
    "Cannot be read": "bold red",
    "Not known": "cyan",
    "Not applicable": "cyan",
}


def reading(name: str, form: Form, submission: Submission, dictionary: Dictionary) -> None:
    """The questions and answers of a form."""
    made = review(form, submission, dictionary)
    if form.reason:
        show.title(name)
        show.last(form.says)
        return
    show.title(f"{name}: {form.kind.replace('-', ' ')}, read as {made.layout}")
    _questions(made)
    _answers("Answers", made, ("ask", "sound"))
    _answers(BY_LABEL, made, ("check",))
    show.last(_counted(made))


def _questions(made: Review) -> None:
    if made.asked:
        show.out.print()
        show.table(("", "", "What to mend or answer"), [(f"{a.number}.", a.word, show.said(a.message)) for a in made.asked])
    for note in made.notes:
        show.out.print(Text(note))


def _answers(heading: str, made: Review, standings: tuple[Standing, ...]) -> None:
    """A table of the answers that stand so, section by section; nothing where there are none."""
    wide = show.out.width >= _WIDE
    rows: list[tuple[str | Text, ...]] = []
    count = 0
    for part in made.parts:
        lines = [line for line in part.lines if line.standing in standings and line.state != "blank"]
        if lines:
            rows.append((Text(part.title, style="bold"), *("" for _ in range(4 if wide else 1))))
            rows += (_beside(line) if wide else _below(line) for line in lines)
            count += len(lines)
    if count:
        show.out.print()
        show.out.print(Text(f"{heading} ({count})", style="bold underline"))
        show.table(("Question", "Answer", "State", "Where", "How sure") if wide else ("Question", "Answer"), rows)


def _beside(line: Line) -> tuple[str | Text, ...]:
    return line.title, _words(line), _state(line), show.said(line.place), line.sure


def _below(line: Line) -> tuple[str | Text, ...]:
    more = ", ".join(part for part in (show.said(line.place), line.sure) if part)
    below = Text.assemble(_state(line), (f" {more}" if more else "", "dim"))
    return line.title, Text("\n").join([Text(_words(line)), below]) if _words(line) else below


def _state(line: Line) -> Text:
    return Text(line.status, style=_STYLES.get(line.status, ""))


def _words(line: Line) -> str:
    """The answer in the words of the form, why it is open, and the numbers of the questions about it."""
    numbers = ", ".join(str(number) for number in line.asked)
    about = f"(question {numbers})" if numbers else ""
    return "\n".join(part for part in (show.said(line.words or line.raw), line.because, about) if part)


def _counted(made: Review) -> str:
    return " ".join(_sentences(made))


def _sentences(made: Review) -> Iterator[str]:
    yield f"{_number(made.asked, 'question')} to settle, {made.count('check')} answers to check,"
    yield f"{sum(1 for line in made.lines if line.state == 'blank')} questions not answered. Nothing was recorded."


def _number(things: Iterable[object], name: str) -> str:
    count = sum(1 for _ in things)
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
