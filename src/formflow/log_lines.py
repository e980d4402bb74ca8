"""Log lines: what became of which form, in fixed words and numbers; no name, nor what a library says of a file."""

from __future__ import annotations

import json
import logging
import sys
import threading
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from types import TracebackType
from typing import Literal, TextIO

from formflow.errors import plainly

Kind = Literal["text", "json"]


@dataclass(frozen=True, slots=True)
class FormLine:
    """What became of one form."""

    arrival: str
    outcome: str
    reason: str
    """The word for why it went back; empty where it was taken."""
    case: str
    version: int
    questions: int
    milliseconds: int

    def __str__(self) -> str:
        """The line for a person."""
        return (
            f"{self.outcome} {self.arrival} case={self.case or '-'} version={self.version or '-'} "
            f"reason={self.reason or '-'} questions={self.questions} milliseconds={self.milliseconds}"
        )


KEYS = ("time", "level", "says", *(field.name for field in fields(FormLine)))
"""Of every JSON line; those that a line says nothing of are null."""


class Lines(logging.Formatter):
    """Our own lines as text or JSON. Of any other log record only where it is from: its words may be of a form."""

    def __init__(self, kind: Kind = "text") -> None:
        super().__init__()
        self.kind = kind

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        says, form = _said(record)
        at = datetime.fromtimestamp(record.created).astimezone()
        if self.kind == "text":
            return f"{at:%Y-%m-%d %H:%M:%S},{at.microsecond // 1000:03d} {record.levelname} {says}"
        told: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "says": says,
        }
        for name, value in asdict(form).items() if form else ():
            told[name] = None if value == "" else value
        return json.dumps(dict.fromkeys(KEYS) | told, ensure_ascii=False)


def _said(record: logging.LogRecord) -> tuple[str, FormLine | None]:
    if not _is_ours(record):
        return (
            f"{record.name.partition('.')[0]} has something to say; it may hold names and is left out.",
            None,
        )
    first = record.args[0] if isinstance(record.args, tuple) and record.args else None
    fault = record.exc_info[1] if record.exc_info else None
    says = " ".join([record.getMessage(), *([plainly(fault)] if fault else [])])
    return " ".join(says.split()), first if isinstance(first, FormLine) else None


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name == "formflow" or record.name.startswith("formflow.")


def _worth_a_line(record: logging.LogRecord) -> bool:
    return _is_ours(record) or record.levelno >= logging.WARNING


def begin(stream: TextIO | None = None) -> None:
    """Send every log line, warning and uncaught fault of this process through `Lines`, to standard error."""
    out = logging.StreamHandler(stream)
    out.setFormatter(Lines())
    out.addFilter(_worth_a_line)
    logging.root.handlers[:] = [out]
    logging.root.setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    logging.raiseExceptions = False  # or a line that cannot be written is shown with everything it was made of
    sys.excepthook = _uncaught
    threading.excepthook = lambda met: _uncaught(met.exc_type, met.exc_value, met.exc_traceback)
    sys.unraisablehook = lambda met: _uncaught(met.exc_type, met.exc_value, met.exc_traceback)


def choose(kind: Kind, *, each_form: bool) -> None:
    """The kind of lines from now on, and whether every form gets one or only what is to be minded."""
    logging.getLogger("formflow").setLevel(logging.INFO if each_form else logging.NOTSET)
    for one in logging.root.handlers:
        if isinstance(one.formatter, Lines):
            one.formatter.kind = kind


def _uncaught(kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None) -> None:
    met = (fault or kind()).with_traceback(trace)
    logging.getLogger("formflow").error("%s", plainly(met))
