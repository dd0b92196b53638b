"""Parts listed in the prose that must add up to the whole named before them.

The reader of facts says which figure is told as a part of which. That is no proof of a partition: a list
may name examples, may count one thing under two heads, may divide its whole twice. So a list is judged
only where it evidently divides its whole, and passes where any reading of it adds up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from linter.checks.bases import WHOLES, bases, carried
from linter.checks.kind import Kind, Problem
from linter.checks.listing import Listing, earlier_figures, listings, may_begin_anew, nested, spans, summed_up
from linter.checks.outcome import Evidence, Number, Outcome, Place, Verdict
from linter.checks.partition import Figures, adds_up
from linter.checks.prose import exact, passage_of, place_of_fact, plain, said, same_passage, unit_of
from linter.checks.relation import size
from linter.checks.sum_slips import sum_slip
from linter.checks.texts import pattern
from linter.checks.wording import number_text
from linter.report.facts import Fact, facts_of
from linter.report.model import Report

_TABLED = {"result": "applications", "applicants": "applications", "disputes": "disputes"}
_GROUPS = {"result.denied", "result.unavailable", "result.rejected", "result.other"}
_ASIDE = r"[（(][^（()）]*[）)]"
_NEAR = 12  # a sum that differs by less than a twelfth of the whole, or by one, is near it


class Parameters(NamedTuple):
    """Plain wordings that tell what kind of list it is.

    `opens` begin the parts of a whole, `complete` those of all parts; `examples` in between say that
    not all are named, and so does one of `and_more` behind the last. A part named with one of `rest`
    (其他) makes the list complete; so do the two of one of `pairs`. Parts of one of `families` (the first
    word of their key) divide their whole by their nature and need no opening. Parts named with one of
    `overlapping` may count one thing twice; with one of `qualities` they tell something of the whole and
    divide nothing. `units` end the names of sub-units, of which a list often names the larger ones, save
    where one of `every` names the rest of them. `sums` begin a sum that follows its parts.
    """

    opens: tuple[str, ...]
    complete: tuple[str, ...]
    examples: tuple[str, ...]
    and_more: tuple[str, ...]
    rest: tuple[str, ...]
    families: tuple[str, ...]
    overlapping: tuple[str, ...]
    published: tuple[str, ...]
    qualities: tuple[str, ...]
    units: tuple[str, ...]
    every: tuple[str, ...]
    pairs: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each list that evidently divides its whole."""
    facts = facts_of(report)
    judged = [
        (listing, verdict)
        for listing in listings(facts, parameters.families)
        if (verdict := _judge(parameters, report, facts, listing)) is not None
    ]
    failed = [listing for listing, verdict in judged if verdict.outcome is Outcome.FAIL]
    for listing, verdict in judged:
        # Where a list and one within it both fail, it is not certain to which the parts belong.
        if not any(listing.at in each.places or each.at in listing.places for each in failed):
            yield verdict
    for listing in summed_up(facts, parameters.sums):
        if (verdict := _judge_sum(parameters, facts, listing)) is not None:
            yield verdict


def _judge(parameters: Parameters, report: Report, facts: Sequence[Fact], listing: Listing) -> Verdict | None:
    whole, total = listing.whole, exact(listing.whole)
    values = _values(listing)
    if total is None or not values:
        return None
    text = passage_of(report, whole)
    evident, complete = _evident(parameters, listing, text)
    if not evident:
        return None
    known = carried(report, facts, whole) if whole.quantity in WHOLES else None
    earlier = earlier_figures(facts, listing)
    results = any((part.quantity or "").startswith("result.") for part in listing.parts)
    wholes = bases(whole, known, results) if known else frozenset({total})
    if not (results and whole.quantity == "applications.answered"):
        wholes |= spans(earlier, total)
    if adds_up(_figures(parameters, listing, text), wholes):
        return Verdict(Outcome.PASS, place_of_fact(whole))
    of_received = results and whole.quantity != "applications.answered"
    if known and of_received and not known.certain:
        return _open(place_of_fact(whole)) if known.lost else None
    # Parts that are too large may well be those of an earlier figure.
    above = earlier and (max(values) > total or any(each >= sum(values) > total for each in earlier))
    # What a list leaves out, the table tells.
    table = report.tables.get(_TABLED.get(listing.family, ""))
    told = table is not None and table.found and not complete and sum(values) < total
    excused = above or told or nested(facts, listing, total)
    if excused or not _weighs(parameters, listing, values, complete):
        return None
    return _failed(facts, listing, values)


def _judge_sum(parameters: Parameters, facts: Sequence[Fact], listing: Listing) -> Verdict | None:
    """A sum behind its parts: it may take in any number of the figures before it."""
    total, values = exact(listing.whole), _values(listing)
    if total is None or not values:
        return None
    if any(sum(values[start:]) == total for start in range(len(values) - 1)):
        return Verdict(Outcome.PASS, place_of_fact(listing.whole))
    if not _weighs(parameters, listing, values, True) or _far(sum(values), total):
        return None
    return _failed(facts, listing, values)


def _values(listing: Listing) -> list[Number]:
    """The figures of the parts; none where one is not exact or of another unit than the whole."""
    values = [value for part in listing.parts if (value := exact(part)) is not None]
    alike = {unit_of(part) for part in listing.parts} == {unit_of(listing.whole)}
    return values if alike and len(values) == len(listing.parts) else []


