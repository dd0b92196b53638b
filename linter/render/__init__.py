"""Outputs. Each format of `check` is one module with the two functions of `CheckRenderer`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.render.entry import Entry, Settings
    from linter.report.model import Report

CHECK_FORMATS = {
    "text": "text",
    "html": "html",
    "json": "check_json",
    "jsonl": "jsonl",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
    "markdown": "markdown",
    "csv": "table_csv",
}
"""Name of a format → its module in this package."""


class CheckRenderer(Protocol):
    """What a module of an output format offers.

    `render_report` is called where the file was judged (perhaps in another process), `render_run`
    once for the whole run; the latter yields the output piece by piece.
    """

    def render_report(self, report: Report, judgement: Judgement, settings: Settings) -> str:
        """One report."""
        ...

    def render_run(self, entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
        """The output around the reports, in which each entry's body stands."""
        ...


def check_renderer(name: str) -> CheckRenderer:
    """The renderer of format `name`. Raises KeyError for an unknown one."""
    return cast(CheckRenderer, import_module(f"linter.render.{CHECK_FORMATS[name]}"))
