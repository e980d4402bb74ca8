"""What a paper is about: the case, what was worked out of it, and who writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from formflow.deciding.case import Case
from formflow.deciding.chronology import Chronology, chronology_of
from formflow.deciding.decision import Decision, Telling
from formflow.deciding.said import Said
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials
from formflow.rendering.names.identities import Identities
from formflow.rendering.names.shown import Shown
from formflow.rendering.picture import Picture
from formflow.rendering.pictures.genogram import genogram
from formflow.rendering.pictures.people import people_of
from formflow.rendering.pictures.timeline import timeline
from formflow.rendering.plain import Word
from formflow.rendering.statements import Statements
from formflow.settings import Names, Settings
from formflow.validating.submission import Submission

DECISION_RECORD = "formflow-drr-1"
LEGACY = "formflow-lsr-1"
_SOURCES = {"notification": "Notification", "agency-return": "Agency return", "decision-record": "Decision record",
            "case-update": "Case update", "legacy-review": "Legacy review"}  # fmt: skip


@dataclass(frozen=True)
class About:
    """Everything the words of a paper are made from. Made once for all papers that a form draws."""

    case: Case = field(repr=False)
    decision: Decision = field(repr=False)
    dictionary: Dictionary = field(repr=False)
    settings: Settings
    received: date
    """The day the newest form came."""
    receipt: Mapping[str, str] = field(default_factory=dict)
    """What the decision was made with."""
    names: Names = "initials"
    """How people are shown."""
    published: bool = False
    """Whether the paper leaves the partnership: days become months."""
    record_line: str = ""
    """The line of the audit chain in which that form was recorded: `line 123, 4f3a 9b2c 0d1e 77aa`."""

    @cached_property
    def shown(self) -> Shown:
        """How people are shown, and everything that is typed or dated."""
        return Shown(self.names, self._identities, self.case, self.published)

    @cached_property
    def _identities(self) -> Identities:
        return Identities.of(self.case)

    def showing(self, names: Names, *, published: bool = False) -> About:
        """The same, with people shown in another way; made once for each way."""
        if (names, published) not in self._ways:
            other = replace(self, names=names, published=published)
            # Who is who and the chronology do not depend on how people are shown, and take longest to find out.
            other.__dict__.update(_identities=self._identities, chronology=self.chronology, _ways=self._ways)
            self._ways[names, published] = other
        return self._ways[names, published]

    @cached_property
    def _ways(self) -> dict[tuple[Names, bool], About]:
        return {(self.names, self.published): self}

    @cached_property
    def words(self) -> dict[str, Word]:
        """The words that were made so far, by their names: several papers ask for the same."""
        return {}

    @cached_property
    def said(self) -> Statements:
        """What the notification's questions are answered with now."""
        return Statements(self.case.answers, self.dictionary, shown=self.shown)

    @cached_property
    def chronology(self) -> Chronology:
        """The combined chronology."""
        return chronology_of(self.case)

    @cached_property
    def pictures(self) -> tuple[Picture, ...]:
        """The timeline of the chronology and the picture of the family, each where there is enough to draw."""
        incident = self.case.answers.get("incident_date")
        said = Said(self.case.answers, self.dictionary)
        agencies = {row.told_by: self.shown.organisation(row.told_by) for row in self.chronology.rows}
        made = (timeline(self.chronology, agencies, incident), genogram(people_of(said), self._labels))
        return tuple(one for one in made if one is not None)

    @property
    def _labels(self) -> Mapping[str, str]:
        """What stands for each child and member of the family, by its place on the form: `child_1`, `family_2`."""
        answers = self.case.answers
        labels = {
            f"child_{n}": self.shown.label(f"child_{n}", child_initials(answers, n)) for n in self.said.numbers("child")
        }
        family = {f"family_{n}": self.shown.label(f"family_{n}", "") for n in self.said.numbers("family")}
        return labels | {row: label for row, label in family.items() if label}

    @cached_property
    def record(self) -> Statements | None:
        """The decision record that counts; None while there is none."""
        made = self.case.decision
        return self.statements_of(made.form) if made is not None else None

    def statements_of(self, number: int, source: str = "") -> Statements:
        """What one form of the case says, by its number from 1; `source` is what its statements are tagged with."""
        form = self.case.submissions[number - 1]
        return Statements(form.answers, self.dictionary.of(form.layout), source or _source(form), self.shown)

    def telling(self, event: str) -> Telling | None:
        """Who must be told of an event of the guidance; None where nobody must, or not yet."""
        return next((one for one in self.decision.tell if one.event == event), None)


def _source(form: Submission) -> str:
    return _SOURCES.get(form.kind, form.kind.replace("-", " ").capitalize())
