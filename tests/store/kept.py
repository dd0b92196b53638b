"""Runs over a few reports whose results are kept."""

import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "filing"))
from provinces import put, truth_of, with_figure

from linter.corpus.collect import collect
from linter.corpus.model import Corpus
from linter.corpus.reading import Engine
from linter.corpus.run import Wanted, local_engine
from linter.store.run import stored_run
from linter.supervised import Watch

BUREAU = "云浦县财政局"
__all__ = ["BUREAU", "Counting", "put", "reports", "rows", "stored", "truth_of", "with_figure"]


class Counting:
    """An engine that counts the files it is given to read."""

    def __init__(self) -> None:
        self.read = 0
        self._engine = local_engine(Watch(1, 60))

    def __call__(self, work: Any, items: Any, failed: Any) -> Any:
        def counted() -> Any:
            for item in items:
                self.read += hasattr(item, "source")
                yield item

        return self._engine(work, counted(), failed)


def reports(folder: Path, count: int = 3) -> Path:
    """A folder with reports of one organ, a year each, the second of which breaks the carry-over."""
    for index in range(count):
        truth = truth_of(BUREAU, 2021 + index)
        if index == 1:
            carried = truth_of(BUREAU, 2021).tables["applications"].number("carried_out", "total")
            truth = with_figure(truth, "applications", "carried_in", "total", carried + 5)
        put(truth, folder / "年报" / f"{2021 + index}.html")
    return folder / "年报"


def stored(store: object, folder: Path, engine: Engine | None = None, wanted: Wanted | None = None) -> Corpus:
    """A run over the folder that keeps its results."""
    return stored_run(
        str(store), collect([str(folder)]), None, wanted or Wanted(), engine or local_engine(Watch(1, 60))
    )


def rows(store: object) -> Counter[str]:
    """How many rows each table of the store has."""
    from sqlalchemy import func, select

    from linter.store import schema
    from linter.store.connection import opened

    with opened(str(store)) as kept, kept.reading() as connection:
        return Counter(
            {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
                for table in schema.TABLES.sorted_tables
            }
        )
