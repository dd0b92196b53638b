"""A run over a generated province: what of its seeded faults is found, and how time and memory grow.

python -m benchmarks.corpus_run                      recall and precision of 2,000 units in three years
python -m benchmarks.corpus_run --units 300
python -m benchmarks.corpus_run --sizes 100,300,1000 time and memory by number of reports
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Any

import click

from examples.generator.province import Province, expected, make_province, strangers, write_province

YEARS = (2022, 2023, 2024)
_STATUSES = ("late", "missing", "undated")
_RULES = ("carry-over-mismatch", "stock-flow-mismatch", "two-versions-differ")


@click.command()
@click.option("--units", default=2000, show_default=True, help="Organs of the province.")
@click.option("--seed", default=1, show_default=True)
@click.option("--jobs", default=2, show_default=True)
@click.option("--sizes", help="Numbers of reports to measure instead, 100,300,1000.")
@click.option("--store", is_flag=True, help="Keep the results in a store, and run again over it.")
@click.option("--measured", hidden=True, help="The folder of a province to run over, for the child.")
@click.option("--kept", hidden=True)
def main(
    *,
    units: int,
    seed: int,
    jobs: int,
    sizes: str | None,
    store: bool,
    measured: str | None,
    kept: str | None,
) -> None:
    """Print what the module's docstring says."""
    if measured is not None:
        click.echo(json.dumps(_run(Path(measured), jobs, kept)))
    elif sizes is not None:
        click.echo("reports   seconds   CPU seconds   CPU a report   MB here   MB of a process")
        for size in map(int, sizes.split(",")):
            _print_size(make_province(seed, max(1, size // len(YEARS)), YEARS), jobs)
    else:
        _print_faults(make_province(seed, units, YEARS), jobs, store)


def _print_size(province: Province, jobs: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        count = write_province(province, Path(folder))
        spent = _in_child(Path(folder), jobs)
    each = 1000 * spent["cpu"] / count
    click.echo(
        f"{count:7}  {spent['seconds']:8.1f}  {spent['cpu']:12.1f}  {each:10.1f} ms"
        f"  {spent['own']:8.0f}  {spent['child']:16.0f}"
    )


def _print_faults(province: Province, jobs: int, store: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        began = perf_counter()
        count = write_province(province, Path(folder))
        click.echo(f"{len(province.members)} units, {count} files, made in {perf_counter() - began:.0f} s")
        kept = str(Path(folder, "store.db")) if store else None
        for _ in range(1 + store):
            spent = _in_child(Path(folder), jobs, kept)
            click.echo(
                f"run: {spent['seconds']:.1f} s in {jobs} processes ({spent['cpu']:.1f} s of CPU), "
                f"peak {spent['own']:.0f} MB here, {spent['child']:.0f} MB the largest process"
            )
    said = expected(province) | {"unmatched": {(truth.issuer, truth.year) for truth in strangers(province)}}
    found = {kind: {(name, year) for name, year in pairs} for kind, pairs in spent["found"].items()}
    click.echo(f"{'':24}{'seeded':>8}{'found':>8}{'recall':>9}{'precision':>11}")
    for kind, wanted in said.items():
        _print_kind(kind, wanted, found.get(kind, set()))


def _print_kind(kind: str, wanted: set[tuple[str, int]], found: set[tuple[str, int]]) -> None:
    both = len(wanted & found)
    recall = f"{100 * both / len(wanted):.2f}%" if wanted else "-"
    precision = f"{100 * both / len(found):.2f}%" if found else "-"
    click.echo(f"{kind:24}{len(wanted):8}{len(found):8}{recall:>9}{precision:>11}")
    for what, pairs in (("not found", wanted - found), ("wrongly found", found - wanted)):
        for name, year in sorted(pairs)[:3]:
            click.echo(f"    {what}: {name} {year}")


def _in_child(folder: Path, jobs: int, kept: str | None = None) -> Mapping[str, Any]:
    """The run in a process of its own, whose memory is nobody else's."""
    command = [sys.executable, "-m", "benchmarks.corpus_run", "--measured", str(folder), "--jobs", str(jobs)]
    command += ["--kept", kept] if kept else []
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    spent: dict[str, Any] = json.loads(done.stdout)
    return spent


def _run(folder: Path, jobs: int, kept: str | None) -> dict[str, Any]:
    from linter.corpus.collect import collect
    from linter.corpus.roster import read_roster
    from linter.corpus.run import Wanted, local_engine, run
    from linter.supervised import Watch

    began = perf_counter()
    items, roster = collect([str(folder / "年报")]), read_roster(folder / "名录.csv")
    engine = local_engine(Watch(jobs))
    if kept:
        from linter.store.run import stored_run

        corpus = stored_run(kept, items, roster, Wanted(), engine)
    else:
        corpus = run(items, roster, Wanted(), engine)
    seconds = perf_counter() - began
    found: dict[str, list[tuple[str, int]]] = {kind: [] for kind in (*_STATUSES, *_RULES)}
    for filing in corpus.filings:
        if filing.status in found:
            found[filing.status].append((filing.unit.name, filing.year))
        names = {finding["name"] for finding in filing.findings}
        for name in names & set(_RULES):
            found[name].append((filing.unit.name, filing.year))
    found["unmatched"] = [(each.record.issuer or "", each.record.year or 0) for each in corpus.unmatched]
    # Processes that ran are counted once they have been waited for.
    multiprocessing.active_children()
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        "seconds": seconds,
        "cpu": own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime,
        "own": own.ru_maxrss / 1024,
        "child": children.ru_maxrss / 1024,
        "found": found,
    }


if __name__ == "__main__":
    main()
