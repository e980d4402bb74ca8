"""What comes with formflow: the field dictionary, layouts, guidance, sample forms and Word templates."""

from __future__ import annotations

from pathlib import Path

from formflow import modes
from formflow.errors import Stop

DATA = Path(__file__).parent / "data"


def text(name: str) -> str:
    """The text of a shipped data file, named from the data folder (`fields.toml`, `guidance/2018-07-04.toml`)."""
    return (DATA / name).read_text(encoding="utf-8")


def texts(folder: str) -> dict[str, str]:
    """Every TOML file of a shipped data folder by its stem, in the order of the names."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((DATA / folder).glob("*.toml"))}


def layouts(own: Path | None = None) -> dict[str, str]:
    """Every layout by its name: those shipped, and those in a partnership's own folder.

    Raises `Stop` where two have one name, one cannot be read, or anybody could have written them.
    """
    found = texts("layouts")
    mine = sorted(own.glob("*.toml")) if own and own.is_dir() else []
    if own and mine:
        modes.refuse_writable((own.parent, own, *mine))
    for path in mine:
        if path.stem in found:
            raise Stop(
                f'Two layouts are called "{path.stem}": {path}, and {DATA / "layouts" / path.name}, which comes with '
                "formflow. Give yours another name and start again."
            )
        found[path.stem] = toml_text(path)
    return found


def toml_text(path: Path) -> str:
    """The text of a layout somebody wrote. Raises `Stop` when it cannot be read as text."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise Stop(
            f"The layout {path} cannot be read as text. Save it as plain text in UTF-8 (Notepad: Save as, Encoding "
            "UTF-8) and start again."
        ) from fault


def templates() -> Path:
    """The folder of Word templates: inside an installed package, or at the top of a checkout."""
    installed = DATA / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"