def _figures(parameters: Parameters, listing: Listing, text: str) -> Figures:
    whole, parts = listing.whole, listing.parts
    natural = listing.family in parameters.families
    return Figures(
        _values(listing),
        [part.quantity in _GROUPS or part.quantity is None for part in parts],
        [not natural and may_begin_anew(text, whole, *pair) for pair in pairwise((whole, *parts))],
    )


def _far(left: Number, right: Number) -> bool:
    return size(left - right) * _NEAR >= max(right, _NEAR + 1)


def _evident(parameters: Parameters, listing: Listing, text: str) -> tuple[bool, bool]:
    """Whether the list evidently divides its whole, and whether it names all parts."""
    whole, parts = listing.whole, listing.parts
    first, last = parts[0], parts[-1]
    if not text or not all(same_passage(whole, part) for part in parts) or first.start < whole.end:
        return False, False
    names = [part.text for part in parts]
    lead = pattern(_ASIDE).sub("", text[whole.end : first.start])
    if _has(lead + first.text, parameters.examples) or _has(whole.text, parameters.examples):
        return False, False
    if text[last.end : last.end + 4].lstrip(" ").startswith(parameters.and_more):
        return False, False
    if any(_has(name, parameters.qualities) for name in names) and listing.family not in parameters.families:
        return False, False
    rest = any(_has(name, parameters.rest) for name in names[1:])
    paired = any(_paired(pair, names) for pair in parameters.pairs)
    complete = rest or paired or _has(lead, parameters.complete)
    if listing.family in parameters.families:
        return True, complete or {part.quantity for part in parts} >= {
            "applicants.legal",
            "applicants.natural_person",
        }
    opened = _has(lead, (*parameters.opens, *parameters.complete)) and not _has(lead, ("。",))
    if not opened and lead.startswith("。"):
        opened = lead[1:].lstrip().startswith("其中")
    return opened, complete


def _paired(pair: str, names: Sequence[str]) -> bool:
    words = pair.split("/")
    return len(names) == len(words) and all(any(word in name for name in names) for word in words)


def _has(text: str, words: Iterable[str]) -> bool:
    return any(word in text for word in words)


def _weighs(parameters: Parameters, listing: Listing, values: Sequence[Number], complete: bool) -> bool:
    """Whether the difference speaks against the list. A sum above the whole cannot be, unless one thing
    is counted twice; one below it may come from parts that are not named."""
    names = "".join(part.text for part in listing.parts)
    natural = listing.family in parameters.families
    total = exact(listing.whole) or 0
    difference = sum(values) - total
    near = not _far(sum(values), total)
    several = len(values) > 2
    published = unit_of(listing.whole) in parameters.published
    overlap = published and not natural and _has(names, parameters.overlapping)
    every = _has(names, parameters.every)
    if difference > 0:
        if overlap:
            return False
        swapped = several and any(sorted(str(value)) == sorted(str(value - difference)) for value in values)
        told = all(part.quantity is not None or _kind_of(part, listing.whole) for part in listing.parts)
        return complete or natural or swapped or (near and (several or told))
    if complete:
        return True
    if overlap:
        return False
    organs = {part.scope_text for part in listing.parts if part.scope == "part"}
    of_units = len(organs) > 1 or any(part.what.endswith(parameters.units) for part in listing.parts)
    if of_units and not every:
        return False
    return near and (several or every or (natural and listing.family != "result"))


def _kind_of(part: Fact, whole: Fact) -> bool:
    """Whether the part is named as a kind of the whole: 微信类政务新媒体 of 政务新媒体."""
    return len(whole.what) > 2 and part.what.endswith(whole.what[-3:])


def _open(place: Place) -> Verdict:
    return Verdict(
        Outcome.OPEN,
        place,
        reason="第三部分表格没有完全读出，结转的件数不知道，各项结果之和与收到的件数无法核对",
        reason_en="the table of applications was not fully read: how many were carried over is not known",
    )


def _failed(facts: Sequence[Fact], listing: Listing, values: Sequence[Number]) -> Verdict:
    total, summed = exact(listing.whole) or 0, plain(sum(values))
    difference = summed - total
    formula = f"{' + '.join(map(number_text, values))} = {number_text(summed)} ≠ {number_text(total)}"
    near = [
        value
        for place, fact in enumerate(facts)
        if fact.sentence == listing.whole.sentence
        and place not in listing.places
        and place != listing.at
        and unit_of(fact) == unit_of(listing.whole)
        and (value := exact(fact)) is not None
    ]
    slip = sum_slip(values, total, near)
    amount = number_text(size(difference))
    arguments = {
        "whole": said(listing.whole),
        "total": number_text(total),
        "sum": number_text(summed),
        "formula": formula,
        "count": str(len(values)),
        "direction": f"多 {amount}" if difference > 0 else f"少 {amount}",
        "direction.en": f"{amount} more" if difference > 0 else f"{amount} less",
        "slip": f"；{slip.zh}" if slip.zh else "",
        "slip.en": f"; {slip.en}" if slip.en else "",
    }
    evidence = Evidence(formula=formula, left=summed, right=total, difference=difference)
    place = place_of_fact(listing.whole)
    return Verdict(Outcome.FAIL, place, arguments, evidence, item=listing.whole.what or said(listing.whole))


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Empty words, which would stand in every text."""
    del editions
    for key, words in parameters._asdict().items():
        for index, word in enumerate(words):
            if not word:
                yield (key, index), "不能为空"


KIND = Kind(
    name="parts-sum",
    parameters=Parameters,
    arguments=frozenset({"whole", "total", "sum", "formula", "count", "direction", "slip"}),
    check=check,
    verify=verify,
)
