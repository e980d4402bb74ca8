"""The cases of tests/decisions, read: what is given, what is expected, and what comes out."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from formflow.deciding.case import Case
from formflow.deciding.decide import Rulebook, decide
from formflow.deciding.decision import Decision
from formflow.deciding.history import History, PastCase, day_known
from formflow.deciding.progress import Agreed, OldReview, Progress, Told
from formflow.deciding.said import Said
from formflow.extracting.given import form_given
from formflow.local import Local
from formflow.validating.validate import validate
from makers import the_dictionary, the_rules

CASES = [
    (path.stem, case)
    for path in sorted((Path(__file__).parent / "decisions").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]
KNOWN = {"name", "on", "answers", "expect", "because", "since", "earlier", "settings"}
EXPECTED = {
    "duty", "notify", "rapid_review", "tell", "not_tell", "findings", "due", "state", "flags", "no_flags", "edition",
    "review_edition", "told", "told_by", "open", "terms", "beside", "confirmed", "aims", "no_deadlines", "wording",
    "reason", "shows",
}  # fmt: skip


def case_of(case: Mapping[str, Any]) -> Case:
    """The case that the answers make; its form arrived on the day."""
    answers = {field: v.isoformat() if isinstance(v, date) else v for field, v in case["answers"].items()}
    form = validate(form_given({"answers": answers}, the_dictionary()), the_dictionary(), case["on"])
    return Case("", (form,), (case["on"],))


def rules_of(case: Mapping[str, Any]) -> Rulebook:
    """The rules with the settings of the case laid over them."""
    settings = dict(case.get("settings", {}))
    rules = the_rules()
    for key in ("rapid_review_starts", "local_authority"):
        if key in settings:
            rules = replace(rules, **{key: settings.pop(key)})
    return replace(rules, local=Local.model_validate(settings))


def history_of(case: Mapping[str, Any]) -> History:
    """The earlier cases that the case names."""
    return History(
        PastCase(e["ref"], e["known"], frozenset(e["themes"]), tuple(Agreed(**a) for a in e.get("actions", ())))
        for e in case.get("earlier", ())
    )


def since_of(case: Mapping[str, Any]) -> Progress | None:
    """What later forms told; None where the case says nothing of it."""
    if "since" not in case:
        return None
    told = dict(case["since"])
    for key, noun in (("actions", Agreed), ("told", Told)):
        if key in told:
            told[key] = tuple(noun(**one) for one in told[key])
    for key in ("outcomes", "monitored", "themes"):
        told[key] = tuple(told.get(key, ()))
    if "reached" in told:
        told["reached"] = tuple(told["reached"].items())
    if "legacy" in told:
        told["legacy"] = OldReview(**told["legacy"])
    return Progress(**told)


def decided(case: Mapping[str, Any]) -> Decision:
    """What comes out."""
    return decide(case_of(case), rules_of(case), case["on"], history_of(case), since_of(case))


def said_of(case: Mapping[str, Any]) -> Said:
    """What a criterion is given."""
    made = case_of(case)
    since = since_of(case) or Progress()
    return Said(made.answers, the_dictionary(), since, history_of(case), "", day_known(made))


def differences(case: Mapping[str, Any], made: Decision) -> Iterator[str]:
    """Everything that comes out differently from what is expected, in words."""
    expect = case["expect"]
    plain = {
        "duty": made.duty.type, "notify": made.duty.notify, "rapid_review": made.duty.rapid_review,
        "edition": made.edition["notification"], "review_edition": made.edition["review"], "aims": len(made.aims),
    }  # fmt: skip
    yield from _differ({key: expect[key] for key in plain if key in expect}, plain)
    yield from _differ(expect.get("findings", {}), {f.key: f.result for f in made.findings})
    yield from _differ(expect.get("due", {}), {d.key: d.due for d in made.deadlines})
    yield from _differ(expect.get("state", {}), {d.key: d.state for d in made.deadlines})
    yield from _differ(expect.get("open", {}), {a.outcome: a.open for a in made.advice})
    yield from _differ(expect.get("terms", {}), dict(made.terms))
    yield from _differ(expect.get("told", {}), {t.event: [to.recipient for to in t.to] for t in made.tell})
    yield from _differ(expect.get("told_by", {}), {t.event: t.due for t in made.tell})
    yield from _differ(expect.get("confirmed", {}), {f.key: f.confirmed for f in made.findings})
    beside = {f.key: [one.ref for one in f.beside if one.ref] for f in made.findings}
    yield from _differ(expect.get("beside", {}), beside)
    words = {f.key: f.wording for f in made.findings}
    yield from (f"wording of {key}: {words.get(key)}" for key, part in expect.get("wording", {}).items()
                if part not in words.get(key, ""))  # fmt: skip
    why = {f.key: f.reason for f in made.findings}
    yield from (f"reason of {key}: {why.get(key)}" for key, part in expect.get("reason", {}).items()
                if part not in why.get(key, ""))  # fmt: skip
    yield from _differ(expect.get("shows", {}), {f.key: [one.says for one in f.beside] for f in made.findings})
    flags, keys = {flag.key for flag in made.flags}, {d.key for d in made.deadlines}
    yield from (f"nobody told: {one}" for one in set(expect.get("tell", ())) - set(made.duty.recipients))
    yield from (f"told: {one}" for one in set(expect.get("not_tell", ())) & set(made.duty.recipients))
    yield from (f"not flagged: {one}" for one in set(expect.get("flags", ())) - flags)
    yield from (f"flagged: {one}" for one in set(expect.get("no_flags", ())) & flags)
    yield from (f"a deadline: {one}" for one in set(expect.get("no_deadlines", ())) & keys)


def _differ(expected: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[str]:
    for key, value in expected.items():
        wanted = None if value == "not there" else value
        if got.get(key) != wanted:
            yield f"{key}: expected {value}, got {got.get(key)}"
