from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from linter.document.registry import read_file
from linter.report.facts import Fact, facts_of
from linter.report.read import read_report

SAMPLES = Path(__file__).resolve().parents[4] / "shared" / "samples"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples are not here")


def facts(name: str) -> tuple[Fact, ...]:
    path = SAMPLES / name
    return facts_of(read_report(read_file(path), str(path)))


def values(found: tuple[Fact, ...], quantity: str | None, kind: str = "count") -> list[int | Decimal]:
    return [
        fact.value.value for fact in found if fact.quantity == quantity and fact.kind == kind and fact.value
    ]


def parts(found: tuple[Fact, ...], whole: int) -> list[list[int | Decimal]]:
    """The parts of each figure `whole`."""
    lists = []
    for place, fact in enumerate(found):
        if fact.value and fact.value.value == whole:
            lists.append(
                [
                    part.value.value
                    for part in found
                    if part.whole == place and part.kind == "count" and part.value
                ]
            )
    return lists


def test_shanghai() -> None:
    found = facts("2019-shanghai-general-office.html")
    assert values(found, "applications.received") == [859]
    assert values(found, "applications.answered") == [805]
    assert values(found, "applications.carried_in") == [18]
    assert values(found, "applications.carried_out") == [72]
    assert values(found, "result.granted_or_partial") == [258]
    assert values(found, "result.unavailable") == [265]
    assert values(found, "result.denied") == [35]
    assert values(found, "result.rejected") == [158]
    assert values(found, "result.granted_or_partial", "share") == [Decimal("33.9")]
    assert values(found, "disputes.review") == [7]
    assert values(found, "disputes.litigation") == [9]
    assert [fact.quantity for fact in found if fact.claim == "all_upheld"] == [
        "disputes.review",
        "disputes.litigation",
    ]
    assert {fact.scope for fact in found if (fact.quantity or "").startswith(("applications", "result"))} == {
        "self"
    }
    assert [number for number in parts(found, 805)[0] if number not in {18}] == [258, 35, 265, 158, 0]


def test_guyuan() -> None:
    found = facts("2019-guyuan-government-office.txt")
    assert values(found, "applications.received") == [33]
    assert values(found, "disputes.review") == [1]
    assert values(found, "disputes.litigation") == []


def test_zhongwei_city() -> None:
    found = facts("2016-zhongwei-city.txt")
    assert parts(found, 300) == [[136, 125, 16]]
    assert parts(found, 586) == [[131, 26, 426]]
    assert parts(found, 112359) == [[55, 91870, 21521]] or not parts(found, 112359)
    assert values(found, "applications.received") == [1]


def test_zhongning() -> None:
    found = facts("2020-zhongning-county.txt")
    assert values(found, "applications.received") == [11, 8, 3]
    assert parts(found, 11)[0] == [8, 3]
    assert [41, 24, 27, 13, 14, 4, 2, 53] in parts(found, 178)
    shares = [fact.value.value for fact in found if fact.kind == "share" and fact.value]
    assert shares == [26, 16, 14, 7, 7, 2, 1, 27]
    members = [fact for fact in found if fact.what == "政务公开义务监督员"]
    assert [(fact.value.text, fact.value.garbled) for fact in members if fact.value] == [
        ("20-8-名", True),
        ("21名", False),
    ]


def test_hongze() -> None:
    found = facts("2024-huaian-hongze-district.pdf")
    (received,) = (fact for fact in found if fact.quantity == "applications.received" and fact.value)
    assert received.value is not None
    assert (received.value.value, received.scope, received.scope_text) == (17, "part", "区政府办")
    assert values(found, "fees.collected") == [0]


def test_zhongwei_government_office() -> None:
    found = facts("2019-zhongwei-government-office.txt")
    assert parts(found, 9) == [[4, 1, 3, 1]]
    assert parts(found, 4042) == [[3773, 269]]
    assert [fact.quantity for fact in found if fact.claim == "none"] == [
        "disputes.review",
        "disputes.litigation",
    ]
