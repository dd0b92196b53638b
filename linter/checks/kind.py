"""What a kind of check is, and how its parameters are built from a rule's YAML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from linter.checks.outcome import Verdict
from linter.report.model import Report

Problem: TypeAlias = tuple[tuple[str | int, ...], str]
"""A fault in a rule's parameters: the path of keys below `check`, and the reason with what is right."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of check.

    `parameters` is the frozen dataclass that its rules fill in YAML, `arguments` the named arguments
    its verdicts give to message templates, `check` decides, `verify` finds names in the parameters
    that the norm of the given editions does not know.
    """

    name: str
    parameters: type
    arguments: frozenset[str]
    check: Callable[[Any, Report], Iterable[Verdict]]
    verify: Callable[[Any, Sequence[str]], Iterable[Problem]]


def build(parameters: type, data: Mapping[str, Any]) -> Any:
    """The parameter dataclass filled from plain data: lists become tuples, a field with metadata
    `of` takes a list of mappings and builds that dataclass of each.

    Raises KeyError or TypeError for data that validation would refuse.
    """
    values: dict[str, Any] = {}
    for entry in fields(parameters):
        if entry.name in data:
            nested = entry.metadata.get("of")
            value = data[entry.name]
            if nested is not None:
                value = tuple(build(nested, item) for item in value)
            elif isinstance(value, list):
                value = tuple(value)
            values[entry.name] = value
    return parameters(**values)


def nothing_to_verify(parameters: Any, editions: Sequence[str]) -> Iterable[Problem]:
    """For kinds whose parameter types already say all."""
    del parameters, editions
    return ()
