"""Reduces a Jinja syntax tree to a program of plain lists (`linter.render.program`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from jinja2 import nodes

from linter.render.program import Program


class _Beyond(Exception):
    """The template uses something that programs do not have."""


def reduce(template: nodes.Template) -> Program | None:
    """The program of `template`; None where it uses more of Jinja than programs have."""
    try:
        return _body(template.body)
    except _Beyond:
        return None


def _body(statements: Iterable[nodes.Node]) -> Program:
    return [reduced for statement in statements for reduced in _statement(statement)]


def _statement(node: nodes.Node) -> Program:
    match node:
        case nodes.Output():
            return [
                ["text", part.data] if isinstance(part, nodes.TemplateData) else ["out", _expression(part)]
                for part in node.nodes
            ]
        case nodes.If(elif_=[]):
            return [["if", _expression(node.test), _body(node.body), _body(node.else_)]]
        case nodes.For(target=nodes.Name(name=name), else_=[], test=None, recursive=False):
            return [["for", name, _expression(node.iter), _body(node.body)]]
    raise _Beyond


def _expression(node: nodes.Node) -> list[Any]:
    match node:
        case nodes.Const():
            reduced: list[Any] = ["const", node.value]
        case nodes.Name() if node.name != "loop":
            reduced = ["name", node.name]
        case nodes.Getattr():
            reduced = ["attr", _expression(node.node), node.attr]
        case nodes.Call(kwargs=[], dyn_args=None, dyn_kwargs=None):
            reduced = ["call", _expression(node.node), _expressions(node.args)]
        case nodes.Concat():
            reduced = ["concat", _expressions(node.nodes)]
        case nodes.Add():
            reduced = ["add", _expression(node.left), _expression(node.right)]
        case nodes.List():
            reduced = ["list", _expressions(node.items)]
        case nodes.Not():
            reduced = ["not", _expression(node.node)]
        case nodes.CondExpr(expr2=nodes.Expr() as otherwise):
            reduced = ["cond", _expression(node.test), _expression(node.expr1), _expression(otherwise)]
        case nodes.Filter(name="join", node=nodes.Expr() as items, args=[separator], kwargs=[]):
            reduced = ["join", _expression(items), _expression(separator)]
        case _:
            raise _Beyond
    return reduced


def _expressions(items: Iterable[nodes.Node]) -> list[list[Any]]:
    return [_expression(item) for item in items]
