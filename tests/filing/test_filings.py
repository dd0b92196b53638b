"""From records to filings: whose, which year, which of several files, in time or not."""

from typing import Any

import pytest

from linter.corpus.collect import Item
from linter.corpus.filings import Deadlines, filed, issuers_of
from linter.corpus.model import Corpus
from linter.corpus.reading import Judging
from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit
from linter.corpus.run import deadlines_of
from linter.files import Source

BUREAU = Unit("云浦县财政局", "department", "云浦县人民政府")
TOP = Unit("云浦县人民政府", "government")
ROSTER = Roster((TOP, BUREAU))
DEADLINES: Deadlines = deadlines_of(Judging())


def record(**changed: Any) -> Record:
    whole = {"issuer": BUREAU.name, "year": 2023, "published": "2024-01-20", "certainty": "full"}
    return Record(**{"path": "a.docx", "digest": "1", **whole, **changed})


def corpus(*records: Record, years: tuple[int, ...] = (), roster: Roster = ROSTER) -> Corpus:
    read = [(Item(Source(each.path)), each) for each in records]
    return filed(read, roster, DEADLINES, years)


@pytest.mark.parametrize(
    ("unit", "changed", "status"),
    [
        (BUREAU, {"published": "2024-01-31"}, "in-time"),
        (BUREAU, {"published": "2024-02-01"}, "late"),
        (BUREAU, {"published": None}, "undated"),
        (TOP, {"published": "2024-03-31"}, "in-time"),
        (TOP, {"published": "2024-04-01"}, "late"),
        # The page may have been moved when the site was made anew.
        (BUREAU, {"published": "2026-05-01", "published_by_page": True}, "undated"),
        (BUREAU, {"published": "2024-05-01", "published_by_page": True}, "late"),
        # The rule itself leaves it open whether the limit is for this report.
        (BUREAU, {"published": "2024-03-01", "outcomes": {"P001": {"open": 1}}}, "undated"),
    ],
)
def test_the_deadlines_of_the_regulations(unit: Unit, changed: dict[str, Any], status: str) -> None:
    codes = {code for code, _ in DEADLINES.rules}
    if "outcomes" in changed:
        changed = {**changed, "outcomes": {min(codes): {"open": 1}}}
    filing = corpus(record(issuer=unit.name, **changed)).filing(unit.name, 2023)
    assert filing is not None
    assert (filing.status, filing.due) == (status, "2024-01-31" if unit is BUREAU else "2024-03-31")


def test_what_the_roster_owes_and_nobody_filed_is_missing() -> None:
    found = corpus(record())
    assert [(each.unit.name, each.status) for each in found.filings] == [
        (TOP.name, "missing"),
        (BUREAU.name, "in-time"),
    ]


def test_an_organ_owes_only_the_years_it_was_there() -> None:
    roster = Roster((BUREAU, TOP._replace(since=2024)))
    assert [each.unit for each in corpus(record(), roster=roster).filings] == [BUREAU]


def test_the_fullest_of_several_files_is_judged_and_the_first_day_counts() -> None:
    cells = {"applications": (("new", "total", "number", "3"),)}
    thin = record(path="a.html", digest="1", published="2024-01-10")
    full = record(path="b.docx", digest="2", cells=cells, published="2024-03-01")
    (filing,) = corpus(thin, full, roster=Roster((BUREAU,))).filings
    assert filing.record is full
    assert filing.others == (thin,)
    assert filing.status == "in-time"


def test_nothing_is_guessed() -> None:
    found = corpus(record(issuer="石岭县财政局"), record(issuer=None, path="x.docx"), record(year=None))
    assert [each.reason for each in found.unmatched] == [
        "名录中没有“石岭县财政局”",
        "报告没有写明机关，文件名和文件夹也看不出",
        "报告年度不知道",
    ]
    assert [each.status for each in found.filings] == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("云浦县财政局/2023年年报.pdf", "unreadable"),
        ("云浦县财政局/2023/年报.pdf", "unreadable"),
        ("云浦县财政局/年报.pdf", "missing"),
        ("云浦县财政局/2022-2023年年报.pdf", "missing"),
    ],
)
def test_an_unreadable_file_stands_for_the_unit_and_year_its_path_names(path: str, status: str) -> None:
    broken = Record(path, "9", reason="文件已损坏")
    found = corpus(broken, record(issuer=TOP.name))
    filing = found.filing(BUREAU.name, 2023)
    assert filing is not None
    assert filing.status == status
    assert found.unreadable == (broken,)


def test_without_a_roster_the_units_are_the_issuers_found() -> None:
    records = [record(year=year) for year in (2021, 2023)] + [record(issuer="青岚县教育局", year=2022)]
    found = corpus(*records, roster=issuers_of(records))
    assert [(each.unit.name, each.year, each.status) for each in found.filings] == [
        (BUREAU.name, 2021, "in-time" if records[0].published <= "2022-01-31" else "late"),  # type: ignore[operator]
        (BUREAU.name, 2022, "missing"),
        (BUREAU.name, 2023, "in-time"),
        ("青岚县教育局", 2022, "late"),
    ]


def test_years_asked_for_are_all_that_is_filed() -> None:
    found = corpus(record(), record(year=2022, path="b"), years=(2023, 2024))
    assert found.years == (2023, 2024)
    assert {each.year for each in found.filings} == {2023, 2024}
