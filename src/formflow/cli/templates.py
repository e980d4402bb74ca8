"""The templates of a partnership: are they in order, and which words may they ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from formflow import shipped
from formflow.cli import show
from formflow.cli.shapes import Json
from formflow.cli.template_samples import samples
from formflow.errors import Stop
from formflow.pipeline import rulebook, the_dictionary
from formflow.rendering.papers.catalogue import catalogue
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.rendering.templates.last_good import FOLDER
from formflow.rendering.templates.shape import Shape, shape_of
from formflow.settings import Settings, WorkingFolder


def check(folder: Path) -> None:
    """Try every template with invented cases at the edges. Raises `Stop` when one is to be mended."""
    working = WorkingFolder.open(folder)
    renderer = Renderer(working.templates, working.register / FOLDER)
    try:
        found, count = _findings(renderer, working), sum(map(len, renderer.names().values()))
    finally:
        renderer.close()
    show.title("formflow templates check")
    faults = [row for row in found if row[1] == "to mend"]
    if found:
        show.table(("Template", "", "What", "Where"), found)
    if faults:
        broken = len({row[0] for row in faults})
        raise Stop(
            f"{broken} of {count} templates {'is' if broken == 1 else 'are'} to be mended; see above. Until then "
            "papers are drawn with the last version that was in order, else with the one that comes with formflow. "
            "For the words there are: formflow templates words"
        )
    show.last(f"All {count} templates are in order.")


def look_over(folder: Path) -> str:
    """For `formflow check`: the templates by name. Raises `Stop`, naming what is wrong with each."""
    working = WorkingFolder.open(folder)
    renderer = Renderer(working.templates, working.register / FOLDER)
    try:
        faults = [row for row in _findings(renderer, working) if row[1] == "to mend"]
        used = {trouble.name: trouble.used for trouble in renderer.troubles()}
    finally:
        renderer.close()
    if faults:
        said = " ".join(f'"{name}": {what}{f" ({where})" if where else ""}.' for name, _, what, where in faults[:6])
        meanwhile = "; ".join(f"{name} is drawn with {what or 'nothing'}" for name, what in used.items())
        raise Stop(f"{said} {f'Meanwhile {meanwhile}. ' if meanwhile else ''}More is said by: formflow templates check")
    return ", ".join(f"{event}/{name}" for event, names in renderer.names().items() for name in names)


def words(event: str | None, *, as_json: bool) -> None:
    """List the words of an event, or of all of them. Raises `Stop` for one that there is not."""
    held = _samples(None)
    if event is not None and event not in held:
        raise Stop(f'There is no event "{event}". There are {", ".join(held)}.')
    # All papers of a case have the same words: listed once, unless one event is asked for.
    shown = [event] if event else [next(iter(catalogue())), *(name for name in held if name not in catalogue())]
    chosen = {name: shape_of(held[name]) for name in shown}
    if as_json:
        show.put_json({name: [_as_json(*one) for one in shape.every()] for name, shape in chosen.items()})
        return
    for name, shape in chosen.items():
        every = event is None and name in catalogue()
        show.title("Words for every paper of a case" if every else f"Words for templates/{name}")
        show.table(("Word", "What it is", "For instance"), [_row(*one) for one in shape.every()])
    show.last("Lists end in [] and are gone through: {%p for child in children %} {{ child.who }} {%p endfor %}")


def _findings(renderer: Renderer, working: WorkingFolder) -> list[tuple[str, str, str, str]]:
    """Template, how grave, what, and where, for everything that was found."""
    rows: list[tuple[str, str, str, str]] = []
    cases = _samples(working)
    for event, names in renderer.names().items():
        if event not in cases:
            rows.append((event, "to know", "formflow draws no papers from a folder of this name", ""))
            continue
        for name in names:
            rows += [_told(f"{event}/{name}.docx", one) for one in renderer.prove(event, name, cases[event])]
    return rows


def _told(name: str, found: dict[str, str]) -> tuple[str, str, str, str]:
    # Which template it is stands beside it.
    what = found["says"].removeprefix(f'The template "{name}" ') + (
        f'; did you mean "{found["instead"]}"?' if found["instead"] else ""
    )
    where = found["part"] + (f', near "{found["near"]}"' if found["near"] else "")
    return name, "to mend" if found["kind"] == "fault" else "to know", what, where


def _samples(working: WorkingFolder | None) -> dict[str, Sequence[Words]]:
    dictionary = the_dictionary()
    rules = rulebook(working or WorkingFolder(shipped.DATA, Settings()), dictionary)
    return dict(samples(dictionary, rules, working.settings if working else Settings()))


def _kind(shape: Shape) -> str:
    return " or ".join(sorted(shape.kinds)) or "list"


def _row(path: str, shape: Shape) -> tuple[str, str, str]:
    return path, _kind(shape), show.said(" ".join(shape.sample.split())[:60])


def _as_json(path: str, shape: Shape) -> dict[str, Json]:
    return {"word": path, "kind": _kind(shape), "sample": shape.sample[:200]}
