"""What the cache saves: `python -m benchmarks.cache [--reports 1000]`.

`gongkai check` of a folder of Word files and web pages: with no cache, with an empty one, with a warm one,
and with one file changed; each the whole time of a process of its own.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click

from examples.generator import make_layout, make_report, to_docx, to_html
from linter.cache import FOLDER

_ROOT = Path(__file__).resolve().parents[1]
_DRAWN = 50


@click.command()
@click.option("--reports", default=1000, show_default=True, help="Reports in the folder.")
@click.option("--form", default="text", show_default=True, help="Output format.")
def main(reports: int, form: str) -> None:
    """Measures `gongkai check` of an unchanged folder with a warm cache against a cold one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder / "reports", reports)
        _timed(folder, form, "--no-cache")
        rows = {"without cache": _timed(folder, form, "--no-cache")}
        shutil.rmtree(folder / FOLDER, ignore_errors=True)
        rows["cold"] = _timed(folder, form)
        rows["warm"] = min(_timed(folder, form) for _ in range(3))
        changed = folder / "reports" / "0000.docx"
        changed.write_bytes(to_docx(make_report(1, "2021"), make_layout(999)))
        rows["one file changed"] = _timed(folder, form)
    cold = rows["cold"]
    print(f"| `gongkai check` of {reports} files, {form} | seconds | of cold | of the processor | of cold |")
    print("| --- | --- | --- | --- | --- |")
    for label, (wall, used) in rows.items():
        shares = f"{100 * wall / cold[0]:.1f} % | {used:.2f} | {100 * used / cold[1]:.1f} %"
        print(f"| {label} | {wall:.2f} | {shares} |")


def write_reports(folder: Path, reports: int) -> None:
    """A folder of `reports` files, each of its own content."""
    folder.mkdir()
    for number in range(reports):
        truth, layout = make_report(number % _DRAWN, "2021"), make_layout(number)
        writer, suffix = (to_docx, "docx") if number % 2 == 0 else (to_html, "html")
        (folder / f"{number:04}.{suffix}").write_bytes(writer(truth, layout))


def _timed(folder: Path, form: str, *options: str) -> tuple[float, float]:
    """Seconds on the clock, and of the processor: the clock also counts what else the machine does."""
    command = [
        sys.executable,
        "-m",
        "linter",
        "check",
        "reports",
        "--fail-on",
        "never",
        "--format",
        form,
        *options,
    ]
    began, used = time.perf_counter(), _processor()
    subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - began, _processor() - used


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
