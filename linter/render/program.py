"""A text template as a program of plain lists, and how it is run.

A statement is ["text", words], ["out", expression], ["if", test, then, else] or
["for", name, expression, body]. An expression is ["const", value], ["name", name],
["attr", expression, name], ["call", expression, arguments], ["concat", parts], ["add", left, right],
["list", items], ["join", expression, separator], ["not", expression] or ["cond", test, then, else].
`linter.render.reduce` makes programs; running one gives what Jinja gives for the template.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

Program: TypeAlias = list[list[Any]]
Scope: TypeAlias = Mapping[str, Any]


def run(program: Program, values: Scope) -> str:
    """The text that `program` gives. Raises KeyError for a name that `values` lacks."""
    return "".join(_run(program, values))


def _run(program: Program, scope: Scope) -> Iterator[str]:
    for statement in program:
        match statement:
            case ["text", words]:
                yield words
            case ["out", expression]:
                yield str(_value(expression, scope))
            case ["if", test, then, otherwise]:
                yield from _run(then if _value(test, scope) else otherwise, scope)
            case ["for", name, items, body]:
                for item in _value(items, scope):
                    yield from _run(body, {**scope, name: item})


def _value(expression: list[Any], scope: Scope) -> Any:
    return _VALUES[expression[0]](expression, scope)


def _attribute(expression: list[Any], scope: Scope) -> Any:
    holder = _value(expression[1], scope)
    return holder[expression[2]] if isinstance(holder, Mapping) else getattr(holder, expression[2])


def _call(expression: list[Any], scope: Scope) -> Any:
    function = _value(expression[1], scope)
    return function(*(_value(argument, scope) for argument in expression[2]))


def _join(expression: list[Any], scope: Scope) -> str:
    return str(_value(expression[2], scope)).join(map(str, _value(expression[1], scope)))


_VALUES: dict[str, Callable[[list[Any], Scope], Any]] = {
    "const": lambda expression, scope: expression[1],
    "name": lambda expression, scope: scope[expression[1]],
    "attr": _attribute,
    "call": _call,
    "concat": lambda expression, scope: "".join(str(_value(part, scope)) for part in expression[1]),
    "add": lambda expression, scope: _value(expression[1], scope) + _value(expression[2], scope),
    "list": lambda expression, scope: [_value(item, scope) for item in expression[1]],
    "join": _join,
    "not": lambda expression, scope: not _value(expression[1], scope),
    "cond": lambda expression, scope: _value(expression[2 if _value(expression[1], scope) else 3], scope),
}
