"""The papers of one case: which there are, whether somebody has edited them, and their PDF copies."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from formflow.cli import show
from formflow.errors import Stop, TryLater
from formflow.outbox.copies import copy_state, current_papers
from formflow.outbox.put import fingerprint
from formflow.recording.register import Register
from formflow.service.copies import Copies
from formflow.settings import WorkingFolder

_COPY = {"missing": "no", "made": "yes", "old": "yes, of what the paper said before", "theirs": "not formflow's own"}


def papers(ref: str, folder: Path, *, pdf: bool) -> None:
    """List the current papers of a case; with `pdf` make their copies first, also of those that people edited.

    Raises `Stop` when there is no such case, `TryLater` when copies cannot be made now.
    """
    working = WorkingFolder.open(folder)
    ref = ref.strip().upper()
    with Register.open(working.register, lambda: datetime.now().astimezone(), writing=False) as register:
        if register.case(ref) is None:
            raise Stop(
                f"There is no case {ref} in this working folder. To see the cases there are: formflow cases --all"
            )
        listed = register.papers(ref)
    cases = working.outbox / "cases"
    trouble = _make_copies(cases, ref, listed) if pdf else ""
    show.title(f"Papers of {ref}")
    show.table(("Paper", "How it is", "PDF copy"), list(_rows(cases / ref, listed)))
    show.out.print(f'They lie in {cases / ref}; each name begins with "{ref}_".', soft_wrap=True)
    if trouble:
        raise TryLater(trouble)


def _make_copies(cases: Path, ref: str, listed: Mapping[str, str]) -> str:
    """Make the copies that are missing; gives why some are not, or nothing."""
    copies = Copies.of(cases, lambda _: listed, edited=True)
    try:
        return copies.make([ref]).says
    finally:
        if copies.office is not None:
            copies.office.close()
            copies.office.rest()


def _rows(place: Path, listed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for path, sha256 in sorted(current_papers(place, listed)):
        try:
            how = "as formflow wrote it" if fingerprint(path) == sha256 else "edited since"
            copy = _COPY[copy_state(path)] if path.suffix == ".docx" else ""
        except TryLater:
            how, copy = "open in another program", ""
        yield path.name.removeprefix(f"{place.name}_"), how, copy
