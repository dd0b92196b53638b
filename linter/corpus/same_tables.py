"""Tables whose figures are all those of another organ's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from linter.checks.cells import evidence_of, matches, place_of, unknown_tables
from linter.checks.kind import Problem
from linter.checks.outcome import Evidence, Outcome, Place, Verdict
from linter.checks.wording import table_name
from linter.corpus.kind import CorpusKind, Said

if TYPE_CHECKING:
    from linter.corpus.filed import Filed
    from linter.corpus.model import Corpus
    from linter.corpus.record import Record

_TELLING = 10
_SHOWN = 5


class Parameters(NamedTuple):
    """A table fails where all its figures are those of another organ's, if at least `least` of them are not
    zero and `telling` of them are 10 and more: small figures are often the same by chance. Sums of other
    cells, named by `sums` as table/row/column, tell nothing."""

    tables: tuple[str, ...]
    least: int
    telling: int
    sums: tuple[str, ...] = ()


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each table that has figures enough."""
    from linter.corpus.filed import filed_in, in_order

    filed = in_order(filed_in(corpus))
    for key in parameters.tables:
        alike: dict[tuple[str, ...], list[Filed]] = {}
        for each in filed:
            if (found := _figures(parameters, each.record, key)) is None:
                yield _unknown(each, key)
            elif found:
                alike.setdefault(found, []).append(each)
        for same in alike.values():
            for each in same:
                yield _said(parameters, key, each, same)


def _unknown(each: Filed, key: str) -> Said:
    reason = f"{table_name(key)}有的格没有数字，无法确定是否与别的机关全部相同"
    reason_en = f"cells of the {table_name(key, 'en')} have no figure"
    verdict = Verdict(Outcome.OPEN, Place(table=key), reason=reason, reason_en=reason_en)
    return Said(each.unit.name, each.year, verdict)


def _figures(parameters: Parameters, record: Record, key: str) -> tuple[str, ...] | None:
    """The figures of a table that tells enough, with its layout; none where it tells little, None where
    what is unknown decides whether it does."""
    if key not in record.cells:
        return ()
    cells = [(row, column, value) for row, column, _, value in record.cells[key]]
    own = [value for row, column, value in cells if not _is_sum(parameters, key, row, column)]
    known = [float(value) for value in own if value is not None]
    if sum(map(bool, known)) < parameters.least or sum(v >= _TELLING for v in known) < parameters.telling:
        return ()
    if len(known) < len(own):
        return None
    return (record.layouts[key], *(str(value) for _, _, value in cells))


def _is_sum(parameters: Parameters, table: str, row: str | None, column: str) -> bool:
    for pattern in parameters.sums:
        name, wanted_row, wanted_column = pattern.split("/")
        if name == table and matches(wanted_row, row) and matches(wanted_column, column):
            return True
    return False


def _said(parameters: Parameters, key: str, each: Filed, same: Sequence[Filed]) -> Said:
    from linter.corpus.filed import related, surely_later
    from linter.corpus.record import report_of

    apart = (other for other in same if not related(other.unit, each.unit))
    fitting = (other for other in apart if not _of_one_line(other, each) and not surely_later(other, each))
    # A few are enough: of a table that thousands have, not every pair is looked at.
    others = list(islice(fitting, _SHOWN))
    if not others:
        return Said(each.unit.name, each.year, Verdict(Outcome.PASS, Place(table=key)))
    table = report_of(each.record).tables[key]
    shown = [at for at, cell in table.cells.items() if cell.value and not _is_sum(parameters, key, *at)]
    names = [f"{other.unit.name} {other.year} 年度" for other in others]
    more = len(others) == _SHOWN
    arguments = {
        "table": table_name(key),
        "table.en": table_name(key, "en"),
        "count": str(len(shown)),
        "units": "、".join(names) + ("等" if more else ""),
        "units.en": ", ".join(f"{other.unit.name} {other.year}" for other in others) + (" …" if more else ""),
    }
    evidence = Evidence(cells=tuple(evidence_of(table, at) for at in shown))
    return Said(each.unit.name, each.year, Verdict(Outcome.FAIL, place_of(table), arguments, evidence))


def _of_one_line(one: Filed, other: Filed) -> bool:
    """Whether one of the organs is the parent of the other, whose figures it may well be made of alone."""
    return one.unit.parent == other.unit.name or other.unit.parent == one.unit.name


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables, names of cells that are not of the form table/row/column."""
    del editions
    yield from unknown_tables(parameters.tables)
    for index, pattern in enumerate(parameters.sums):
        if pattern.count("/") != 2:
            yield ("sums", index), f"“{pattern}”应写作 表格/行/列"


KIND = CorpusKind(
    name="same_tables",
    parameters=Parameters,
    arguments=frozenset({"table", "count", "units"}),
    check=check,
    verify=verify,
)
