"""The working folder and its settings; every setting has a default, an unknown one is refused."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow import log_lines, modes
from formflow.errors import Stop

_MOST_CORES = 4
"""Beyond that the register, which one process writes, is what forms wait for."""

ClockStart = Literal["notified", "aware", "received"]


class Partnership(BaseModel):
    """Who the partnership is, as its papers name it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = "Safeguarding Children Partnership"
    local_authority: str = "the local authority"
    short: Annotated[str, Field(pattern=r"^[A-Z]{2,8}$")] = "SIN"
    """Begins every case reference: `SIN-2026-001`."""
    contact: str = "the partnership's business unit"
    """Whom to ask, with telephone or e-mail; printed on notices and returned forms."""
    protective_marking: str = "OFFICIAL-SENSITIVE"


class Deadlines(BaseModel):
    """What the partnership may set about its clocks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rapid_review_starts: ClockStart = "notified"
    """The 15 working days run from the notification to the Panel (`notified`), from when the council knew (`aware`), or
    from when the form reached the business unit (`received`): partnerships differ."""
    due_soon_working_days: Annotated[int, Field(ge=0, le=60)] = 3
    extra_bank_holidays: dict[str, str] = {}
    """One-off days announced late: `"2027-05-03" = "Bank holiday for ..."`."""
    not_bank_holidays: tuple[str, ...] = ()
    """Days the calendar wrongly holds to be bank holidays."""


class Milestone(BaseModel):
    """A step of the rapid review that the partnership sets itself, counted from where its rapid review starts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: Annotated[str, Field(pattern=r"^[a-z_]{3,40}$")]
    title: Annotated[str, Field(min_length=1)]
    working_days: Annotated[int, Field(ge=1, le=60)]
    who: str = "Business unit"


_MILESTONES = (
    Milestone(key="scoping_request", title="Ask the agencies for their information", working_days=1),
    Milestone(key="agency_returns", title="Agency returns are in", working_days=7, who="Agencies"),
    Milestone(key="rapid_review_meeting", title="Rapid review meeting", working_days=10, who="Review group"),
    Milestone(key="partner_sign_off", title="The partners sign off", working_days=13, who="Safeguarding partners"),
)


class Address(BaseModel):
    """To whom papers for a recipient go; a recipient may have several (two health boards, two forces)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    recipient: Annotated[str, Field(min_length=1)]
    """A recipient of the guidance: `panel`, `ofsted`, `safeguarding_partners`."""
    name: Annotated[str, Field(min_length=1)]
    address: str = ""
    email: str = ""


class Local(BaseModel):
    """What the partnership lays over the guidance: it adds to it and never changes it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    arrangements_began: date | None = None
    """The day the safeguarding partners' own arrangements began to operate; before it the local safeguarding children
    board and the rules of 2015 counted for reviews. Left out: the last day the law allowed, marked as not confirmed."""
    milestones: tuple[Milestone, ...] = _MILESTONES
    monitor_every_days: Annotated[int, Field(ge=1, le=366)] = 28
    """How often the time taken and the quality of a local review are looked at; the law says "regular intervals"."""
    rapid_review_aims: Literal[4, 5] = 4
    """4: the aims of the guidance; 5: with context, inequality and protected characteristics, as some areas have it."""
    tell_of_harm_to_looked_after: tuple[str, ...] = ()
    """Who is told of serious harm to a looked-after child even without abuse: some areas go further than the law."""
    recipients: tuple[Address, ...] = ()


class Retention(BaseModel):
    """How long closed cases are kept. formflow deletes nothing by itself."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    years: Annotated[int, Field(ge=1, le=150)] | None = None
    """Years after closing; left out: not decided. No regulation sets a period for rapid reviews."""
    legal_hold: tuple[str, ...] = ()
    """References of cases that must be kept whatever the period says."""


StageNumber = Annotated[int, Field(ge=1, le=4)]


class Stages(BaseModel):
    """How the partnership counts stages 1 to 4: which of them each milestone begins, and what they are called.

    The chapter names the four stages of its Appendix 2 and does not print them, so this is for the partnership to say.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    notified: StageNumber = 1
    agencies_asked: StageNumber = 2
    return_received: StageNumber = 2
    review_held: StageNumber = 3
    recommended: StageNumber = 4
    decided: StageNumber = 4
    titles: dict[Literal["1", "2", "3", "4"], Annotated[str, Field(min_length=1, max_length=40)]] = {}

    @property
    def begins(self) -> dict[str, str]:
        """The stage that each milestone begins."""
        return {name: str(value) for name, value in self.model_dump(exclude={"titles"}).items()}


Names = Literal["named", "initials", "pseudonym"]
"""How a paper shows who somebody is: by name, by initials, or as `Child A`, `Mother`, `Adult B`."""


