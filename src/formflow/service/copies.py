"""Making PDF copies: after the Word papers are out, oldest first, in small batches, and never in their way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from formflow.errors import TryLater
from formflow.outbox.copies import Wanted, put_copy, wanted
from formflow.reading.old_formats import libreoffice
from formflow.rendering.office.copy import finished
from formflow.rendering.office.office import Office

BATCH = 8
"""Papers in one call: warm, a batch takes half a second, so a restart or the end of the day waits for no more."""

NOT_INSTALLED = (
    "PDF copies are asked for, but LibreOffice is not installed on this computer. The Word papers are not affected. "
    'Install LibreOffice, or set "pdf = false" under [papers] in formflow.toml.'
)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of making copies."""

    count: int = 0
    """How many were put."""
    failed: tuple[Path, ...] = field(default=(), repr=False)
    """Papers LibreOffice made no sound PDF of; not tried again until they change or formflow is started anew."""
    busy: tuple[str, ...] = field(default=(), repr=False)
    """What has to be closed first, in words; tried again later."""
    again: frozenset[str] = frozenset()
    """The cases to be tried again."""
    missing: str = ""
    """Why there can be no copies at all; empty where there can."""

    @property
    def says(self) -> str:
        """What a person should know; empty when everything went well."""
        if self.missing:
            return self.missing
        parts = list(self.busy[:3])
        if len(self.busy) > len(parts):
            parts.append(f"So it is with {len(self.busy) - len(parts)} more.")
        if self.failed:
            some = ", ".join(path.name for path in self.failed[:3]) + (" and others" if len(self.failed) > 3 else "")
            parts.append(
                f"LibreOffice made no PDF of {len(self.failed)} {'paper' if len(self.failed) == 1 else 'papers'} "
                f"({some}). The Word papers are there; make the PDF in Word, or try: formflow papers REF --pdf"
            )
        return " ".join(parts)


@dataclass(slots=True)
class Copies:
    """Makes the copies that are missing. For one thread."""

    cases: Path
    """The folder that holds a folder for each case."""
    papers: Callable[[str], Mapping[str, str]]
    """The papers of a case by its reference, as the register lists them."""
    office: Office | None
    """None where LibreOffice is not installed."""
    edited: bool = False
    """Whether papers that people edited get a copy too."""
    _given_up: dict[Path, str] = field(default_factory=dict, init=False, repr=False)

    @classmethod
    def of(cls, cases: Path, papers: Callable[[str], Mapping[str, str]], *, edited: bool = False) -> Copies:
        """With the LibreOffice of this computer, if there is one."""
        program = libreoffice()
        return cls(cases, papers, Office(program) if program else None, edited)

    def refs(self) -> list[str]:
        """The references of all cases that have a folder."""
        return sorted(path.name for path in self.cases.iterdir() if path.is_dir()) if self.cases.is_dir() else []

    def make(self, refs: Iterable[str], step: Callable[[int, int], object] = lambda done, of: None) -> Made:
        """Make every copy these cases lack, oldest paper first. Stops when the office is closed by another thread.

        `step` is told how many papers are done, of how many.
        """
        wants, made = self._wanted(refs)
        if self.office is None:
            return Made(missing=NOT_INSTALLED if wants else "")
        for begin in range(0, len(wants), BATCH):
            step(begin, len(wants))
            made = self._batch(self.office, wants[begin : begin + BATCH], made)
            if self.office.closed:
                return made
        step(len(wants), len(wants))
        return made

    def _wanted(self, refs: Iterable[str]) -> tuple[list[Wanted], Made]:
        wants: list[Wanted] = []
        made = Made()
        for ref in refs:
            try:
                found = list(wanted(self.cases / ref, self.papers(ref), edited=self.edited))
            except (TryLater, OSError) as fault:
                made = _busy(made, ref, fault)
            else:
                wants += (want for want in found if self._given_up.get(want.paper) != want.sha256)
        return sorted(wants, key=lambda want: want.changed), made

    def _batch(self, office: Office, wants: Sequence[Wanted], made: Made) -> Made:
        papers: dict[Wanted, bytes] = {}
        for want in wants:
            try:
                papers[want] = want.paper.read_bytes()
            except OSError as fault:
                made = _busy(made, want.paper.parent.name, fault)
        for want, pdf in zip(papers, office.pdfs(list(papers.values())), strict=True):
            if pdf is not None or not office.closed:
                made = self._put(want, pdf, made)
        return made

    def _put(self, want: Wanted, pdf: bytes | None, made: Made) -> Made:
        try:
            copy = finished(pdf or b"", want.sha256)
        except ValueError:
            self._given_up[want.paper] = want.sha256
            return replace(made, failed=(*made.failed, want.paper))
        try:
            return replace(made, count=made.count + put_copy(want, copy))
        except (TryLater, OSError) as fault:
            return _busy(made, want.paper.parent.name, fault)


def _busy(made: Made, ref: str, fault: Exception) -> Made:
    says = str(fault) if isinstance(fault, TryLater) else f"A paper or copy of {ref} cannot be opened or written now."
    return replace(made, busy=(*made.busy, says), again=made.again | {ref})
