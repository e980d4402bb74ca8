"""The desk where a single form is looked at without recording anything."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

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
from formflow.extracting.knowledge import Knowledge
from formflow.inbox.arrival import MESSAGES, Arrival
from formflow.inbox.take import LARGEST, take
from formflow.pipeline import rulebook, the_knowledge
from formflow.reading.apart import ReadingRoom
from formflow.reading.document import Document
from formflow.recording.register import Register
from formflow.settings import Settings, WorkingFolder
from formflow.validating.submission import Submission
from formflow.validating.validate import validate


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found on one form: its answers and questions, or why it cannot be read."""

    file: str
    sha256: str
    inside: str = ""
    """For a form that is attached to a message: its own name; `file` is then the name of the message."""
    form: Form | None = None
    submission: Submission | None = None
    fault: Returned | None = None
    notes: tuple[str, ...] = ()
    """Of the message it is attached to."""
    document: Document | None = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)
    """The file itself."""

    @property
    def is_form(self) -> bool:
        """Whether it could be read and is a form."""
        return self.submission is not None and self.submission.kind not in ("not-a-form", "unreadable")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to look at a form: the dictionary, the layouts, the rules and a reading room."""

    knowledge: Knowledge
    rules: Rulebook
    room: ReadingRoom
    register: Register | None

    @classmethod
    def open(cls, history: Path | None = None, layouts: Path | None = None) -> Desk:
        """A desk with the default settings, or with those and the earlier cases of a working folder.

        `layouts` is a folder of the partnership's own layouts; else that of the working folder counts.
        """
        room = ReadingRoom()
        room.warm()
        folder = WorkingFolder.open(history) if history else WorkingFolder(Path(), Settings())
        knowledge = the_knowledge(folder.layouts if layouts is None else layouts)
        clock, address = datetime.now().astimezone, folder.settings.register_address
        register = Register.open(folder.register, clock, writing=False, address=address) if history else None
        return cls(knowledge, rulebook(folder, knowledge.dictionary), room, register)

    @property
    def dictionary(self) -> Dictionary:
        """The field dictionary."""
        return self.knowledge.dictionary

    def read(self, path: Path, now: datetime) -> tuple[Reading, ...]:
        """What is on a form, or on each in a message. Raises `Returned` for a file whose bytes cannot be had."""
        arrival = take(path, now)
        if arrival.suffix not in MESSAGES:
            return (self._look(arrival, path.name, now.date()),)
        try:
            message = self.room.open_message(arrival.content, path.name)
        except Returned as fault:
            return (Reading(path.name, arrival.sha256, fault=fault),)
        attached = [arrival.attached("message", a.name, a.content, a.sha256) for a in message.attachments]
        read = (self._look(inside, path.name, now.date()) for inside in attached)
        found = tuple(replace(reading, notes=message.document.notes) for reading in read)
        if message.typed and not any(reading.is_form for reading in found):
            found = (self._look(arrival, path.name, now.date()), *found)
        return found

    def _look(self, arrival: Arrival, file: str, day: date) -> Reading:
        inside = arrival.path.name if arrival.message else ""
        try:
            document = self.room.read(arrival.content, arrival.path.name)
            form = extract(document, self.knowledge, day)
        except Returned as fault:
            return Reading(file, arrival.sha256, inside, fault=fault)
        submission = validate(form, self.dictionary, day)
        return Reading(file, arrival.sha256, inside, form, submission, document=document, content=arrival.content)

    def submission(self, path: Path, day: date) -> Submission:
        """A checked form, from the form itself or from a `.json` file of answers."""
        if path.suffix.lower() == ".json":
            content = take(path, datetime.now().astimezone()).content
            return validate(form_given(_answers(content), self.dictionary), self.dictionary, day)
        noon = datetime.combine(day, datetime.now().astimezone().timetz())
        readings = self.read(path, noon)
        best = next((reading for reading in readings if reading.is_form), readings[0])
        if best.fault is not None or best.submission is None:
            raise best.fault or Returned("not-a-form", "There is no form in this file.")
        if not best.is_form:
            raise Returned(best.submission.kind, best.submission.blockers[0].message)
        return best.submission

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
            plain = path.is_file() and not path.is_symlink() and path.stat().st_size <= LARGEST
            return hashlib.sha256(path.read_bytes()).hexdigest() if plain else ""
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
