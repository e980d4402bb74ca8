"""Looking after formflow: is it fit to start, and is what it recorded still what was recorded?"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from formflow import modes, shipped
from formflow.cli import show
from formflow.cli.templates import look_over
from formflow.deciding.decide import decide
from formflow.errors import FormflowError, NotVerified, Stop
from formflow.pipeline import rulebook, the_dictionary, the_knowledge
from formflow.reading import passwords
from formflow.reading.old_formats import libreoffice
from formflow.recording.keyed.keys import keys_of
from formflow.recording.proof import anchors
from formflow.recording.proof.verify import Report
from formflow.recording.proof.verify import verify as verify_register
from formflow.recording.register import Register
from formflow.recording.several.address import shown
from formflow.rendering.drafts.message import address
from formflow.service.copies import NOT_INSTALLED
from formflow.service.keeping.anchors import anchors_in
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


def verify(folder: Path, typed: Sequence[str] = ()) -> None:
    """Check the register against itself, and against the lines that the tracker, the papers and people tell of.

    Raises `NotVerified`, naming what does not agree.
    """
    working = WorkingFolder.open(folder)
    report = _checked(working, working.settings.register_address, [anchors.typed(text) for text in typed])
    show.title("formflow verify")
    keyed = f"from line {report.keyed_from} on" if report.keyed_from else "no"
    rows = [
        ("Lines of the audit chain", str(report.lines)),
        ("Made with a key", keyed),
        ("Lines told of by tracker and papers", str(report.anchors)),
        ("Forms in the evidence store", str(report.forms)),
        ("Decisions worked out again", str(report.decisions)),
        ("Sealed when last closed", _SEALED[report.sealed]),
    ]
    if report.erased:
        rows.append(("Cases erased", ", ".join(report.erased)))
    show.table(("Checked", ""), rows)
    for words in report.unsure:
        show.out.print(f"Not checked: {words}", soft_wrap=True, markup=False)
    if report.problems:
        raise NotVerified("The register does not agree with itself. " + " ".join(report.problems))
    left = "Everything that could be checked is as it was recorded."
    show.last(left if report.unsure else "Everything is as it was recorded.")


def problems_of(working: WorkingFolder, address: str) -> tuple[str, ...]:
    """What does not agree in the register at an address, or in the file in the register folder."""
    return _checked(working, address).problems


def _checked(working: WorkingFolder, address: str, told: Sequence[anchors.Anchor] = ()) -> Report:
    rules = rulebook(working, the_dictionary())
    return verify_register(
        working.register,
        lambda case, on, receipt, history: decide(case, rules.as_in(receipt), on, history),
        keys_of(working),
        [*told, *anchors_in(working.outbox)],
        address,
    )


_SEALED = {
    True: "yes",
    False: "no: it is in use, or was not closed cleanly",
    None: "a database has no seal; its chain was gone through from the first line",
}


def _layouts(folder: WorkingFolder) -> str:
    """The layouts that are known, the partnership's own apart."""
    names = [layout.name for layout in the_knowledge(folder.layouts).layouts.layouts]
    own = [name for name in names if name not in shipped.texts("layouts")]
    return ", ".join(name for name in names if name not in own) + (f"; your own: {', '.join(own)}" if own else "")


def _register(folder: Path) -> str:
    working = WorkingFolder.open(folder)
    address = working.settings.register_address
    with Register.of(working, datetime.now().astimezone, writing=False) as opened:
        if begun := opened.unfinished():
            raise Stop(f"The erasure of {begun.subject} is not finished. To finish it: formflow erase {begun.subject}")
        return f"{len(opened.cases())} cases" + (f", in {shown(address)}" if address else "")


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


def _key(folder: Path) -> str:
    """Whether there is a key, and what it is used for; that it is there and sound is seen by reading it."""
    working = WorkingFolder.open(folder)
    keys = keys_of(working)
    if keys is None:
        return "none: the audit chain is made without"
    return f"{keys.id}; originals and answers {'are' if working.settings.security.encrypt else 'are not'} encrypted"


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


def _others(folder: Path) -> str:
    """Who else on this computer could look in. Never to mend: a share may be closed by other means than modes."""
    working = WorkingFolder.open(folder)
    if os.name != "posix":
        return "not looked at on Windows; the rights of the folders count (docs/security.md)"
    outer = modes.open_places([working.root])
    inner = (working.inbox, working.outbox, working.templates) if outer else ()
    found = modes.open_places([*inner, working.register])
    if not found:
        return "nobody but the owner and the group"
    named = " ".join(f'"{place}"' for place in found)
    return f"everybody with an account on this computer may look into some of it; to close it: chmod -R o-rwx {named}"


_CHECKS: dict[str, Callable[[Path], str]] = {
    "Working folder and settings": lambda folder: str(WorkingFolder.open(folder).root),
    "Inboxes": _inboxes,
    "Questions": lambda _: f"{len(the_dictionary().fields)} in the field dictionary",
    "Layouts of forms": lambda folder: _layouts(WorkingFolder.open(folder)),
    "Guidance": lambda folder: ", ".join(
        edition.id for edition in rulebook(WorkingFolder.open(folder), the_dictionary()).guidance.editions
    ),
    "Local arrangements": _local,
    "Key": _key,
    "PDF copies": _copies,
    "Passwords of forms": lambda _: passwords.state(),
    "Templates": look_over,
    "Register": _register,
    "Who can look in": _others,
}
