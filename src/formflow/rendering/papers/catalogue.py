"""The papers there are: on which occasion each is drawn, by what it changes, and what ends its being a draft."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

from pydantic import BaseModel, ConfigDict

from formflow import shipped

ApprovedBy = Literal["decision", "told", "nobody"]


class PaperKind(BaseModel):
    """One template that comes with formflow."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str = ""
    """What people call it; for a template of the partnership's own, its name."""
    approved_by: ApprovedBy = "nobody"
    """What ends "DRAFT, not approved"."""
    tells: tuple[str, ...] = ()
    """The events of the guidance of which it tells somebody."""
    to: tuple[str, ...] = ()
    """The recipients it goes to, where its events name others as well; empty: all whom they name."""


class PaperEvent(BaseModel):
    """A folder of templates, all filled on one occasion."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    when: str
    """The occasion, by its name in `occasions.OCCASIONS`."""
    drawn_by: tuple[str, ...]
    """Kinds of form that may change what its papers say."""
    papers: Mapping[str, PaperKind]

    def kind(self, name: str) -> PaperKind:
        """What is known of a template of this event; a template that somebody added is a working paper."""
        return self.papers.get(name) or PaperKind(title=name.replace("-", " ").capitalize())


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, PaperEvent]:
    """Every event by its folder's name, in the order in which papers are drawn."""
    return {
        name: PaperEvent.model_validate(told)
        for name, told in tomllib.loads(shipped.text("papers.toml"))["event"].items()
    }


@lru_cache(maxsize=1)
def telling_papers() -> Mapping[str, tuple[str, ...]]:
    """For each event of the guidance, the papers that tell of it."""
    found: dict[str, list[str]] = {}
    for event in catalogue().values():
        for name, kind in event.papers.items():
            for told in kind.tells:
                found.setdefault(told, []).append(name)
    return {told: tuple(names) for told, names in found.items()}
