"""Which messages a case needs drafted now, and what each of them says and carries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from email.headerregistry import Address

from formflow.deciding.decision import Addressee, Decision, Telling
from formflow.local import Local
from formflow.rendering.drafts.message import address, message
from formflow.rendering.drafts.wording import Wording, the_wordings
from formflow.settings import Partnership

_DONE = ("done", "done_late")
_NEVER = ("family", "parents", "carers", "child")
_SECURE = "Send it by a secure route only: encrypted e-mail between agencies, or the recipient's own portal."


@dataclass(frozen=True, slots=True)
class Draft:
    """A message to be drafted: everything but the day that stands in it."""

    name: str
    """As in the case folder, between the reference and the version: `draft-to-panel`."""
    to: tuple[Address, ...]
    subject: str
    body: str
    attached: Mapping[str, bytes]

    def content(self, on: date) -> bytes:
        """The message as a file."""
        return message(self.to, self.subject, self.body, self.attached, on)


@dataclass(frozen=True, slots=True)
class Sender:
    """On whose behalf messages are drafted."""

    partnership: Partnership
    local: Local


def drafts(
    ref: str,
    decision: Decision,
    there: Mapping[str, tuple[str, bytes]],
    sender: Sender,
    papers: Mapping[str, Sequence[str]] | None = None,
) -> tuple[Draft, ...]:
    """The messages for everybody who must be told and is not told yet.

    `there` holds the current papers of the case by key, each with its file name and content; `papers` says which of
    them go with which event (left out: as shipped). A notification is drafted only while the duty to notify is
    certain, and no paper goes to a recipient who may not have it.
    """
    wordings = the_wordings()
    goes_with = wordings.papers if papers is None else papers
    made: dict[str, Draft] = {}
    for telling in decision.tell:
        wording = wordings.events.get(telling.event)
        if wording is not None and _is_due(telling, wording, decision):
            if wording.needs and wording.needs not in there:
                continue
            held = {key: there[key] for key in goes_with.get(telling.event, ()) if key in there}
            for name, to in _messages(telling, wording).items():
                theirs = {key: paper for key, paper in held.items() if any(_may_have(key, one) for one in to)}
                made[name] = _draft(ref, telling, replace(wording, name=name), to, theirs, sender)
    return tuple(made.values())


def _is_due(telling: Telling, wording: Wording, decision: Decision) -> bool:
    if wording.notification and decision.duty.notify != "yes":
        return False
    return telling.state not in _DONE and any(True for _ in _untold(telling))


def _untold(telling: Telling) -> Iterator[Addressee]:
    return (one for one in telling.to if one.told is None and one.recipient not in _NEVER)


def _messages(telling: Telling, wording: Wording) -> Mapping[str, Sequence[Addressee]]:
    """Who is not told yet, by the message that goes to them."""
    found: dict[str, list[Addressee]] = {}
    for one in _untold(telling):
        found.setdefault(wording.apart.get(one.recipient, wording.name), []).append(one)
    return found


def _may_have(paper: str, one: Addressee) -> bool:
    return not the_wordings().withheld(paper, one.recipient)


def _draft(
    ref: str,
    telling: Telling,
    wording: Wording,
    addressees: Sequence[Addressee],
    papers: Mapping[str, tuple[str, bytes]],
    sender: Sender,
) -> Draft:
    to = {one: _address(one, sender.local) for one in addressees}
    withheld = {
        name: tuple(one.name for one in to if the_wordings().withheld(key, one.recipient))
        for key, (name, _) in papers.items()
    }
    attached = {name: content for name, content in papers.values() if not withheld[name]}
    lines = [
        *_to(to),
        "",
        "Before you send this message, and then take these lines away:",
        *(f"- {one}" for one in _before_sending(to, telling, wording, bool(attached))),
        *(
            f"- {name} is not attached: it may not go to {'; '.join(names)}."
            for name, names in withheld.items()
            if names
        ),
        f"- {_SECURE} It is marked {sender.partnership.protective_marking}.",
        "-" * 40,
        *_for_the_recipient(ref, telling, wording, sender.partnership),
        f"Attached: {'; '.join(attached) or 'nothing'}.",
        "",
        f"Please ask: {sender.partnership.contact}",
        "",
        sender.partnership.name,
    ]
    subject = f"{ref}: {wording.subject}"
    return Draft(wording.name, tuple(a for a in to.values() if a), subject, "\n".join(lines) + "\n", attached)


def _address(one: Addressee, local: Local) -> Address | None:
    kept = (a.email for a in local.recipients if (a.recipient, a.name) == (one.recipient, one.name))
    return address(one.name, next(kept, ""))


def _to(to: Mapping[Addressee, Address | None]) -> Iterator[str]:
    """The first line: whom it is to, and for whom no address is set."""
    missing = [one.name for one, found in to.items() if found is None]
    named = f" for: {'; '.join(missing)}" if len(missing) < len(to) else ""
    yield f"To: {'; '.join(one.name for one in to)}." + (f" No e-mail address is set{named}." if missing else "")


def _before_sending(
    to: Mapping[Addressee, Address | None], telling: Telling, wording: Wording, attached: bool
) -> Iterator[str]:
    if None in to.values():
        yield "Put the missing address in the To line, or in formflow.toml under [[local.recipients]]."
    if wording.first:
        yield wording.first
    if not telling.confirmed:
        yield "By when and under what it is to be told is still to be confirmed in this edition of the guidance."
    if attached:
        yield "Look through what is attached. A paper you changed after this draft was made must be attached anew."


def _for_the_recipient(ref: str, telling: Telling, wording: Wording, partnership: Partnership) -> Iterator[str]:
    yield from (partnership.protective_marking, "", f"Case {ref}", "", wording.says, "")
    yield f"By when: {f'{telling.due.day} {telling.due:%B %Y}, {telling.by}' if telling.due else telling.by}."
    yield f"Under: {telling.source}."
    if told := [f"{one.name} on {one.told.day} {one.told:%B %Y}" for one in telling.to if one.told]:
        yield f"Told already: {'; '.join(told)}."
