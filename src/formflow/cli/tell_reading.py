"""Telling a person what was read on a form: questions first, then the answers by section."""

from __future__ import annotations

from collections.abc import Iterable

from rich.table import Table
from rich.text import Text

from formflow.cli import show
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.form import Form
from formflow.rendering.page.review import BY_LABEL, Line, Review, Standing, review
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
        show.table(
            ("", "", "What to mend or answer"), [(f"{a.number}.", a.word, show.said(a.message)) for a in made.asked]
        )
    for note in made.notes:
        show.out.print(Text(note))


def _answers(heading: str, made: Review, standings: tuple[Standing, ...]) -> None:
    """The answers that stand so, a table for each section; nothing where there are none."""
    parts = [(part.title, [line for line in part.lines if _is_told(line, standings)]) for part in made.parts]
    count = sum(len(lines) for _, lines in parts)
    if count:
        show.out.print()
        show.out.print(Text(f"{heading} ({count})", style="bold underline"))
    for title, lines in parts:
        if lines:
            show.out.print()
            show.out.print(Text(title, style="bold"))
            show.out.print(_table(lines))


def _is_told(line: Line, standings: tuple[Standing, ...]) -> bool:
    return line.standing in standings and (line.state != "blank" or bool(line.asked))


def _table(lines: Iterable[Line]) -> Table:
    """Question and answer; what else is known of an answer beside it, or below it where there is less room."""
    whole = show.out.width - 2
    wide = whole >= _WIDE
    shares = (0.24, 0.36, 0.12, 0.14, 0.14) if wide else (0.36, 0.64)
    drawn = Table.grid(padding=(0, 2, 0, 0))
    for share in shares:
        drawn.add_column(width=max(int(whole * share) - 2, 6), overflow="fold")
    for line in lines:
        drawn.add_row(*(_beside(line) if wide else _below(line)))
    return drawn


def _beside(line: Line) -> tuple[Text, ...]:
    return Text(line.title), Text(_words(line)), _state(line), Text(show.said(line.place)), Text(line.sure)


def _below(line: Line) -> tuple[Text, ...]:
    state = _state(line) if line.standing != "check" else Text()
    more = Text(", ".join(part for part in (show.said(line.place), line.sure) if part), style="dim")
    below = Text(", ").join(part for part in (state, more) if part)
    return Text(line.title), Text("\n").join(part for part in (Text(_words(line)), below) if part)


def _state(line: Line) -> Text:
    return Text(line.status, style=_STYLES.get(line.status, ""))


def _words(line: Line) -> str:
    """The answer in the words of the form, why it is open, and the numbers of the questions about it."""
    numbers = ", ".join(str(number) for number in line.asked)
    about = f"(question {numbers})" if numbers else ""
    return "\n".join(part for part in (show.said(line.words or line.raw), line.because, about) if part)


def _counted(made: Review) -> str:
    blank = sum(1 for line in made.lines if line.state == "blank")
    return (
        f"{_things(len(made.asked), 'question')} to settle, {_things(made.count('check'), 'answer')} to check, "
        f"{_things(blank, 'question')} not answered.\nNothing was recorded."
    )


def _things(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
