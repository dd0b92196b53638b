"""How fast the rules are: `python -m benchmarks.rules [--rules 130]`.

Loading them compiled, as every run does, for the rules there are and for as many as are asked for
(copies under other names); and all of them on each example report, after it was read: the facts of the
prose and the rules, in a warm process.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import click
import yaml

from linter.checks import profile, rulebook
from linter.checks.engine import judge
from linter.document.registry import SUPPORTED_SUFFIXES, read_file
from linter.lint import DEFAULT_PROFILE
from linter.report import facts
from linter.report.read import read_report
from linter.resources import resource_folder

_REPORTS = Path(__file__).resolve().parents[1] / "examples" / "reports"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@click.command()
@click.option("--rules", default=130, show_default=True, help="Rules to load in the second measurement.")
@click.option("--turns", default=30, show_default=True, help="Turns to take the median of.")
def main(rules: int, turns: int) -> None:
    """Measures the loading of rules and their time on a report."""
    print("| rules | loading compiled, median ms |")
    print("| --- | --- |")
    print(_loading(turns), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _multiplied(Path(folder), rules)

        def found(name: str) -> Path:
            return Path(folder) if name == "rules" else resource_folder(name)

        with patch.object(rulebook, "resource_folder", found):
            print(_loading(turns), flush=True)
    print("\n| report | facts, median ms | rules, median ms |")
    print("| --- | --- | --- |")
    for path in sorted(_REPORTS.iterdir()):
        if path.suffix in SUPPORTED_SUFFIXES:
            print(_judging(path, turns), flush=True)


def _loading(turns: int) -> str:
    loaded = profile.load_profile("exemplary")
    spent = _median(lambda: profile.load_profile(DEFAULT_PROFILE), turns)
    return f"| {len(loaded.rulebook.rules)} | {spent:.2f} |"


def _multiplied(folder: Path, count: int) -> None:
    """The shipped rules and copies of them, at least `count` in all."""
    shipped = resource_folder("rules")
    shutil.copytree(shipped, folder, dirs_exist_ok=True)
    files = [yaml.safe_load(path.read_bytes()) for path in sorted(shipped.glob("*.yaml"))]
    have = sum(len(data["rules"]) for data in files)
    number = 0
    while have < count:
        data = files[number % len(files)]
        family = f"Z{_LETTERS[number // 26 % 26]}{_LETTERS[number % 26]}"
        copies = [
            {**rule, "code": family + rule["code"][-3:], "name": f"{rule['name']}-{number}"}
            for rule in data["rules"]
        ]
        text = yaml.safe_dump({**data, "family": family, "rules": copies}, allow_unicode=True)
        (folder / f"copy-{number}.yaml").write_text(text, encoding="utf-8")
        have, number = have + len(copies), number + 1


def _judging(path: Path, turns: int) -> str:
    report = read_report(read_file(path), str(path))
    rules = profile.load_profile("exemplary").rulebook.rules
    judge(report, rules)
    read = _median(lambda: facts.read_facts(report.sections, report.issuer, report.year), turns)
    spent = _median(lambda: judge(report, rules), turns)
    return f"| {path.name} | {read:.2f} | {spent:.2f} |"


def _median(work: Callable[[], object], turns: int) -> float:
    spent = []
    for _ in range(turns):
        began = time.perf_counter()
        work()
        spent.append(time.perf_counter() - began)
    return 1000 * statistics.median(spent)


if __name__ == "__main__":
    main()
