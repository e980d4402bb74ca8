"""A page of ours as one file: style and script inside it, everything escaped, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from functools import cache

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from formflow import __version__, shipped


def web_page(name: str, **words: object) -> bytes:
    """The shipped page of that name (`form`, `status`) with these words; only its own style and script may run."""
    style, script = shipped.text(f"pages/{name}.css"), shipped.text(f"pages/{name}.js")
    html = _template(name).render(
        style=Markup(style),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script_hash=_hash(script),
        version=__version__,
        **words,
    )
    return html.encode("utf-8", "replace")


@cache
def _template(name: str) -> Template:
    room = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    return room.from_string(shipped.text(f"pages/{name}.html"))


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
