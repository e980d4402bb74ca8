"""A stand-in for the words of a case: it notes every word that a template asks for, however deep."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import cast

from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer

from formflow.rendering.plain import shown
from formflow.rendering.templates.sandbox import FAULTS, Sandbox
from formflow.rendering.templates.shape import Shape

_OF_GROUPS = ("items", "keys", "values", "get")


@dataclass(slots=True)
class Notes:
    """What was asked for and is not there, each with its line in the template's source."""

    yes: bool
    """What every question about a word is answered with."""
    asked: set[str] = field(default_factory=set)
    unknown: list[tuple[int, str, str]] = field(default_factory=list)
    """Line, what is asked for, what to write instead."""

    def missing(self, name: str, of: StandIn) -> None:
        """Note a word that a group does not have."""
        near = of.shape.nearest(name)
        where = f' of "{of.path}"' if of.path else ""
        self.unknown.append((_line(), f'there is no word "{name}"{where}', near))

    def misused(self, of: StandIn, how: str) -> None:
        """Note a word that is not what the template takes it for."""
        inner = ", ".join(list(of.shape.words)[:4])
        says = f'"{of.path}" {how}' + (f" (in it: {inner} …)" if inner else "")
        self.unknown.append((_line(), says, ""))


class StandIn:
    """Stands for one word, and for everything that may be in it."""

    def __init__(self, shape: Shape, path: str, notes: Notes) -> None:
        self.shape, self.path, self.notes = shape, path, notes

    def ask(self, name: str) -> object:
        """The word of this name in a group."""
        path = f"{self.path}.{name}" if self.path else name
        self.notes.asked.add(path)
        if name in self.shape.words:
            return StandIn(self.shape.words[name], path, self.notes)
        if not self.shape.is_open:
            self.notes.missing(name, self)
        return StandIn(Shape(), path, self.notes)

    def __iter__(self) -> Iterator[object]:
        if "list" in self.shape.kinds or self.shape.is_open:
            yield StandIn(self.shape.item or Shape(), f"{self.path}[]", self.notes)
        elif "group" in self.shape.kinds:
            yield from list(self.shape.words)[:1]
        else:
            self.notes.misused(self, "is one word, not a list, so there is nothing to repeat")

    def items(self) -> list[tuple[object, object]]:
        """The words of a group with their names, for templates that go through all of them."""
        return [(name, StandIn(shape, f"{self.path}.{name}", self.notes)) for name, shape in self.shape.words.items()]

    def __str__(self) -> str:
        return self.shape.sample or "word"

    def __getattr__(self, name: str) -> object:
        if name.startswith("_"):
            raise AttributeError(name)
        return getattr(str(self), name)

    def __getitem__(self, key: object) -> object:
        if isinstance(key, str):
            return self.ask(key)
        return self if isinstance(key, slice) else next(iter(self), "")

    def __len__(self) -> int:
        return 1

    def __bool__(self) -> bool:
        return self.notes.yes

    def __int__(self) -> int:
        return 1

    __index__ = __round__ = __int__

    def __hash__(self) -> int:
        return hash(self.path)

    def _said(self, _: object) -> bool:
        return self.notes.yes

    __eq__ = __lt__ = __le__ = __gt__ = __ge__ = __contains__ = _said

    def __ne__(self, _: object) -> bool:
        return not self.notes.yes

    def _same(self, _: object) -> StandIn:
        return self

    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __floordiv__ = __mod__ = _same


class RecordingSandbox(Sandbox):
    """The room of templates, in which stand-ins are words."""

    def __init__(self) -> None:
        super().__init__()
        self.finalize = _printed

    def getattr(self, obj: object, attribute: str) -> object:
        """A word of a group; of a text, what Jinja would find."""
        if not isinstance(obj, StandIn):
            return super().getattr(obj, attribute)
        if attribute in obj.shape.words:
            return obj.ask(attribute)
        if "group" in obj.shape.kinds and attribute in _OF_GROUPS:
            return obj.items if attribute == "items" else _nothing
        if obj.shape.kinds & {"text", "number", "yes or no"} and hasattr(str, attribute):
            return super().getattr(str(obj), attribute)
        return obj.ask(attribute)

    def getitem(self, obj: object, argument: object) -> object:
        """The same, for `word["name"]` and for filters that look into words."""
        if isinstance(obj, StandIn):
            return obj[argument]
        return super().getitem(obj, argument)


def record(source: str, shape: Shape, unknown: Iterable[str], *, yes: bool) -> Notes:
    """Run a template's source through every branch, each loop once; its questions are answered with `yes` or no."""
    sandbox, notes = RecordingSandbox(), Notes(yes)
    tags = sandbox.parse(source)
    _EveryBranch().visit(tags)
    tags.set_environment(sandbox)
    template = Template.from_code(sandbox, sandbox.compile(tags), sandbox.make_globals(None))
    words: dict[str, object] = {name: StandIn(inner, name, notes) for name, inner in shape.words.items()}
    words |= {name: StandIn(Shape(), name, notes) for name in unknown}
    with contextlib.suppress(*FAULTS):  # what a template does with a stand-in proves nothing; the sample cases do
        template.render(words)
    return notes


class _EveryBranch(NodeTransformer):
    """Turns each choice into all its branches, one after the other."""

    def visit_If(self, node: nodes.If) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """Every test, then every branch."""
        self.generic_visit(node)
        return [_looked_at(node.test), *node.body, *node.elif_, *node.else_]  # the others were turned before

    def visit_For(self, node: nodes.For) -> list[nodes.Node]:  # noqa: N802 - Jinja calls it so
        """The loop without its condition, which is looked at inside, and what stands for no turn at all."""
        self.generic_visit(node)
        if node.test is not None:
            node.body.insert(0, _looked_at(node.test))
            node.test = None
        otherwise, node.else_ = node.else_, []
        return [node, *otherwise]


def _looked_at(test: nodes.Node) -> nodes.ExprStmt:
    return nodes.ExprStmt(cast("nodes.Expr", test), lineno=test.lineno)


def _printed(value: object) -> object:
    if not isinstance(value, StandIn):
        return shown(value)
    kinds = value.shape.kinds
    if kinds and kinds <= {"list", "group"}:
        value.notes.misused(value, f"is a {min(kinds)}, which cannot be printed whole")
    return str(value)


def _nothing(*_: object) -> list[object]:
    return []


def _line() -> int:
    """The line of the template's source that is being run."""
    frame = sys._getframe(1)  # the way Jinja itself finds the place of a fault
    while frame.f_back is not None:
        template = frame.f_globals.get("__jinja_template__")
        if isinstance(template, Template):
            return template.get_corresponding_lineno(frame.f_lineno)
        frame = frame.f_back
    return 1
