"""Filling Word templates: made ready once, sandboxed, strict, plain data only; what is written is looked at again."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import Stop
from formflow.rendering.paper import Paper
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Ready, Words, plain
from formflow.rendering.templates.apart import FillingRoom
from formflow.rendering.templates.last_good import LastGood
from formflow.rendering.templates.prove import Found
from formflow.rendering.templates.versions import Version, Versions

log = logging.getLogger("formflow")


@dataclass(frozen=True, slots=True)
class Trouble:
    """A template that cannot be used as it lies in the folder."""

    name: str
    """`notification/panel-notice.docx`"""
    sha256: str
    says: str
    """What is wrong with it."""
    used: str
    """What papers are drawn with meanwhile; empty where there is nothing, so that none are drawn."""

    def __str__(self) -> str:
        """The sentence for the office."""
        then = f"Papers are drawn with {self.used}." if self.used else "No paper is drawn from it until it is mended."
        return f"{self.says} {then}"


class Renderer:
    """The templates of a folder, each made ready when it is first needed and again when somebody has edited it."""

    def __init__(self, templates: Path, kept: Path | None = None, room: FillingRoom | None = None) -> None:
        """Remember the folder; nothing is opened yet.

        With a folder in which the last good versions are kept, a broken template stops nothing: its papers are drawn
        with the last version that was in order, else with the shipped one, and `troubles` says so.
        """
        self._folder = templates
        self._versions = Versions(templates, LastGood(kept) if kept else None, room or FillingRoom())
        self._troubles: dict[str, Trouble] = {}

    def render(self, event: str, words: Words, stem: str, pictures: Sequence[Picture] = ()) -> list[Paper]:
        """Every template of an event, filled. `stem` names the papers; `{doc}` in it stands for the template's name.

        Raises `Stop`, naming the template and the place, when one cannot be filled; where last good versions are kept,
        only a template of the partnership's own that never was in order is left out, and `troubles` says so.
        """
        ready, papers = plain(words), []
        for path in self._paths(event):
            try:
                papers.append(Paper(named(stem, path.stem), self._draw(path, ready, pictures)))
            except Stop:
                if self._versions.last_good is None:
                    raise
        return papers

    def render_one(
        self, event: str, name: str, words: Words, stem_or_name: str, pictures: Sequence[Picture] = ()
    ) -> Paper:
        """One template of an event, filled. The paper is named as `render` does, or as it says when that ends in .docx.

        Raises `Stop`, naming the template, when there is none of that name or no version of it can be filled.
        """
        return Paper(named(stem_or_name, name), self._draw(self._path(event, name), plain(words), pictures))

    def draw_one(
        self, event: str, name: str, words: Words, stem: str, pictures: Sequence[Picture] = ()
    ) -> Paper | None:
        """The same; None where last good versions are kept and no version is in order: `troubles` says so."""
        try:
            return self.render_one(event, name, words, stem, pictures)
        except Stop:
            if self._versions.last_good is None:
                raise
            return None

    def asks_for(self, event: str) -> Mapping[str, frozenset[str]]:
        """For each template of an event, the words it asks for, in any version that may be used.

        Raises `Stop` for one that cannot be used, where there is no other version of it.
        """
        return {path.stem: self._asks_for(path) for path in self._paths(event)}

    def troubles(self) -> tuple[Trouble, ...]:
        """The templates that cannot be used as they lie in the folder, and what is used in their place."""
        for path in self._every():
            self._in_use(path)
        names = {_name(path) for path in self._every()}
        return tuple(trouble for name, trouble in sorted(self._troubles.items()) if name in names)

    @property
    def met(self) -> tuple[Trouble, ...]:
        """The troubles that were met so far, without looking again."""
        return tuple(self._troubles.values())

    def hear(self, troubles: Sequence[Trouble]) -> None:
        """Take over what was met where papers are drawn with the same templates in another process."""
        for one in troubles:
            if self._troubles.get(one.name) != one:
                self._troubles[one.name] = one
                log.warning("%s", one)

    def fingerprint(self) -> str:
        """One fingerprint for the versions in use: it changes when a template is edited, added or taken away."""
        whole, used = hashlib.sha256(), [(_name(path), self._in_use(path)) for path in self._every()]
        for name, version in used:
            whole.update(f"{name} {version.sha256 if version else 'none'}\n".encode())
        return whole.hexdigest() if used else ""

    def prove(self, event: str, name: str, words: Sequence[Words]) -> list[dict[str, str]]:
        """What there is to mend in a template as it lies in the folder, held against the words of sample cases."""
        path = self._path(event, name)
        try:
            version = self._versions.edited(path, _name(path))
            if version.refused:
                raise Stop(version.refused)
            return self._versions.room.prove(version.name, version.content, [plain(each) for each in words])
        except OSError:
            return [Found("fault", "it cannot be read; it may be open in another program").as_dict()]
        except Stop as fault:
            return [Found("fault", str(fault)).as_dict()]

    def names(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the templates of every event."""
        found: dict[str, tuple[str, ...]] = {}
        for path in self._every():
            found[path.parent.name] = (*found.get(path.parent.name, ()), path.stem)
        return found

    def close(self) -> None:
        """End the process in which edited templates are filled."""
        self._versions.room.close()

    def _draw(self, path: Path, words: Ready, pictures: Sequence[Picture]) -> bytes:
        before = self._troubles.get(_name(path))
        try:
            return self._drawn(path, words, pictures)
        finally:
            now = self._troubles.get(_name(path))
            if now is not None and now != before:
                log.warning("%s", now)

    def _drawn(self, path: Path, words: Ready, pictures: Sequence[Picture]) -> bytes:
        first: tuple[Version, Stop] | None = None
        for version in self._versions.of(path):
            try:
                content = self._versions.fill(version, words, pictures)
            except Stop as fault:
                first = first or (version, fault)
                continue
            self._note(path, version, first)
            return content
        raise self._nothing(path, first)

    def _in_use(self, path: Path) -> Version | None:
        """The version that the next paper is drawn with; None where there is none."""
        first: tuple[Version, Stop] | None = None
        standing = self._troubles.get(_name(path))
        for version in self._versions.of(path):
            if standing is not None and standing.sha256 == version.sha256:
                continue  # it can be made ready, but was not filled
            try:
                self._versions.asks_for(version)
            except Stop as fault:
                first = first or (version, fault)
                continue
            if first is not None or (version.called and standing is None):
                self._note(path, version, first)
            elif not version.called:
                self._troubles.pop(_name(path), None)  # somebody has edited it since
            return version
        if first is not None or standing is None:
            self._nothing(path, first)
        return None

    def _asks_for(self, path: Path) -> frozenset[str]:
        asked: list[frozenset[str]] = []
        first: tuple[Version, Stop] | None = None
        for version in self._versions.of(path):
            try:
                asked.append(self._versions.asks_for(version))
            except Stop as fault:
                first = first or (version, fault)
        if not asked and self._versions.last_good is None:
            raise self._nothing(path, first)
        return frozenset[str]().union(*asked)

    def _note(self, path: Path, used: Version, first: tuple[Version, Stop] | None) -> None:
        """Remember that a version was in order, or that another had to be used."""
        name = _name(path)
        if first is None and not used.called:
            self._troubles.pop(name, None)
            if self._versions.last_good is not None:
                self._versions.last_good.keep(name, used.content, used.sha256)
            return
        says = str(first[1]) if first else f'The template "{name}" cannot be read; it may be open in another program.'
        self._troubles[name] = Trouble(name, first[0].sha256 if first else "", says, used.called)

    def _nothing(self, path: Path, first: tuple[Version, Stop] | None) -> Stop:
        fault = first[1] if first else Stop(f'The template "{_name(path)}" cannot be read.')
        if self._versions.last_good is not None:
            self._troubles[_name(path)] = Trouble(_name(path), first[0].sha256 if first else "", str(fault), "")
        return fault

    def _path(self, event: str, name: str) -> Path:
        path = next((path for path in self._paths(event) if path.stem == name), None)
        if path is None:
            raise Stop(
                f'There is no template "{event}/{name}.docx". To put the shipped ones back: formflow init, here.'
            )
        return path

    def _paths(self, event: str) -> Sequence[Path]:
        paths = sorted(p for p in (self._folder / event).glob("*.docx") if not p.name.startswith(("~", ".")))
        if not paths:
            raise Stop(
                f'There is no template in "templates/{event}". To put the shipped ones back: formflow init, here.'
            )
        return paths

    def _every(self) -> Sequence[Path]:
        found = self._folder.glob("*/*.docx")
        return sorted(path for path in found if not path.name.startswith(("~", ".")))


def named(stem_or_name: str, template: str) -> str:
    """The file name of a paper."""
    return stem_or_name if stem_or_name.endswith(".docx") else f"{stem_or_name.format(doc=template)}.docx"


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"
