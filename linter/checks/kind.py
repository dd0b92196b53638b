"""What a kind of check is, and how its parameters are built from a rule's YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

from linter.checks.outcome import Verdict
from linter.report.model import Report

Problem: TypeAlias = tuple[tuple[str | int, ...], str]
"""A fault in a rule's parameters: the path of keys below `check`, and the reason with what is right."""


class Kind(NamedTuple):
    """One kind of check.

    `parameters` is the tuple that its rules fill in YAML (named tuples, because the start-up of a run
    pays for every class and a frozen dataclass costs ten times as much), `nested` the class of the
    entries of those parameters that are lists of mappings, `arguments` the named arguments its
    verdicts give to message templates. `check` decides, `verify` finds names in the parameters that
    the norm of the given editions does not know.
    """

    name: str
    parameters: type
    arguments: frozenset[str]
    check: Callable[[Any, Report], Iterable[Verdict]]
    verify: Callable[[Any, Sequence[str]], Iterable[Problem]]
    nested: Mapping[str, type] = {}


class Filled(Protocol):
    """What kinds of one report and of several have in common: parameters that rules fill."""

    @property
    def parameters(self) -> type: ...  # noqa: D102
    @property
    def nested(self) -> Mapping[str, type]: ...  # noqa: D102


def build(kind: Filled, data: Mapping[str, Any]) -> Any:
    """The parameters of a kind from plain data; lists become tuples.

    Raises TypeError for data that validation would refuse.
    """
    return kind.parameters(**values(kind, data))


def values(kind: Filled, data: Mapping[str, Any]) -> dict[str, Any]:
    """Some parameters of a kind from plain data, by name."""
    return {
        key: tuple(kind.nested[key](**_frozen(item)) for item in value)
        if key in kind.nested
        else _freeze(value)
        for key, value in data.items()
    }


def _frozen(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _freeze(value) for key, value in data.items()}


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def nothing_to_verify(parameters: Any, editions: Sequence[str]) -> Iterable[Problem]:
    """For kinds whose parameter types already say all."""
    del parameters, editions
    return ()
