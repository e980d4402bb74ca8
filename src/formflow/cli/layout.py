"""Bringing a form of one's own: drafting its layout from a blank one, and proving it against filled-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from formflow import shipped
from formflow.cli import show
from formflow.cli.desk import Desk
from formflow.errors import Returned, Stop
from formflow.extracting.knowledge import askable
from formflow.extracting.layout import Layout, Layouts, parse_layout
from formflow.extracting.learning import draft
from formflow.extracting.proving import Line, Sample, lines, never_found, try_layout
from formflow.inbox.take import take
from formflow.outbox.put import put

NOT_PROVED = 5
"""The exit code for a layout with words that no sample carries, or with a field that is clear on none."""


def learn(form: Path, out: Path | None, folder: Path) -> int:
    """Draft the layout of a blank form; gives 0. Raises `Returned` for a form that cannot be read."""
    to = out or _place_for(form, folder)
    if to.exists():
        raise Stop(
            f"{to} is there already, and may hold somebody's work. Choose another name with -o, or move it away."
        )
    with Desk.open(layouts=folder / "layouts") as desk:
        arrival = take(form, _now())
        drafted = draft(desk.room.read(arrival.content, form.name, whole=True), form.name, desk.knowledge)
        parse_layout(to.stem, drafted.text, askable(desk.knowledge.vocabulary, desk.dictionary), ())
    if not drafted.placed and not drafted.open:
        raise Returned("not-a-form", f"No question was found in {show.shown(form.name)}. Is it the form itself?")
    put(to, drafted.text.encode("utf-8"))
    show.title(f"A layout is drafted: {to}")
    show.table(
        ("", ""),
        [
            ("Questions placed", str(drafted.placed)),
            ("Left for you to place", f"{drafted.open}, at the end of the file, with suggestions"),
        ],
    )
    show.last("Open it in a text editor beside the form and finish it. Then try it on forms that are filled in:")
    show.out.print(f'  formflow layout check "{to}" FORM...', soft_wrap=True)
    return 0


def check(layout: Path, files: Sequence[Path]) -> int:
    """Prove a layout against filled-in forms; gives 3 when one is not recognised, 5 when it is not proved, else 0."""
    with Desk.open() as desk:
        made = _layout(layout, desk)
        known = {name: each for name, each in _others(desk.knowledge.layouts).items() if name != made.name}
        knowledge = replace(desk.knowledge, layouts=Layouts((*known.values(), made)))
        samples, unread = [], []
        for file in files:
            try:
                document = desk.room.read(take(file, _now()).content, file.name, whole=True)
                samples.append(try_layout(document, show.shown(file.name), made, knowledge, _now().date()))
            except Returned as fault:
                unread.append((show.shown(file.name), f"cannot be read: {fault.says}"))
    return _tell(made, samples, unread)


def _tell(made: Layout, samples: Sequence[Sample], unread: Sequence[tuple[str, str]]) -> int:
    show.title(f"{made.name}: {made.title}")
    show.table(("Form", "What it is taken for"), [*((s.file, s.recognised) for s in samples), *unread])
    fared = list(lines(made, samples))
    show.out.print()
    show.table(("Field", "Answered", "Blank", "Not clear"), [_row(line) for line in fared])
    doubts = [doubt for line in fared for doubt in line.doubts]
    missing = never_found(made, samples)
    if doubts:
        show.out.print()
        show.table(("Answers that are not clear",), [(doubt,) for doubt in dict.fromkeys(doubts)])
    if missing:
        show.out.print()
        show.table(("In the layout, and on none of these forms",), [(each,) for each in missing])
    bad = len(unread) + sum(not sample.is_known for sample in samples)
    never = [line.target for line in fared if line.doubts and not line.answered]
    show.last(_verdict(len(samples) + len(unread), bad, len(missing), never))
    return 3 if bad else NOT_PROVED if missing or never else 0


def _verdict(total: int, bad: int, missing: int, never: Sequence[str]) -> str:
    forms = f"{total} form{'s' * (total != 1)}"
    if bad:
        return f"{bad} of {forms} not recognised as this form: see the first table."
    if missing:
        return (
            f"{forms} recognised, but {missing} of the layout's lines are on none of them. Compare the words with the "
            "form, letter for letter, or add a form that has them."
        )
    if never:
        return (
            f"{forms} recognised, but no clear answer was found for {', '.join(never)}. Does the layout put these "
            "words behind the right field?"
        )
    return (
        f'Proved on {forms}: everything the layout says was found. Put it in the folder "layouts" of your working '
        "folder."
    )


def _row(line: Line) -> tuple[str, str, str, str]:
    return line.target, str(line.answered), str(line.blank), str(len(line.doubts) or "")


def _layout(path: Path, desk: Desk) -> Layout:
    if not path.is_file():
        raise Stop(f"There is no layout {path}. Draft one with: formflow layout learn BLANK_FORM")
    known = askable(desk.knowledge.vocabulary, desk.dictionary)
    return parse_layout(path.stem, shipped.toml_text(path), known, tuple(desk.dictionary.sections))


def _others(layouts: Layouts) -> dict[str, Layout]:
    return {layout.name: layout for layout in layouts.layouts}


def _place_for(form: Path, folder: Path) -> Path:
    """Where a drafted layout goes unless somebody says: into the working folder's layouts, else where one is."""
    name = "-".join("".join(c if c.isalnum() else " " for c in form.stem.casefold()).split()) or "form"
    home = folder / "layouts"
    return (home if home.is_dir() else Path()) / f"{name}.toml"


def _now() -> datetime:
    return datetime.now().astimezone()
