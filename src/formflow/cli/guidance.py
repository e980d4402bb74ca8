"""The guidance as people see it: an edition in full, and what a new one would change before it goes live."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from formflow import shipped
from formflow.cli import shapes, show
from formflow.deciding.comparing import CaseChange, Change, compare_cases, compare_editions
from formflow.deciding.edition import Edition, Guidance
from formflow.deciding.history import history_of
from formflow.errors import Stop
from formflow.pipeline import rulebook, the_dictionary
from formflow.recording.register import Register
from formflow.settings import WorkingFolder


def compare(old: str, new: str, folder: Path, *, as_json: bool) -> None:
    """List what a new edition would change: in the guidance itself, and for every case of the register."""
    held = _held()
    before, after = find(old, held), find(new, held)
    cases = _cases(before, after, folder)
    words = tuple(compare_editions(before, after))
    if as_json:
        shape: dict[str, shapes.Json] = {
            "old": before.id,
            "new": after.id,
            "editions": shapes.changes(words),
            "cases": [{"ref": one.ref, "changes": shapes.changes(one.changes)} for one in cases],
        }
        show.put_json(shape)
    else:
        _tell(before, after, words, cases)


def find(name: str, held: Guidance) -> Edition:
    """An edition by its first day or short name, or from a file that is not live yet. Raises `Stop` for neither."""
    if (known := held.named(name)) is not None:
        return known
    path = Path(name)
    if path.suffix == ".toml" and path.is_file():
        texts = shipped.texts("guidance") | {path.stem: path.read_text(encoding="utf-8")}
        return next(edition for edition in Guidance.parse(texts).editions if edition.id == path.stem)
    names = ", ".join(edition.id for edition in held.editions)
    raise Stop(f'There is no edition of the guidance called "{name}". There are {names}; or name a .toml file.')


def show_edition(name: str | None) -> None:
    """One edition in full, or the list of them; what is not checked is marked."""
    held = _held()
    if name is None:
        show.title("Editions of the guidance")
        rows = [(e.id, ", ".join(e.names), e.title, _confirmed(e.confirmed)) for e in held.editions]
        show.table(("From", "Known as", "Title", ""), rows)
        show.last("For one in full: formflow guidance show 2023")
        return
    edition = find(name, held)
    show.title(f"{edition.title}, from {show.day(edition.first_day)}")
    show.out.print(edition.status)
    today = datetime.now().astimezone().date()
    parts: list[tuple[str, str, str, str]] = []
    for limit in edition.limits.values():
        parts.append((limit.title, limit.rule, limit.source, _confirmed(limit.confirmed)))
    for criterion in edition.criteria.values():
        words = edition.as_called(criterion.wording, today)
        parts.append((criterion.title, words, criterion.source, _confirmed(criterion.confirmed)))
    for event in edition.events.values():
        to = "; ".join(edition.recipient(one, today) for one in event.to)
        parts.append((event.title, f"{to}: {event.what} {event.by}", event.source, _confirmed(event.confirmed)))
    for terms in edition.terms.values():
        for term in terms:
            parts.append((term.words, f"from {show.day(term.begins)}", term.source, _confirmed(term.confirmed)))
    show.table(("What", "What it says", "Source", ""), parts)
    show.last("An edition is never edited. A new one is a new file; see what it changes: formflow guidance compare")


def _cases(old: Edition, new: Edition, folder: Path) -> tuple[CaseChange, ...]:
    working = WorkingFolder.open(folder)
    rules = rulebook(working, the_dictionary())
    rules = replace(rules, guidance=_held())
    now = datetime.now().astimezone
    address = working.settings.register_address
    with Register.open(working.register, now, writing=False, address=address) as register:
        cases = [record.case for record in register.cases()]
    today: date = now().date()
    return tuple(compare_cases(cases, old, new, rules, today, history_of(cases)))


def _tell(old: Edition, new: Edition, words: tuple[Change, ...], cases: tuple[CaseChange, ...]) -> None:
    show.title(f"From {old.title} to {new.title}")
    show.table(("In the guidance", "", "Now", "New"), [(one.what, one.key, one.old, one.new) for one in words])
    show.out.print()
    rows = [(case.ref, one.what, one.key, one.old, one.new) for case in cases for one in case.changes]
    show.table(("Case", "What", "", "Now", "New"), rows)
    number = "1 case" if len(cases) == 1 else f"{len(cases)} cases"
    show.last(f"{number} would come out differently. Nothing was changed or recorded.")


def _held() -> Guidance:
    return Guidance.parse(shipped.texts("guidance"))


def _confirmed(yes: bool) -> str:
    return "" if yes else "to be confirmed"
