"""The roster: which organs there are, and which of them owe a report (名录)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import NamedTuple, cast

from linter.document.model import Paragraph, Table, Unreadable
from linter.report.issuer import kind_of
from linter.report.model import IssuerKind

_COLUMNS = {
    "unit": ("unit", "单位", "单位名称", "机关名称", "名称"),
    "kind": ("kind", "类别", "机关类别"),
    "parent": ("parent", "上级", "所属", "上级单位"),
    "aliases": ("aliases", "别名", "曾用名", "简称"),
    "apart": ("apart", "不汇总", "汇总除外"),
    "whole": ("whole", "汇总所属", "全区域"),
    "since": ("since", "起始年度"),
    "until": ("until", "终止年度"),
}
_KINDS = {
    "人民政府": "government",
    "政府": "government",
    "政府办公厅": "office",
    "政府办公室": "office",
    "办公室": "office",
    "部门": "department",
    "乡镇": "township",
    "乡镇人民政府": "township",
    "街道": "subdistrict",
    "街道办事处": "subdistrict",
    "其他": "other",
}
KINDS = ("government", "office", "department", "township", "subdistrict", "other")
_YES = ("是", "1", "yes", "true", "y")


class RosterFault(Exception):
    """A roster that cannot be used; the message names the line and what is right."""


class Unit(NamedTuple):
    """An organ. `parent` is the name of the one whose report covers its own, "" at the top; `apart` are
    organs that no parent sums up (垂直管理, 开发区). `whole`: the figures of its report are those of its
    whole region; None leaves that to the report. It owes reports of the years `since` to `until`."""

    name: str
    kind: IssuerKind
    parent: str = ""
    aliases: tuple[str, ...] = ()
    apart: bool = False
    since: int | None = None
    until: int | None = None
    whole: bool | None = None

    def owes(self, year: int) -> bool:
        """Whether the organ was there in that year."""
        return (self.since or year) <= year <= (self.until or year)


class Roster:
    """The units, each by its name and by whatever else it is called."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = tuple(units)

    @cached_property
    def by_name(self) -> Mapping[str, Unit]:
        """Each unit by its own name."""
        return {unit.name: unit for unit in self.units}

    @cached_property
    def by_any_name(self) -> Mapping[str, tuple[Unit, ...]]:
        """The units by name and alias; several where an alias fits several."""
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            for name in dict.fromkeys((unit.name, *unit.aliases)):
                found.setdefault(name, []).append(unit)
        return {name: tuple(units) for name, units in found.items()}

    def children(self, name: str) -> tuple[Unit, ...]:
        """The units whose parent is `name`."""
        return self._children.get(name, ())

    @cached_property
    def _children(self) -> Mapping[str, tuple[Unit, ...]]:
        found: dict[str, list[Unit]] = {}
        for unit in self.units:
            found.setdefault(unit.parent, []).append(unit)
        return {name: tuple(units) for name, units in found.items()}


def read_roster(path: Path) -> Roster:
    """The roster in a CSV or XLSX file, whose first row names its columns.

    Raises RosterFault for a faulty one, OSError for a file that cannot be opened.
    """
    units: list[Unit] = []
    seen: dict[str, int] = {}
    for line, row in table_rows(path, _COLUMNS, needed=("unit",)):
        with named(path):
            unit = _unit(row, line)
        if unit.name in seen:
            raise RosterFault(f"{path} 第 {line} 行：{unit.name} 与第 {seen[unit.name]} 行重复")
        seen[unit.name] = line
        units.append(unit)
    for unit in units:
        if unit.parent and unit.parent not in seen:
            raise RosterFault(f"{path} 第 {seen[unit.name]} 行：名录中没有上级“{unit.parent}”")
    _refuse_circles(units, path)
    return Roster(units)


def _unit(row: Mapping[str, str], line: int) -> Unit:
    return Unit(
        row["unit"],
        kind_named(row.get("kind", ""), line) or kind_of(row["unit"]),
        row.get("parent", ""),
        tuple(part.strip() for part in row.get("aliases", "").replace(";", "；").split("；") if part.strip()),
        row.get("apart", "").lower() in _YES,
        year_written(row.get("since", ""), line),
        year_written(row.get("until", ""), line),
        row["whole"].lower() in _YES if row.get("whole") else None,
    )


@contextmanager
def named(path: Path) -> Iterator[None]:
    """A RosterFault inside that names only the line names the file as well."""
    try:
        yield
    except RosterFault as fault:
        raise RosterFault(f"{path} {fault}") from None


def kind_named(name: str, line: int) -> IssuerKind | None:
    """The kind of organ that a cell names; None for an empty one. Raises RosterFault."""
    known = _KINDS.get(name, name)
    if known and known not in KINDS:
        raise RosterFault(f"第 {line} 行：没有类别“{name}”，应为 {'、'.join(_KINDS)} 之一")
    return cast(IssuerKind, known) if known else None


def year_written(text: str, line: int) -> int | None:
    """The year in a cell; None for an empty one. Raises RosterFault."""
    if not text:
        return None
    digits = text.removesuffix("年度").removesuffix("年")
    if not (digits.isdigit() and len(digits) == 4):
        raise RosterFault(f"第 {line} 行：“{text}”不是年度，应写作 2024")
    return int(digits)


def _refuse_circles(units: Iterable[Unit], path: Path) -> None:
    parents = {unit.name: unit.parent for unit in units}
    for name, parent in parents.items():
        above, steps = parent, 0
        while above and above != name and steps <= len(parents):
            above, steps = parents.get(above, ""), steps + 1
        if above:
            raise RosterFault(f"{path}：{name} 的上级又归它自己管，请核对“上级”一列")


def table_rows(
    path: Path, columns: Mapping[str, tuple[str, ...]], needed: Iterable[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV or XLSX file with their line numbers, by the keys of `columns`, whose names may
    stand in the first row. Raises RosterFault where one of `needed` is missing or blank."""
    rows = _sheet_rows(path) if path.suffix.lower() in (".xlsx", ".xls", ".et") else _csv_rows(path)
    head = [cell.strip() for cell in next(rows, [])]
    places = {key: head.index(name) for key, names in columns.items() for name in names if name in head}
    for key in needed:
        if key not in places:
            raise RosterFault(f"{path} 第 1 行没有“{columns[key][1]}”一列")
    for line, row in enumerate(rows, 2):
        found = {key: row[place].strip() for key, place in places.items() if place < len(row)}
        if not any(found.values()) or [cell.strip() for cell in row] == head:
            continue
        for key in needed:
            if not found.get(key):
                raise RosterFault(f"{path} 第 {line} 行的“{head[places[key]]}”是空的")
        yield line, found


def _csv_rows(path: Path) -> Iterator[list[str]]:
    from linter.document.charset import decode

    text, _ = decode(path.read_bytes())
    yield from csv.reader(text.splitlines())


def _sheet_rows(path: Path) -> Iterator[list[str]]:
    from linter.document.registry import read_file

    try:
        document = read_file(path)
    except Unreadable as reason:
        raise RosterFault(f"{path}：{reason}") from None
    for block in document.blocks:
        if isinstance(block, Table):
            yield from _table_rows(block)
        elif isinstance(block, Paragraph):
            # A sheet of one column, or a line of it that stands apart.
            yield [block.text]


def _table_rows(table: Table) -> Iterator[list[str]]:
    for index in range(table.row_count):
        row = [""] * table.column_count
        for cell in table.row(index):
            row[cell.column] = cell.text
        yield row
