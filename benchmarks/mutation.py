"""What share of single faults is found at its place, and how quiet faultless reports are.

Usage: python -m benchmarks.mutation [--reports 6] [--clean 200]

Every mutant is a faultless synthetic report with one thing wrong, written as a file and read again:
each figure that an identity or the prose touches is changed, each cell of the tables left blank, each
row dropped and relabelled, each section dropped, emptied, and its heading lost or renamed. It counts as
found where a finding names the very cell, row or section, as its place or in its evidence.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from examples.generator import (
    Layout,
    Truth,
    make_layout,
    make_report,
    to_docx,
    to_html,
    to_markdown,
    to_text,
)
from examples.generator.truth import BLANK, CellKey, Prose, TableEdition, TableTruth, number_cell
from linter.checks.engine import judge
from linter.checks.outcome import CellEvidence, Finding, Judgement
from linter.checks.rulebook import Rule
from linter.document.registry import read_document
from linter.lint import Selection, ruleset_for
from linter.report.read import read_report

Writer = Callable[[Truth, Layout], bytes]

WRITERS: Mapping[str, Writer] = {
    "page.html": lambda truth, layout: to_html(truth, layout, "page"),
    "word.html": lambda truth, layout: to_html(truth, layout, "word"),
    "report.docx": to_docx,
    "pipe.md": lambda truth, layout: to_markdown(truth, layout, "pipe"),
    "repeated.md": lambda truth, layout: to_markdown(truth, layout, "pipe-repeated"),
    "tabs.txt": lambda truth, layout: to_text(truth, layout, "tabs"),
}
EDITIONS: tuple[TableEdition, ...] = ("2019", "2021")
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Mutant:
    """A report with one fault; `table`, `row`, `column`, `section` say where (None: not of that kind)."""

    kind: str
    truth: Truth
    table: str | None = None
    row: str | None = None
    column: str | None = None
    section: str | None = None

    @property
    def place(self) -> str:
        """The place in words."""
        return "/".join(str(part) for part in (self.section, self.table, self.row, self.column) if part)


def mutants(truth: Truth, rng: random.Random) -> Iterator[Mutant]:
    """Every mutant of a report."""
    for key, table in truth.tables.items():
        for row, column in table.cells:
            if _touched(truth, table, (row, column)):
                changed = _slip(rng, table.number(row, column))
                yield Mutant("figure", _with(truth, table, (row, column), changed), key, row, column)
            blank = truth.with_table(table.with_cells({(row, column): BLANK}))
            yield Mutant("blank", blank, key, row, column)
        if key != "disputes":
            yield from _row_mutants(truth, table)
    yield from _section_mutants(truth)


def _touched(truth: Truth, table: TableTruth, key: CellKey) -> bool:
    """Whether an identity of the norm or a sentence of the report gives the figure a second time."""
    if table.key != "disclosure":
        return True
    row, column = key
    if row != "normative_documents" or column not in ("issued", "in_force", "made"):
        return False
    words = {"issued": "制发行政规范性文件", "in_force": "年末现行有效", "made": "新制作规范性文件"}
    figure = f"{words[column]}{table.number(row, column)}件"
    return any(figure in part.text for part in truth.part("overview").body if isinstance(part, Prose))


def _slip(rng: random.Random, value: int) -> int:
    """A figure that a clerk may write instead."""
    digits = str(value)
    slips = {value + 1, value + rng.randint(2, 9), value * 10 + rng.randint(1, 9), int(digits[::-1])}
    slips |= {value - 1} if value else set()
    return rng.choice(sorted(slips - {value}))


def _with(truth: Truth, table: TableTruth, key: CellKey, value: int) -> Truth:
    return truth.with_table(table.with_cells({key: number_cell(value)}))


def _row_mutants(truth: Truth, table: TableTruth) -> Iterator[Mutant]:
    for number, block in enumerate(table.blocks):
        for line in block.rows:
            rest = tuple(row for row in block.rows if row.key != line.key)
            if rest:
                yield Mutant("row dropped", _with_rows(truth, table, number, rest), table.key, line.key)
            other = replace(line, label=_renamed(line.label))
            rows = tuple(other if row.key == line.key else row for row in block.rows)
            yield Mutant("row renamed", _with_rows(truth, table, number, rows), table.key, line.key)


def _with_rows(truth: Truth, table: TableTruth, number: int, rows: tuple[object, ...]) -> Truth:
    blocks = list(table.blocks)
    gone = {row.key for row in blocks[number].rows} - {row.key for row in rows}  # type: ignore[attr-defined]
    blocks[number] = replace(blocks[number], rows=rows)  # type: ignore[arg-type]
    cells = {key: cell for key, cell in table.cells.items() if key[0] not in gone}
    return truth.with_table(replace(table, blocks=tuple(blocks), cells=cells))


def _renamed(label: str) -> str:
    """The label in words that are not the form's: two more at its end, before a bracket."""
    head, bracket, tail = label.partition("（区分")
    return f"{head}方面{bracket}{tail}"