class Papers(BaseModel):
    """What the partnership may set about the papers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pdf: bool = False
    """Whether a PDF copy is made of every paper, where LibreOffice is installed."""
    drafts: bool = True
    """Whether a message is drafted (never sent) where somebody must be told."""
    names: dict[str, Names] = {}
    """How a paper shows names, where it is not what it is set to as shipped: `rapid-review-report = "pseudonym"`."""


class Tracker(BaseModel):
    """What the partnership may set about the case tracker."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pending_after_minutes: Annotated[float, Field(ge=0, le=1440)] = 15
    """How long an update waits for somebody to close the tracker before a copy for reading is put beside it."""
    lock_stale_after_hours: Annotated[float, Field(gt=0, le=8760)] = 72
    """When the mark of an open tracker is taken for a leftover of a program that crashed, where nothing else tells."""
    marked_done_counts: bool = False
    """Whether a day that people type under "Marked done" counts as done in the tracker without a form that says so."""


class Settings(BaseModel):
    """`formflow.toml`, read and checked."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    partnership: Partnership = Partnership()
    deadlines: Deadlines = Deadlines()
    local: Local = Local()
    retention: Retention = Retention()
    stages: Stages = Stages()
    papers: Papers = Papers()
    tracker: Tracker = Tracker()
    register_address: Annotated[str, Field(alias="register")] = ""
    """The address of a register that several machines share; left out: a file in `register_folder`."""
    register_folder: str = "register"
    """Where the register and the evidence store live: local disk only; seen from the working folder if relative."""
    cores: Annotated[int, Field(ge=1, le=64)] | None = None
    """How many forms are worked on at once; left out: as many as the computer has cores, at most 4."""
    settle_seconds: Annotated[float, Field(ge=0, le=3600)] = 2.0
    """How long a dropped file must stay unchanged before it is taken."""
    poll_seconds: Annotated[float, Field(ge=0.2, le=3600)] = 10.0
    """How often `watch` looks at the inbox when nothing wakes it."""
    log: log_lines.Kind = "text"
    """How log lines are written: for people, or as one JSON object each."""


def load(path: Path) -> Settings:
    """The settings in `formflow.toml`, or the defaults where there is none. Raises `Stop`, naming every fault."""
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise Stop(f"The settings file {path.name} cannot be read: {fault}. Mend that line and start again.") from fault
    except ValidationError as fault:
        raise Stop(
            f"The settings file {path.name} needs mending. " + " ".join(_say(e) for e in fault.errors())
        ) from fault


def _say(error: object) -> str:
    assert isinstance(error, dict)  # noqa: S101 - pydantic documents the shape; this narrows it for the type checker
    where = ".".join(str(part) for part in error["loc"])
    if error["type"] == "extra_forbidden":
        return f'"{where}" is not a setting formflow knows; remove it or correct its spelling.'
    return f'"{where}": {error["msg"]}.'


@dataclass(frozen=True, slots=True)
class WorkingFolder:
    """The folder that people and formflow share: inbox, outbox, templates, and where the register is."""

    root: Path
    settings: Settings

    @property
    def inbox(self) -> Path:
        """Where people drop forms."""
        return self.root / "inbox"

    @property
    def outbox(self) -> Path:
        """Where formflow puts what it makes."""
        return self.root / "outbox"

    @property
    def templates(self) -> Path:
        """The Word templates, for the partnership to edit."""
        return self.root / "templates"

    @property
    def layouts(self) -> Path:
        """The partnership's own layouts of forms; it need not be there."""
        return self.root / "layouts"

    @property
    def register(self) -> Path:
        """The register and the evidence store; local disk only."""
        return (self.root / self.settings.register_folder).resolve()

    @property
    def cores(self) -> int:
        """How many forms are worked on at once."""
        return self.settings.cores or min(os.cpu_count() or 1, _MOST_CORES)

    @staticmethod
    def open(root: Path) -> WorkingFolder:
        """The working folder at `root` with its settings. Raises `Stop` when it is not one, or overlaps itself."""
        root = root.resolve()
        modes.refuse_writable(modes.trusted_places(root))
        folder = WorkingFolder(root, load(root / "formflow.toml"))
        missing = [path.name for path in (folder.inbox, folder.outbox, folder.templates) if not path.is_dir()]
        if missing:
            raise Stop(
                f"{root} is not a working folder of formflow: it has no {' and no '.join(missing)} folder. "
                f'Make one with: formflow init "{root}"'
            )
        folder._refuse_overlap()
        return folder

    def _refuse_overlap(self) -> None:
        places = {path.name: path.resolve() for path in (self.inbox, self.outbox, self.templates)}
        for name, place in places.items():
            if self.register.is_relative_to(place) or place.is_relative_to(self.register):
                raise Stop(
                    f'The setting "register_folder" puts the register and the {name} folder one inside the other. '
                    "Choose a folder of its own for the register, apart from where people work, on this computer's "
                    "own disk."
                )
            for other, there in places.items():
                if other != name and there.is_relative_to(place):
                    raise Stop(
                        f"The folders {other} and {name} lie one inside the other ({there}), so formflow would take "
                        "its own papers for forms. Make them two folders side by side."
                    )
