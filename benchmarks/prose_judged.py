"""How the rules judge prose: what they say against faultless reports, and which wrong figures they notice.

python -m benchmarks.prose_judged             the figures
python -m benchmarks.prose_judged --missed    and each change that nothing was said of

The reports are those of tests/corpus/faultless, written by hand. There, a figure in braces is one that the
tables or the same text decide; each of these is changed, one at a time, and a change is noticed where an
error or a warning comes up that was not there before.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from linter.checks.engine import judge
from linter.checks.rulebook import Rule
from linter.lint import Selection, ruleset_for

_TESTS = Path(__file__).parent.parent / "tests"
sys.path[:0] = [str(_TESTS / "corpus"), str(_TESTS / "checks")]

from test_faultless_reports import REPORTS, TEXTS, faultless, plain  # noqa: E402

_MARKED = re.compile(r"\{(\d[\d,]*(?:\.\d+)?)\}")
_NEAR = 18  # signs of context that are shown


def _raised(figure: str) -> str | None:
    if "." in figure:
        return str(round(float(figure) + 7.3, figure[::-1].index(".")))
    return str(int(figure) + 7)


def _lowered(figure: str) -> str | None:
    if "." in figure:
        return str(round(float(figure) - 1, figure[::-1].index(".")))
    return str(int(figure) - 1) if int(figure) else None


def _swapped(figure: str) -> str | None:
    changed = figure[:-2] + figure[-1] + figure[-2] if figure[-2:].isdigit() and len(figure) > 1 else figure
    return changed if changed != figure and not changed.startswith("0") else None


CHANGES: Mapping[str, Callable[[str], str | None]] = {
    "7 more": _raised,
    "1 less": _lowered,
    "digits swapped": _swapped,
}


class Change(NamedTuple):
    """A report with one figure changed; `words` are those around it."""

    kind: str
    entry: Mapping[str, Any]
    words: str


class Score(NamedTuple):
    """Findings on the faultless reports by severity, the decided figures, and per kind of change how many
    were made and noticed."""

    reports: int
    false: Counter[str]
    figures: int
    made: Counter[str]
    noticed: Counter[str]
    missed: tuple[Change, ...]


def changes(entry: Mapping[str, Any]) -> Iterator[Change]:
    """Every change of a decided figure of a report."""
    for key in TEXTS:
        for found in _MARKED.finditer(entry.get(key, "")):
            for kind, change in CHANGES.items():
                figure = change(found[1].replace(",", ""))
                if figure is not None:
                    text = entry[key]
                    before, after = text[: found.start()], text[found.end() :]
                    words = f"{plain(before)[-_NEAR:]}[{found[1]} → {figure}]{plain(after)[:_NEAR]}"
                    yield Change(kind, {**entry, key: before + figure + after}, words.replace("\n", " "))


def measure(entries: list[dict[str, Any]] = REPORTS) -> Score:
    """Judge each report as it is and with each change."""
    everything = ruleset_for(Selection(profile="exemplary")).rules
    figures = [rule for rule in everything if rule.code.startswith(("N", "E", "F"))]
    false, made, noticed = Counter[str](), Counter[str](), Counter[str]()
    missed: list[Change] = []
    for entry in entries:
        false.update(finding.severity for finding in judge(faultless(entry), everything).findings)
        before = _serious(entry, figures)
        for change in changes(entry):
            made[change.kind] += 1
            if _serious(change.entry, figures) > before:
                noticed[change.kind] += 1
            else:
                missed.append(change)
    count = sum(len(_MARKED.findall(entry.get(key, ""))) for entry in entries for key in TEXTS)
    return Score(len(entries), false, count, made, noticed, tuple(missed))


def _serious(entry: Mapping[str, Any], rules: list[Rule]) -> int:
    return sum(finding.severity != "info" for finding in judge(faultless(entry), rules).findings)


def main() -> None:
    begin = time.perf_counter()
    score = measure()
    print(
        f"{score.reports} faultless reports: {score.false['error']} errors, {score.false['warning']} warnings"
    )
    print(f"{score.figures} figures that tables or text decide")
    print(f"{'change':<16}{'made':>8}{'noticed':>9}{'share':>8}")
    for kind in CHANGES:
        _row(kind, score.made[kind], score.noticed[kind])
    _row("all", score.made.total(), score.noticed.total())
    print(f"took {time.perf_counter() - begin:.0f} s")
    if "--missed" in sys.argv:
        for change in score.missed:
            print(f"{change.entry['issuer']}: {change.words}")


def _row(kind: str, made: int, noticed: int) -> None:
    print(f"{kind:<16}{made:>8}{noticed:>9}{noticed / made:>8.1%}")


if __name__ == "__main__":
    main()
