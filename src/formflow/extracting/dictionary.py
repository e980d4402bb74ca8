"""The field dictionary: every question a form may ask, under one id, whatever words a partnership's own form uses."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as detail
from typing import Any, Literal

from formflow.errors import Stop

FieldType = Literal[
    "text",
    "long_text",
    "date",
    "time",
    "yes_no",
    "choice",
    "choices",
    "integer",
    "nhs_number",
    "postcode",
    "email",
    "phone",
]
Level = Literal["blocker", "query", "note"]

_NUMBERED = re.compile(r"^([a-z]+)_([1-9]\d{0,2})_(\w+)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the canonical form."""

    id: str
    title: str
    order: int
    repeats: Literal["", "N", "P"]
    """`N`: a block for each child, person, agency or event; `P`: one for each process; empty: once."""


@dataclass(frozen=True, slots=True)
class Field:
    """A question, as `fields.toml` words it."""

    id: str
    """With `N` or `P` still in it for a repeated one: `child_N_surname`, `process_P_ref`."""
    section: str
    title: str
    type: FieldType
    options: Mapping[str, str]
    """For choices: option id → what people read; empty otherwise."""
    required: Level
    """What is raised when a form leaves it unanswered."""
    when: str
    """If not empty, the level applies only in this case."""
    meaning: str


@dataclass(frozen=True, slots=True, eq=False)
class Dictionary:
    """All fields of a form by id, sections in the order of the form, and the option lists.

    It is read once: two are the same only when they are one, so that what is made from it can be kept under it.
    """

    edition: str
    fields: Mapping[str, Field]
    sections: Mapping[str, Section]
    options: Mapping[str, Mapping[str, str]]
    form: str = ""
    """The layout whose questions these are (`formflow-air-1`); empty for those of the notification."""
    others: Mapping[str, Dictionary] = detail(default_factory=dict, repr=False)
    """The questions of the other forms of the process, by their layout."""
    _patterns: dict[str, str] = detail(default_factory=dict, repr=False)
    """What was found out before: the pattern of an id, and below the number of a question."""
    _numbers: dict[str, str] = detail(default_factory=dict, repr=False)

    @staticmethod
    def parse(text: str, forms: Mapping[str, str] | None = None, shared: str = "") -> Dictionary:
        """The dictionary written in `text` (the shape of `fields.toml`). Raises `Stop` when it contradicts itself.

        `forms` are the other forms of the process by their layout; each brings its own sections, fields and options,
        and names under `shared` those it takes from the text `shared`. Option lists of `text` are theirs too.
        """
        raw = tomllib.loads(text)
        common = tomllib.loads(shared)
        others = {
            name: _parse(_with_shared(tomllib.loads(own), common, name), raw["options"], name)
            for name, own in (forms or {}).items()
        }
        return replace(_parse(raw, {}, ""), others=others)

    def of(self, layout: str) -> Dictionary:
        """The questions of the form that has this layout; those of the notification for a layout of that kind."""
        return self.others.get(layout, self)

    def field(self, field_id: str) -> Field | None:
        """The question behind an id as forms use it (`child_2_surname`, `process_police_ref`); None for no such id."""
        return self.fields.get(self._patterns.get(field_id) or self.pattern(field_id))

    def pattern(self, field_id: str) -> str:
        """An id with its number or process taken out: `child_2_surname` → `child_N_surname`."""
        known = self._patterns.get(field_id)
        if known is None:
            known = self._pattern(field_id)
            if known in self.fields:  # other words come from files, and there is no end of them
                self._patterns[field_id] = known
        return known

    def _pattern(self, field_id: str) -> str:
        if match := _NUMBERED.match(field_id):
            return f"{match[1]}_N_{match[3]}"
        block = field_id.partition("_")[0]
        if field_id not in self.fields and block in self.options:
            rest = field_id.removeprefix(f"{block}_")
            for option in self.options[block]:
                tail = rest.removeprefix(option)
                if rest.startswith(option) and f"{block}_P{tail}" in self.fields:
                    return f"{block}_P{tail}"
        return field_id

    def in_section(self, section: str) -> Iterator[Field]:
        """The questions of a section, in the order of the form."""
        return (f for f in self.fields.values() if f.section == section)

    def number(self, field_id: str) -> str:
        """The question's number on the form: its section and its place there, `2.4`; empty for no such id."""
        asked = self.field(field_id)
        if asked is None:
            return ""
        if asked.id not in self._numbers:
            place = [f.id for f in self.in_section(asked.section)].index(asked.id) + 1
            self._numbers[asked.id] = f"{self.sections[asked.section].order}.{place}"
        return self._numbers[asked.id]

    def label(self, field_id: str) -> str:
        """A question as a person reads it, with its section: `Section 3, The child 2, "Surname"`."""
        asked = self.field(field_id)
        if asked is None:
            return f'"{field_id}"'
        section = self.sections[asked.section]
        which = section.title
        match = _NUMBERED.match(field_id)
        if match and (section.repeats or match[1] != "child"):  # the child that says which case a form is about is one
            which = f"{section.title}, {match[1]} {match[2]}"
        elif section.repeats == "P" and asked.id != field_id:
            block = field_id.partition("_")[0]
            held = max((p for p in self.options[block] if field_id.startswith(f"{block}_{p}")), key=len)
            which = f"{section.title}, {self.options[block][held]}"
        return f'Section {section.order}, {which}: "{asked.title}"'


def _parse(raw: Mapping[str, Any], more: Mapping[str, dict[str, str]], form: str) -> Dictionary:
    options: dict[str, dict[str, str]] = {**more, **raw.get("options", {})}
    sections = {
        key: Section(key, s["title"], s["order"], s.get("repeats", ""))
        for key, s in sorted(raw["sections"].items(), key=lambda pair: pair[1]["order"])
    }
    fields = {key: _field(key, f, sections, options) for key, f in raw["fields"].items()}
    return Dictionary(raw.get("edition", "1"), fields, sections, options, form)


def _with_shared(raw: dict[str, Any], common: Mapping[str, Any], form: str) -> dict[str, Any]:
    """A form's own sections and fields with those it shares; each has its own order on the form."""
    fields: dict[str, Any] = {}
    sections = dict(raw["sections"])
    for key, order in raw.get("shared", {}).items():
        if key not in common["sections"]:
            raise Stop(f'The form "{form}" shares the section "{key}", which is not there.')
        sections[key] = {**common["sections"][key], "order": order}
        fields |= {name: field for name, field in common["fields"].items() if field["section"] == key}
    return {**raw, "sections": sections, "fields": {**fields, **raw["fields"]}}


def _field(
    key: str, raw: dict[str, Any], sections: Mapping[str, Section], options: Mapping[str, Mapping[str, str]]
) -> Field:
    named = raw.get("options", "")
    if raw["section"] not in sections or (named and named not in options):
        raise Stop(f'The field dictionary: field "{key}" names a section or option list that is not there.')
    return Field(
        key,
        raw["section"],
        raw["title"],
        raw["type"],
        options.get(named, {}),
        raw["required"],
        raw.get("when", ""),
        raw["meaning"],
    )
