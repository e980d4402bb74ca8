"""Which field a label asks for: labels, sections and follow-ups that are declared as data, nothing by likeness."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from formflow.errors import Stop
from formflow.extracting.dictionary import Dictionary
from formflow.extracting.wording import Asked, Wording, readings, without_asides
from formflow.extracting.wording import words as words_of

ANYWHERE = "anywhere"
_THE_FORM = {"incident", "notifier"}
"""What a heading seems to begin that is only the name of the form: `Serious incident notification`."""
_IF_YES = re.compile(r"\s*if (?:yes|so|applicable|the answer is yes)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"(child|family|agency|event)_(\d+)_")
Targets = tuple[str, ...]
"""What a label asks for: field patterns (`child_N_dob`), one option of a choice (`nature:died`), or several of them."""
Areas = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Together:
    """Questions that stand together: what `Date` or `Details` after one of them asks for."""

    of: tuple[str, ...]
    follows: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Key:
    """Words that give a question away in whatever else it is said."""

    targets: Targets
    words: tuple[Asked, ...]
    within: frozenset[str]
    """The parts of the form in which they do; everywhere when empty."""
    bars: tuple[Asked, ...]
    """Words that make it another question."""

    def fits(self, asked: Asked, sections: Sequence[str]) -> int:
        """How many of its words stand in what is asked, at most; 0 when it is another question."""
        if self.within and sections and self.within.isdisjoint(sections):
            return 0
        if any(bar <= asked for bar in self.bars):
            return 0
        return max((len(words) for words in self.words if words <= asked), default=0)


@dataclass(frozen=True)
class Vocabulary:
    """Every declared way of asking."""

    wording: Wording
    labels: Mapping[Asked, Mapping[str, Targets]]
    """For what is asked: by section (or `anywhere`), the targets."""
    slack: Mapping[str, frozenset[str]]
    """By section: words that change nothing there."""
    heads: Mapping[Asked, tuple[str, ...]]
    """Declared headings, with the sections they head."""
    head_words: Mapping[str, tuple[str, ...]]
    """By word: the sections it tells of."""
    follows: Mapping[Asked, tuple[str, ...]]
    """For what is asked: what it may ask for about the question before."""
    together: tuple[Together, ...]
    boxed: Mapping[str, str] = field(default_factory=dict)
    """What a label asks for instead when it is answered by boxes."""
    keys: tuple[Key, ...] = ()
    relations: Mapping[str, bool] = field(default_factory=dict)
    """Words for relatives; whether they name a single person."""
    home: Mapping[str, str] = field(default_factory=dict)
    """By target: the section of the dictionary it belongs to."""

    @staticmethod
    def parse(wordings: str, sections: str, labels: str, keys: str, dictionary: Dictionary) -> Vocabulary:
        """The vocabulary of the four data files. Raises `Stop` where a label is declared for two fields at once."""
        wording, parts = Wording.parse(wordings), tomllib.loads(sections)
        home: dict[str, str] = {}
        declared: dict[Asked, dict[str, Targets]] = defaultdict(dict)
        for key, ways in tomllib.loads(labels).items():
            targets = tuple(key.split(" + "))
            home[key] = home[targets[0]] = home_of(targets[0], dictionary)
            for context, phrases in ways.items():
                where = home[key] if context == "here" else context
                _declare(declared, wording, phrases, where, targets)
        heads = {wording.asked(title): (section,) for section, titles in parts["titles"].items() for title in titles}
        by_word: dict[str, list[str]] = defaultdict(list)
        for section, words in parts["words"].items():
            for alike in {alike for word in words for alike in wording.asked(word)}:
                by_word[alike].append(section)
        return Vocabulary(
            wording,
            declared,
            {section: frozenset(words) for section, words in parts["slack"].items()},
            heads,
            {word: tuple(found) for word, found in by_word.items()},
            _follows(parts["follows"], wording),
            tuple(_together(each) for each in parts["together"]),
            parts["boxed"],
            tuple(_key(key, raw, home, dictionary) for key, raw in tomllib.loads(keys).items()),
            {word: kind == "one" for kind, words in parts["relations"].items() for word in words},
            home,
        )

    def for_one_form(self) -> Vocabulary:
        """The same vocabulary, remembering while one form is read what its labels ask."""
        mine = replace(self, wording=self.wording.remembering())
        mine.__dict__["_slackly"] = self._slackly  # worked out once, not for each form
        return mine

    def asks(self, label: str, sections: Sequence[str], areas: Areas = ()) -> Targets | None:
        """What a label asks for where it stands; None when no declared label says so, or two do.

        `sections` are the parts of the form it stands in, the nearest first.
        """
        for reading in readings(label):
            asked = self.wording.asked(reading, areas)
            if asked and (found := self._asks(asked, sections)):
                return found
        return None

    def declared(self, label: str, sections: Sequence[str]) -> Targets | None:
        """What the layout of this very form says that a label asks for; None where there is no layout."""
        del label, sections
        return None

    def _asks(self, asked: Asked, sections: Sequence[str]) -> Targets | None:
        by_section = self.labels.get(asked, {})
        everywhere = by_section.get(ANYWHERE)
        if everywhere and sections[:1] and sections[0] not in by_section and self._home(everywhere) == sections[0]:
            return everywhere
        for section in sections:
            if section in by_section:
                return by_section[section]
        if ANYWHERE in by_section:
            return by_section[ANYWHERE]
        for section in sections:
            if found := self._slackly.get(section, {}).get(asked - self.slack.get(section, frozenset())):
                return found
        return None

    def _home(self, targets: Targets) -> str:
        return self.home.get(" + ".join(targets), "")

    def keyed(self, label: str, sections: Sequence[str], areas: Areas = ()) -> Targets | None:
        """What a label asks for by the words that give it away; None where two questions claim it equally."""
        asked = self.wording.asked(label, areas)
        best, found = 0, set[Targets]()
        for key in self.keys:
            fits = key.fits(asked, sections)
            if fits > best:
                best, found = fits, {key.targets}
            elif fits and fits == best:
                found.add(key.targets)
        if len(found) > 1 and sections:
            here = {targets for targets in found if self.home.get(targets[0]) == sections[0]}
            found = here or found
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _slackly(self) -> dict[str, dict[Asked, Targets]]:
        """By section: its labels without the words that change nothing there; one that then asks two things is out."""
        found: dict[str, dict[Asked, Targets]] = defaultdict(dict)
        for section, words in self.slack.items():
            clashes: set[Asked] = set()
            for asked, by_section in self.labels.items():
                for context, targets in by_section.items():
                    if context == section or (context == ANYWHERE and self.home[" + ".join(targets)] == section):
                        bare = asked - words
                        if found[section].setdefault(bare, targets) != targets:
                            clashes.add(bare)
            for bare in clashes | {frozenset()}:
                found[section].pop(bare, None)
        return found

    def heading(self, text: str) -> tuple[str, ...]:
        """The parts of the form that a heading begins; empty when it says nothing we know."""
        hits: dict[str, int] = defaultdict(int)
        for reading in readings(text):
            if known := self.heads.get(self.wording.asked(reading)):
                return known
        for word in self.wording.asked(without_asides(text)):
            for section in self.head_words.get(word, ()):
                hits[section] += 1
        ranked = sorted(hits, key=lambda section: (-hits[section], section))
        tied = {section for section in ranked if hits[section] == hits[ranked[0]]}
        return () if tied == _THE_FORM else tuple(ranked)

    def follow(self, label: str, after: str) -> str | None:
        """The field that `Date`, `Details` or `Reference` asks for when it follows a question about `after`."""
        for reading in readings(label):
            for kind in self.follows.get(self.wording.asked(reading), ()):
                if found := self.companion(after, kind):
                    return found
        if _IF_YES.match(label) and not self.wording.asked(_IF_YES.sub("", label)) - self.wording.faint:
            return self.companion(after, "detail")
        return None

    def companion(self, of: str, kind: str) -> str | None:
        """The field that stands beside another for its `date`, `detail`, `ref` …; None when there is none.

        Of one child's answer it is a field of that child; of a pattern, a pattern.
        """
        numbered = _NUMBERED.match(of)
        pattern, process = self._pattern(of.replace(numbered[0], f"{numbered[1]}_N_", 1) if numbered else of)
        for together in self.together:
            if pattern in together.of and kind in together.follows:
                found = together.follows[kind].replace("_P", f"_{process}")
                return found.replace("_N_", f"_{numbered[2]}_") if numbered else found
        return None

    def relation(self, label: str) -> tuple[str, bool] | None:
        """The relative that a label begins with, as it is written, and whether it is a single person."""
        plain = " ".join(words_of(next(iter(readings(label)), "").split("–")[0].split("(")[0]))
        for bare in (plain, " ".join(words_of(label.splitlines()[0])) if label.strip() else ""):
            for name in sorted(self.relations, key=len, reverse=True):
                if bare == name or bare.startswith(
                    (f"{name} name", f"{name} full name", f"{name} details", f"{name} s name")
                ):
                    return name, self.relations[name]
        return None

    def base_of(self, field_id: str, kind: str) -> str | None:
        """The question that a field is the `date`, `detail` … of; None when it is of none."""
        return next((each.of[0] for each in self.together if each.follows.get(kind) == field_id), None)

    def is_follow(self, label: str) -> bool:
        """Whether a label asks for something about the question before it."""
        return any(self.wording.asked(reading) in self.follows for reading in readings(label))

    @staticmethod
    def _pattern(of: str) -> tuple[str, str]:
        if of.startswith("process_") and of != "process_restricted":
            rest = of.removeprefix("process_")
            for tail in ("_ref", "_lead", "_date"):
                if rest.endswith(tail):
                    return f"process_P{tail}", rest.removesuffix(tail)
            return "process_P", rest
        return of, ""


def home_of(target: str, dictionary: Dictionary) -> str:
    """The section a target belongs to; for a target of our own making (`child_N_full_name`) that of its block."""
    bare = target.partition(":")[0]
    asked = dictionary.field(bare)
    if asked is not None:
        return asked.section
    block = bare.split("_")[0]
    return {"event": "events", "process": "processes", "attachment": "declaration"}.get(block, block)


def _declare(
    declared: dict[Asked, dict[str, Targets]], wording: Wording, phrases: Iterable[str], where: str, targets: Targets
) -> None:
    for phrase in phrases:
        asked = wording.asked(phrase)
        if not asked:
            raise Stop(f'The label "{phrase}" asks for nothing once hints are left out. Mend labels.toml.')
        before = declared[asked].setdefault(where, targets)
        if before != targets:
            both = " and ".join((" + ".join(before), " + ".join(targets)))
            raise Stop(f'The label "{phrase}" is declared for {both}. Take it out of one of them in labels.toml.')


def _follows(raw: Mapping[str, list[str]], wording: Wording) -> dict[Asked, tuple[str, ...]]:
    found: dict[Asked, tuple[str, ...]] = {}
    for kind, phrases in raw.items():
        for asked in {wording.asked(phrase) for phrase in phrases}:
            found[asked] = (*found.get(asked, ()), kind)
    return found


def _key(key: str, raw: Mapping[str, list[str]], home: dict[str, str], dictionary: Dictionary) -> Key:
    targets = tuple(key.split(" + "))
    home.setdefault(key, home_of(targets[0], dictionary))
    home.setdefault(targets[0], home[key])
    words, bars = (tuple(frozenset(each.split()) for each in raw.get(name, ())) for name in ("words", "not"))
    return Key(targets, words, frozenset(raw.get("in", ())), bars)


def _together(raw: Mapping[str, Any]) -> Together:
    return Together(tuple(raw["of"]), {kind: target for kind, target in raw.items() if kind != "of"})
