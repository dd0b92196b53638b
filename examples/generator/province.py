"""A synthetic province: many organs, several years that agree, a roster, and faults seeded with their truth.

Every government's tables are the sums of those below it with its own, so nothing is wrong but what is
seeded. `make_province(seed, units, years)` gives all of it, `write_province` puts it into a folder.
"""

from __future__ import annotations

import csv
import datetime as dt
import itertools
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from examples.generator.figures import APPLICANTS, make_tables
from examples.generator.html import to_html
from examples.generator.layout import make_layout
from examples.generator.organs import DEPARTMENTS
from examples.generator.report import written
from examples.generator.truth import CellKey, CellTruth, Organ, Prose, Rank, TableTruth, Truth, number_cell

Tables = Mapping[str, TableTruth]

_FIRST = "云青望石临松沐白东禾澜岱清虞金兰平安长宁泰和永丰昌海江河湖溪"
_SECOND = "浦岚川岭沅洲阳渡麓丰江安湾州泉陵溪城源港"
_THIRD = "垭坳墩塬垱"
"""No real place is called by a syllable of each."""
_TOWNS = ("柳坝镇", "双桥镇", "杏林乡", "古渡镇")
_STREETS = ("文昌街道", "滨湖街道")
_EXPLAIN = ("清理", "失效", "有效期", "口径", "划转", "机构改革", "更正")
_COUNTIES_A_CITY = 8
FAULTS = ("late", "missing", "undated", "carry-over-mismatch", "stock-flow-mismatch", "two-versions-differ")
"""What may be wrong with a unit's year; each one also names what must say so."""


@dataclass(frozen=True, slots=True)
class Member:
    """An organ of the province and the name of the one above it, "" at the top."""

    organ: Organ
    parent: str


@dataclass(frozen=True)
class Province:
    """The organs, their reports by name and year, and what was made wrong, by name, year and fault."""

    members: tuple[Member, ...]
    years: tuple[int, ...]
    faults: frozenset[tuple[str, int, str]]
    seed: int

    def reports(self) -> Iterator[tuple[Member, Truth]]:
        """The reports that are there, county after county."""
        for group in _groups(self.members):
            yield from _reports(self, group)


def make_province(seed: int, units: int, years: Sequence[int], share: float = 0.02) -> Province:
    """A province of about so many units; each fault is seeded in `share` of the reports of its low organs."""
    rng = random.Random(f"province {seed} {units}")
    members = tuple(itertools.islice(_members(rng), units))
    faults: set[tuple[str, int, str]] = set()
    for member in members:
        if member.organ.kind == "government":
            continue
        for year in years:
            drawn = [fault for fault in FAULTS if rng.random() < share]
            across = {"carry-over-mismatch", "stock-flow-mismatch"}
            first = year == years[0] or (member.organ.name, year - 1, "missing") in faults
            drawn = [fault for fault in drawn if not (first and fault in across)]
            if "missing" in drawn:
                drawn = ["missing"]
            elif "undated" in drawn:
                drawn = [fault for fault in drawn if fault != "late"]
            faults |= {(member.organ.name, year, fault) for fault in drawn}
    return Province(members, tuple(years), frozenset(faults), seed)


