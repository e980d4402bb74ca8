"""The shape of the words that papers get: taken from samples, so that it never says other than what papers get."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from rapidfuzz import fuzz, process

Kind = Literal["text", "number", "yes or no", "list", "group"]
_LIKE_ENOUGH = 60.0
"""Of 100, for one word to be offered in place of another."""


@dataclass(slots=True)
class Shape:
    """What a word is, and what is in it."""

    kinds: set[Kind] = field(default_factory=set)
    words: dict[str, Shape] = field(default_factory=dict)
    """Of a group, by name."""
    item: Shape | None = None
    """Of a list."""
    sample: str = ""

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of it: no sample shows one."""
        return not self.kinds

    def nearest(self, name: str) -> str:
        """The word of this group that is most like `name`, else the most like in any group below; empty for none."""
        near = process.extractOne(name, list(self.words), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH)
        if near is None:
            below = {path.rpartition(".")[2]: path for path, _ in self.every()}
            found = process.extractOne(name, list(below), scorer=fuzz.ratio, score_cutoff=_LIKE_ENOUGH + 20)
            return below[found[0]] if found else ""
        return str(near[0])

    def every(self, path: str = "") -> Iterator[tuple[str, Shape]]:
        """Every word below, by its path: `duty.reason`, `children[].dob.text`."""
        for name, shape in self.words.items():
            yield (here := f"{path}.{name}" if path else name), shape
            yield from shape.every(here)
        if self.item is not None:
            if not self.item.words:
                yield f"{path}[]", self.item
            yield from self.item.every(f"{path}[]")


def shape_of(samples: Iterable[Mapping[str, object]]) -> Shape:
    """What the words of all these samples are, together."""
    whole = Shape({"group"})
    for words in samples:
        _learn(whole, words)
    return whole


def _learn(shape: Shape, value: object) -> None:
    match value:
        case bool():
            shape.kinds.add("yes or no")
        case int():
            shape.kinds.add("number")
        case str():
            shape.kinds.add("text")
        case Mapping():
            shape.kinds.add("group")
            for name, inner in value.items():
                _learn(shape.words.setdefault(str(name), Shape()), inner)
        case list() | tuple():
            shape.kinds.add("list")
            shape.item = shape.item or Shape()
            for inner in value:
                _learn(shape.item, inner)
        case _:
            raise TypeError(type(value).__name__)
    if isinstance(value, str | int) and not shape.sample:
        shape.sample = ("yes" if value else "no") if isinstance(value, bool) else str(value)
