"""What comes with formflow: the field dictionary, layouts, guidance, sample forms and Word templates."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def text(name: str) -> str:
    """The text of a shipped data file, named from the data folder (`fields.toml`, `guidance/2018-07-04.toml`)."""
    return (DATA / name).read_text(encoding="utf-8")


def texts(folder: str) -> dict[str, str]:
    """Every TOML file of a shipped data folder by its stem, in the order of the names."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted((DATA / folder).glob("*.toml"))}


def templates() -> Path:
    """The folder of Word templates: inside an installed package, or at the top of a checkout."""
    installed = DATA / "templates"
    return installed if installed.is_dir() else Path(__file__).parents[2] / "templates"
