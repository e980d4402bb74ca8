"""Putting the shared version of a case where it is collected, and its key where nobody shares it by mistake."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from formflow.outbox.put import fingerprint, put
from formflow.rendering.paper import Paper
from formflow.rendering.papers.sharing import Sharing

TO_SHARE = "to share"
APART = "key - not to be shared"


def put_shared(case_folder: Path, made: Sharing) -> tuple[list[Path], list[Path]]:
    """Write the papers into "to share", and the check and the key apart; gives where both lie.

    The check quotes what it found, so it does not lie among what is shared. What somebody has edited is never written
    over. Raises `TryLater` when a file is open.
    """
    return _put(case_folder / TO_SHARE, made.papers), _put(case_folder / APART, (made.check, made.key))


def _put(folder: Path, papers: Sequence[Paper]) -> list[Path]:
    places = []
    for paper in papers:
        place = next(one for one in _names(folder, paper.name) if not one.exists() or _same(one, paper))
        if not place.exists():
            put(place, paper.content)
        places.append(place)
    return places


def _names(folder: Path, name: str) -> Iterator[Path]:
    """The name of a paper, then the same with a number, without end."""
    yield folder / name
    yield from (folder / f"{Path(name).stem} ({number}).docx" for number in count(2))


def _same(place: Path, paper: Paper) -> bool:
    return fingerprint(place) == hashlib.sha256(paper.content).hexdigest()
