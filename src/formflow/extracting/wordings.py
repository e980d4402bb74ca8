"""How people write the answers that can be chosen, as data: wordings by option, read from `options.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from formflow.errors import Stop
from formflow.extracting.plain import bare, key


class _YesNo(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


class _Not(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    words: tuple[str, ...] = ()


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    beginnings: Annotated[dict[str, tuple[str, ...]], Field(default_factory=dict)]
    lists: Annotated[dict[str, dict[str, tuple[str, ...]]], Field(default_factory=dict)]
    codes: Annotated[dict[str, dict[str, str]], Field(default_factory=dict)]
    open: Annotated[dict[str, dict[str, str]], Field(default_factory=dict)]
    yes_no: Annotated[dict[str, _YesNo], Field(default_factory=dict)]
    organisations: Annotated[dict[str, tuple[str, ...]], Field(default_factory=dict)]
    organisations_not: _Not = _Not()


@dataclass(frozen=True, slots=True)
class Wording:
    """What is written for the options of one list; all words bared for comparing."""

    meant: Mapping[str, str] = field(default_factory=dict)
    """Wording → option."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Code, in small letters → option."""
    open: Mapping[str, str] = field(default_factory=dict)
    """Wording that may mean several options → why it settles none; a conflict."""

    def option(self, words: str, options: Mapping[str, str]) -> str | None:
        """The option that words stand for letter for letter: by its id, its text or a wording; never by likeness."""
        plain, wanted = bare(words), key(words)
        if wanted in options:
            return wanted
        texts = _texts(tuple(options.items()))
        return texts.get(wanted) or texts.get(plain) or self.meant.get(plain)


@dataclass(frozen=True, slots=True)
class Wordings:
    """Every wording that is known."""

    lists: Mapping[str, Wording] = field(default_factory=dict)
    """By the name of the option list."""
    names: Mapping[frozenset[str], str] = field(default_factory=dict)
    """The name of a list by its option ids."""
    yes_no: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """By question: wording → yes or no."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Words in an organisation's name → the kind of agency."""
    organisations_not: frozenset[str] = frozenset()

    @staticmethod
    def parse(text: str) -> Wordings:
        """The wordings written in `text` (the shape of `options.toml`). Raises `Stop` where one means two options."""
        try:
            file = _File.model_validate(tomllib.loads(text))
        except (tomllib.TOMLDecodeError, ValidationError) as fault:
            raise Stop(f"The list of wordings cannot be used: {fault}. Mend options.toml and start again.") from fault
        return Wordings(
            {name: _wording(name, options, file) for name, options in file.lists.items()},
            {frozenset(options): name for name, options in file.lists.items()},
            {name: _meanings(name, {"yes": said.yes, "no": said.no}, {}) for name, said in file.yes_no.items()},
            _meanings("organisations", file.organisations, {}),
            frozenset(map(bare, file.organisations_not.words)),
        )

    def of(self, options: Mapping[str, str]) -> Wording:
        """The wordings of an option list; none for a list nothing is written about."""
        return self.named(self.names.get(frozenset(options), ""))

    def named(self, name: str) -> Wording:
        """The wordings of the option list of that name; none for a list nothing is written about."""
        return self.lists.get(name, Wording())


@lru_cache(maxsize=64)
def _texts(options: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """The options of a list by their own texts, as they are compared."""
    return {words: option for option, text in options for words in (key(text), bare(text)) if words}


def _wording(name: str, options: Mapping[str, tuple[str, ...]], file: _File) -> Wording:
    meant = _meanings(name, options, file.beginnings)
    open_ones = {bare(words): why for words, why in file.open.get(name, {}).items()}
    if twice := meant.keys() & open_ones.keys():
        raise Stop(f'options.toml, list "{name}": "{min(twice)}" stands both for an option and for none. Keep one.')
    return Wording(meant, {code.casefold(): option for code, option in file.codes.get(name, {}).items()}, open_ones)


def _meanings(
    name: str, options: Mapping[str, tuple[str, ...]], beginnings: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    meant: dict[str, str] = {}
    for option, wordings in options.items():
        for words in (bare(one) for wording in wordings for one in _spelt_out(wording, beginnings)):
            if meant.setdefault(words, option) != option:
                raise Stop(f'options.toml, "{name}": "{words}" stands for {meant[words]} and for {option}. Keep one.')
    return meant


def _spelt_out(wording: str, beginnings: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """`{mixed} White and Asian` with each of the beginnings that `{mixed}` stands for."""
    found = re.match(r"\{(\w+)\}", wording)
    if not found:
        return (wording,)
    return tuple(begin + wording[found.end() :] for begin in beginnings.get(found[1], ()))
