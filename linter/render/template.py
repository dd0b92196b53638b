"""Rendering of the shipped Jinja templates.

Importing Jinja takes longer than linting a report, so a text template is reduced once to a program
of plain lists (`reduce`), kept in the same cache as the compiled YAML, and run from there without
Jinja (`linter.render.program`). Where that is not possible, Jinja renders it.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from linter.compiled import kept
from linter.render.program import Program, run
from linter.resources import resource_folder

if TYPE_CHECKING:
    import jinja2

# Part of the cache's key: raise it when the form of programs changes.
_FORM = b"template 1\n"
_PROGRAMMED = (".txt.j2", ".md.j2")


def render(name: str, values: Mapping[str, Any]) -> str:
    """The template `name` filled with `values`; what goes into an HTML or XML template is escaped."""
    program = _program(name) if name.endswith(_PROGRAMMED) else None
    return render_by_jinja(name, values) if program is None else run(program, values)


def render_by_jinja(name: str, values: Mapping[str, Any]) -> str:
    """The same by Jinja itself."""
    return environment().get_template(name).render(values)


@cache
def environment() -> jinja2.Environment:
    """Jinja with the project's settings."""
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_folder("templates")),
        autoescape=lambda name: name is not None and (".html" in name or ".xml" in name),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=jinja2.StrictUndefined,
    )


@cache
def _program(name: str) -> Program | None:
    source = (resource_folder("templates") / name).read_bytes()

    def reduced() -> Program | None:
        from linter.render.reduce import reduce

        return reduce(environment().parse(source.decode()))

    program: Program | None = kept(_FORM + source, reduced)
    return program
