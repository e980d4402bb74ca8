"""Layouts: the forms formflow knows, as data, and recognising which of them a document is."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow.errors import Stop
from formflow.extracting.form import Certainty, Kind
from formflow.reading.document import Document

VERSION_CONTROL = "form.version"
"""The control of our own forms that says which form and edition it is."""


class Layout(BaseModel):
    """One kind of form: what to know it by."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    title: str
    kind: Kind
    family: str
    """What `form.version` begins with: `formflow SIN-`."""
    versions: Annotated[tuple[str, ...], Field(min_length=1)]
    """The editions this layout reads: `formflow SIN-1 v1`."""


@dataclass(frozen=True, slots=True)
class Layouts:
    """Every layout that is known."""

    layouts: tuple[Layout, ...]

    @staticmethod
    def parse(texts: Mapping[str, str]) -> Layouts:
        """Layouts from TOML texts by name. Raises `Stop`, naming the layout and what is wrong with it."""
        layouts: list[Layout] = []
        for name, text in texts.items():
            try:
                layouts.append(Layout.model_validate({"name": name, **tomllib.loads(text)}))
            except (tomllib.TOMLDecodeError, ValidationError) as fault:
                raise Stop(f'The layout "{name}" cannot be used: {fault}. Mend that file and start again.') from fault
        return Layouts(tuple(layouts))

    def recognise(self, document: Document) -> tuple[Layout, Certainty] | None:
        """The layout a document says it has; None when it says nothing that we know.

        `recognised` for an edition we know, `related` for another edition of a form of ours.
        """
        said = _version(document)
        for layout in self.layouts:
            if said in layout.versions:
                return layout, "recognised"
        for layout in self.layouts:
            if said.startswith(layout.family):
                return layout, "related"
        return None


def _version(document: Document) -> str:
    """What the form says of itself: its version control, else a document property of that name, else its title."""
    for control in document.controls:
        if control.name == VERSION_CONTROL and control.raw.strip():
            return re.sub(r"\s+", " ", control.raw).strip()
    return document.properties.get(VERSION_CONTROL) or document.properties.get("title", "")
