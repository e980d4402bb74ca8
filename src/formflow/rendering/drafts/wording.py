"""What a drafted message says for each event of the guidance, which papers go with it, and who may have them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from formflow import shipped
from formflow.rendering.papers.catalogue import telling_papers


@dataclass(frozen=True, slots=True)
class Wording:
    """The draft of one event."""

    name: str
    """How the draft is called in the case folder: `draft-to-panel`."""
    subject: str
    says: str
    first: str = ""
    """What whoever sends it must do or know first."""
    papers: tuple[str, ...] = ()
    """The keys of the papers that go with it: those that tell of the event."""
    needs: str = ""
    """The paper without which it is not drafted yet."""
    apart: Mapping[str, str] = field(default_factory=dict)
    """Recipients who get a message of their own, and how it is called."""
    notification: bool = False
    """Whether it is drafted only while the duty to notify is certain."""


@dataclass(frozen=True, slots=True)
class Wordings:
    """The drafts of all events that have one."""

    events: Mapping[str, Wording]
    none: Mapping[str, str]
    """The events that have none, and why."""
    may_have: Mapping[str, frozenset[str]]
    """For papers that not everybody may have: the recipients who may."""

    @property
    def papers(self) -> Mapping[str, tuple[str, ...]]:
        """Which papers go with which event, where nobody says otherwise."""
        return {event: wording.papers for event, wording in self.events.items()}

    def withheld(self, paper: str, recipient: str) -> bool:
        """Whether a recipient may not have a paper."""
        return paper in self.may_have and recipient not in self.may_have[paper]


@lru_cache(maxsize=1)
def the_wordings() -> Wordings:
    """The wordings as they are shipped."""
    raw = tomllib.loads(shipped.text("drafts.toml"))
    return Wordings(
        {event: Wording(**one, papers=telling_papers().get(event, ())) for event, one in raw["events"].items()},
        raw["none"],
        {paper: frozenset(recipients) for paper, recipients in raw["may_have"].items()},
    )
