"""Who else on this computer may look into our files or change what we trust, where the system says so in modes."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from formflow.errors import Stop

OTHERS = 0o007
"""What people may do who are neither the owner of a file nor of its group."""
_NAMED = 3
"""How many places are named at once; the command beside them mends all."""


def nothing_for_others() -> None:
    """Let everything this process makes from now on be for its owner and group at most.

    On Windows the rights of the folder count for what is made in it: docs/security.md.
    """
    if os.name == "posix":
        os.umask(os.umask(OTHERS) | OTHERS)


def close_to_others(path: Path) -> bool:
    """Take from others what they may do with a file or folder; whether they may do nothing now."""
    if os.name != "posix":
        return True
    mode = stat.S_IMODE(path.stat().st_mode)
    if not mode & OTHERS:
        return True
    try:
        path.chmod(mode & ~OTHERS)
    except OSError:  # somebody else's file
        return False
    return not path.stat().st_mode & OTHERS  # a mounted share may take the word and do nothing


def others_can_write(state: os.stat_result) -> bool:
    """Whether anybody with an account on this computer may change it. On Windows modes tell nothing of that."""
    return os.name == "posix" and bool(state.st_mode & stat.S_IWOTH)


def refuse_writable(places: Iterable[Path]) -> None:
    """Raise `Stop` where others can write what formflow takes its settings, papers or layouts from.

    Whoever can change one of these decides what formflow writes. A place that is not there is passed over.
    """
    open_ones = [place for place in places if _is_writable(place)]
    if not open_ones:
        return
    named = ", ".join(f'"{place}"' for place in open_ones[:_NAMED])
    more = f" and {len(open_ones) - _NAMED} more" if len(open_ones) > _NAMED else ""
    raise Stop(
        f"Anybody with an account on this computer can change {named}{more}, so formflow does not use it. Take that "
        f"away with chmod o-w {' '.join(_quoted(place) for place in open_ones)} and start again. On a mounted share "
        "the mount decides: file_mode=0660,dir_mode=0770."
    )


def trusted_places(root: Path) -> Iterator[Path]:
    """What formflow works by in a working folder: the folder itself, the settings, templates and layouts."""
    yield root
    yield root / "formflow.toml"
    for name, ending in (("templates", ".docx"), ("layouts", ".toml")):
        yield root / name
        for path in sorted((root / name).rglob("*")):
            if path.suffix == ending or path.is_dir():
                yield path


def _is_writable(place: Path) -> bool:
    try:
        return others_can_write(place.stat())
    except OSError:
        return False


def _quoted(place: Path) -> str:
    return "'" + str(place).replace("'", "'\\''") + "'"
