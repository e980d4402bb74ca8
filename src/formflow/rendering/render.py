"""Filling Word templates: made ready once, sandboxed, strict, plain data only; what is written is looked at again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from formflow.errors import Stop
from formflow.rendering.paper import Paper
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Words, plain
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.compiled import Compiled
from formflow.rendering.templates.fill import fill


class Renderer:
    """The templates of a folder, each compiled when it is first needed and again when somebody has edited it."""

    def __init__(self, templates: Path) -> None:
        """Remember the folder; nothing is opened yet."""
        self._folder = templates
        self._compiled: dict[tuple[Path, int, int], Compiled] = {}

    def render(self, event: str, words: Words, stem: str, pictures: Sequence[Picture] = ()) -> list[Paper]:
        """Every template of an event, filled. `stem` names the papers; `{doc}` in it stands for the template's name.

        Raises `Stop`, naming the template and the place, when one cannot be filled.
        """
        ready = plain(words)
        return [
            Paper(named(stem, path.stem), fill(self._template(path), ready, pictures)) for path in self._paths(event)
        ]

    def render_one(
        self, event: str, name: str, words: Words, stem_or_name: str, pictures: Sequence[Picture] = ()
    ) -> Paper:
        """One template of an event, filled. The paper is named as `render` does, or as it says when that ends in .docx.

        Raises `Stop`, naming the template, when there is none of that name or it cannot be filled.
        """
        path = next((path for path in self._paths(event) if path.stem == name), None)
        if path is None:
            raise Stop(
                f'There is no template "{event}/{name}.docx". To put the shipped ones back: formflow init, here.'
            )
        return Paper(named(stem_or_name, name), fill(self._template(path), plain(words), pictures))

    def check(self) -> tuple[str, ...]:
        """Compile every template and give their names. Raises `Stop` for the first that cannot be used."""
        events = sorted(path.name for path in self._folder.iterdir() if path.is_dir())
        return tuple(self._template(path).name for event in events for path in self._paths(event))

    def asks_for(self, event: str) -> Mapping[str, frozenset[str]]:
        """For each template of an event, the words it asks for."""
        return {path.stem: self._template(path).asks_for for path in self._paths(event)}

    def _paths(self, event: str) -> Sequence[Path]:
        paths = sorted(p for p in (self._folder / event).glob("*.docx") if not p.name.startswith(("~", ".")))
        if not paths:
            raise Stop(
                f'There is no template in "templates/{event}". To put the shipped ones back: formflow init, here.'
            )
        return paths

    def _template(self, path: Path) -> Compiled:
        state = path.stat()
        key = (path, state.st_mtime_ns, state.st_size)
        if key not in self._compiled:
            self._compiled[key] = compile_template(f"{path.parent.name}/{path.name}", path.read_bytes())
        return self._compiled[key]


def named(stem_or_name: str, template: str) -> str:
    """The file name of a paper."""
    return stem_or_name if stem_or_name.endswith(".docx") else f"{stem_or_name.format(doc=template)}.docx"
