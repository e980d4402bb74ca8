"""The places of a working folder: where people drop forms, and that none of its folders lies in another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from formflow.errors import Stop

USUAL = "inbox"
"""The name, and the folder, of the inbox of a working folder that names none."""


class Inbox(BaseModel):
    """`[[inboxes]]`: a folder where people drop forms. What is left out is as for the whole working folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=60)]
    """What it is called in the status and in the log; no name of a person."""
    path: Annotated[str, Field(min_length=1)]
    r"""Seen from the working folder if relative; also `\\server\share\folder`."""
    settle_seconds: Annotated[float, Field(ge=0, le=3600)] | None = None
    poll_seconds: Annotated[float, Field(ge=0.2, le=3600)] | None = None
    depth: Annotated[int, Field(ge=0, le=32)] = 8
    """How many sub-folders deep it is looked through."""
    events: bool = True
    """Whether file events may wake the watch early; a share that sends none is looked at by the clock in any case."""


@dataclass(frozen=True, slots=True)
class Place:
    """One inbox, with everything that is set for it."""

    name: str
    path: Path
    settle_seconds: float
    poll_seconds: float
    depth: int = 8
    events: bool = True


def places(root: Path, inboxes: tuple[Inbox, ...], settle: float, poll: float) -> tuple[Place, ...]:
    """The inboxes of the working folder at `root`. Raises `Stop` when two have one name."""
    if not inboxes:
        return (Place(USUAL, root / USUAL, settle, poll),)
    names = [inbox.name.casefold() for inbox in inboxes]
    if twice := sorted({inbox.name for inbox in inboxes if names.count(inbox.name.casefold()) > 1}):
        raise Stop(f"Two inboxes have the same name ({twice[0]}). Give each its own, in formflow.toml.")
    return tuple(
        Place(
            inbox.name,
            root / inbox.path,
            settle if inbox.settle_seconds is None else inbox.settle_seconds,
            poll if inbox.poll_seconds is None else inbox.poll_seconds,
            inbox.depth,
            inbox.events,
        )
        for inbox in inboxes
    )


def refuse_overlap(named: Mapping[str, Path], register: Path) -> None:
    """Raise `Stop` where folders lie one inside the other: formflow would take its own papers for forms."""
    resolved = {name: path.resolve() for name, path in named.items()}
    for name, place in resolved.items():
        if register.is_relative_to(place) or place.is_relative_to(register):
            raise Stop(
                f'The setting "register_folder" puts the register and the {name} folder one inside the other. '
                "Choose a folder of its own for the register, apart from where people work, on this computer's "
                "own disk."
            )
        for other, there in resolved.items():
            if other != name and there.is_relative_to(place):
                raise Stop(
                    f"The folders {other} and {name} lie one inside the other ({there}), so formflow would take "
                    "its own papers for forms. Make them two folders side by side."
                )
