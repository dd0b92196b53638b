"""How fast: `python -m benchmarks.speed [--documents 60] [--reports 1000]`.

Three tables: per format our whole time in a warm process against bare extraction (floors.py) in the
same run; the cold start of `gongkai check` on one Word file against a Python that only imports
click and lxml; a folder of many reports with one process and with two.
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
from pathlib import Path

import click

from benchmarks.corpus import Sample, corpus, default_folder
from benchmarks.floors import doc_floor, docx_floor, html_floor, ofd_floor, pdf_floor
from examples.generator.pdf import Absent
from linter.files import Source
from linter.lint import Job, check_source
from linter.render import check_renderer

_FLOORS: dict[str, Callable[[bytes], object]] = {
    "docx": docx_floor,
    "doc": doc_floor,
    "html": html_floor,
    "pdf-libreoffice": pdf_floor,
    "pdf-chromium": pdf_floor,
    "ofd-libreoffice": ofd_floor,
    "ofd-chromium": ofd_floor,
}
_ROOT = Path(__file__).resolve().parents[1]


@click.command()
@click.option("--documents", default=60, show_default=True, help="Documents of each format.")
@click.option("--reports", default=1000, show_default=True, help="Reports in the folder; 0 leaves it out.")
@click.option("--starts", default=15, show_default=True, help="Cold starts to take the median of.")
@click.option("--cache", type=click.Path(path_type=Path), default=None, help="Folder of the corpus.")
def main(documents: int, reports: int, starts: int, cache: Path | None) -> None:
    """Measures the speed of the linter against bare extraction."""
    folder = cache or default_folder()
    print("| format | documents | floor, median ms | whole, median ms | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for form, floor in _FLOORS.items():
        try:
            samples = corpus(form, documents, folder)
        except Absent as reason:
            print(f"| {form} | skipped: {reason} |")
            continue
        least, whole = against_floor(samples, floor)
        print(f"| {form} | {len(samples)} | {least:.2f} | {whole:.2f} | {whole / least:.2f} |", flush=True)
    bare, ours = cold_start(corpus("docx", 1, folder)[0].path, starts)
    print(f"\nCold start, median of {starts}: click and lxml alone {bare:.0f} ms, ", end="")
    print(f"one Word file {ours:.0f} ms, ratio {ours / bare:.2f}", flush=True)
    if reports:
        one, two = (folder_time([s.path for s in corpus("docx", reports, folder)], jobs) for jobs in (1, 2))
        print(f"\n{reports} Word reports: --jobs 1 {one:.1f} s, --jobs 2 {two:.1f} s, ratio {one / two:.2f}")


def against_floor(samples: Sequence[Sample], floor: Callable[[bytes], object]) -> tuple[float, float]:
    """Medians in ms over the documents: bare extraction, and reading, judging and rendering as text.

    Of three turns the best counts, floor and whole by turns, so that both meet the same machine.
    """
    check_renderer("text")
    job = Job("text")
    held = [(str(sample.path), sample.path.read_bytes()) for sample in samples]
    least: list[list[float]] = [[] for _ in held]
    whole: list[list[float]] = [[] for _ in held]
    for _ in range(3):
        for index, (path, data) in enumerate(held):
            least[index].append(_timed(partial(floor, data)))
            whole[index].append(_timed(partial(check_source, job, Source(path, data))))
    return 1000 * statistics.median(map(min, least)), 1000 * statistics.median(map(min, whole))


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
