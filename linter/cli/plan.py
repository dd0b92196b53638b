"""What a command does, from the command line and the configuration of its files: one way for all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from linter.faults import fault_words
from linter.files import STDIN

if TYPE_CHECKING:
    import datetime as dt

    from linter.config.layer import Layer
    from linter.config.resolve import Configured, Given
    from linter.files import Source
    from linter.lint import Job, Selection
    from linter.render.entry import Settings


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
    """The plan of a command; an option that it has not is one that the user left out. One without files
    is for the current folder. Raises what a faulty configuration raises."""
    from linter.config.keys import KEYS
    from linter.config.layer import forget
    from linter.config.resolve import Configured, baseline_file, profile_of, value

    forget()
    said = context.params
    if said.get("isolated") and said.get("config") is not None:
        raise click.UsageError("--config 和 --isolated 只能写一个：一个指定配置文件，一个不读任何配置文件")
    configured = Configured(_given(said), said.get("config"), said.get("isolated", False))
    layers = configured.layers(_shared_folder(said.get("paths") or (), said.get("stdin_filename")))
    own = stated_options(context)

    def of_run(name: str) -> Any:
        if name in own:
            return own[name]
        stated, layer = value(layers, name)
        return KEYS[name].default if layer is None else stated

    return Plan(
        configured,
        layers,
        of_run("format"),
        of_run("lang"),
        of_run("fail-on"),
        of_run("jobs"),
        own.get("baseline") or baseline_file(layers),
        of_run("cache"),
        said.get("profile") or profile_of(layers),
    )


def _given(said: Mapping[str, Any]) -> Given:
    """What the command line says of every file."""
    from linter.cli.run import sources_of
    from linter.config.resolve import Given
    from linter.lint import Stated

    published: dt.datetime | None = said.get("published")
    stated = Stated(
        said.get("year"),
        said.get("edition"),
        said.get("issuer_kind"),
        published.date() if published else None,
        tuple(sources_of([last], None, None)) if (last := said.get("previous")) else (),
    )
    select, ignore, extend = (selectors(said.get(name, ())) for name in ("select", "ignore", "extend_select"))
    return Given(select, ignore, extend, said.get("profile"), stated)


def job_of(plan: Plan, settings: Settings | None = None) -> Job:
    """What the plan has done with each file."""
    from linter.lint import Job
    from linter.render.entry import Settings

    return Job(
        plan.format,
        settings=settings or Settings(plan.lang, profile=plan.profile, fail_on=plan.fail_on),
        configured=plan.configured,
        baseline=plan.baseline,
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


def sources_for(context: click.Context, plan: Plan, output: str | None) -> list[Source]:
    """The files that the command line names, without those that the configuration excludes. Exits with a
    usage error where the output would overwrite one of them."""
    from linter.cli.run import sources_of

    said = context.params
    sources = sources_of(said["paths"], said.get("stdin_filename"), output)
    with usage_errors():
        return taken(sources, plan, () if said.get("force_exclude") else said["paths"])


def selections_of(sources: Iterable[Source], plan: Plan) -> set[Selection]:
    """The rules that the settings of the files select. Raises what a faulty configuration raises, so that
    it is said before any file is read."""
    return {plan.configured.of(source.container or source.path).selection for source in sources}


def check_settings(sources: Iterable[Source], plan: Plan) -> None:
    """Find everything that the settings of the files name. Raises where it is faulty."""
    from linter.lint import ruleset_for

    for selection in selections_of(sources, plan):
        ruleset_for(selection)
    if plan.baseline is not None:
        from linter.baseline import load_baseline

        load_baseline(plan.baseline)


def check_settings_here(plan: Plan) -> None:
    """The same for files that are yet to come, in the current folder."""
    from linter.files import Source

    check_settings([Source(str(Path.cwd() / "."))], plan)


@contextmanager
def usage_errors() -> Iterator[None]:
    """A faulty configuration, file of rules or baseline, an unknown profile or selector inside exits with
    a usage error."""
    try:
        yield
    except Exception as error:
        said = fault_words(error)
        if said is None and not isinstance(error, OSError):
            raise
        raise click.UsageError(f"不能读取：{error}" if said is None else said) from None


def _shared_folder(paths: Sequence[str], stdin_filename: str | None) -> str:
    """The folder that all files of the run share."""
    given = [stdin_filename or "." if path == STDIN else path for path in paths]
    folders = [Path(path) if Path(path).is_dir() else Path(path).parent for path in given]
    if not folders:
        return str(Path.cwd())
    try:
        return os.path.commonpath([folder.resolve() for folder in folders])
    except ValueError:
        return str(Path.cwd())
