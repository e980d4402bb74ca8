"""The papers of one case: which there are, whether somebody has edited them, and their PDF copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from formflow.cli import show
from formflow.deciding.case import Case
from formflow.errors import Stop, TryLater
from formflow.outbox.copies import copy_state, current_papers
from formflow.outbox.put import fingerprint
from formflow.recording.register import Register
from formflow.rendering.names.inside import Part, parts_of
from formflow.rendering.names.left import Find, left_in
from formflow.rendering.names.lore import mode_of
from formflow.rendering.paper import Paper, kind_of
from formflow.rendering.papers.prefilled import is_prefilled
from formflow.service.copies import Copies
from formflow.settings import Names, Settings, WorkingFolder

NAMES = frozenset({"full name", "forename or surname"})
"""What is looked for here; everything else is for the check before sharing."""
_COPY = {"missing": "no", "made": "yes", "old": "yes, of what the paper said before", "theirs": "not formflow's own"}


def papers(ref: str, folder: Path, *, pdf: bool) -> None:
    """List the current papers of a case; with `pdf` make their copies first, also of those that people edited.

    Raises `Stop` when there is no such case, `TryLater` when copies cannot be made now.
    """
    working = WorkingFolder.open(folder)
    ref = ref.strip().upper()
    address = working.settings.register_address
    with Register.open(working.register, datetime.now().astimezone, writing=False, address=address) as register:
        record = register.case(ref)
        if record is None:
            raise Stop(
                f"There is no case {ref} in this working folder. To see the cases there are: formflow cases --all"
            )
        listed = register.papers(ref)
    cases = working.outbox / "cases"
    trouble = _make_copies(cases, ref, listed) if pdf else ""
    show.title(f"Papers of {ref}")
    show.table(("Paper", "How it is", "PDF copy"), list(_rows(cases / ref, listed)))
    for line in _names_left(cases / ref, listed, record.case, working.settings):
        show.out.print(line, soft_wrap=True)
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


def _names_left(place: Path, listed: Mapping[str, str], case: Case, settings: Settings) -> Iterator[str]:
    """In which papers that should show none names of the case stand, how many and where; never which names."""
    clean, parts = True, defaultdict[Names, list[Part]](list)
    for path, _ in sorted(current_papers(place, listed)):
        kind = kind_of(path.name)
        mode = mode_of(kind, settings)
        if path.suffix != ".docx" or mode == "named" or is_prefilled(kind):
            continue
        try:
            parts[mode] += parts_of(Paper(path.name, path.read_bytes()))
        except (Stop, OSError):
            clean = False
            yield f"{kind} cannot be opened, so it was not looked through for names."
    found: dict[str, list[Find]] = {}
    for mode, held in parts.items():
        for find in left_in(held, case, mode):
            if find.kind in NAMES:
                found.setdefault(find.paper, []).append(find)
    for kind, finds in sorted(found.items()):
        where = "; ".join(dict.fromkeys(find.place for find in finds))
        yield f"Names are left in {kind}: {sum(find.times for find in finds)}, under: {where}."
    if clean and not found:
        yield "No name of the case was found in a paper that should show none. That is no proof."


def _rows(place: Path, listed: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for path, sha256 in sorted(current_papers(place, listed)):
        try:
            how = "as formflow wrote it" if fingerprint(path) == sha256 else "edited since"
            copy = _COPY[copy_state(path)] if path.suffix == ".docx" else ""
        except TryLater:
            how, copy = "open in another program", ""
        yield path.name.removeprefix(f"{place.name}_"), how, copy
