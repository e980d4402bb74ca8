"""What can go wrong, and what happens next.

    FormflowError
    ├── Stop          our own set-up is wrong: nothing is taken until somebody mends it        exit 2
    ├── Returned      a form that the sender can mend: it goes back with every reason         exit 3
    │   └── BeyondLimits
    ├── TryLater      something is busy or away: nothing is lost, it is tried again           exit 4
    └── NotVerified   the register or the evidence is not what was recorded                   exit 5

Errors are raised deep and caught only in `service` and `cli`. Each says what is wrong, where, and what to do now, in
one plain paragraph, and never holds a child's name.
"""

from __future__ import annotations

from pathlib import Path


class FormflowError(Exception):
    """Something formflow expected might happen; `str(error)` is the paragraph for the person."""

    exit_code = 1


class Stop(FormflowError):
    """Our own set-up is wrong: settings, folders, guidance or templates."""

    exit_code = 2


class Returned(FormflowError):
    """A file that cannot be taken as it is.

    `reason` is one of the words of the command-line contract (`password`, `damaged`, `empty`, `old-word-format`,
    `other-format`, `wrong-kind`, `unsafe-xml`, `too-large`, `too-complex`, `xfa-only`, `no-pages`, `scan-no-text`,
    `ambiguous`, `not-a-form`, `link`, `no-permission`, `not-a-file`, `name-too-long`) or `to-mend` for a form whose
    answers must be mended; `says` is the sentence for the person; `problems` lists everything to mend, at once.
    """

    exit_code = 3

    def __init__(self, reason: str, says: str, problems: tuple[str, ...] = ()) -> None:
        super().__init__(says)
        self.reason = reason
        self.says = says
        self.problems = problems or (says,)

    def __reduce__(self) -> tuple[type[Returned], tuple[str, str, tuple[str, ...]]]:
        """Travels whole between processes."""
        return type(self), (self.reason, self.says, self.problems)


class BeyondLimits(Returned):
    """A file whose reader was killed or ran over its limits; in an inbox it is tried once more, then set aside."""


class TryLater(FormflowError):
    """Something is busy or away (a file still open, the share offline): nothing is lost.

    `reason` is a word for programs: `busy` where nothing more is known.
    """

    exit_code = 4

    def __init__(self, says: str, reason: str = "busy") -> None:
        super().__init__(says)
        self.reason = reason


class NotVerified(FormflowError):
    """The register or the evidence store does not agree with its own audit chain."""

    exit_code = 5


def plainly(fault: BaseException) -> str:
    """An unexpected fault for a person: its kind and where it arose, without its words, which might hold a name."""
    last = fault.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    where = f"{Path(last.tb_frame.f_code.co_filename).name}, line {last.tb_lineno}" if last else "an unknown place"
    return (
        f"formflow met something it did not expect ({type(fault).__name__} in {where}). Please pass this line on to "
        "whoever looks after formflow."
    )
