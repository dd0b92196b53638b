"""The mandated structure as data: sections and standard tables of each edition.

Loaded from `grammars/sections.yaml`, `grammars/tables.yaml` and `grammars/statistics.yaml`; see there for
the source clauses.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, Final, Literal, NamedTuple, cast

from linter.compiled import load_yaml

SECTION_KEYS = ("overview", "disclosure", "applications", "disputes", "problems", "others")
TABLE_KEYS = ("disclosure", "applications", "disputes")
STATISTICS = "statistics"
"""The key of the statistics table that reports before 2019 may carry, outside the sections."""
EVERY_TABLE = (*TABLE_KEYS, STATISTICS)
TableEdition = Literal["2019", "2021"]
TABLE_EDITIONS: tuple[TableEdition, ...] = ("2019", "2021")


class LineSpec:
    """A row or a column: its key, the norm's label, other accepted wordings, recognised variants.

    Each is made once and compared by identity, which makes it a cheap key. `group` is the merged
    label the line stands under; `decimal` columns may hold fractions.
    """

    __slots__ = ("aliases", "decimal", "group", "key", "label", "unit", "variants")

    def __init__(
        self,
        *,
        key: str,
        label: str,
        aliases: tuple[str, ...] = (),
        variants: tuple[str, ...] = (),
        group: str = "",
        decimal: bool = False,
        unit: str | None = None,
    ) -> None:
        self.key: Final = key
        self.label: Final = label
        self.aliases: Final = aliases
        self.variants: Final = variants
        self.group: Final = group
        self.decimal: Final = decimal
        self.unit: Final = unit

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every wording under which the line is recognised, the norm's first."""
        return (self.label, *self.aliases, *self.variants)


class BlockSpec(NamedTuple):
    """A part of a standard table with columns of its own (table 二 has five, or four, of them)."""

    title: str
    corner: str
    columns: tuple[LineSpec, ...]
    rows: tuple[LineSpec, ...]


class TableSpec(NamedTuple):
    """A standard table of one edition. A block without rows is one unnamed row (row key None).

    `section` is where it belongs, "" for the statistics table.
    """

    key: str
    edition: TableEdition | Literal["pre-2019"]
    section: str
    name_zh: str
    name_en: str
    blocks: tuple[BlockSpec, ...]

    def cell_keys(self) -> tuple[tuple[str | None, str], ...]:
        """Every (row, column) of the table in printed order."""
        return tuple(
            (row, column.key)
            for block in self.blocks
            for row in (tuple(spec.key for spec in block.rows) or (None,))
            for column in block.columns
        )

    def row(self, key: str | None) -> LineSpec | None:
        """The row `key`, or None."""
        return next((row for block in self.blocks for row in block.rows if row.key == key), None)

    def block_of(self, row: str | None) -> BlockSpec:
        """The block that holds row `row`. Raises KeyError if there is none."""
        for block in self.blocks:
            if any(spec.key == row for spec in block.rows) or (row is None and not block.rows):
                return block
        raise KeyError(row)

    def column(self, row: str | None, key: str) -> LineSpec:
        """The column `key` of the block that holds `row`. Raises KeyError if there is none."""
        for column in self.block_of(row).columns:
            if column.key == key:
                return column
        raise KeyError(key)


class SectionSpec(NamedTuple):
    """A mandated section: the norm's title, accepted wordings, recognised variants, split parts."""

    key: str
    number: int
    title: str
    aliases: tuple[str, ...]
    variants: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]


# The 2021 rows replace the single row （六）其他处理 and stand in its place.
_SPLIT_OTHER = ("other.no_correction", "other.unpaid", "other.other")


@cache
def section_specs() -> tuple[SectionSpec, ...]:
    """The six sections in the mandated order."""
    data = load_yaml("grammars", "sections.yaml")["sections"]
    return tuple(
        SectionSpec(
            key=key,
            number=number,
            title=data[key]["title"],
            aliases=tuple(data[key].get("aliases", ())),
            variants=tuple(data[key].get("variants", ())),
            parts={part: tuple(words) for part, words in data[key].get("parts", {}).items()},
        )
        for number, key in enumerate(SECTION_KEYS, 1)
    )


@cache
def pre_2019_topics() -> dict[str, tuple[str, ...]]:
    """Topics of 条例 (2007) art. 32 → words that name them in a heading."""
    return {key: tuple(words) for key, words in load_yaml("grammars", "sections.yaml")["topics"].items()}


@cache
def table_spec(key: str, edition: str) -> TableSpec:
    """The standard table `key` of `edition` ("2019" or "2021"). Raises KeyError for others.

    The statistics table, which has one form, is given for any edition.
    """
    if key == STATISTICS:
        return _statistics_spec()
    data = load_yaml("grammars", "tables.yaml")[key]
    return TableSpec(
        key=key,
        edition=cast("TableEdition", edition),
        section=data["section"],
        name_zh=data["name"]["zh"],
        name_en=data["name"]["en"],
        blocks=tuple(_block(block) for block in data["editions"][edition]),
    )


class StatisticsRow(NamedTuple):
    """A row of the statistics table. A `local` one is of local forms only and stands for `covers`."""

    line: LineSpec
    local: bool
    covers: tuple[str, ...]


@cache
def statistics_rows() -> dict[str, StatisticsRow]:
    """Key → row of the statistics table, in the order of the form."""
    data = load_yaml("grammars", "statistics.yaml")["rows"]
    return {
        line.key: StatisticsRow(
            line, data[line.key].get("local", False), tuple(data[line.key].get("covers", ()))
        )
        for line in _lines(data)
    }


@cache
def _statistics_spec() -> TableSpec:
    data = load_yaml("grammars", "statistics.yaml")
    rows = tuple(row.line for row in statistics_rows().values())
    return TableSpec(
        key=STATISTICS,
        edition="pre-2019",
        section="",
        name_zh=data["name"]["zh"],
        name_en=data["name"]["en"],
        blocks=(BlockSpec(data["title"], data["corner"], _lines(data["columns"]), rows),),
    )


def _block(data: Mapping[str, Any]) -> BlockSpec:
    rows = _lines(data["rows"])
    split = [row for row in rows if row.key in _SPLIT_OTHER]
    if split:
        rest = [row for row in rows if row.key not in _SPLIT_OTHER]
        place = next(index for index, row in enumerate(rest) if row.key == "other")
        rows = (*rest[:place], *split, *rest[place + 1 :])
    return BlockSpec(data["title"], data["corner"], _lines(data["columns"]), rows)


def _lines(data: Mapping[str, Any]) -> tuple[LineSpec, ...]:
    return tuple(
        LineSpec(
            key=key,
            label=line["label"],
            aliases=tuple(line.get("aliases", ())),
            variants=tuple(line.get("variants", ())),
            group=line.get("group", ""),
            decimal=line.get("decimal", False),
            unit=line.get("unit"),
        )
        for key, line in data.items()
    )
