"""Front matter and structure of the real reports, where they are at hand (figures and names only)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import NamedTuple

import pytest

from linter.document.registry import read_file
from linter.report.model import Report
from linter.report.norm import SECTION_KEYS
from linter.report.read import read_report

SAMPLES = Path(__file__).parents[3] / "shared" / "samples"
pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not at hand")


class Truth(NamedTuple):
    """What a sample states: issuer, kind, edition, sections, and whether it states period and contact."""

    issuer: str
    kind: str
    edition: str
    sections: int
    period: bool = True
    contact: tuple[str | None, str | None, str | None, str | None] = (None, None, None, None)


# contact: postcode, phone, fax, e-mail
TRUTHS = {
    "2012-pingtan-county.txt": Truth(
        "平潭县人民政府",
        "government",
        "pre-2019",
        4,
        True,
        ("350400", "24336243", "23131679", "24336240@163.com"),
    ),
    "2013-pingtan-county.txt": Truth(
        "平潭县人民政府",
        "government",
        "pre-2019",
        4,
        False,
        ("350400", "24336243", "23131679", "24336240@163.com"),
    ),
    "2014-pingtan.txt": Truth(
        "平潭综合实验区管委会",
        "other",
        "pre-2019",
        6,
        True,
        ("350400", "23158786", "23158138", "pzxxgkb@163.com"),
    ),
    "2016-pingtan.txt": Truth(
        "平潭综合实验区",
        "government",
        "pre-2019",
        7,
        True,
        ("350400", "23165327", "23165326", "pzxxgkb@163.com"),
    ),
    "2016-zhongwei-city.txt": Truth(
        "中卫市", "government", "pre-2019", 7, True, ("755000", "0955-7068823", None, None)
    ),
    "2019-guyuan-government-office.txt": Truth("固原市人民政府办公室", "office", "2019", 6, False),
    "2019-pingtan.txt": Truth(
        "平潭综合实验区", "government", "2019", 6, True, ("350400", "0591-23165250", None, "pzxxgkb@163.com")
    ),
    "2019-shanghai-general-office.html": Truth("上海市人民政府办公厅", "office", "2019", 6),
    "2019-zhongwei-government-office.txt": Truth(
        "中卫市人民政府办公室",
        "office",
        "2019",
        7,
        True,
        ("755000", "0955-7068826", "0955-7068826", "nx_zws@163.com"),
    ),
    "2020-zhongning-county.txt": Truth(
        "中宁县", "government", "2019", 5, True, ("755100", "0955-5619648", None, "znxzwgkb@163.com")
    ),
    "2020-zhongwei-affairs-center.txt": Truth(
        "中卫市机关事务服务中心",
        "department",
        "2019",
        6,
        True,
        ("755000", "0955-7068837", "0955-7068837", "zwsjdb@163.com"),
    ),
    "2021-pingtan.txt": Truth(
        "平潭综合实验区", "government", "2021", 6, True, ("350400", "0591-23165370", "0591-23165370", None)
    ),
    "2022-pingtan.txt": Truth(
        "平潭综合实验区", "government", "2021", 6, True, ("350400", "0591-23165385", None, None)
    ),
    "2023-pingtan.txt": Truth(
        "平潭综合实验区", "government", "2021", 6, True, ("350400", "0591-23165385", None, None)
    ),
    "2024-pingtan.txt": Truth("平潭综合实验区", "government", "2021", 6),
    "2024-huaian-hongze-district.pdf": Truth(
        "淮安市洪泽区人民政府", "government", "2021", 6, True, ("223100", "0517-87290606", None, None)
    ),
}
DEVIATIONS = {
    "2019-zhongwei-government-office.txt": [("section", "split", "problems", False)],
    "2020-zhongning-county.txt": [("section", "missing", "applications", True)],
    "2022-pingtan.txt": [("section", "renamed", "disputes", False)],
}


def read(name: str) -> Report:
    return read_report(read_file(SAMPLES / name), name)


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_front_matter(name: str) -> None:
    report, truth, year = read(name), TRUTHS[name], int(name[:4])
    assert (report.issuer, report.issuer_kind, report.year, report.edition) == (
        truth.issuer,
        truth.kind,
        year,
        truth.edition,
    )
    contact = report.contact
    items = (contact.postcode, contact.phone, contact.fax, contact.email)
    assert tuple(item.value if item else None for item in items) == truth.contact
    assert (contact.address is not None) == (truth.contact[0] is not None)
    if truth.period:
        assert report.period is not None
        assert (report.period.start, report.period.end) == (dt.date(year, 1, 1), dt.date(year, 12, 31))
    else:
        assert report.period is None or (report.period.start, report.period.end) == (None, None)


@pytest.mark.parametrize("name", sorted(TRUTHS))
def test_sections_and_deviations(name: str) -> None:
    report, truth = read(name), TRUTHS[name]
    assert len(report.sections) == truth.sections
    assert [section.number for section in report.sections if section.number] == sorted(
        section.number for section in report.sections if section.number
    )
    found = [(each.part, each.kind, each.key, each.lost is not None) for each in report.deviations]
    assert found == DEVIATIONS.get(name, [])
    if truth.edition != "pre-2019" and name not in DEVIATIONS:
        assert [section.key for section in report.sections] == list(SECTION_KEYS)


@pytest.mark.parametrize("name", sorted(name for name in TRUTHS if name.endswith(".txt")))
def test_every_section_of_a_text_begins_where_it_says(name: str) -> None:
    lines = (SAMPLES / name).read_text("utf-8").splitlines()
    for section in read(name).sections:
        line, column = section.location.line, section.location.column
        assert line is not None
        assert column is not None
        at = lines[line - 1][column - 1 :].lstrip(" #*")
        assert "".join(at.split()).startswith("".join(section.heading.split())[:6])


def test_the_signature_of_the_affairs_center() -> None:
    signature = read("2020-zhongwei-affairs-center.txt").signature
    assert signature.date is not None
    assert signature.date.value == "2021-01-21"


def test_links_that_lead_elsewhere_are_kept() -> None:
    links = read("2019-zhongwei-government-office.txt").links
    assert any("nxzw" in link.text and "nxzn" in link.target for link in links)
    assert all("nxzn" not in passage.text for passage in read("2019-zhongwei-government-office.txt").lead)


def test_both_dates_of_the_period_missing_is_seen() -> None:
    period = read("2013-pingtan-county.txt").period
    assert period is not None
    assert (period.start, period.end) == (None, None)
