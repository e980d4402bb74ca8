"""Every case as the NHS Safeguarding Case Review Tracker asks for it, so that nobody types it again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from formflow.deciding.said import Said
from formflow.deciding.told import IS_A_REVIEW
from formflow.extracting.dictionary import Dictionary
from formflow.rendering.initials import child_initials, without_names
from formflow.rendering.papers.words import ROUTES
from formflow.rendering.statements import Statements
from formflow.rendering.workbook.tracker import age_in_words
from formflow.rendering.workbook.tracker_process import theme_in_words
from formflow.rendering.workbook.tracker_sheets import CaseLine
from formflow.settings import Partnership

Value = str | date | None
THEMES = 3
"""So many themes has the national tracker room for."""
_PEOPLES = "Not known to formflow: to be filled in by you."


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """A column of the export: its head, how wide it is in letters, and what is to be known about it."""

    head: str
    width: float
    note: str
    national: bool = True
    """Whether the national tracker has it; the others help to fill that in."""


COLUMNS = (
    ExportColumn("StEIS number", 16, _PEOPLES),
    ExportColumn("Local reference", 16, "The reference of the case in formflow."),
    ExportColumn("Open or closed", 11, "As in formflow. The national tracker counts a case as closed once it is published, embargoed or signed off: please check."),
    ExportColumn("Date of incident", 13, "Only where the form gives one certain day; else blank, with the form's words under Comments."),
    ExportColumn("Date added", 13, "The day the first form of the case was received. The day of a decision stands further on."),
    ExportColumn("Designated professional", 22, _PEOPLES),
    ExportColumn("Safeguarding Partnership Board", 34, "The partnership of this formflow."),
    ExportColumn("Identifier type", 14, "What the next column holds."),
    ExportColumn("Identifier", 14, "Initials only, one for each child of the case; never a name."),
    ExportColumn("Case information", 40, "What happened by its kind, and ages at the incident. The account itself stays in the case's folder."),
    ExportColumn("Theme 1", 30, "formflow's own words for themes, in the order of the newest decision record. Pick the nearest of the national list."),
    ExportColumn("Theme 2", 30, "As theme 1."),
    ExportColumn("Theme 3", 30, "As theme 1. Further themes stand under Comments."),
    ExportColumn("Type of review", 36, "What the partners decided; before that, Rapid review where one is due."),
    ExportColumn("Converted", 14, "Yes where a rapid review became a review, No where it was decided that none follows, blank before."),
    ExportColumn("Report signed off", 13, "By the chair. Not known to formflow, which holds only when a report was completed: to be filled in by you."),
    ExportColumn("Publication date", 13, "The day the report was published, where a form says so."),
    ExportColumn("Publication link", 24, _PEOPLES),
    ExportColumn("Recommendations", 44, "From the actions of the case; names of the child and family are cut to initials. Please read before passing on."),
    ExportColumn("Actions", 50, "The same, each with its agency, its day and how it stands."),
    ExportColumn("Comments", 44, "What has no place of its own."),
    ExportColumn("Stage", 18, "The stage in formflow.", national=False),
    ExportColumn("Decided on", 13, "The day of the partners' decision.", national=False),
    ExportColumn("Rapid review due", 13, "15 working days, as formflow counts them.", national=False),
    ExportColumn("Rapid review sent", 13, "As a form says.", national=False),
    ExportColumn("Report completed", 13, "As a form says; not a sign-off.", national=False),
)  # fmt: skip
HEADS = tuple(column.head for column in COLUMNS)
SECOND_HAND = (
    "The columns follow what was read about the national Safeguarding Case Review Tracker (DCB3124) second hand; their "
    "exact names and lists are to be confirmed against the tracker itself. What formflow does not know is left blank "
    "and never guessed. Initials and references only."
)


@dataclass(frozen=True, slots=True)
class NhsExport:
    """What the rows are worked out with."""

    partnership: Partnership
    dictionary: Dictionary

    def row(self, line: CaseLine) -> tuple[Value, ...]:
        """A case, one value for each of `COLUMNS`; what formflow does not know is None."""
        case, who = line.case, line.case.who
        said, stated = Said(case.answers, self.dictionary), Statements(case.answers, self.dictionary)
        children = said.children()
        themes = [theme_in_words(self.dictionary, theme) for theme in case.themes]
        review = next((made for made in line.decision.deadlines if made.key == "rapid_review"), None)
        decided = case.decision.decided_on if case.decision and case.outcomes else None
        values: dict[str, Value] = {
            "Local reference": line.ref,
            "Open or closed": "Closed" if line.stage.closed else "Open",
            "Date of incident": said.day("incident_date"),
            "Date added": line.opened,
            "Safeguarding Partnership Board": self.partnership.name,
            "Identifier type": "Initials",
            "Identifier": ", ".join(child_initials(who, number) for number in children),
            "Case information": "; ".join(_information(said, stated, children)),
            "Type of review": _type_of(line),
            "Converted": _converted(line),
            "Publication date": case.publication.published,
            "Recommendations": "\n".join(dict.fromkeys(
                words for action in case.actions if (words := without_names(action.recommendation, who).strip())
            )),
            "Actions": "\n".join(self._actions(line)),
            "Comments": "; ".join(_comments(said, stated, themes[THEMES:])),
            "Stage": line.stage.title,
            "Decided on": decided,
            "Rapid review due": review.due if review else None,
            "Rapid review sent": case.done("rapid_review"),
            "Report completed": case.done("local_review"),
            **{f"Theme {number}": theme for number, theme in enumerate(themes[:THEMES], 1)},
        }  # fmt: skip
        return tuple(values.get(head) or None for head in HEADS)

    def _actions(self, line: CaseLine) -> Iterator[str]:
        stands = self.dictionary.of("formflow-acp-1").options.get("action_status", {})
        for action in line.case.actions:
            due = f"due {action.due_now:%d/%m/%Y}" if action.due_now else "no day given"
            parts = (
                f"{action.ref}: {without_names(action.text, line.case.who)}", action.agency, due,
                stands.get(action.status, "not stated how it stands"),
            )  # fmt: skip
            yield "; ".join(filter(None, parts))


def _information(said: Said, stated: Statements, children: tuple[int, ...]) -> Iterator[str]:
    if said.answered("nature"):
        yield stated.text("nature")
    ages = "; ".join(age_in_words(said, number) for number in children)
    yield f"age at incident: {ages}"


def _type_of(line: CaseLine) -> str:
    reviews = [ROUTES[outcome] for outcome in line.case.outcomes if outcome in IS_A_REVIEW]
    if reviews:
        return "; ".join(reviews)
    return "Rapid review" if line.decision.duty.rapid_review == "yes" else ""


def _converted(line: CaseLine) -> str:
    """Whether the rapid review became a review. One under the earlier rules began as a review and is none."""
    if line.decision.duty.rapid_review != "yes" or not line.case.outcomes or line.case.legacy is not None:
        return ""
    return "Yes" if IS_A_REVIEW & set(line.case.outcomes) else "No"


def _comments(said: Said, stated: Statements, themes: list[str]) -> Iterator[str]:
    if said.answered("incident_date") and said.day("incident_date") is None:
        yield f"date of incident on the form: {stated.text('incident_date')}"
    if themes:
        yield f"further themes: {', '.join(themes)}"
