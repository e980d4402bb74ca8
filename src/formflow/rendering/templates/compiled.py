"""A template made ready: the parts that hold tags as programs, the others as they will lie in every paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from jinja2 import Template

from formflow.rendering.templates.package import Packed


@dataclass(frozen=True, slots=True)
class Program:
    """A part that is filled for every paper."""

    name: str
    template: Template = field(repr=False)
    source: str = field(repr=False)
    """What was compiled: the part as docxtpl patched it, each paragraph on a line of its own."""
    certain: frozenset[str] = frozenset()
    """The words that it prints whatever the case, so that they must be found in what was written."""
    in_attributes: bool = False
    """Whether a tag stands inside an attribute, such as a drawing's alternative text."""
    own_grids: bool = False
    """Whether rows may come out with other numbers of cells than their table has columns; docxtpl mends that."""
    drawings: bool = False
    """Whether there are drawings, whose numbers must differ."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """The part that holds the picture of each drawing, by the drawing's name."""
    asks_for: frozenset[str] = frozenset()
    """The words it asks for, at the top level."""
    names: frozenset[str] = field(default=frozenset(), repr=False)
    """Every word that its tags say, so that a fault repeats nothing else."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template made ready."""

    name: str
    """Its folder and file name: `notification/panel-notice.docx`."""
    sha256: str
    """Of the file."""
    parts: tuple[Program | Packed, ...] = field(repr=False)
    core: str = ""
    """The part of the document properties, which are ours; empty where there is none."""
    content_types: bytes = field(default=b"", repr=False)
    asks_for: frozenset[str] = frozenset()
    """The words it asks for, at the top level."""
    shared_pictures: frozenset[str] = frozenset()
    """Parts that hold the picture of more than one drawing."""

    @property
    def programs(self) -> tuple[Program, ...]:
        """The parts that are filled."""
        return tuple(part for part in self.parts if isinstance(part, Program))
