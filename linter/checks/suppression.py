"""What came of wishes to set findings aside: those without a reason, past their day, of no use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.report.model import Report


class Parameters(NamedTuple):
    """Which state of a suppression is a fault."""

    status: Literal["unused", "expired", "unreasoned", "unknown", "mandatory"]


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each suppression in that state, a pass for each other one."""
    for one in report.suppressions:
        place = Place(location=one.location)
        if one.status != parameters.status:
            yield Verdict(Outcome.PASS, place)
            continue
        arguments = {"rule": one.rule, "where": f"（{one.where}）" if one.where else "", "until": one.until}
        arguments["where.en"] = f" ({one.where})" if one.where else ""
        yield Verdict(Outcome.FAIL, place, arguments, item=one.rule)


KIND = Kind(
    name="suppression",
    parameters=Parameters,
    arguments=frozenset({"rule", "where", "until"}),
    check=check,
    verify=nothing_to_verify,
)
