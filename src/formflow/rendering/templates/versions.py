"""The versions of a template that papers can be drawn with: the one in the folder, the last good one, the shipped."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from formflow import modes, shipped
from formflow.errors import Stop
from formflow.rendering.picture import Picture
from formflow.rendering.plain import Ready
from formflow.rendering.templates.apart import BeyondLimits, FillingRoom
from formflow.rendering.templates.compile import compile_template
from formflow.rendering.templates.compiled import Compiled
from formflow.rendering.templates.fill import fill
from formflow.rendering.templates.last_good import LastGood


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a template."""

    name: str
    content: bytes = field(repr=False)
    sha256: str
    called: str
    """For people: what was used in place of the edited one; empty for the edited one itself."""
    refused: str = ""
    """Why it is not even looked into; empty for one that may be."""


@dataclass(slots=True)
class Versions:
    """Finds the versions of templates, and fills them: those that come with formflow here, others apart."""

    folder: Path
    last_good: LastGood | None
    room: FillingRoom
    _read: dict[Path, tuple[tuple[int, int, int], Version]] = field(default_factory=dict, repr=False)
    _asks: dict[tuple[str, str], frozenset[str] | Stop] = field(default_factory=dict, repr=False)

    def of(self, path: Path) -> Iterator[Version]:
        """The versions of a template, the one to use first; without a place for the last good ones, only itself."""
        name = f"{path.parent.name}/{path.name}"
        try:
            edited = self.edited(path, name)
            yield edited
        except OSError:
            if self.last_good is None:
                raise
            edited = None
        if self.last_good is None or (edited is not None and _is_ours(edited)):
            return
        kept = self.last_good.of(name)
        if kept is not None and (edited is None or _sha(kept) != edited.sha256):
            yield Version(name, kept, _sha(kept), "the last version that was in order")
        with_us = shipped.templates() / name
        if with_us.is_file():
            yield Version(
                name, with_us.read_bytes(), _sha(with_us.read_bytes()), "the version that comes with formflow"
            )

    def edited(self, path: Path, name: str) -> Version:
        """The version that lies in the folder, read again when its time, size or mode changed."""
        state = path.stat()
        known = self._read.get(path)
        seen = (state.st_mtime_ns, state.st_size, state.st_mode)
        if known is None or known[0] != seen:
            version = self._loaded(path, name)
            if version.refused:
                return version  # its folder may be mended without a trace at the file
            known = self._read[path] = (seen, version)
        return known[1]

    def _loaded(self, path: Path, name: str) -> Version:
        """The version as it is read now; without its content where anybody could have put it there."""
        with path.open("rb") as opened:
            if modes.others_can_write(os.fstat(opened.fileno())):
                return Version(name, b"", "", "", _open_to_all(name, path))
            for place in (path.parent, self.folder):
                if modes.others_can_write(place.stat()):
                    return Version(name, b"", "", "", _open_to_all(name, place))
            content = opened.read()
        return Version(name, content, _sha(content), "")

    def asks_for(self, version: Version) -> frozenset[str]:
        """The words a version asks for, at the top level. Raises `Stop`, at once when it was found before."""
        if version.refused:
            raise Stop(version.refused)
        key = (version.name, version.sha256)
        if key not in self._asks:
            try:
                self._asks[key] = (
                    _compiled(version.name, version.sha256, version.content).asks_for
                    if _is_ours(version)
                    else self.room.asks_for(version.name, version.content)
                )
            except Stop as fault:
                self._asks[key] = fault
        found = self._asks[key]
        if isinstance(found, Stop):
            raise found.with_traceback(None)
        return found

    def fill(self, version: Version, words: Ready, pictures: Sequence[Picture]) -> bytes:
        """A paper from a version. Raises `Stop` when it cannot be drawn."""
        if _is_ours(version):
            return fill(_compiled(version.name, version.sha256, version.content), words, pictures)
        self.asks_for(version)
        try:
            return self.room.fill(version.name, version.content, words, pictures)
        except BeyondLimits as fault:
            self._asks[version.name, version.sha256] = fault  # not to wait as long again for every paper
            raise


def _open_to_all(name: str, place: Path) -> str:
    return (
        f'The template "{name}" may have been written by anybody with an account on this computer, so it is not used. '
        f'Look through it and take that away: chmod o-w "{place}"'
    )


def _is_ours(version: Version) -> bool:
    return version.sha256 in _shipped()


@lru_cache(maxsize=1)
def _shipped() -> frozenset[str]:
    """The fingerprints of the templates that come with formflow: they are trusted."""
    return frozenset(_sha(path.read_bytes()) for path in shipped.templates().rglob("*.docx"))


_MADE: dict[tuple[str, str], Compiled] = {}


def _compiled(name: str, sha256: str, content: bytes) -> Compiled:
    """A shipped template made ready; there are as many as there are files."""
    if (name, sha256) not in _MADE:
        _MADE[name, sha256] = compile_template(name, content)
    return _MADE[name, sha256]


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
