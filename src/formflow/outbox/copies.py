"""PDF copies beside the Word papers of a case: which are missing, and putting them, never over a person's work.

Nothing is written down about copies. What is missing is seen by holding the register's list of papers against the
folder, and a copy says itself of which paper it is one (`formflow.rendering.office.copy`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from formflow.errors import TryLater
from formflow.outbox.put import drawn_again, fingerprint, put, set_aside
from formflow.rendering.office.copy import copied_from


@dataclass(frozen=True, slots=True)
class Wanted:
    """A Word paper that has no copy, or one of what it was before."""

    paper: Path
    sha256: str
    """Of the paper as it lies there now."""
    changed: float
    """When it was last changed, in seconds of the file system."""

    @property
    def copy(self) -> Path:
        """Where its copy belongs."""
        return self.paper.with_suffix(".pdf")


def current_papers(place: Path, papers: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    """The papers of a case that lie in its folder, each with the fingerprint of what formflow last wrote there.

    `papers` is the register's list. A paper that was drawn again beside one that somebody edited is among them.
    """
    for name, sha256 in papers.items():
        for path in (place / name, drawn_again(place / name)):
            if path.is_file():
                yield path, sha256


def wanted(place: Path, papers: Mapping[str, str], *, edited: bool = False) -> Iterator[Wanted]:
    """The Word papers in a case's folder that need a copy; copies of papers that are gone or edited are set aside.

    A paper that a person edited gets a copy only where `edited` says so: it may be half-way, and is theirs to send.
    Raises `TryLater` while a paper or its copy cannot be opened.
    """
    set_aside(place, _without_paper(place, papers))
    for path, sha256 in current_papers(place, papers):
        if path.suffix.lower() == ".docx" and not _is_newer(path.with_suffix(".pdf"), path):
            want = Wanted(path, fingerprint(path), path.stat().st_mtime)
            state = _state(want)
            if state in ("missing", "old") and (edited or want.sha256 == sha256):
                yield want
            elif state == "old":
                set_aside(place, (want.copy.name,))


def put_copy(want: Wanted, content: bytes) -> bool:
    """Put a copy, unless its paper was changed or moved meanwhile or a person's file lies there; says whether.

    Raises `TryLater` while the copy there is open in a reader.
    """
    if not want.paper.is_file() or fingerprint(want.paper) != want.sha256 or _state(want) in ("made", "theirs"):
        return False
    put(want.copy, content)
    return True


def copy_state(paper: Path) -> str:
    """`missing`, `made`, `old` (of what the paper was before) or `theirs`: what lies there is not as formflow made it.

    Raises `TryLater` while the paper or the copy cannot be opened.
    """
    return _state(Wanted(paper, fingerprint(paper), 0.0))


def _state(want: Wanted) -> str:
    if not want.copy.is_file():
        return "missing"
    try:
        made_from = copied_from(want.copy.read_bytes())
    except PermissionError as fault:
        raise TryLater(f'"{want.copy.name}" is open in another program. Close it; formflow tries again.') from fault
    if made_from is None:
        return "theirs"
    return "made" if want.sha256.startswith(made_from) else "old"


def _is_newer(copy: Path, paper: Path) -> bool:
    """Whether a copy was made after its paper last changed: nothing need be opened then."""
    try:
        return copy.stat().st_mtime_ns >= paper.stat().st_mtime_ns
    except OSError:
        return False


def _without_paper(place: Path, papers: Mapping[str, str]) -> Iterator[str]:
    """Copies whose paper was set aside while they were open in a reader, or being made."""
    for name in papers:
        for path in (place / name, drawn_again(place / name)):
            copy = path.with_suffix(".pdf")
            if not path.is_file() and copy.is_file() and (place / "earlier versions" / path.name).is_file():
                yield copy.name
