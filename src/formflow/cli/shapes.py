"""The JSON that other programs rely on (docs/commands.md): readings, decisions and cases as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from formflow.deciding.actions import Action
from formflow.deciding.comparing import Change
from formflow.deciding.decision import Advice, Because, Deadline, Decision, Evidence, Finding, Telling
from formflow.deciding.explaining import DayCounted, Explanation, Ground, Step
from formflow.deciding.questions import open_questions
from formflow.deciding.stages import Stage
from formflow.deciding.told import AgencyReturn
from formflow.extracting.form import Answer, Form
from formflow.recording.record import CaseRecord
from formflow.validating.submission import Query, Submission

Json: TypeAlias = "str | int | float | bool | list[Json] | dict[str, Json] | None"


def reading(file: str, sha256: str, form: Form, submission: Submission) -> dict[str, Json]:
    """`formflow read --json`: one object for one file."""
    shape: dict[str, Json] = {
        "file": file,
        "sha256": sha256,
        "kind": form.kind,
        "layout": form.layout,
        "layout_certainty": form.layout_certainty,
        "answers": {field: answer(given) for field, given in form.answers.items()},
        "found": [
            {"label": f.label, "name": f.name, "raw": f.raw, "kind": f.kind, "place": f.place} for f in form.found
        ],
        "queries": queries(submission.queries),
        "notes": list(submission.notes),
    }
    return shape | ({"reason": form.reason, "says": form.says} if form.reason else {})


def unreadable(file: str, sha256: str, reason: str, says: str) -> dict[str, Json]:
    """`formflow read --json` for a file that cannot be read."""
    return {
        "file": file,
        "sha256": sha256,
        "kind": "unreadable",
        "reason": reason,
        "says": says,
        "layout": "",
        "layout_certainty": "unknown",
        "answers": {},
        "found": [],
        "queries": [],
        "notes": [],
    }


def attached(shape: dict[str, Json], inside: str, notes: tuple[str, ...]) -> dict[str, Json]:
    """The same for a form that came attached to a message, whose notes come first; `inside` is the form's own name."""
    own = shape["notes"] if isinstance(shape["notes"], list) else []
    both: list[Json] = [*notes, *(note for note in own if note not in notes)]
    return shape | {"inside": inside, "notes": both}


def answer(given: Answer) -> dict[str, Json]:
    """One answer; only an answered one has a value."""
    shape: dict[str, Json] = {
        "state": given.state,
        "value": list(given.value) if isinstance(given.value, tuple) else given.value,
        "raw": given.raw,
        "place": given.place,
        "how": given.how,
        "confidence": given.confidence,
    }
    return shape | ({"precision": given.precision} if given.precision else {})


def queries(asked: Iterable[Query]) -> list[Json]:
    """Blockers, queries and notes, as they were raised."""
    return [{"level": q.level, "field": q.field, "message": q.message} for q in asked]


def decision(made: Decision, asked: Iterable[Query], answers: Mapping[str, Answer]) -> dict[str, Json]:
    """`formflow decide --json`: what follows from a form's answers on a day."""
    return {
        "on": made.on.isoformat(),
        "edition": dict(made.edition),
        "duty": {
            "type": made.duty.type,
            "notify": made.duty.notify,
            "recipients": list(made.duty.recipients),
            "rapid_review": made.duty.rapid_review,
            "reason": made.duty.reason,
        },
        "findings": [_finding(f, answers) for f in made.findings],
        "deadlines": [deadline(d) for d in made.deadlines],
        "advice": [_advice(a) for a in made.advice],
        "flags": [{"key": f.key, "says": f.says} for f in made.flags],
        "tell": [_telling(t) for t in made.tell],
        "picked_by": dict(made.picked_by),
        "terms": dict(made.terms),
        "aims": list(made.aims),
        "queries": queries(asked),
    }


def case(record: CaseRecord, now: Decision, stage: Stage) -> dict[str, Json]:
    """One case of `formflow cases --json`."""
    held = record.case
    return {
        "ref": record.ref,
        "opened": record.opened.isoformat(),
        "version": held.version,
        "stage": stage.key,
        "stage_title": stage.title,
        "owed": list(stage.owed),
        "forms": [form.kind for form in held.submissions],
        "outcomes": list(held.outcomes),
        "linked": list(held.linked),
        "returns": [_returned(one) for one in held.returns],
        "actions": [_action(one) for one in held.actions],
        "done": {key: told.day.isoformat() for key, told in held.dates.items()},
        "duty": now.duty.type,
        "questions": len(open_questions(held)),
        "deadlines": [deadline(d) for d in now.deadlines],
    }


