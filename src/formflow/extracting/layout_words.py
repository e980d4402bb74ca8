"""The words a layout asks with, before those that any form may ask with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from formflow.extracting.exact import exact
from formflow.extracting.layout import NOTHING, Layout, Words
from formflow.extracting.vocabulary import ANYWHERE, Areas, Targets, Vocabulary
from formflow.extracting.wording import readings


@dataclass(frozen=True)
class LayoutVocabulary(Vocabulary):
    """A vocabulary in which the labels and headings of one layout come first."""

    own: Mapping[Words, Mapping[str, Targets]] = field(default_factory=dict)
    """For the words of a label: by its part of the form, or `anywhere`, what they ask for."""
    own_heads: Mapping[Words, tuple[str, ...]] = field(default_factory=dict)

    @staticmethod
    def of(vocabulary: Vocabulary, layout: Layout) -> LayoutVocabulary:
        """The general vocabulary with a layout's words before it."""
        own: dict[Words, dict[str, Targets]] = defaultdict(dict)
        heads: dict[Words, tuple[str, ...]] = {}
        for number, part in enumerate(layout.section, start=1):
            section = f"section {number}" if part.headings else ANYWHERE
            for heading in part.headings:
                heads[exact(heading)] = (part.part, section) if part.part else (section,)
            for target, labels in part.labels.items():
                for label in labels:
                    _declare(own[exact(label)], section, part.part, tuple(target.split(" + ")))
        for label in layout.ignore:
            own[exact(label)][ANYWHERE] = (NOTHING,)
        kept = {each.name: getattr(vocabulary, each.name) for each in fields(vocabulary)}
        made = LayoutVocabulary(**kept, own=own, own_heads=heads)
        made.__dict__["_slackly"] = vocabulary._slackly  # worked out once, not for each form
        return made

    def declared(self, label: str, sections: Sequence[str]) -> Targets | None:
        """What the layout itself says that a label asks for in these parts."""
        for reading in readings(label):
            by_section = self.own.get(exact(reading), {})
            for section in (*sections, ANYWHERE):
                if by_section.get(section):
                    return by_section[section]
        return None

    def asks(self, label: str, sections: Sequence[str], areas: Areas = ()) -> Targets | None:
        """What a label asks for: as the layout says, else as any form would."""
        return self.declared(label, sections) or super().asks(label, sections, areas)

    def heading(self, text: str) -> tuple[str, ...]:
        """The parts that a heading begins: as the layout says, else as any form would."""
        return self.own_heads.get(exact(text)) or super().heading(text)


def _declare(by_section: dict[str, Targets], section: str, part: str, targets: Targets) -> None:
    """Note a label under its section, and under its part of the dictionary unless two sections of that part differ."""
    by_section[section] = targets
    if part and section != ANYWHERE:
        by_section[part] = targets if by_section.get(part, targets) == targets else ()
