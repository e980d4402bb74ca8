"""Everything extracting knows of forms, read once from data: fields, layouts, ways of asking, ways of answering."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.kinds import Kinds
from formflow.extracting.layout import Layouts
from formflow.extracting.likeness import Phrases
from formflow.extracting.vocabulary import Vocabulary
from formflow.extracting.wordings import Wordings


@dataclass(frozen=True, slots=True)
class Knowledge:
    """The field dictionary, the layouts, and the words of people and forms."""

    dictionary: Dictionary = field(repr=False)
    layouts: Layouts = field(repr=False)
    vocabulary: Vocabulary = field(repr=False)
    wordings: Wordings = field(repr=False)
    kinds: Kinds = field(repr=False)
    phrases: Phrases = field(repr=False)

    @staticmethod
    def parse(
        text: Callable[[str], str], layouts: Mapping[str, str], forms: Mapping[str, str] | None = None
    ) -> Knowledge:
        """From the texts of the data files by name, of the layouts and of the other forms of the process by theirs.

        Raises `Stop` where one contradicts itself.
        """
        dictionary = Dictionary.parse(text("fields.toml"), forms, text("forms-shared.toml"))
        labels = text("labels.toml")
        vocabulary = Vocabulary.parse(
            text("wordings.toml"), text("sections.toml"), labels, text("keys.toml"), dictionary
        )
        return Knowledge(
            dictionary,
            Layouts.parse(layouts, askable(vocabulary, dictionary), tuple(dictionary.sections)),
            vocabulary,
            Wordings.parse(text("options.toml")),
            Kinds.parse(text("kinds.toml")),
            Phrases.of(
                {key: [p for each in ways.values() for p in each] for key, ways in tomllib.loads(labels).items()}
            ),
        )


def askable(vocabulary: Vocabulary, dictionary: Dictionary) -> frozenset[str]:
    """Everything that a layout may say a label asks for: fields, options of choices, and several of them together."""
    options = {f"{each.id}:{option}" for each in dictionary.fields.values() for option in each.options}
    processes = {
        pattern.replace("_P", f"_{process}", 1)
        for pattern in dictionary.fields
        for process in dictionary.options.get("process", ())
        if "_P" in pattern
    }
    return frozenset({*dictionary.fields, *vocabulary.home, *options, *processes})
