"""One form's way, on one page: read, extract, validate, the case so far, decide, record, render, put."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from formflow import shipped
from formflow.deciding.belongs import Likeness, belongs
from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.edition import Guidance
from formflow.deciding.history import History
from formflow.deciding.joining import joined
from formflow.deciding.stages import StagePlan
from formflow.deciding.working_days import england
from formflow.errors import Returned
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.extract import extract
from formflow.extracting.knowledge import Knowledge
from formflow.inbox.arrival import Arrival
from formflow.inbox.patience import Patience
from formflow.outbox.deliver import Delivery
from formflow.outbox.paper_desk import PaperDesk
from formflow.reading.apart import ReadingRoom
from formflow.recording.entry import Entry
from formflow.recording.receipt import receipt_of
from formflow.recording.register import Register
from formflow.rendering.initials import shown_name
from formflow.rendering.render import Renderer
from formflow.rendering.templates.last_good import FOLDER as LAST_GOOD
from formflow.settings import WorkingFolder
from formflow.validating.accept import accept
from formflow.validating.submission import Submission
from formflow.validating.validate import validate


@dataclass(frozen=True, slots=True)
class Prepared:
    """A form that was read and checked, before it is known which case it joins."""

    layout: str
    submission: Submission = field(repr=False)


@dataclass(frozen=True, slots=True)
class Preparing:
    """The part of the way that needs nothing but the form itself; it may go on anywhere, for several forms at once."""

    room: ReadingRoom
    knowledge: Knowledge

    def prepare(self, content: bytes, name: str, day: date) -> Prepared:
        """Read, extract, validate. Raises `Returned` for a form its sender can mend, `TryLater` when busy."""
        document = self.room.read(content, name)
        form = extract(document, self.knowledge, day)
        return Prepared(form.layout, accept(validate(form, self.knowledge.dictionary, day)))


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Everything a form meets on its way, put together once."""

    folder: WorkingFolder
    knowledge: Knowledge
    rules: Rulebook
    room: ReadingRoom
    register: Register
    delivery: Delivery
    likeness: Likeness = field(default_factory=Likeness)
    history: History = field(default_factory=History)
    patience: Patience = field(default_factory=Patience)

    def process(self, arrival: Arrival) -> Entry:
        """Take one arrival the whole way. Raises `Returned` for a form its sender can mend, `TryLater` when busy."""
        if entry := self.seen_before(arrival):
            return self.delivery.deliver(entry, arrival.dropped, arrival.path.name)
        prepared = Preparing(self.room, self.knowledge).prepare(
            arrival.content, arrival.path.name, arrival.received.date()
        )
        return self.delivery.deliver(self.settle(arrival, prepared), arrival.dropped)

    def settle(self, arrival: Arrival, prepared: Prepared) -> Entry:
        """The case so far, decide, record: one form at a time, whoever else is at work."""
        day = arrival.received.date()
        with self.register.turn():
            self.catch_up()
            if self.register.known(arrival.sha256) and (before := self.seen_before(arrival)):
                return before  # another one took the same bytes while this was read
            case = self.case_so_far(prepared.submission, day)
            decision = decide(case, self.rules, day, self.history)
            shown = shown_name(arrival.path.name, prepared.submission.answers, case.who)
            receipt = receipt_of(
                self.rules.receipt(),
                arrival.sha256,
                prepared.layout,
                self.history.fingerprint(case.ref),
                self.delivery.renderer.fingerprint(),
            )
            entry = self.register.take(arrival, shown, case.ref, case.submissions[-1], decision, receipt)
        self.likeness.learn(case.ref, case.who)
        self.history.learn(case)
        return entry

    def catch_up(self) -> None:
        """Learn what others recorded meanwhile, where several write to one register."""
        for record in self.register.news():
            self.likeness.learn(record.ref, record.case.who)
            self.history.learn(record.case)

    def seen_before(self, arrival: Arrival) -> Entry | None:
        """The entry of exactly these bytes: one that was cut short and is to be finished, or a second copy, noted."""
        return self.register.half_done(arrival) or self.known_already(arrival)

    def known_already(self, arrival: Arrival) -> Entry | None:
        """A second copy of a form that was taken, noted as one; None when it is none."""
        before = self.register.known(arrival.sha256)
        record = self.register.case(before.case_ref) if before else None
        if before is None or record is None:
            return None
        return self.register.pass_over(arrival, shown_name(arrival.path.name, record.case.who), before)

    def turn_back(self, arrival: Arrival, fault: Returned) -> Entry:
        """Record that a form goes back, and put it where its sender finds it with the page that says what to mend.

        Raises `TryLater` for one that is to be tried again first.
        """
        self.patience.hold(arrival, fault)
        return self.delivery.deliver(self.refuse(arrival, fault), arrival.dropped, arrival.path.name)

    def refuse(self, arrival: Arrival, fault: Returned) -> Entry:
        """Record that a form goes back."""
        shown = f"{arrival.received:%d %B %Y, %H:%M}{arrival.suffix}"
        return self.register.turn_back(arrival, shown, fault.reason, fault.problems)

    def case_so_far(self, submission: Submission, day: date) -> Case:
        """The case a form joins or opens, with the form as its newest submission. Raises `Returned` for no one case."""
        belonging = belongs(submission.answers, self.likeness, submission.kind)
        newest = accept(submission.asking(belonging.queries))
        known = self.register.case(belonging.ref) if belonging.ref else None
        if known is None:
            return Case(self.register.next_ref(self.folder.settings.partnership.short, day.year), (newest,), (day,))
        must_decide = known.decision.duty.rapid_review != "no"
        return joined(known.case, newest, day, self.knowledge.dictionary, must_decide=must_decide)

    @classmethod
    def open(cls, folder: WorkingFolder, clock: Callable[[], datetime], *, writing: bool = True) -> Pipeline:
        """Put the real things together. Raises `Stop` when the set-up is wrong, `TryLater` when another one writes."""
        room = ReadingRoom(children=folder.cores)
        room.warm()
        knowledge = the_knowledge(folder.layouts)
        dictionary = knowledge.dictionary
        register = Register.of(folder, clock, writing=writing)
        pipeline = cls(
            folder,
            knowledge,
            rulebook(folder, dictionary),
            room,
            register,
            Delivery(folder, register, paper_desk(folder, dictionary)),
        )
        for record in register.cases():
            pipeline.likeness.learn(record.ref, record.case.who)
            pipeline.history.learn(record.case)
        return pipeline

    def close(self) -> None:
        """Let go of the reading room, the templates and the register."""
        self.room.close()
        self.delivery.renderer.close()
        self.register.close()

    def __enter__(self) -> Pipeline:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def paper_desk(folder: WorkingFolder, dictionary: Dictionary | None = None) -> PaperDesk:
    """Where the papers of a working folder are drawn."""
    renderer = Renderer(folder.templates, folder.register / LAST_GOOD)
    return PaperDesk(folder.settings, renderer, dictionary or the_dictionary())


def the_dictionary() -> Dictionary:
    """The questions of the notification and of every other form of the process, as they are shipped."""
    return Dictionary.parse(shipped.text("fields.toml"), shipped.texts("forms"), shipped.text("forms-shared.toml"))


def the_knowledge(own: Path | None = None) -> Knowledge:
    """Everything extracting knows of forms, as it is shipped, with the layouts in a partnership's `own` folder."""
    return Knowledge.parse(shipped.text, shipped.layouts(own), shipped.texts("forms"))


def stage_plan(folder: WorkingFolder) -> StagePlan:
    """How the partnership counts the stages of the process."""
    chosen = folder.settings.stages
    return StagePlan.of(chosen.begins, {str(key): title for key, title in chosen.titles.items()})


def rulebook(folder: WorkingFolder, dictionary: Dictionary) -> Rulebook:
    """The guidance, the calendar and the partnership's own clock settings."""
    chosen = folder.settings.deadlines
    return Rulebook(
        Guidance.parse(shipped.texts("guidance")),
        england(chosen.extra_bank_holidays, chosen.not_bank_holidays),
        dictionary,
        chosen.rapid_review_starts,
        chosen.due_soon_working_days,
        folder.settings.partnership.local_authority,
        folder.settings.local,
    )
