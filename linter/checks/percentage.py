"""Percentages of the prose against the figures they are told of.

A percentage is right where it is its part over any whole that the text may mean, rounded to the digits
in which it is written. Half a unit of the last digit is rounding; up to a whole unit is let pass too,
because people cut digits off or adjust the last share to make 100 %. More than half a point by cutting
off is named, however, in a list that has a wrong share anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from linter.checks.bases import WHOLES, bases, carried
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Verdict
from linter.checks.prose import exact, passage_of, place_of_fact, plain, said, same_passage, unit_of
from linter.checks.sum_slips import digit_slip
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import number_text
from linter.report.facts import Fact, facts_of
from linter.report.model import Report

_NEXT_TO = " \t\u3000\n，,、（(：:"  # what may stand between a part and its percentage
_ROUGH = 5  # points by which 约 or 近 may be off
_BEYOND = ("超", "逾", "突破", "至少", "不少于", "不低于", "以上")


class Parameters(NamedTuple):
    """`neutral`: what may stand between 占 and the figure where the base is the whole of the list (another
    base, 占全市总量的, is not known). `rates`: names of rates that are done over all (办结率)."""

    neutral: str
    rates: str


class _Share(NamedTuple):
    """A percentage with its part and the whole it is first told of; `off` is what it departs by."""

    fact: Fact
    part: Number
    whole: Number
    stated: Decimal
    real: Decimal
    off: Decimal
    right: bool
    cut: bool


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A verdict for each percentage that is told of a part with a known whole."""
    facts = facts_of(report)
    shares = [
        share
        for fact in facts
        if fact.kind in {"share", "rate"} and (share := _share(parameters, report, facts, fact)) is not None
    ]
    faulty = {share.fact.sentence for share in shares if not share.right and not share.cut}
    for share in shares:
        wrong = not share.right and (not share.cut or (share.off * 2 > 1 and share.fact.sentence in faulty))
        yield _failed(facts, share) if wrong else Verdict(Outcome.PASS, place_of_fact(share.fact))


def _share(parameters: Parameters, report: Report, facts: Sequence[Fact], fact: Fact) -> _Share | None:
    value = fact.value
    if value is None or not value.percent or value.garbled or fact.whole is None:
        return None
    part = facts[fact.whole]
    figure = exact(part)
    if figure is None or part.kind != "count":
        return None
    stated = Decimal(value.value)
    if fact.kind == "rate":
        if stated == 100 or not pattern(parameters.rates).search(fact.text):
            return None
    elif not _told_of(parameters, report, part, fact):
        return None
    wholes = _wholes(report, facts, fact.whole, fact.kind == "rate")
    if not wholes:
        return None
    unit = Decimal(1).scaleb(min(0, int(stated.as_tuple().exponent)))
    parts = _told_together(facts, fact.whole)
    real = [Decimal(each) * 100 / Decimal(whole) for each in parts for whole in wholes]
    nearest = min(real, key=lambda each: abs(each - stated))
    off = abs(nearest - stated)
    if value.approximate:
        beyond = any(word in _before(report, fact) + fact.text for word in _BEYOND)
        right = any(each >= stated - unit for each in real) if beyond else off <= _ROUGH
        cut = False
    else:
        right, cut = off * 2 <= unit, off < unit
    return _Share(fact, figure, wholes[0], stated, real[0], off, right, cut)


def _told_of(parameters: Parameters, report: Report, part: Fact, share: Fact) -> bool:
    """Whether the percentage stands right behind its part, and of no base of its own."""
    text = passage_of(report, part)
    if not text or not same_passage(part, share) or share.start < part.end:
        return False
    words = share.text
    if words[:1].isdigit():  # 分别占 20 %、30 %
        last = max(text.rfind("占", part.end, share.start), text.rfind("比", part.end, share.start))
        return last >= 0 and "。" not in text[part.end : share.start] and part.sentence == share.sentence
    if text[part.end : share.start].strip(_NEXT_TO):
        return False
    return pattern(parameters.neutral).fullmatch("".join(words.split())) is not None


