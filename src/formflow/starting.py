"""What every process of formflow does before anything else, so that nothing of a form gets out beside its way."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from formflow import log_lines, modes


def begin() -> None:
    """Let what is made be for owner and group only, and let nothing but our own words into the log."""
    modes.nothing_for_others()
    log_lines.begin()


def begin_apart(serve: Callable[..., None], *given: object) -> None:
    """The same in a child process, which also has nowhere to print: libraries written in C print what they meet."""
    begin()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        if stream is not None:  # where our parent has closed it, the number may be that of something else
            os.dup2(nowhere, number)
    serve(*given)
