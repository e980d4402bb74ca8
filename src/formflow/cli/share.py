"""Sharing: a version of a case's papers without names, what is left in it, and the key that stays behind."""

from __future__ import annotations

from pathlib import Path

from formflow.cli import show
from formflow.cli.work import now
from formflow.errors import Stop
from formflow.outbox.share import put_shared
from formflow.pipeline import the_dictionary
from formflow.recording.register import Register
from formflow.rendering.papers.about import About
from formflow.rendering.papers.sharing import SharedMode, Sharing, sharing
from formflow.rendering.render import Renderer
from formflow.settings import WorkingFolder


def share(ref: str, mode: SharedMode, folder: Path) -> None:
    """Write the shared version of a case, its check and its key, and note in the register that it was made.

    Raises `Stop` for a case that is not there or has nothing to share, `TryLater` while `watch` is at work.
    """
    working = WorkingFolder.open(folder)
    with Register.open(working.register, now, address=working.settings.register_address) as register:
        record = register.case(ref.upper())
        if record is None:
            raise Stop(
                f"There is no case {ref} in this working folder. To see the cases there are: formflow cases --all"
            )
        about = About(
            record.case, record.decision, the_dictionary(), working.settings, record.case.received[-1], record.receipt
        )
        made = sharing(about, Renderer(working.templates), mode, now().date())
        register.shared(record.ref, mode)  # before the papers are out: none is ever out that no line tells of
        shared, apart = put_shared(working.outbox / "cases" / record.ref, made)
    _tell(record.ref, made, shared, apart)


def _tell(ref: str, made: Sharing, shared: list[Path], apart: list[Path]) -> None:
    """Where everything lies, and how much there is to look at; nothing of what was found."""
    show.title(f"A version of {ref} for sharing is made")
    for says, paths in (("To share, once it is checked:", shared), ("Not to be shared:", apart)):
        show.out.print(says)
        for path in paths:
            show.out.print(f"  {path}", soft_wrap=True)
    left = len(made.finds)
    found = (
        f"{left} {'thing' if left == 1 else 'things'} to look at" if left else "nothing was found, which is no proof"
    )
    show.last(f"Before you share it: open the check ({found}), and have a second person read the papers.")
