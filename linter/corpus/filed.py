"""The reports of a corpus as checks of several of them ask for them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from linter.corpus.model import Corpus
from linter.corpus.record import Record
from linter.corpus.roster import Unit


class Filed(NamedTuple):
    """A report that could be read, with whose it is and of which year."""

    unit: Unit
    year: int
    record: Record


def filed_in(corpus: Corpus) -> Iterator[Filed]:
    """The reports at hand, in the order of the filings."""
    for filing in corpus.filings:
        if filing.record is not None and not filing.record.reason:
            yield Filed(filing.unit, filing.year, filing.record)


def by_unit(filed: Iterable[Filed]) -> dict[tuple[str, int], Filed]:
    """The reports by the name of the unit and the year."""
    return {(each.unit.name, each.year): each for each in filed}


def in_order(filed: Iterable[Filed]) -> list[Filed]:
    """The reports, the earlier first, as far as years and days of publication tell."""
    return sorted(filed, key=lambda each: (each.year, each.record.published or "9999", each.unit.name))


def surely_later(one: Filed, other: Filed) -> bool:
    """Whether `one` came out after `other`, so that the other cannot have been made from it."""
    if one.year != other.year:
        return one.year > other.year
    days = _day(one), _day(other)
    return days[0] is not None and days[1] is not None and days[0] > days[1]


def _day(filed: Filed) -> dt.date | None:
    said = filed.record.published
    return dt.date.fromisoformat(said) if said else None


def related(one: Unit, other: Unit) -> bool:
    """Whether they are one organ, or one is the office that writes for the other."""
    if one.name == other.name:
        return True
    pairs = ((one, other), (other, one))
    return any(low.kind == "office" and low.parent == high.name for low, high in pairs)
