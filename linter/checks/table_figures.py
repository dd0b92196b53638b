"""Figures of the prose held against the cells that count the same thing.

A figure may be told on one of several bases (受理 with or without what was carried in). It agrees where
one of them fits; it is wrong only where no reading of the cells makes any of them fit. Where the prose
gives several figures for the same thing and one of them (of whatever scope) fits, none is accused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import (
    Amount,
    Total,
    amounts,
    annotated,
    bad_totals,
    evidence_cells,
    open_table,
    unknown_names,
)
from linter.checks.cells import CellKey, evidence_of
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.relation import size
from linter.checks.stated import exact, is_whole, names_nobody, place_of_fact, speaks_of, whose, words_of
from linter.checks.told import Figure, Told, Whole, other_readings, readings, slack_of, within
from linter.checks.wording import number_text, table_name
from linter.report.facts import Fact, facts_of
from linter.report.model import Report, StandardTable


class Parameters(NamedTuple):
    """The quantities, the first that fits a statement taken; `totals` say what columns are made of, `wholes`
    what the wholes count of which the figures may be parts (the `each` of the part taken). The
    figures of a government that name nobody, and are smaller than the table's, may be of the government
    alone: with `doubt` "only" nothing else is judged, with "none" all but these."""

    figures: tuple[Figure, ...]
    totals: tuple[Total, ...] = ()
    wholes: tuple[Whole, ...] = ()
    doubt: Literal["any", "none", "only"] = "any"


class _Open(NamedTuple):
    unknown: tuple[CellKey, ...]
    words: str
    fits: bool


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each quantity stated; one open verdict for all that a table leaves undecided."""
    facts = facts_of(report)
    stated: dict[str | None, list[int]] = {}
    for place, fact in enumerate(facts):
        if exact(fact) is not None:
            stated.setdefault(fact.quantity, []).append(place)
    left: dict[str, list[_Open]] = {}
    for item in parameters.figures:
        of_it = stated.get(item.quantity, [])
        if not of_it:
            continue
        places = [p for p in of_it if not item.words or any(word in facts[p].text for word in item.words)]
        stated[item.quantity] = [place for place in of_it if place not in places]
        told = _told(parameters, item, report, places)
        judged = _judge(told) if told is not None else None
        if (
            told is None
            or judged is None
            or parameters.doubt == ("none" if _doubtful(told, judged) else "only")
        ):
            continue
        if isinstance(judged, _Open):
            left.setdefault(item.table, []).append(judged)
        else:
            yield judged
    for key, items in left.items():
        unknown = [cell for item in items for cell in item.unknown]
        words = [item.words for item in items]
        yield open_table(report.tables[key], report, unknown, words, all(item.fits for item in items))


def _told(parameters: Parameters, item: Figure, report: Report, places: list[int]) -> Told | None:
    """The facts at `places` with their cells; None where none of them can be held against any."""
    facts = facts_of(report)
    table = report.tables.get(item.table)
    own = next((place for place in places if _comparable(item, facts, place, report)), None)
    if table is None or own is None:
        return None
    if table.lost:
        return None if item.unless_read else Told(item, table, facts, own, (), (), (), (), False, False)
    found = [a for base in item.bases for a in amounts(table, item.along, base, item.each, parameters.totals)]
    if item.unless_read and not (_unread(parameters, item, table) and any(a.keys for a in found)):
        return None
    none = all(amount.certain and not amount.low for amount in found)
    if not found or (item.nonzero and (none or not exact(facts[own]))):
        return None
    unnamed = names_nobody(facts[own], report)
    partial = item.partial == "anybody" or (item.partial == "government" and unnamed)
    others = tuple(place for place in places if place != own)
    return Told(
        item, table, facts, own, others, tuple(found), parameters.totals, parameters.wholes, partial, unnamed
    )


def _comparable(item: Figure, facts: Sequence[Fact], place: int, report: Report) -> bool:
    fact = facts[place]
    return (
        not any(word in fact.text for word in item.unless)
        and whose(fact, report) == "table"
        and is_whole(fact, facts, item.parts_of)
        and speaks_of(fact, report, item.beside, item.foreign)
    )


def _unread(parameters: Parameters, item: Figure, table: StandardTable) -> bool:
    return all(
        amount.unknown
        for base in item.unless_read
        for amount in amounts(table, item.along, base, item.each, parameters.totals)
    )


def _judge(told: Told) -> Verdict | _Open | None:
    fact = told.fact
    if not told.table.found or told.table.lost:
        return _Open((), words_of(fact), False)
    least, most = slack_of(told)
    values = [*readings(told), *other_readings(told)]
    for amount in told.found:
        if amount.certain and any(within(amount, least, value) for value in values):
            return Verdict(Outcome.PASS, place_of_fact(fact), {"found": amount.name})
    may_fit = any(within(amount, most, value) for amount in told.found for value in values)
    if may_fit or any(annotated(told.table, amount) for amount in told.found):
        return _left_open(told, most)
    if told.partial and any(told.value < (amount.low or 0) for amount in told.found):
        return None
    return _failed(told)