def _told_together(facts: Sequence[Fact], at: int) -> list[Number]:
    """The part at `at`, alone and with those listed right before it (甲 20件、乙 30件，占 50 %)."""
    found: list[Number] = []
    total: Number = 0
    for fact in reversed(facts[: at + 1]):
        value = exact(fact)
        if fact.kind != "count" or value is None or fact.whole != facts[at].whole:
            break
        total += value
        found.append(total)
    return found


def _before(report: Report, fact: Fact) -> str:
    return passage_of(report, fact)[max(0, fact.start - 4) : fact.start]


def _wholes(report: Report, facts: Sequence[Fact], at: int, rate: bool) -> list[Number]:
    """The wholes that the percentage of a part may be told of, the likeliest first."""
    part = facts[at]
    chain: list[Fact] = []
    above = part.whole
    while above is not None and len(chain) < 4:
        chain.append(facts[above])
        above = facts[above].whole
    if not chain and rate and part.quantity == "applications.answered":
        chain = [
            fact
            for fact in facts
            if fact.sentence == part.sentence
            and fact.quantity in {"applications.received", "applications.new"}
            and fact.whole is None
        ]
    chain = [fact for fact in chain if exact(fact) and unit_of(fact) == unit_of(part)]
    if not chain:
        return []
    found: list[Number] = [value for fact in chain if (value := exact(fact))]
    siblings = [fact for fact in facts if fact.whole == part.whole and part.whole is not None]
    counted = [value for fact in siblings if fact.kind == "count" and (value := exact(fact)) is not None]
    if len(counted) > 1:
        found.append(sum(counted))
    for fact in facts[:at]:
        if (
            fact.sentence == part.sentence
            and fact.kind == "count"
            and fact not in siblings
            and unit_of(fact) == unit_of(part)
        ) or (fact.quantity in WHOLES and fact.scope_text == part.scope_text and fact.kind == "count"):
            found.append(exact(fact) or 0)
    for fact in chain:
        if fact.quantity in WHOLES:
            found += sorted(bases(fact, carried(report, facts, fact), True))
    if part.quantity is not None and chain[0].quantity in WHOLES:
        table = report.tables.get("applications")
        for row in ("result_total", "new"):
            cell = table.cells.get((row, "total")) if table is not None else None
            if cell is not None and cell.value:
                found.append(cell.value)
    return [whole for whole in dict.fromkeys(found) if whole > 0]


def _failed(facts: Sequence[Fact], share: _Share) -> Verdict:
    digits = max(1, -int(share.stated.as_tuple().exponent))
    real = share.real.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    formula = (
        f"{number_text(share.part)} ÷ {number_text(share.whole)} = {number_text(real)}% "
        f"≠ {number_text(share.stated)}%"
    )
    same = share.real.quantize(
        Decimal(1).scaleb(min(0, int(share.stated.as_tuple().exponent))), ROUND_HALF_UP
    )
    slip = digit_slip(plain(share.stated), plain(same))
    part = facts[share.fact.whole] if share.fact.whole is not None else share.fact
    arguments = {
        "part": said(part),
        "stated": f"{number_text(share.stated)}%",
        "real": f"{number_text(real)}%",
        "formula": formula,
        "slip": f"；{slip.zh}" if slip.zh else "",
        "slip.en": f"; {slip.en}" if slip.en else "",
    }
    evidence = Evidence(formula=formula, left=real, right=share.stated, difference=real - share.stated)
    return Verdict(Outcome.FAIL, place_of_fact(share.fact), arguments, evidence, item=part.what)


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Bad expressions."""
    del editions
    for key in ("neutral", "rates"):
        if reason := bad_expression(getattr(parameters, key)):
            yield (key,), reason


KIND = Kind(
    name="percentage",
    parameters=Parameters,
    arguments=frozenset({"part", "stated", "real", "formula", "slip"}),
    check=check,
    verify=verify,
)