def _section_mutants(truth: Truth) -> Iterator[Mutant]:
    for index, part in enumerate(truth.sections):
        others = truth.sections[:index] + truth.sections[index + 1 :]
        renumbered = tuple(replace(other, number=place) for place, other in enumerate(others, 1))
        yield Mutant("section dropped", replace(truth, sections=renumbered), section=part.key)
        renamed = replace(part, title=f"{part.title.removesuffix('情况')}相关工作开展概要")
        if part.key is None:
            continue
        yield Mutant("heading renamed", truth.with_part(part.key, renamed), section=part.key)
        yield Mutant("section emptied", truth.with_part(part.key, replace(part, body=())), section=part.key)
        if index:
            before = truth.sections[index - 1]
            joined = replace(before, body=(*before.body, *part.body))
            headless = (*truth.sections[: index - 1], joined, *truth.sections[index + 1 :])
            yield Mutant("heading lost", replace(truth, sections=headless), section=part.key)


def judged(name: str, data: bytes) -> Judgement:
    """What the rules of the default profile say of a file."""
    return judge(read_report(read_document(data, name), name), _rules())


@cache
def _rules() -> tuple[Rule, ...]:
    return ruleset_for(Selection()).rules


def found(mutant: Mutant, findings: tuple[Finding, ...]) -> bool:
    """Whether a finding names the place of the fault."""
    return any(_names(mutant, finding) for finding in findings)


def _names(mutant: Mutant, finding: Finding) -> bool:
    places = [finding.place, *(related.place for related in finding.related)]
    if mutant.section is not None:
        # An emptied section of a table, and a lost one, may be told as its table that is missing.
        return any(mutant.section in (place.section, place.table) for place in places)
    if mutant.column is None:
        return any((place.table, place.row) == (mutant.table, mutant.row) for place in places)
    cells: list[CellEvidence] = [suspect.cell for suspect in finding.suspects]
    for evidence in (finding.evidence, *(related.evidence for related in finding.related)):
        cells += evidence.cells if evidence else ()
    named: set[tuple[str | None, str | None, str | None]] = {
        (cell.table, cell.row, cell.column) for cell in cells
    }
    named |= {(place.table, place.row, place.column) for place in places if place.column}
    return (mutant.table, mutant.row, mutant.column) in named


def measure(reports: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """Mutants and those found by kind, and the missed ones in words."""
    made: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    missed = []
    names = list(WRITERS)
    for seed in range(reports):
        for edition in EDITIONS:
            truth, name = make_report(9000 + seed, edition), names[seed % len(names)]
            for mutant in mutants(truth, random.Random(seed)):
                made[mutant.kind] += 1
                data = WRITERS[name](mutant.truth, make_layout(seed))
                if found(mutant, judged(name, data).findings):
                    hit[mutant.kind] += 1
                else:
                    missed.append(f"{mutant.kind}: {mutant.place} ({edition}, seed {9000 + seed}, {name})")
    return made, hit, missed


def clean(reports: int) -> tuple[int, Counter[str], list[str]]:
    """Faultless files written, the findings on them by severity, and the errors and warnings in words."""
    files = 0
    severities: Counter[str] = Counter()
    said = []
    for seed in range(reports):
        for edition in EDITIONS:
            truth = make_report(20_000 + seed, edition)
            for name, write in WRITERS.items():
                files += 1
                for finding in judged(name, write(truth, make_layout(seed))).findings:
                    severities[finding.severity] += 1
                    if finding.severity != "info":
                        said.append(f"{finding.name}: {finding.message} ({edition}, {20_000 + seed}, {name})")
    return files, severities, said


def main() -> None:
    """Print both figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--reports", type=int, default=6, help="faultless reports an edition to mutate")
    parser.add_argument("--clean", type=int, default=200, help="faultless reports an edition to lint")
    options = parser.parse_args()
    made, hit, missed = measure(options.reports)
    print(f"{'fault':<18}{'made':>8}{'found':>8}{'share':>9}")
    for kind in made:
        print(f"{kind:<18}{made[kind]:>8}{hit[kind]:>8}{hit[kind] / made[kind]:>9.2%}")
    print(f"{'all':<18}{made.total():>8}{hit.total():>8}{hit.total() / made.total():>9.2%}")
    for line in missed[:SHOWN]:
        print("  missed", line)
    files, severities, said = clean(options.clean)
    print(f"\nfaultless files {files}: errors {severities['error']}, warnings {severities['warning']}")
    for line in said[:SHOWN]:
        print("  said", line)


if __name__ == "__main__":
    main()