def _doubtful(told: Told, judged: Verdict | _Open) -> bool:
    """Whether what was judged may be the figure of a government alone, and not of its region."""
    if isinstance(judged, _Open) or judged.outcome is Outcome.OPEN or not told.unnamed:
        return False
    if judged.outcome is Outcome.PASS:
        return True
    whole = told.facts[told.fact.whole].quantity if told.fact.whole is not None else None
    if any(each.quantity == whole for each in told.wholes) and slack_of(told)[1] == 0:
        return False  # a part of what is the region's
    return any(told.value < (amount.low or 0) for amount in told.found)


def _left_open(told: Told, slack: Number | None) -> Verdict | _Open:
    """Open; where the blanks read as zero make no base fit, with what that reading gives."""
    words = words_of(told.fact)
    unknown = tuple(key for amount in told.found for key in amount.unknown)
    blank = [amount._replace(low=amount.zero, high=amount.zero) for amount in told.found]
    if not unknown or any(amount.zero is None for amount in told.found):
        return _Open(unknown, words, False)
    values = readings(told)
    if any(within(amount, slack, value) for amount in blank for value in values):
        return _Open(unknown, words, True)
    table, table_en = table_name(told.table.key), table_name(told.table.key, "en")
    sums = "、".join(f"“{amount.name}”为 {number_text(amount.zero)}" for amount in _distinct(blank))
    return Verdict(
        Outcome.OPEN,
        place_of_fact(told.fact),
        {"line": f"文字写{words}", "line.en": f"the text says {words}"},
        Evidence(cells=tuple(evidence_of(told.table, key) for key in dict.fromkeys(unknown))),
        reason=f"文字写{words}，{table}的相应格没有数字，无法核对",
        reason_en=f"the text says {words}; cells of the table of {table_en} have no figure",
        zero_reading=f"{table}空格按 0 计，{sums}，与文字不符",
        zero_reading_en=f"with blanks read as zero the table gives {sums}",
        item=told.item.quantity,
    )


def _distinct(found: Iterable[Amount]) -> list[Amount]:
    """The amounts, those left out that say the same as one before."""
    kept: list[Amount] = []
    for amount in found:
        if all(amount[:2] != other[:2] for other in kept):
            kept.append(amount)
    return kept


def _failed(told: Told) -> Verdict:
    from linter.checks.quoting_slips import slip  # needed only where something is wrong

    fact, value = told.fact, told.value
    shown = _distinct(told.found)
    lead = min(shown, key=lambda amount: size((amount.low or 0) - value))
    meant = lead.low or 0
    same = [each for each in told.facts if each.quantity == told.item.quantity]
    whys = (slip(told.table, amount.terms, value, amount.low, told.totals, facts=same) for amount in shown)
    why = next((each for each in whys if each is not None), None)
    arguments = {
        "words": words_of(fact),
        "figure": number_text(value),
        "table": table_name(told.table.key),
        "table.en": table_name(told.table.key, "en"),
        "found": "，".join(
            f"“{a.name}”{'' if a.certain else '至少'}为 {number_text(a.low or 0)}" for a in shown
        ),
        "found.en": ", ".join(
            f"{a.name}: {'' if a.certain else 'at least '}{number_text(a.low or 0)}" for a in shown
        ),
        "difference": number_text(size(value - meant)),
        "slip": f"；{why.zh}" if why else "",
        "slip.en": f"; {why.en}" if why else "",
    }
    sign = "≠" if lead.certain else "<" if value < meant else ">"
    return Verdict(
        Outcome.FAIL,
        place_of_fact(fact),
        arguments,
        Evidence(
            f"{number_text(value)} {sign} {lead.formula}",
            value,
            meant,
            value - meant,
            evidence_cells(told.table, shown),
        ),
        item=told.item.quantity,
        causes=f"stated:{told.place}",
        because=f"stated:{fact.whole}" if fact.whole is not None else "",
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown rows and columns."""
    for index, item in enumerate(parameters.figures):
        for key in ("bases", "unless_read"):
            for number, base in enumerate(getattr(item, key)):
                for name, reason in unknown_names(item.table, editions, item.along, base, item.each):
                    names = [each.removeprefix("-") for each in base]
                    where = (key, number, names.index(name)) if name in names else ("each",)
                    yield ("figures", index, *where), reason
    for index, whole in enumerate(parameters.wholes):
        of_it = next((item for item in parameters.figures if item.quantity == whole.quantity), None)
        if of_it is None:
            yield ("wholes", index, "quantity"), f"“{whole.quantity}”应是 figures 中的一个 quantity"
            continue
        for name, reason in unknown_names(of_it.table, editions, of_it.along, whole.full, of_it.each):
            yield ("wholes", index, "full", whole.full.index(name) if name in whole.full else 0), reason
    yield from bad_totals(parameters.totals, editions)


KIND = Kind(
    name="table_figures",
    parameters=Parameters,
    arguments=frozenset({"words", "figure", "table", "found", "difference", "slip"}),
    nested={"figures": Figure, "totals": Total, "wholes": Whole},
    check=check,
    verify=verify,
)
