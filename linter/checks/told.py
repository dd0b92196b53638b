"""What the prose tells of one quantity, and what it may mean by it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from linter.checks.amounts import Amount, Total, amounts
from linter.checks.outcome import Number
from linter.checks.stated import exact
from linter.report.facts import Fact
from linter.report.model import StandardTable


class Figure(NamedTuple):
    """A quantity of the prose and the sums of cells that it may give.

    `bases` name rows (or columns, by `along`) to be added, `-x` subtracted, over the lines `each` of the
    other axis. Only statements that have one of `words` and none of `unless`, in a context that has one of
    `beside` (and none of `foreign` without it), and that are no part of anything but `parts_of`.

    The figure may fall short by as much as the lines `slack` hold, and by as much as its whole falls short
    of what that counts in full. `plus`: another quantity that it may leave out where the prose states that
    too; `apart`: words of figures in the same sentence that it may leave out, or count too much (38件，其中
    撤回 5件). `partial`: whose smaller figures may mean some only.

    With `nonzero`, none on either side is another rule's matter. `unless_read`: judged only where these
    bases cannot be told.
    """

    quantity: str
    table: Literal["disclosure", "applications", "disputes"]
    along: Literal["rows", "columns"]
    bases: tuple[tuple[str, ...], ...]
    each: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    parts_of: tuple[str, ...] = ()
    slack: tuple[str, ...] = ()
    plus: str = ""
    apart: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    partial: Literal["nobody", "government", "anybody"] = "nobody"
    nonzero: bool = False
    unless_read: tuple[tuple[str, ...], ...] = ()


class Whole(NamedTuple):
    """A quantity that others are parts of, and the lines that it counts in full."""

    quantity: str
    full: tuple[str, ...]


class Told(NamedTuple):
    """What the prose tells of one quantity: the `place` of the first fact that can be held against the
    table, the `others` that tell of the same, and the sums of cells they may give. `partial`: a smaller
    figure may mean some only; `unnamed`: it is a government's and names nobody."""

    item: Figure
    table: StandardTable
    facts: Sequence[Fact]
    place: int
    others: tuple[int, ...]
    found: tuple[Amount, ...]
    totals: tuple[Total, ...]
    wholes: tuple[Whole, ...]
    partial: bool
    unnamed: bool

    @property
    def fact(self) -> Fact:
        """The statement that is judged."""
        return self.facts[self.place]

    @property
    def value(self) -> Number:
        """Its figure."""
        return exact(self.fact) or 0


def readings(told: Told) -> list[Number]:
    """The figure, and what it may mean where the prose tells more of it."""
    item, value = told.item, told.value
    more = [exact(fact) for fact in told.facts if item.plus and fact.quantity == item.plus]
    apart = [
        exact(fact)
        for fact in told.facts
        if fact is not told.fact
        and fact.sentence == told.fact.sentence
        and any(word in fact.text for word in item.apart)
    ]
    return [
        value,
        *(value + each for each in more if each),
        *(value + sign * each for each in apart if each for sign in (1, -1)),
    ]


def other_readings(told: Told) -> list[Number]:
    """The other figures for the same thing, and the sum of all that are no parts: 本级 20件，各所 13件."""
    known = [(place, exact(told.facts[place])) for place in told.others]
    tops = [value for place, value in known if value is not None and told.facts[place].whole is None]
    return [*(value for _, value in known if value is not None), *([told.value + sum(tops)] if tops else [])]


def slack_of(told: Told) -> tuple[Number, Number | None]:
    """By how much the figure may fall short: what is known, and the most it can be (None: any amount)."""
    item, place = told.item, told.fact.whole
    least: Number = 0
    most: Number | None = 0
    for amount in amounts(told.table, item.along, item.slack, item.each, told.totals):
        least, most = amount.low or 0, amount.high
    whole = told.facts[place] if place is not None else None
    stated = exact(whole) if whole is not None else None
    full = next((each.full for each in told.wholes if whole and each.quantity == whole.quantity), ())
    if stated is not None:
        for amount in amounts(told.table, item.along, full, item.each, told.totals):
            least += max(0, (amount.low or 0) - stated)
            most = None if most is None or amount.high is None else most + max(0, amount.high - stated)
    return least, most


def within(amount: Amount, slack: Number | None, value: Number) -> bool:
    """Whether the sum may be `value`, or more by up to `slack` (None: any amount)."""
    low = None if slack is None or amount.low is None else amount.low - slack
    return amount._replace(low=low).may_be(value)
