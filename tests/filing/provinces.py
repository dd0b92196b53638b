"""Small corpora for tests: a generated province, and single reports of organs of one's choice."""

import datetime as dt
import random
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from examples.generator import make_layout, to_html
from examples.generator.figures import make_tables
from examples.generator.province import Province, make_province, write_province
from examples.generator.report import written
from examples.generator.truth import Organ, Truth, number_cell
from linter.corpus.collect import Item, collect
from linter.corpus.model import Corpus
from linter.corpus.roster import read_roster
from linter.corpus.run import Wanted, local_engine, run
from linter.supervised import Watch

ENGINE = local_engine(Watch(1, 60))


@cache
def province() -> tuple[Province, Path]:
    """Thirty organs in two years with many faults, and the folder they lie in; not to be changed."""
    made = make_province(3, 30, (2022, 2023), share=0.12)
    folder = Path(mkdtemp(prefix="gongkai-province-"))
    write_province(made, folder)
    return made, folder


def truth_of(name: str, year: int, seed: int = 0) -> Truth:
    """A report of the organ, published in January."""
    rng = random.Random(f"{name} {year} {seed}")
    organ = Organ(name, "department", name[:3], "yunpu", "本局", "全县", "county")
    truth = written(rng, seed, organ, year=year, edition="2021", tables=make_tables(rng, organ, "2021"))
    return replace(truth, signature=(name, dt.date(year + 1, 1, 20)))


def with_figure(truth: Truth, table: str, row: str, column: str, figure: int) -> Truth:
    """The report with one cell changed."""
    return truth.with_table(truth.tables[table].with_cells({(row, column): number_cell(figure)}))


def put(truth: Truth, path: Path) -> Path:
    """Write the report as a web page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(to_html(truth, make_layout(truth.seed), "page"))
    return path


def corpus_of(folder: Path, roster: Path | None = None, items: list[Item] | None = None) -> Corpus:
    """The corpus of a folder."""
    units = read_roster(roster) if roster else None
    return run(collect([str(folder)]) if items is None else items, units, Wanted(), ENGINE)


def names(corpus: Corpus, unit: str, year: int) -> list[str]:
    """The names of the findings of a unit and year."""
    filing = corpus.filing(unit, year)
    assert filing is not None
    return [finding["name"] for finding in filing.findings]