def write_province(province: Province, folder: Path) -> int:
    """Write the roster and the reports, as folder/上级/年度/单位.html; the number of files."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "名录.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["单位", "类别", "上级"])
        writer.writerows([m.organ.name, m.organ.kind, m.parent] for m in province.members)
    count = 0
    for member, truth in province.reports():
        where = folder / "年报" / (member.parent or "省") / str(truth.year)
        where.mkdir(parents=True, exist_ok=True)
        files = [(f"{truth.issuer}.html", truth)]
        if (truth.issuer, truth.year, "two-versions-differ") in province.faults:
            files.append((f"{truth.issuer}（附件）.html", _other_version(truth)))
        for name, each in files:
            (where / name).write_bytes(_page(each, undated=_has(province, truth, "undated")))
            count += 1
    strange = folder / "年报" / "其他"
    strange.mkdir(parents=True, exist_ok=True)
    for stranger in strangers(province):
        (strange / f"{stranger.issuer}.html").write_bytes(_page(stranger, undated=False))
        count += 1
    return count


def expected(province: Province) -> dict[str, set[tuple[str, int]]]:
    """Of each fault the units and years of which it must be said, what follows in the next year included."""
    said: dict[str, set[tuple[str, int]]] = {fault: set() for fault in FAULTS}
    for name, year, fault in province.faults:
        said[fault].add((name, year))
    there = {(m.organ.name, year) for m in province.members for year in province.years} - said["missing"]
    wrong = said["stock-flow-mismatch"]
    said["stock-flow-mismatch"] = {
        (name, year)
        for name, year in there
        if (name, year - 1) in there and ((name, year) in wrong) != ((name, year - 1) in wrong)
    }
    return said


def strangers(province: Province) -> Iterator[Truth]:
    """Reports of organs that the roster does not name."""
    for index in range(max(1, len(province.members) // 100)):
        rng = random.Random(f"stranger {province.seed} {index}")
        place = f"异乡{index}县"
        organ = Organ(f"{place}财政局", "department", place, "yixiang", "本局", "全县", "county")
        year = province.years[index % len(province.years)]
        truth = written(rng, index, organ, year=year, edition="2021", tables=make_tables(rng, organ, "2021"))
        yield replace(truth, signature=(organ.name, dt.date(year + 1, 1, 20)))


def _has(province: Province, truth: Truth, fault: str) -> bool:
    return (truth.issuer, truth.year, fault) in province.faults


def _page(truth: Truth, *, undated: bool) -> bytes:
    if undated:
        return to_html(replace(truth, signature=None), make_layout(truth.seed), "fragment")
    return to_html(truth, make_layout(truth.seed), "page")


def _members(rng: random.Random) -> Iterator[Member]:
    """City after city: its departments, then the counties below it with theirs."""
    places = ["".join(parts) for parts in itertools.product(_FIRST, _SECOND, _THIRD)]
    rng.shuffle(places)
    names = iter(places)
    for index in itertools.count():
        city = f"{next(names)}市"
        yield from _organs(city, f"city{index}", "")
        for county in range(_COUNTIES_A_CITY):
            place = f"{next(names)}{'县' if county % 3 else '区'}"
            yield from _organs(place, f"county{index}-{county}", f"{city}人民政府")


def _organs(place: str, pinyin: str, above: str) -> Iterator[Member]:
    head = f"{place}人民政府"
    region = f"全{place[-1]}"
    rank: Rank = "county" if above else "city"
    yield Member(Organ(head, "government", place, pinyin, place, region, rank), above)
    for name in DEPARTMENTS:
        yield Member(Organ(place + name, "department", place, pinyin, "本局", region, rank), head)
    for town in _TOWNS if above else ():
        organ = Organ(
            f"{place}{town}人民政府", "township", place, pinyin, f"本{town[-1]}", f"全{town[-1]}", "town"
        )
        yield Member(organ, head)
    for street in _STREETS if above else ():
        yield Member(
            Organ(f"{place}{street}办事处", "subdistrict", place, pinyin, "本街道", "辖区", "town"), head
        )


def _groups(members: Iterable[Member]) -> Iterator[list[Member]]:
    """The members in groups, a top organ with all below it in each."""
    group: list[Member] = []
    for member in members:
        if not member.parent and group:
            yield group
            group = []
        group.append(member)
    if group:
        yield group


def _reports(province: Province, group: Sequence[Member]) -> Iterator[tuple[Member, Truth]]:
    owns: dict[str, Tables] = {}
    for year in province.years:
        tables: dict[str, Tables] = {}
        for member in reversed(group):
            name = member.organ.name
            rng = random.Random(f"{province.seed} {name} {year}")
            own_kind = (
                replace(member.organ, kind="department")
                if member.organ.kind == "government"
                else member.organ
            )
            own: Tables = make_tables(rng, own_kind, "2021")
            own = _following(own, owns.get(name))
            owns[name] = own
            below = [tables[each.organ.name] for each in group if each.parent == name]
            tables[name] = _summed([own, *below])
        for member in group:
            name = member.organ.name
            if (name, year, "missing") in province.faults:
                continue
            truth = _written(province, member, year, _faulty(province, name, year, tables[name]))
            rng = random.Random(f"day {province.seed} {name} {year}")
            yield member, replace(truth, signature=(name, _day(province, rng, member, year)))


def _written(province: Province, member: Member, year: int, tables: Tables) -> Truth:
    """The report; where a stock is wrong in some year, nothing in its prose may account for that."""
    name = member.organ.name
    bare = any((name, each, "stock-flow-mismatch") in province.faults for each in province.years)
    for attempt in itertools.count():
        rng = random.Random(f"text {province.seed} {name} {year} {attempt}")
        seed = rng.randrange(1_000_000)
        truth = written(rng, seed, member.organ, year=year, edition="2021", tables=tables)
        said = "".join(each.text for part in truth.sections for each in part.body if isinstance(each, Prose))
        if not bare or not any(word in said for word in _EXPLAIN):
            return truth
    raise AssertionError


def _day(province: Province, rng: random.Random, member: Member, year: int) -> dt.date:
    late = (member.organ.name, year, "late") in province.faults
    if late:
        return dt.date(year + 1, 4, rng.randint(2, 28))
    return dt.date(year + 1, 1, rng.randint(6, 29))


def _following(own: Tables, before: Tables | None) -> Tables:
    """The tables made to follow last year's: what was left open is carried in, stocks grow by the flow."""
    if before is None:
        return own
    applications, last = own["applications"], before["applications"]
    counts = {key: int(cell.value or 0) for key, cell in applications.cells.items()}
    for applicant in APPLICANTS:
        carried = last.number("carried_out", applicant)
        more = max(0, carried - counts["new", applicant] - counts["carried_in", applicant])
        counts["granted", applicant] += more
        counts["result_total", applicant] += more
        handled = counts["result_total", applicant] + counts["carried_out", applicant]
        counts["carried_in", applicant], counts["new", applicant] = carried, handled - carried
    for row, column in counts:
        if column == "total":
            counts[row, column] = sum(counts[row, applicant] for applicant in APPLICANTS)
    disclosure, stock = own["disclosure"], before["disclosure"]
    flows: dict[CellKey, CellTruth] = {}
    for row in ("regulations", "normative_documents"):
        issued = disclosure.number(row, "issued")
        repealed = min(disclosure.number(row, "repealed"), stock.number(row, "in_force"))
        flows[row, "repealed"] = number_cell(repealed)
        flows[row, "in_force"] = number_cell(stock.number(row, "in_force") + issued - repealed)
    return {
        **own,
        "applications": applications.with_cells({key: number_cell(count) for key, count in counts.items()}),
        "disclosure": disclosure.with_cells(flows),
    }


