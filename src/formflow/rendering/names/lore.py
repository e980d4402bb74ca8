"""What is known of names apart from any case: which questions ask for them, and which are ordinary words too."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from formflow import shipped
from formflow.settings import Names, Settings

FALLBACK: Names = "initials"
"""How a paper shows names that nothing speaks of."""

_NUMBERED = re.compile(r"^([a-z]+)_\d{1,3}_")
_BY_OPTION = re.compile(r"^(partner|process)_\w+?_(name|role|ref|lead)$")


@dataclass(frozen=True, slots=True)
class Lore:
    """The words of `data/names.toml`."""

    modes: Mapping[str, Names]
    """How each paper shows names, by the name of its template."""
    shared: tuple[str, ...]
    """The papers that have a version for sharing."""
    kinds: Mapping[str, str]
    """What a question tells of somebody (`person`, `birth`, `address` …), by its id with `N` or `P` in it."""
    professionals: Mapping[str, tuple[str, str]]
    """For a professional's name, the question that asks for the post, and what stands for a post that is not given."""
    relations: Mapping[str, str]
    """The label of a relation by each way in which it is written: small letters, no punctuation."""
    ordinary: frozenset[str]
    """Names that are ordinary words too, also with a capital."""
    small: frozenset[str]
    """Those that are ordinary words only in small letters."""
    times: frozenset[str]
    articles: frozenset[str]
    places: frozenset[str]
    openers: frozenset[str]
    short_forms: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def lore() -> Lore:
    """What is shipped, read once."""
    raw = tomllib.loads(shipped.text("names.toml"))
    ordinary = {key: frozenset(words) for key, words in raw["ordinary"].items()}
    return Lore(
        raw["names"],
        tuple(raw["share"]["papers"]),
        {field: kind for kind, fields in raw["fields"].items() for field in fields},
        {field: (role, instead) for field, (role, instead) in raw["professionals"].items()},
        {way: label for label, ways in raw["relations"].items() for way in ways},
        ordinary["words"],
        ordinary["small"],
        ordinary["times"],
        ordinary["articles"],
        ordinary["places"],
        ordinary["openers"],
        {name: tuple(short) for name, short in raw["short_forms"].items()},
    )


def mode_of(paper: str, settings: Settings) -> Names:
    """How a paper, by the name of its template, shows names: as the partnership set it, else as it is shipped."""
    return settings.papers.names.get(paper) or lore().modes.get(paper, FALLBACK)


def pattern_of(field_id: str) -> str:
    """A question without its number or option: `child_2_dob` → `child_N_dob`, `partner_icb_name` → `partner_P_name`."""
    if found := _BY_OPTION.match(field_id):
        return f"{found[1]}_P_{found[2]}"
    return _NUMBERED.sub(r"\1_N_", field_id)
