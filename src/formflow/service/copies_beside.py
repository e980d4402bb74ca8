"""Copies made beside the watch: a thread that is told which case has new papers, and never keeps a form waiting."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from formflow.errors import plainly
from formflow.pipeline import Pipeline
from formflow.service.copies import Copies

log = logging.getLogger("formflow")

_AGAIN = 60.0
"""Seconds until a copy that is open in a reader is tried again."""
_RESTS_AFTER = 300.0
"""Seconds without a new paper until the warm LibreOffice is ended, to give its memory back."""


@dataclass(slots=True)
class CopiesBeside:
    """A thread that makes copies until it is told to end."""

    copies: Copies
    _due: set[str] = field(default_factory=set, init=False, repr=False)
    _told: threading.Condition = field(default_factory=threading.Condition, init=False, repr=False)
    _later: set[str] = field(default_factory=set, init=False, repr=False)
    _ending: bool = field(default=False, init=False)
    _said: str = field(default="", init=False, repr=False)
    _thread: threading.Thread | None = field(default=None, init=False, repr=False)

    @classmethod
    def begin(cls, pipeline: Pipeline) -> CopiesBeside | None:
        """Begin with whatever is missing in any case; None where the settings ask for no copies."""
        if not pipeline.folder.settings.papers.pdf:
            return None
        beside = cls(Copies.of(pipeline.folder.outbox / "cases", pipeline.register.papers))
        beside._thread = threading.Thread(target=beside._work, name="formflow-copies", daemon=True)
        beside._thread.start()
        return beside

    def tell(self, ref: str) -> None:
        """A case has new papers."""
        with self._told:
            self._due.add(ref)
            self._told.notify()

    def end(self) -> None:
        """End within moments; what is not copied yet is found missing by the next start."""
        with self._told:
            self._ending = True
            self._told.notify()
        if self.copies.office is not None:
            self.copies.office.close()
        if self._thread is not None:
            self._thread.join()

    def _work(self) -> None:
        try:
            self._make(self.copies.refs())
            while due := self._wait():
                self._make(sorted(due))
        except Exception as fault:  # noqa: BLE001 - copies must never take the watch with them
            log.error("PDF copies have stopped; the Word papers go on. %s", plainly(fault))
        finally:
            if self.copies.office is not None:
                self.copies.office.rest()

    def _make(self, refs: list[str]) -> None:
        made = self.copies.make(refs)
        self._later = set(made.again)
        if made.count:
            log.info("%s PDF %s made", made.count, "copy" if made.count == 1 else "copies")
        if made.says and made.says != self._said:
            log.warning("%s", made.says)
        self._said = made.says

    def _wait(self) -> set[str]:
        """The cases whose copies are due; none when it is to end."""
        with self._told:
            while not self._due and not self._ending:
                if not self._told.wait(_AGAIN if self._later else _RESTS_AFTER):
                    self._due |= self._later
                    if not self._due and self.copies.office is not None:
                        self.copies.office.rest()
            due, self._due = self._due | self._later, set()
            return set() if self._ending else due
