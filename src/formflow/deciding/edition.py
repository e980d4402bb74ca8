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
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow.deciding import criteria
from formflow.deciding.decision import Group
from formflow.deciding.verdict import Judge
from formflow.errors import Stop

Words = Annotated[str, Field(min_length=1)]


class Criterion(BaseModel):
    """How an edition words one criterion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    group: Group
    title: Words
    wording: Words
    source: Words
    confirmed: bool


class Limit(BaseModel):
    """A time limit of an edition."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Words
    working_days: Annotated[int, Field(ge=1, le=260)]
    rule: Words
    source: Words
    confirmed: bool


class Edition(BaseModel):
    """The guidance in force from a day on."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    """Its first day, `2023-12-15`."""
    fingerprint: str
    title: Words
    short: Words
    status: Words
    confirmed: bool
    health_partner: Words
    """What the health partner is called: clinical commissioning group, integrated care board."""
    care_leavers: bool
    """Whether the deaths of care leavers of 18 to 24 are told of as well."""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    limits: Mapping[str, Limit]
    criteria: Mapping[str, Criterion]

    @property
    def first_day(self) -> date:
        """The day it came into force."""
        return date.fromisoformat(self.id)


_LIMITS = frozenset({"notify_panel", "tell_partners", "notify_secretary_of_state_and_ofsted", "rapid_review"})


@dataclass(frozen=True, slots=True)
class Guidance:
    """Every edition, oldest first."""

    editions: tuple[Edition, ...]

    @staticmethod
    def parse(texts: Mapping[str, str]) -> Guidance:
        """The editions in TOML texts by their first day. Raises `Stop`, naming the edition and what is wrong."""
        editions = tuple(_edition(name, texts[name]) for name in sorted(texts))
        if not editions:
            raise Stop("There is no edition of the guidance. formflow is not installed completely; install it again.")
        return Guidance(editions)

    def on(self, day: date) -> Edition | None:
        """The newest edition not later than `day`; None before the first, never the nearest."""
        return next((edition for edition in reversed(self.editions) if edition.first_day <= day), None)


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
    if set(edition.limits) != _LIMITS:
        raise Stop(f'The guidance "{name}" must give exactly these limits: {", ".join(sorted(_LIMITS))}.')
    return edition


@lru_cache(maxsize=1)
def judges() -> Mapping[str, Judge]:
    """Every criterion by its key: each file of the folder holds one function, `judge`."""
    found: dict[str, Judge] = {}
    for module in pkgutil.iter_modules(criteria.__path__):
        found[module.name] = importlib.import_module(f"{criteria.__name__}.{module.name}").judge
    return found
