"""Everything extracting knows of forms, read once from data: fields, layouts, ways of asking, ways of answering."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from formflow.extracting.dictionary import Dictionary
from formflow.extracting.kinds import Kinds
from formflow.extracting.layout import Layouts
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

    @staticmethod
    def parse(text: Callable[[str], str], layouts: Mapping[str, str], forms: Mapping[str, str]) -> Knowledge:
        """From the texts of the data files by name, of the layouts and of the other forms of the process by theirs.

        Raises `Stop` where one contradicts itself.
        """
        dictionary = Dictionary.parse(text("fields.toml"), forms, text("forms-shared.toml"))
        return Knowledge(
            dictionary,
            Layouts.parse(layouts),
            Vocabulary.parse(
                text("wordings.toml"), text("sections.toml"), text("labels.toml"), text("keys.toml"), dictionary
            ),
            Wordings.parse(text("options.toml")),
            Kinds.parse(text("kinds.toml")),
        )
