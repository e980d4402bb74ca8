"""The room in which templates run: whoever edits one can only lay out words, and is told what went wrong."""

from __future__ import annotations

import re

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from formflow.errors import Stop
from formflow.rendering.plain import shown

FAULTS = (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, RecursionError)
"""Everything that a template which is filled with plain data can do wrong, short of eating time and memory."""

_GIVEN = ("range", "namespace", "joiner")
_QUOTED = re.compile(r"'([^']+)'(?: is undefined|$)|no (?:attribute|element) '?([^']+)'?")


class Sandbox(SandboxedEnvironment):
    """Jinja without attributes that begin with an underscore, without calls of anything but text, and strict."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=shown)
        self.globals = {name: self.globals[name] for name in _GIVEN}

    def getattr(self, obj: object, attribute: str) -> object:
        """A word of a group of words; only then what Jinja would find. Words called `items` or `title` are words."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


def stop(name: str, fault: BaseException, known: frozenset[str]) -> Stop:
    """What a fault in filling says to the office; `known` are the names that the template itself holds.

    Jinja quotes what was asked for, which may come from an answer: only what the template says is repeated.
    """
    if isinstance(fault, UndefinedError):
        found = _QUOTED.search(fault.message or "")
        asked = next((word for word in found.groups() if word), "") if found else ""
        named = f': "{asked}"' if asked in known else ""
        return Stop(
            f'The template "{name}" asks for a word that formflow does not give{named}. Correct it in Word; for the '
            "words there are: formflow templates words"
        )
    if isinstance(fault, SecurityError):
        return Stop(
            f'The template "{name}" does something that a template may not do: it can only lay out words. Remove the '
            "tag in Word; to see where: formflow templates check"
        )
    return Stop(
        f'The template "{name}" cannot be filled ({type(fault).__name__}). Mend it in Word; to see where: formflow '
        "templates check"
    )


def stop_compiling(name: str, fault: TemplateError, source: str) -> Stop:
    """What a fault in the tags of a template says, with the words beside it."""
    near = near_line(source, fault.lineno) if isinstance(fault, TemplateSyntaxError) else ""
    where = f', near "{near}"' if near else ""
    what = (fault.message or "").rstrip(".")
    return Stop(f'The template "{name}" cannot be used: {what}{where}. Mend it in Word and try again.')


def near_line(source: str, number: int) -> str:
    """The words of the template at a line of its source; lines are paragraphs."""
    lines = source.split("\n")
    at = min(max(number - 1, 0), len(lines) - 1)
    words = text_of(lines[at]) or " ".join(filter(None, map(text_of, lines[max(0, at - 2) : at + 3])))
    return shortened(words)


def text_of(source: str) -> str:
    """What a person sees of a piece of a template's source."""
    words = re.sub(r"<[^<>]*>", "", re.sub(r"</w:(?:tc|p)>", " ", source))
    words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    return re.sub(r"\s+", " ", words).strip()


def shortened(words: str, most: int = 80) -> str:
    """Words, cut where they are long."""
    return words if len(words) <= most else f"{words[:most].rstrip()} …"
