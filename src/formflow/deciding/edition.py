"""Editions of the guidance, by the day each came into force; an old one is never edited, only followed."""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formflow.deciding import criteria
from formflow.deciding.decision import Group
from formflow.deciding.verdict import Judge
from formflow.errors import Stop

Words = Annotated[str, Field(min_length=1)]
Route = Literal["panel", "ofsted"]
Regime = Literal["practice_review", "serious_case_review"]


class Part(BaseModel):
    """What all parts of an edition share: they are frozen, and say whether they were checked against the source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Words
    confirmed: bool
    """False: not checked against the source itself; people see "to be confirmed"."""


class Criterion(Part):
    """How an edition words one criterion."""

    group: Group
    title: Words
    wording: Words
    """May hold the name of a term in braces, `{health_partner}`, which is printed as it was called on the day."""


class Limit(Part):
    """A time limit: so many working days after its start or before a day, or so many calendar months after it."""

    title: Words
    rule: Words
    working_days: Annotated[int, Field(ge=1, le=260)] | None = None
    working_days_before: Annotated[int, Field(ge=1, le=260)] | None = None
    months: Annotated[int, Field(ge=1, le=36)] | None = None

    @model_validator(mode="after")
    def _one_measure(self) -> Limit:
        if [self.working_days, self.working_days_before, self.months].count(None) != 2:
            raise ValueError("a limit has exactly one of working_days, working_days_before and months")
        return self


class Event(Part):
    """Something that happens in a case, and who must be told of it."""

    title: Words
    who: Words
    """Who must tell: `local_authority`, `safeguarding_partners`, `provider`."""
    to: Annotated[tuple[str, ...], Field(min_length=1)]
    what: Words
    limit: str = ""
    """The limit that says by when; empty where the guidance gives none that can be counted."""
    by: Words
    """By when, in words."""


class Term(Part):
    """What something is called from a day on."""

    begins: date
    words: Words


class Aim(BaseModel):
    """One aim of a rapid review."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    says: Words
    profile: Literal[4, 5]
    """4: always; 5: only where the partnership works to five aims."""
    source: Words
    confirmed: bool


class Legacy(Part):
    """How serious case reviews begun under the rules before were to be wound up."""

    months: Annotated[int, Field(ge=1, le=36)]
    """So many months after the partners' arrangements began,"""
    last_day: date
    """and never later than this day."""
    rule: Words


