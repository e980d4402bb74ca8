"""The desk where a single form is looked at without recording anything."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from formflow import shipped
from formflow.deciding.belongs import Likeness, belongs
from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook
from formflow.deciding.decide import decide as decide_case
from formflow.deciding.decision import Decision
from formflow.deciding.history import History
from formflow.deciding.joining import joined
from formflow.errors import Returned, Stop
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.extract import extract
from formflow.extracting.form import Form
from formflow.extracting.given import form_given
from formflow.extracting.layout import Layouts
from formflow.inbox.arrival import Arrival
from formflow.inbox.take import take
from formflow.pipeline import rulebook, the_dictionary
from formflow.reading.apart import ReadingRoom
from formflow.recording.register import Register
from formflow.settings import Settings, WorkingFolder
from formflow.validating.submission import Submission
from formflow.validating.validate import validate


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to look at a form: the dictionary, the layouts, the rules and a reading room."""

    dictionary: Dictionary
    layouts: Layouts
    rules: Rulebook
    room: ReadingRoom
    register: Register | None

    @classmethod
    def open(cls, history: Path | None = None) -> Desk:
        """A desk with the default settings, or with those and the earlier cases of a working folder."""
        folder = WorkingFolder.open(history) if history else WorkingFolder(Path(), Settings())
        dictionary = the_dictionary()
        register = Register.open(folder.register, datetime.now().astimezone, writing=False) if history else None
        layouts = Layouts.parse(shipped.texts("layouts"))
        return cls(dictionary, layouts, rulebook(folder, dictionary), ReadingRoom(), register)

    def read(self, path: Path, now: datetime) -> tuple[Arrival, Form, Submission]:
        """A form, its answers and its questions. Raises `Returned` for a file that cannot be read."""
        arrival = take(path, now)
        form = extract(self.room.read(arrival.content, path.name), self.layouts, self.dictionary, now.date())
        return arrival, form, validate(form, self.dictionary, now.date())

    def submission(self, path: Path, day: date) -> Submission:
        """A checked form, from the form itself or from a `.json` file of answers."""
        if path.suffix.lower() == ".json":
            content = take(path, datetime.now().astimezone()).content
            return validate(form_given(_answers(content), self.dictionary), self.dictionary, day)
        noon = datetime.combine(day, datetime.now().astimezone().timetz())
        submission = self.read(path, noon)[2]
        if submission.kind in ("not-a-form", "unreadable"):
            raise Returned(submission.kind, submission.blockers[0].message)
        return submission

    def decide(self, submission: Submission, day: date) -> tuple[Case, Decision]:
        """The case that the form makes, with its earlier forms if there is a history, and what follows from it."""
        case = Case("", (submission,), (day,))
        history = History()
        if self.register is not None:
            likeness = Likeness()
            for record in self.register.cases():
                likeness.learn(record.ref, record.case.who)
                history.learn(record.case)
            belonging = belongs(submission.answers, likeness, submission.kind)
            newest = submission.asking(belonging.queries)
            before = self.register.case(belonging.ref) if belonging.ref else None
            case = Case("", (newest,), (day,))
            if before is not None:
                must_decide = before.decision.duty.rapid_review != "no"
                case = joined(before.case, newest, day, self.dictionary, must_decide=must_decide)
        if case.notification is None and case.legacy is None:
            kind = submission.kind.replace("-", " ")
            raise Stop(
                f"This is a form of another kind ({kind}): what follows from it depends on its case. Name the working "
                "folder that holds the case: formflow decide FILE --history DIR"
            )
        return case, decide_case(case, self.rules, day, history)

    @staticmethod
    def fingerprint(path: Path) -> str:
        """SHA-256 of a file that could not be read as a form; empty when its bytes cannot be had either."""
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() and not path.is_symlink() else ""
        except OSError:
            return ""

    def __enter__(self) -> Desk:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.room.close()
        if self.register is not None:
            self.register.close()


def _answers(content: bytes) -> dict[str, object]:
    try:
        raw = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise Returned(
            "damaged", "This .json file cannot be read as JSON. Please check its commas and brackets."
        ) from fault
    if not isinstance(raw, dict):
        raise Returned("not-a-form", 'The .json file must hold one object: {"kind": "notification", "answers": {…}}.')
    return raw
