"""Looking after formflow: is it fit to start, and is what it recorded still what was recorded?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from formflow import shipped
from formflow.cli import show
from formflow.cli.templates import look_over
from formflow.deciding.decide import decide
from formflow.errors import FormflowError, NotVerified, Stop
from formflow.pipeline import rulebook, the_dictionary, the_knowledge
from formflow.reading.old_formats import libreoffice
from formflow.recording.register import Register
from formflow.recording.verify import verify as verify_register
from formflow.rendering.drafts.message import address
from formflow.service.copies import NOT_INSTALLED
from formflow.settings import WorkingFolder


def check(folder: Path) -> None:
    """Say of each part of the set-up how it is. Raises `Stop` when something is to be mended."""
    rows: list[tuple[str, str]] = []
    faults = 0
    for what, look in _CHECKS.items():
        try:
            rows.append((what, look(folder)))
        except FormflowError as fault:
            faults += 1
            rows.append((what, f"to mend: {fault}"))
    show.title("formflow check")
    show.table(("What", "How it is"), rows)
    if faults:
        raise Stop(f"{faults} {'thing' if faults == 1 else 'things'} to mend; see above.")
    show.last(f'Everything is fit to start: formflow watch --folder "{folder.resolve()}"')


def verify(folder: Path) -> None:
    """Check the register against itself. Raises `NotVerified`, naming what does not agree."""
    working = WorkingFolder.open(folder)
    rules = rulebook(working, the_dictionary())
    report = verify_register(
        working.register, lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history)
    )
    show.title("formflow verify")
    show.table(
        ("Checked", ""),
        [
            ("Lines of the audit chain", str(report.lines)),
            ("Forms in the evidence store", str(report.forms)),
            ("Decisions worked out again", str(report.decisions)),
            ("Sealed when last closed", "yes" if report.sealed else "no: it is in use, or was not closed cleanly"),
        ],
    )
    if report.problems:
        raise NotVerified("The register does not agree with itself. " + " ".join(report.problems))
    show.last("Everything is as it was recorded.")


def _layouts(folder: WorkingFolder) -> str:
    """The layouts that are known, the partnership's own apart."""
    names = [layout.name for layout in the_knowledge(folder.layouts).layouts.layouts]
    own = [name for name in names if name not in shipped.texts("layouts")]
    return ", ".join(name for name in names if name not in own) + (f"; your own: {', '.join(own)}" if own else "")


def _register(folder: Path) -> str:
    working = WorkingFolder.open(folder)
    with Register.open(working.register, datetime.now().astimezone, writing=False) as opened:
        return f"{len(opened.cases())} cases"


def _local(folder: Path) -> str:
    """What the partnership laid over the guidance, and what it has not said yet."""
    working = WorkingFolder.open(folder)
    chosen, kept = working.settings.local, working.settings.retention
    known = set().union(*(e.recipients for e in rulebook(working, the_dictionary()).guidance.editions))
    named = {*chosen.tell_of_harm_to_looked_after, *(address.recipient for address in chosen.recipients)}
    if strangers := sorted(named - known):
        raise Stop(f'The settings name recipients the guidance does not know: {", ".join(strangers)}. Mend "local".')
    if wrong := [one.name for one in chosen.recipients if one.email and address(one.name, one.email) is None]:
        raise Stop(f'These recipients have an e-mail address that cannot be used: {", ".join(wrong)}. Mend "local".')
    began = (
        f"{chosen.arrangements_began:%d %B %Y}" if chosen.arrangements_began else "not set (29 September 2019 taken)"
    )
    years = f"{kept.years} years" if kept.years else "not set"
    return f"arrangements began: {began}; {len(chosen.milestones)} local steps; closed cases kept: {years}"


def _inboxes(folder: Path) -> str:
    """Every inbox, and whether it is there now. Never to mend: one that is away is waited for."""
    found = WorkingFolder.open(folder).inboxes
    return "; ".join(f"{one.name}: {one.path}" + ("" if one.path.is_dir() else " (not there now)") for one in found)


def _copies(folder: Path) -> str:
    """Whether there are PDF copies of papers, and can be. Never to mend: the Word papers do not depend on them."""
    if not WorkingFolder.open(folder).settings.papers.pdf:
        return "not asked for"
    program = libreoffice()
    return f"made by {program}" if program else NOT_INSTALLED


_CHECKS: dict[str, Callable[[Path], str]] = {
    "Working folder and settings": lambda folder: str(WorkingFolder.open(folder).root),
    "Inboxes": _inboxes,
    "Questions": lambda _: f"{len(the_dictionary().fields)} in the field dictionary",
    "Layouts of forms": lambda folder: _layouts(WorkingFolder.open(folder)),
    "Guidance": lambda folder: ", ".join(
        edition.id for edition in rulebook(WorkingFolder.open(folder), the_dictionary()).guidance.editions
    ),
    "Local arrangements": _local,
    "PDF copies": _copies,
    "Templates": look_over,
    "Register": _register,
}