class Edition(BaseModel):
    """The guidance in force from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """Its first day, `2023-12-15`."""
    fingerprint: str
    names: Annotated[tuple[str, ...], Field(min_length=1)]
    """Short names it is known by: `2023`, `WT2023`."""
    follows: str
    """The edition it took the place of; empty for the oldest one held."""
    title: Words
    short: Words
    status: Words
    confirmed: bool
    route: Route
    """Where an incident is notified."""
    regime: Regime
    """Which kind of review it knows."""
    care_leavers: bool
    """Whether the deaths of care leavers under 25 are told of as well."""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    terms: Mapping[str, Annotated[tuple[Term, ...], Field(min_length=1)]]
    """What bodies are called, each from a day on."""
    recipients: Mapping[str, Words]
    """Whoever can be told, by key, as papers name them."""
    limits: Mapping[str, Limit]
    criteria: Mapping[str, Criterion]
    events: Mapping[str, Event]
    aims: tuple[Aim, ...] = ()
    legacy: Legacy | None = None
    """For the edition that ended serious case reviews."""

    @property
    def first_day(self) -> date:
        """The day it came into force."""
        return date.fromisoformat(self.id)

    def term(self, key: str, day: date) -> str:
        """What a body is called on a day: clinical commissioning group until June 2022, integrated care board after."""
        named = self.terms[key]
        return next((term.words for term in reversed(named) if term.begins <= day), named[0].words)

    def as_called(self, words: str, day: date) -> str:
        """Words with every term in braces as it was called on the day."""
        for key in self.terms:
            words = words.replace("{" + key + "}", self.term(key, day))
        return words

    def recipient(self, key: str, day: date) -> str:
        """A recipient as papers name them on a day."""
        return self.as_called(self.recipients[key], day)


@dataclass(frozen=True, slots=True)
class Guidance:
    """Every edition, oldest first."""

    editions: tuple[Edition, ...]
    only: Edition | None = None
    """An edition that is to hold for every day, to try it on cases of other days."""

    @staticmethod
    def parse(texts: Mapping[str, str]) -> Guidance:
        """The editions in TOML texts by their first day.

        Raises `Stop`, naming the edition and what is wrong: a gap or an overlap between editions, a criterion that
        does not exist or that no edition adopts, a limit, recipient or term that is named and not there.
        """
        editions = tuple(_edition(name, texts[name]) for name in sorted(texts))
        if not editions:
            raise Stop("There is no edition of the guidance. formflow is not installed completely; install it again.")
        if problems := (*_order(editions), *_orphans(editions)):
            says = " ".join(problems)
            raise Stop(f"The guidance does not fit together: {says} Mend the newest file and start again.")
        return Guidance(editions)

    def on(self, day: date) -> Edition | None:
        """The newest edition not later than `day`; None before the first, never the nearest."""
        if self.only is not None:
            return self.only
        return next((edition for edition in reversed(self.editions) if edition.first_day <= day), None)

    def review_on(self, day: date, arrangements_began: date) -> Edition | None:
        """The edition for a review decided on a day.

        Until the partners' own arrangements began, the rules of serious case reviews went on, also after the duty to
        notify the Panel had begun.
        """
        if day >= arrangements_began or self.only is not None:
            return self.on(day)
        older = (edition for edition in reversed(self.editions) if edition.regime == "serious_case_review")
        return next((edition for edition in older if edition.first_day <= day), None)

    def named(self, name: str) -> Edition | None:
        """The edition of this first day or short name (`2023`, `WT2023`, `2023-12-15`)."""
        wanted = name.strip().casefold()
        known = (e for e in self.editions if wanted in {e.id, *(short.casefold() for short in e.names)})
        return next(known, None)


_LIMITS: Mapping[Route, frozenset[str]] = {
    "panel": frozenset({
        "notify_panel", "tell_partners", "notify_secretary_of_state_and_ofsted", "rapid_review", "local_review",
        "send_before_publication",
    }),
    "ofsted": frozenset({"notify_ofsted", "tell_board", "serious_case_review"}),
}  # fmt: skip
_TERMS = frozenset({"health_partner", "review_body"})


def _edition(name: str, text: str) -> Edition:
    try:
        date.fromisoformat(name)
        raw = tomllib.loads(text)
        edition = Edition.model_validate({"id": name, "fingerprint": hashlib.sha256(text.encode()).hexdigest(), **raw})
    except (ValueError, ValidationError) as fault:
        raise Stop(f'The guidance "{name}" cannot be used: {fault}. Mend that file and start again.') from fault
    strangers = set(edition.criteria) - set(judges())
    if strangers:
        raise Stop(f'The guidance "{name}" names criteria that do not exist: {", ".join(sorted(strangers))}.')
    if set(edition.limits) != _LIMITS[edition.route]:
        wanted = ", ".join(sorted(_LIMITS[edition.route]))
        raise Stop(f'The guidance "{name}" must give exactly these limits: {wanted}.')
    if missing := _TERMS - set(edition.terms):
        raise Stop(f'The guidance "{name}" does not say what these are called: {", ".join(sorted(missing))}.')
    for key, event in edition.events.items():
        unknown = set(event.to) - set(edition.recipients)
        if unknown or (event.limit and event.limit not in edition.limits and event.limit != "legacy_review"):
            stray = ", ".join(sorted(unknown)) or event.limit
            raise Stop(f'The guidance "{name}", event "{key}", names "{stray}", which it does not have.')
    return edition


def _order(editions: tuple[Edition, ...]) -> list[str]:
    """Gaps and overlaps: each edition follows exactly the one before it, and only the oldest follows none."""
    problems: list[str] = []
    before = ""
    for edition in editions:
        if edition.follows != before:
            says = f"follows {edition.follows}" if edition.follows else "follows nothing"
            kind = "gap" if edition.follows not in {e.id for e in editions} and edition.follows else "overlap"
            wanted = f"the one before it is {before}" if before else "there is none before it"
            problems.append(f"{edition.id} {says}, but {wanted}: a{'n' if kind == 'overlap' else ''} {kind}.")
        before = edition.id
    return problems


def _orphans(editions: tuple[Edition, ...]) -> list[str]:
    """Criteria that no edition adopts would never be asked, and nobody would notice."""
    nobody = set(judges()) - {key for edition in editions for key in edition.criteria}
    return [f"no edition adopts these criteria: {', '.join(sorted(nobody))}."] if nobody else []


@lru_cache(maxsize=1)
def judges() -> Mapping[str, Judge]:
    """Every criterion by its key: each file of the folder holds one function, `judge`."""
    found: dict[str, Judge] = {}
    for module in pkgutil.iter_modules(criteria.__path__):
        found[module.name] = importlib.import_module(f"{criteria.__name__}.{module.name}").judge
    return found
