"""The papers of an event, each showing names in its own mode."""

from __future__ import annotations

from collections.abc import Callable

from formflow.rendering.names.lore import mode_of
from formflow.rendering.paper import Paper
from formflow.rendering.plain import Words
from formflow.rendering.render import Renderer
from formflow.settings import Names, Settings


def render_by_mode(
    renderer: Renderer, event: str, stem: str, settings: Settings, words_of: Callable[[Names], Words]
) -> list[Paper]:
    """Every template of an event, filled with the words for its mode; `words_of` makes these, once for each mode.

    Raises `Stop` as `Renderer.render` does.
    """
    modes = [mode_of(template, settings) for template in renderer.asks_for(event)]
    drawn = {mode: renderer.render(event, words_of(mode), stem) for mode in dict.fromkeys(modes)}
    return [drawn[mode][number] for number, mode in enumerate(modes)]
