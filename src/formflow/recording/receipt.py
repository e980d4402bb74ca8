"""The receipt of a decision: everything it was made with, by fingerprint, so that it can be made again and compared."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from formflow import shipped


def receipt_of(rules: Mapping[str, str], form: str, layout: str, history: str, templates: Path) -> dict[str, str]:
    """The rules' own receipt, with the form (SHA-256), its layout, the earlier cases and the templates."""
    return dict(rules) | {
        "form": form,
        f"layout {layout}": layout_fingerprint(layout),
        "history": history,
        "templates": templates_fingerprint(templates),
    }


@lru_cache(maxsize=64)
def layout_fingerprint(layout: str) -> str:
    """The SHA-256 of a layout's file; empty for a layout that does not come with formflow."""
    path = shipped.DATA / "layouts" / f"{layout}.toml"
    return hashlib.sha256(path.read_bytes()).hexdigest() if layout and path.is_file() else ""


def templates_fingerprint(folder: Path) -> str:
    """One fingerprint for all Word templates of a folder: it changes when one is edited, added or taken away."""
    paths = sorted(path for path in folder.rglob("*.docx") if not path.name.startswith(("~", ".")))
    whole = hashlib.sha256()
    for path in paths:
        state = path.stat()
        whole.update(
            f"{path.relative_to(folder).as_posix()} {_content(path, state.st_mtime_ns, state.st_size)}\n".encode()
        )
    return whole.hexdigest() if paths else ""


@lru_cache(maxsize=256)
def _content(path: Path, changed: int, size: int) -> str:
    # A file that keeps its time and its size has not been edited: hashing it again for every form would be waste.
    del changed, size
    return hashlib.sha256(path.read_bytes()).hexdigest()
