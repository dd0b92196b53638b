"""A statement of the prose."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from linter.document.model import NOWHERE, Location

Claim = Literal["none", "all_done", "in_time", "all_upheld"]
Scope = Literal["self", "region", "part"]
Kind = Literal["count", "share", "rate", "growth", "decline", "level", "last_year", "claim"]


class Quantity(NamedTuple):
    """A figure in prose, as printed in `text`.

    `value` is the number written: 1.2万件 is 12000 with the unit 件, 1.5万元 is 1.5 with the unit 万元.
    `approximate`: 余, 多, 近, 约, 左右 …, a range, or a number rounded to 万; never to be compared exactly.
    `percent`: a share or rate. `garbled`: the figure is no number as printed (20-8-名); `value` is its
    first number and fits for nothing but to show that another figure for the same thing differs.
    """

    value: int | Decimal
    unit: str | None
    approximate: bool
    percent: bool
    text: str
    garbled: bool = False


class Fact(NamedTuple):
    """One statement of the prose.

    `quantity` is a key of grammars/quantities.yaml, or None for a counted thing outside the vocabulary;
    `what` holds the words counted. `value` is None for a claim: "none" (未收到, 未发生, 为零), "all_done"
    (全部办结), "in_time" (均在法定期限内), "all_upheld" (均获维持).

    `kind`: "count"; "share" (占 33.9 %: a share of its base, told of the fact `whole`); "rate" (办结率:
    likewise, where `whole` is known); "growth", "decline", "level" (against the year before, told of
    `whole`; `value` may be None); "last_year" (a figure of an earlier year); "claim".

    `scope`: "self", "region" (全市, 各级), "part" (a named sub-unit, 本级, an earlier year, a part of the
    year, applications of one sort), with the words that say so in `scope_text`.

    `section`, `passage` (its place in the section), `start` and `end` (offsets in the passage's text) say
    where the words stand; `text` is these words as printed, `sentence` the whole sentence. `whole`: the
    place, among the facts of the report, of the fact that this one is a part of (其中 …, in brackets, a
    result row of 答复), or that a share or a growth is told of. Parts may differ in unit from their whole
    and need not be complete.
    """

    quantity: str | None
    what: str
    value: Quantity | None
    claim: Claim | None
    scope: Scope
    scope_text: str | None
    section: str | None
    passage: int
    start: int
    end: int
    sentence: str
    location: Location = NOWHERE
    whole: int | None = None
    kind: Kind = "count"
    text: str = ""
