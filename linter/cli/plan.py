"""What a run of `check` does, from the command line and the configuration of its files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from linter.files import STDIN

if TYPE_CHECKING:
    import datetime as dt

    from linter.config.layer import Layer
    from linter.config.resolve import Configured
    from linter.files import Source


class Plan(NamedTuple):
    """The settings of a run as a whole. `layers` are the configuration that they come from, that of the
    folder which all files share; `configured` finds the settings of each file."""

    configured: Configured
    layers: tuple[Layer, ...]
    format: str
    lang: Any
    fail_on: str
    jobs: int
    baseline: str | None
    cache: bool
    profile: str


def plan_of(context: click.Context) -> Plan:
    """The plan of a command with the options of `check`. Raises what a faulty configuration raises."""
    from linter.cli.run import sources_of
    from linter.config.keys import KEYS
    from linter.config.layer import forget
    from linter.config.resolve import Configured, Given, beside, value
    from linter.lint import Stated

    forget()
    said = context.params
    published: dt.datetime | None = said["published"]
    last = said.get("previous")
    stated = Stated(
        said["year"],
        said["edition"],
        said["issuer_kind"],
        published.date() if published else None,
        tuple(sources_of([last], None, None)) if last else (),
    )
    select, ignore, extend = (selectors(said[name]) for name in ("select", "ignore", "extend_select"))
    given = Given(select, ignore, extend, said["profile"], stated)
    configured = Configured(given, said["config"], said["isolated"])
    layers = configured.layers(_shared_folder(said["paths"], said["stdin_filename"]))

    own = stated_options(context)

    def of_run(name: str) -> Any:
        if name in own:
            return own[name]
        stated, layer = value(layers, name)
        return KEYS[name].default if layer is None else stated

    baseline = own.get("baseline")
    if baseline is None:
        name, layer = value(layers, "baseline")
        baseline = beside(layer, name) if layer else None
    return Plan(
        configured,
        layers,
        of_run("format"),
        of_run("lang"),
        of_run("fail-on"),
        of_run("jobs"),
        baseline,
        of_run("cache"),
        of_run("profile") or "standard",
    )


def stated_options(context: click.Context) -> dict[str, Any]:
    """What the command line itself states, by the keys of a configuration."""
    from linter.config.keys import KEYS

    named = {"form": "format"}
    stated: dict[str, Any] = {}
    for parameter, said in context.params.items():
        name = named.get(parameter, parameter.replace("_", "-"))
        if name in KEYS and context.get_parameter_source(parameter) is not ParameterSource.DEFAULT:
            stated[name] = said
    if context.params.get("no_cache"):
        stated["cache"] = False
    return stated


def selectors(given: Iterable[str]) -> tuple[str, ...]:
    """Selectors given one an option or several with commas."""
    return tuple(part.strip() for one in given for part in one.split(",") if part.strip())


def taken(sources: Sequence[Source], plan: Plan, named: Iterable[str]) -> list[Source]:
    """The sources without those that the configuration excludes; a file that the user names stays."""
    from linter.config.resolve import is_excluded

    own = {os.path.realpath(path) for path in named if not Path(path).is_dir()}
    kept = []
    for source in sources:
        path = source.container or source.path
        if (
            source.data is not None
            or os.path.realpath(path) in own
            or source.fault
            or not is_excluded(plan.configured.layers(path), path)
        ):
            kept.append(source)
    return kept


def check_settings(sources: Iterable[Source], plan: Plan) -> None:
    """Find the settings of every file before any is read, so that a fault in them is said first."""
    from linter.lint import ruleset_for

    for selection in {plan.configured.of(source.container or source.path).selection for source in sources}:
        ruleset_for(selection)


@contextmanager
def usage_errors() -> Iterator[None]:
    """A faulty configuration, file of rules or baseline, an unknown profile or selector inside exits with
    a usage error."""
    try:
        yield
    except Exception as error:
        said = _faults().get(type(error).__name__)
        if said is None and not isinstance(error, OSError):
            raise
        raise click.UsageError(f"{'不能读取：' if said is None else said}{error}") from None


def _faults() -> Mapping[str, str]:
    return {
        "UnknownSelector": "",
        "UnknownProfile": "",
        "ConfigFault": "配置有误：",
        "BaselineFault": "基线有误：",
        "RuleFault": "规则文件有误：",
    }


def _shared_folder(paths: Sequence[str], stdin_filename: str | None) -> str:
    """The folder that all files of the run share."""
    given = [stdin_filename or "." if path == STDIN else path for path in paths]
    folders = [Path(path) if Path(path).is_dir() else Path(path).parent for path in given]
    try:
        return os.path.commonpath([folder.resolve() for folder in folders])
    except ValueError:
        return str(Path.cwd())