def _summed(parts: Sequence[Tables]) -> Tables:
    whole = parts[0]
    for other in parts[1:]:
        whole = {
            key: table.with_cells(
                {
                    place: _plus(cell.value, other[key].cells[place].value)
                    for place, cell in table.cells.items()
                }
            )
            for key, table in whole.items()
        }
    return whole


def _plus(one: int | Decimal | None, other: int | Decimal | None) -> CellTruth:
    value = (one or 0) + (other or 0)
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return number_cell(int(value))
        return number_cell(value, f"{value:.2f}".rstrip("0"))
    return number_cell(value)


def _faulty(province: Province, name: str, year: int, tables: Tables) -> Tables:
    changed = dict(tables)
    if (name, year, "carry-over-mismatch") in province.faults:
        table = tables["applications"]
        # One more carried in, one less new or one more settled: the year itself stays right.
        moved: dict[CellKey, CellTruth] = {}
        for column in ("natural_person", "total"):
            moved["carried_in", column] = number_cell(table.number("carried_in", column) + 1)
            for row in ("granted", "result_total"):
                moved[row, column] = number_cell(table.number(row, column) + 1)
        changed["applications"] = table.with_cells(moved)
    if (name, year, "stock-flow-mismatch") in province.faults:
        table = tables["disclosure"]
        stock = number_cell(table.number("normative_documents", "in_force") + 7)
        changed["disclosure"] = table.with_cells({("normative_documents", "in_force"): stock})
    return changed


def _other_version(truth: Truth) -> Truth:
    table = truth.tables["disclosure"]
    more = number_cell(table.number("licensing", "decisions") + 13)
    return truth.with_table(table.with_cells({("licensing", "decisions"): more}))
