"""Telling a person how a decision was reached: answer by answer, criterion by criterion, day by day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.text import Text

from formflow.cli import show
from formflow.cli.tell import DUTY, GROUPS
from formflow.deciding.decision import Deadline, Evidence
from formflow.deciding.explaining import DayCounted, Explanation, Ground, Step
from formflow.rendering.statements import in_words

_CONFIRM = " (to be confirmed)"


def explanation(told: Explanation) -> None:
    """A recorded decision in full: the words, the answers, what was gathered, the result, and what it was made with."""
    show.title(f"{told.ref}: how its findings were reached on {show.day(told.on)}")
    for which, edition in told.editions.items():
        chosen = told.picked_by.get(which, "")
        _line(f"Guidance for the {which}: {in_words(edition or 'none')}" + (f" (by {chosen})" if chosen else ""))
    _heading("The duty to notify")
    _line(f"{DUTY[told.duty.type]}. {told.duty.reason}")
    for ground in told.duty_grounds:
        _line(_answer(ground), indent=2)
    for group, heading in GROUPS.items():
        _heading(heading)
        for step in told.steps:
            if step.finding.group == group:
                _step(step)
    _heading("Deadlines")
    for deadline, days in told.deadlines:
        _deadline(deadline, days)
    _rest(told)
    show.last("The safeguarding partners decide. To check that this can be worked out again: formflow verify")


def _step(step: Step) -> None:
    finding = step.finding
    _line(f"{finding.title}: {show.RESULT[finding.result]}", style="bold")
    confirm = "" if finding.confirmed else _CONFIRM
    words = f'"{finding.wording}" ' if finding.wording else ""
    _line(f"{words}{finding.source}{confirm}, edition {in_words(finding.edition or 'not recorded')}", indent=2)
    for ground in step.grounds:
        _line(_answer(ground), indent=2)
    for one in step.beside:
        _line(f"{'Register' if one.ref else 'Gathered'}: {_beside(one)}", indent=2)
    _line(finding.reason, indent=2)
    if step.would_settle:
        _line(f"Would be settled by: {'; '.join(step.would_settle)}", indent=2)
    if finding.would_meet:
        _line(f"Would have been met by: {finding.would_meet}", indent=2)


def _deadline(made: Deadline, days: Sequence[DayCounted]) -> None:
    word = show.STATUS[made.state][0]
    _line(f"{made.title}: {show.day(made.due)}, {word.lower()}", style="bold")
    confirm = "" if made.confirmed else _CONFIRM
    _line(f"{made.rule}. {made.source}{confirm}", indent=2)
    if days:
        _line("; ".join(_counted(days)), indent=2)


def _counted(days: Sequence[DayCounted]) -> Iterator[str]:
    """`Fri 29 May day 0; Sat 30 May Saturday; Mon 1 Jun day 1`."""
    for one in days:
        shown = f"{one.day:%a} {one.day.day} {one.day:%b}"
        yield f"{shown} {one.why or f'day {one.number}'}"


def _rest(told: Explanation) -> None:
    if told.tell:
        _heading("Who is told")
        rows = [("; ".join(to.name for to in one.to), one.title, show.day(one.due) if one.due else one.by,
                 one.source + ("" if one.confirmed else _CONFIRM)) for one in told.tell]  # fmt: skip
        show.table(("Who", "Of what", "By when", "Source"), rows)
    _heading("Routes open to the partners")
    for route in told.advice:
        for_, against = " ".join(route.for_), " ".join(route.against)
        says = "; ".join(x for x in (f"for: {for_}" if for_ else "", f"against: {against}" if against else "") if x)
        _line(f"{route.outcome.replace('_', ' ')}: {route.open.replace('_', ' ')}" + (f" ({says})" if says else ""))
    for flag in told.flags:
        _line(f"To see: {flag.says}")
    _heading("Made with")
    show.table(("", ""), list(told.receipt.items()))


def _answer(ground: Ground) -> str:
    raw = f', written "{ground.raw}"' if ground.raw and ground.raw != ground.read_as else ""
    place = f", {ground.place}" if ground.place else ""
    return f"{ground.question}: {ground.read_as}{raw}{place}"


def _beside(one: Evidence) -> str:
    return ", ".join(part for part in (one.says, one.ref, show.day(one.on) if one.on else "") if part)


def _heading(text: str) -> None:
    show.out.print()
    show.out.print(Text(text, style="bold underline"))


def _line(text: str, *, indent: int = 0, style: str = "") -> None:
    show.out.print(Text(" " * indent + text, style=style))
