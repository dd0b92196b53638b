"""The manifest: a table that says of each file whose report it is, of which year, when it was published."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import NamedTuple

from linter.corpus.collect import Item, collect, is_remote
from linter.corpus.roster import Roster, RosterFault, Unit, kind_named, named, table_rows, year_written
from linter.files import Source
from linter.report.issuer import kind_of

_COLUMNS = {
    "unit": ("unit", "单位", "单位名称", "机关名称", "编制机关", "名称"),
    "kind": ("kind", "类别", "机关类别"),
    "parent": ("parent", "上级", "所属", "上级单位"),
    "year": ("year", "年度", "报告年度"),
    "file": ("file", "文件", "文件或网址", "路径", "网址", "url"),
    "published": ("published", "发布日期", "公布日期", "发布时间"),
}
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


class Manifest(NamedTuple):
    """The files listed, and the units that they are said to belong to."""

    items: tuple[Item, ...]
    roster: Roster


def read_manifest(path: Path) -> Manifest:
    """The manifest in a CSV or XLSX file; files are named from its folder. A row without a file says only
    that the unit is there.

    Raises RosterFault for a faulty one, OSError for a file that cannot be opened.
    """
    items: list[Item] = []
    units: dict[str, Unit] = {}
    taken: dict[str, int] = {}
    for line, row in table_rows(path, _COLUMNS, needed=("unit",)):
        name = row["unit"]
        with named(path):
            kind = kind_named(row.get("kind", ""), line)
            year, day = year_written(row.get("year", ""), line), _day(row.get("published", ""), line)
        known = units.get(name)
        parent = row.get("parent", "") or (known.parent if known else "")
        units[name] = Unit(name, kind or (known.kind if known else kind_of(name)), parent)
        if not row.get("file"):
            continue
        for found in collect([_located(row["file"], path)]):
            where = found.source.path
            if where in taken:
                raise RosterFault(f"{path} 第 {line} 行：{row['file']} 与第 {taken[where]} 行重复")
            taken[where] = line
            items.append(Item(_named(found.source, path), name, kind, year, day))
    for unit in tuple(units.values()):
        if unit.parent:
            units.setdefault(unit.parent, Unit(unit.parent, kind_of(unit.parent)))
    return Manifest(tuple(items), Roster(units.values()))


def _located(name: str, manifest: Path) -> str:
    return name if is_remote(name) or Path(name).is_absolute() else str(manifest.parent / name)


def _named(source: Source, manifest: Path) -> Source:
    if source.fault:
        return source._replace(fault=f"清单 {manifest.name} 列出的文件：{source.fault}")
    return source


def _day(text: str, line: int) -> dt.date | None:
    if not text:
        return None
    match = _DAY.match(text.strip())
    try:
        return dt.date(*map(int, match.groups())) if match else _no_day(text, line)
    except ValueError:
        return _no_day(text, line)


def _no_day(text: str, line: int) -> dt.date:
    raise RosterFault(f"第 {line} 行：“{text}”不是日期，应写作 2024-01-31")
