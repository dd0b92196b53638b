"""How fast: `python -m benchmarks.speed [--documents 60] [--reports 1000]`.

Three tables: per format our time in a warm process against bare extraction (floors.py) in the same
run, for reading the file as a document, for finding the report in it, and for judging and rendering;
the cold start of `gongkai check` on one Word file against a Python that only imports click and lxml; a
folder of many reports with one process and with two.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import process_time
from typing import NamedTuple

import click

from benchmarks.corpus import Sample, corpus, default_folder
from benchmarks.floors import doc_floor, docx_floor, html_floor, html_page_floor, ofd_floor, pdf_floor
from examples.generator.pdf import Absent
from linter.document.registry import read_document
from linter.lint import Selection, lint
from linter.render import check_renderer
from linter.render.entry import Settings
from linter.report.read import read_report

_FLOORS: dict[str, Callable[[bytes], object]] = {
    "docx": docx_floor,
    "doc": doc_floor,
    "html": html_floor,
    "html-page": html_page_floor,
    "pdf-libreoffice": pdf_floor,
    "pdf-chromium": pdf_floor,
    "ofd-libreoffice": ofd_floor,
    "ofd-chromium": ofd_floor,
}
_HEAD = (
    "format",
    "documents",
    "floor, ms",
    "document, ms",
    "report, ms",
    "judging, ms",
    "document / floor",
    "reading / floor",
    "whole / floor",
)
_ROOT = Path(__file__).resolve().parents[1]


@click.command()
@click.option("--documents", default=60, show_default=True, help="Documents of each format.")
@click.option("--reports", default=1000, show_default=True, help="Reports in the folder; 0 leaves it out.")
@click.option("--starts", default=15, show_default=True, help="Cold starts to take the median of.")
@click.option("--cache", type=click.Path(path_type=Path), default=None, help="Folder of the corpus.")
def main(documents: int, reports: int, starts: int, cache: Path | None) -> None:
    """Measures the speed of the linter against bare extraction."""
    folder = cache or default_folder()
    print("| " + " | ".join(_HEAD) + " |")
    print("|" + " --- |" * len(_HEAD))
    for form, floor in _FLOORS.items():
        try:
            samples = corpus(form, documents, folder)
        except Absent as reason:
            print(f"| {form} | skipped: {reason} |")
            continue
        print(_row(form, len(samples), against_floor(samples, floor)), flush=True)
    bare, ours = cold_start(corpus("docx", 1, folder)[0].path, starts)
    print(f"\nCold start, median of {starts}: click and lxml alone {bare:.0f} ms, ", end="")
    print(f"one Word file {ours:.0f} ms, ratio {ours / bare:.2f}", flush=True)
    if reports:
        one, two = (folder_time([s.path for s in corpus("docx", reports, folder)], jobs) for jobs in (1, 2))
        print(f"\n{reports} Word reports: --jobs 1 {one:.1f} s, --jobs 2 {two:.1f} s, ratio {one / two:.2f}")


class Spent(NamedTuple):
    """Medians in ms of a floor and of our steps."""

    floor: float
    document: float
    report: float
    judging: float


def against_floor(samples: Sequence[Sample], floor: Callable[[bytes], object]) -> Spent:
    """What the floor and our steps take. `judging` is the rest: the rules, and rendering as text.

    Processor time, of five turns the least, floor and whole by turns, so that both meet the same
    machine, however busy it is.
    """
    rendered, selection, settings = check_renderer("text"), Selection(), Settings()
    held = [(str(sample.path), sample.path.read_bytes()) for sample in samples]
    least: list[list[Spent]] = [[] for _ in held]
    for _ in range(5):
        for index, (path, data) in enumerate(held):
            began = process_time()
            floor(data)
            extracted = process_time()
            document = read_document(data, path)
            have_document = process_time()
            report = read_report(document, path)
            have_report = process_time()
            rendered.render_report(report, lint(report, selection), settings)
            ended = process_time()
            times = (began, extracted, have_document, have_report, ended)
            least[index].append(Spent(*(1000 * (after - before) for before, after in pairwise(times))))
    return Spent(
        *(
            statistics.median(min(turn[step] for turn in turns) for turns in least)
            for step in range(len(Spent._fields))
        )
    )


def _row(form: str, count: int, spent: Spent) -> str:
    reading = spent.document + spent.report
    cells = (
        *(form, str(count)),
        *(f"{value:.2f}" for value in spent),
        *(f"{value / spent.floor:.2f}" for value in (spent.document, reading, reading + spent.judging)),
    )
    return "| " + " | ".join(cells) + " |"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cold_start(path: Path, times: int) -> tuple[float, float]:
    """Medians in ms of whole processes: a Python with click and lxml, and ours on one Word file."""
    bare = [sys.executable, "-c", "import click, lxml.etree"]
    ours = [*_command(), "check", str(path)]
    pairs = [(_timed(partial(_run, bare)), _timed(partial(_run, ours))) for _ in range(times + 1)][1:]
    return 1000 * statistics.median(pair[0] for pair in pairs), 1000 * statistics.median(
        pair[1] for pair in pairs
    )


def _command() -> list[str]:
    script = Path(sys.executable).with_name("gongkai")
    return [str(script)] if script.exists() else [sys.executable, "-m", "linter"]


def _run(command: list[str]) -> None:
    # As installed: with the compiled modules that Python keeps.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, check=False, env=environment)
    if done.returncode == 2:
        raise click.ClickException(done.stderr.decode(errors="replace"))


def folder_time(paths: Sequence[Path], jobs: int) -> float:
    """Seconds that `gongkai check` takes on a folder of copies of `paths`."""
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            shutil.copy(path, folder)
        output = Path(folder) / "out" / "findings.json"
        output.parent.mkdir()
        command = [
            *_command(),
            "check",
            folder,
            "--jobs",
            str(jobs),
            "--format",
            "json",
            "--output",
            str(output),
        ]
        return _timed(partial(_run, command))


if __name__ == "__main__":
    main()
