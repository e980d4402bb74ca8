"""Small faults put into a source on purpose, one at a time, to see whether the tests notice."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass

_OTHER: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip
_WORDS = {
    "met": "not_met", "not_met": "met", "may_be_met": "not_met", "cannot_tell": "not_met", "yes": "no", "no": "yes",
    "known": "unknown", "suspected": "unsuspected", "died": "lived", "seriously_harmed": "unharmed", "all": "any",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """A source with one fault: where it is, what was put there, and the code."""

    line: int
    says: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Every source that differs by one small fault: a comparison turned, a yes for a no, a day more."""
    tree = ast.parse(source)
    for number, node in enumerate(ast.walk(tree)):
        for says, change in _faults(node):
            broken = copy.deepcopy(tree)
            twin = list(ast.walk(broken))[number]
            change(twin)
            yield Mutant(getattr(node, "lineno", 0), says, ast.fix_missing_locations(broken))


def _faults(node: ast.AST):  # type: ignore[no-untyped-def]  # pairs of words and a change
    match node:
        case ast.Compare(ops=[op]) if type(op) in _OTHER:
            yield f"{type(op).__name__} turned", lambda n: setattr(n, "ops", [_OTHER[type(op)]()])
        case ast.BoolOp(op=op):
            yield f"{type(op).__name__} turned", lambda n: setattr(n, "op", _OTHER[type(op)]())
        case ast.UnaryOp(op=ast.Not()):
            yield "not taken away", _same
        case ast.MatchSingleton(value=bool() as value):
            yield f"case {value} turned", lambda n: setattr(n, "value", not value)
        case ast.match_case(guard=ast.expr() as guard):
            yield "guard turned", lambda n: setattr(n, "guard", ast.UnaryOp(ast.Not(), guard))
        case ast.If(test=test) | ast.IfExp(test=test):
            yield "condition turned", lambda n: setattr(n, "test", ast.UnaryOp(ast.Not(), test))
        case ast.Constant(value=bool() as value):
            yield f"{value} turned", lambda n: setattr(n, "value", not value)
        case ast.Constant(value=int() as value):
            yield f"{value} and 1", lambda n: setattr(n, "value", value + 1)
        case ast.Constant(value=str() as value) if value in _WORDS:
            yield f"{value} turned", lambda n: setattr(n, "value", _WORDS[value])


def _same(node: ast.AST) -> None:
    """A `not` that does nothing: said twice."""
    assert isinstance(node, ast.UnaryOp)
    node.operand = ast.UnaryOp(ast.Not(), node.operand)
