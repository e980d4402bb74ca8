"""Taking a message that was dropped: each form attached to it is an arrival of its own, the message its cover note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from formflow.errors import Returned
from formflow.inbox.arrival import Arrival
from formflow.pipeline import Pipeline
from formflow.reading.message import Message
from formflow.recording.entry import Entry


@dataclass(frozen=True, slots=True)
class Messages:
    """Takes messages into the pipeline."""

    pipeline: Pipeline

    def take(self, arrival: Arrival, inside: list[Entry]) -> Entry:
        """Take a message and everything in it; gives its own entry and puts those of what it holds into `inside`.

        Raises `Returned` when there is no form in it, `TryLater` when something is busy: what was done by then stays
        done, and is not done again.
        """
        register = self.pipeline.register
        begun = register.half_done(arrival, message=True)
        if begun is None and (before := register.known_message(arrival.sha256)):
            entry = register.pass_over(arrival, _shown(arrival), before)
            return self.pipeline.delivery.deliver(entry, arrival.dropped)
        message = self.pipeline.room.open_message(arrival.content, arrival.path.name)
        if not message.attachments:
            return self.pipeline.process(arrival)
        entry = begun or register.open_message(arrival, _shown(arrival), message.left_aside)
        self._take_each(arrival, entry, message, inside)
        return self.pipeline.delivery.deliver(entry, arrival.dropped)

    def _take_each(self, arrival: Arrival, entry: Entry, message: Message, inside: list[Entry]) -> None:
        """Take what is attached; what is no form is kept with those that are, or returned where there are none."""
        attached = [arrival.attached(entry.arrival, a.name, a.content, a.sha256) for a in message.attachments]
        no_forms = self._process(attached, entry, inside)
        if message.typed and not _taken(inside) and all(_no_form(fault) for _, fault in no_forms):
            itself = arrival.attached(entry.arrival, f"message{arrival.suffix}", arrival.content, arrival.sha256)
            no_forms += self._process([itself], entry, inside)
        refs = [held.case_ref for held in inside if held.case_ref]
        for paper, fault in no_forms:
            if refs and _no_form(fault) and paper.sha256 != arrival.sha256:
                inside.append(self._enclose(paper, fault, refs[0]))
            else:
                inside.append(self.pipeline.turn_back(paper, fault))

    def _process(
        self, arrivals: Sequence[Arrival], entry: Entry, inside: list[Entry]
    ) -> list[tuple[Arrival, Returned]]:
        """Take each once; gives those that cannot be taken, with the reason."""
        half_done = {held.arrival for held in self.pipeline.register.unfiled()}
        done = {held.sha256: held for held in self.pipeline.register.inside(entry.arrival)}
        refused: list[tuple[Arrival, Returned]] = []
        for arrival in arrivals:
            before = done.get(arrival.sha256)
            if before is not None and before.arrival not in half_done:
                inside.append(before)
                continue
            try:
                inside.append(self.pipeline.process(arrival))
            except Returned as fault:
                refused.append((arrival, fault))
        return refused

    def _enclose(self, paper: Arrival, fault: Returned, ref: str) -> Entry:
        entry = self.pipeline.register.enclose(paper, _shown(paper), fault.reason, ref)
        return self.pipeline.delivery.deliver(entry, None)


def _taken(inside: Sequence[Entry]) -> bool:
    return any(held.case_ref for held in inside)


def _no_form(fault: Returned) -> bool:
    """Whether it is merely some other paper; one that somebody must act on at once goes back with its warning."""
    return fault.reason == "not-a-form" and "at once" not in fault.says


def _shown(arrival: Arrival) -> str:
    """A name that can hold no name of a person: nothing is known yet of whom the message speaks."""
    return f"{arrival.received:%d %B %Y, %H:%M}{arrival.suffix}"