def _returned(one: AgencyReturn) -> Json:
    received = one.received.isoformat()
    return {"agency": one.agency, "received": received, "version": one.version, "nothing_held": one.nothing_held}


def _action(one: Action) -> Json:
    """An action without its words: who may see a list of cases may not be who may see those."""
    due = one.due_now.isoformat() if one.due_now else None
    return {"ref": one.ref, "agency": one.agency, "due": due, "status": one.status, "discharged": one.discharged}


def explanation(record: CaseRecord, told: Explanation) -> dict[str, Json]:
    """`formflow explain --json`: the recorded decision, what it was made with, and the way from answer to advice."""
    used = {because.field for finding in record.decision.findings for because in finding.because}
    return {
        "ref": record.ref,
        "receipt": dict(told.receipt),
        "decision": decision(record.decision, record.case.submissions[-1].queries, record.case.answers),
        "answers": {field: answer(given) for field, given in record.case.answers.items() if field in used},
        "duty_rests_on": [_ground(ground) for ground in told.duty_grounds],
        "steps": [_step(step) for step in told.steps],
        "working": {made.key: [_day(day) for day in days] for made, days in told.deadlines if days},
    }


def _step(step: Step) -> dict[str, Json]:
    return {
        "key": step.finding.key,
        "wording": step.finding.wording,
        "edition": step.finding.edition,
        "answers": [_ground(ground) for ground in step.grounds],
        "beside": [_evidence(one) for one in step.beside],
        "result": step.finding.result,
        "reason": step.finding.reason,
        "would_settle": list(step.would_settle),
        "would_meet": step.finding.would_meet,
        "leads_to": list(step.leads_to),
    }


def _ground(ground: Ground) -> dict[str, Json]:
    return {
        "field": ground.field,
        "question": ground.question,
        "read_as": ground.read_as,
        "raw": ground.raw,
        "place": ground.place,
        "how": ground.how,
    }


def _day(day: DayCounted) -> dict[str, Json]:
    return {"day": day.day.isoformat(), "number": day.number, "why": day.why}


def changes(found: Iterable[Change]) -> list[Json]:
    """What would come out differently."""
    return [{"what": one.what, "key": one.key, "old": one.old, "new": one.new} for one in found]


def deadline(made: Deadline) -> dict[str, Json]:
    """One deadline with its working."""
    return {
        "key": made.key,
        "title": made.title,
        "start": made.start.isoformat() if made.start else None,
        "due": made.due.isoformat() if made.due else None,
        "working_days": made.working_days,
        "state": made.state,
        "rule": made.rule,
        "source": made.source,
        "counted": [day.isoformat() for day in made.counted],
        "done": made.done.isoformat() if made.done else None,
        "confirmed": made.confirmed,
        "months": made.months,
        "who": made.who,
        "skipped": [{"day": one.day.isoformat(), "why": one.why} for one in made.skipped],
        "edition": made.edition,
    }


def _finding(made: Finding, answers: Mapping[str, Answer]) -> dict[str, Json]:
    return {
        "key": made.key,
        "group": made.group,
        "title": made.title,
        "result": made.result,
        "because": [_because(because, answers.get(because.field)) for because in made.because],
        "reason": made.reason,
        "source": made.source,
        "would_settle": list(made.would_settle),
        "would_meet": made.would_meet,
        "confirmed": made.confirmed,
        "wording": made.wording,
        "edition": made.edition,
        "beside": [_evidence(one) for one in made.beside],
    }


def _because(made: Because, given: Answer | None) -> Json:
    """An answer that a finding rests on: its value as `read` gives it, or its state while it is open."""
    if given is None or given.state != "answered":
        value: Json = given.state if given is not None else "blank"
    else:
        value = list(given.value) if isinstance(given.value, tuple) else given.value
    return {"field": made.field, "value": value, "says": made.value, "place": made.place}


def _advice(made: Advice) -> dict[str, Json]:
    return {"outcome": made.outcome, "open": made.open, "for": list(made.for_), "against": list(made.against)}


def _evidence(made: Evidence) -> dict[str, Json]:
    return {"says": made.says, "ref": made.ref, "on": made.on.isoformat() if made.on else None}


def _telling(made: Telling) -> dict[str, Json]:
    return {
        "event": made.event,
        "title": made.title,
        "who": made.who,
        "to": [
            {"recipient": to.recipient, "name": to.name, "told": to.told.isoformat() if to.told else None}
            for to in made.to
        ],
        "what": made.what,
        "due": made.due.isoformat() if made.due else None,
        "by": made.by,
        "state": made.state,
        "source": made.source,
        "confirmed": made.confirmed,
        "edition": made.edition,
    }
