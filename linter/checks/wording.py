"""Names for people: tables, sections, rows, columns and cells in the words of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from linter.checks.outcome import Number
from linter.report.norm import LineSpec, TableSpec, section_specs, table_spec

NUMERALS = "〇一二三四五六七八九十"

SECTION_NAMES_EN = {
    "overview": "1 General situation",
    "disclosure": "2 Information disclosed on the organ's own initiative",
    "applications": "3 Requests received and handled",
    "disputes": "4 Administrative review and litigation",
    "problems": "5 Main problems and improvements",
    "others": "6 Other matters",
}


def numeral(number: int) -> str:
    """A Chinese numeral of 0–99 as used in headings: 12 → 十二."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else NUMERALS[tens] + "十")
    return head + (NUMERALS[ones] if ones or not tens else "")


def section_name(key: str, lang: str = "zh") -> str:
    """A mandated section: `一、总体情况`, in English with its number and sense."""
    if lang == "en":
        return SECTION_NAMES_EN[key]
    spec = next(spec for spec in section_specs() if spec.key == key)
    return f"{numeral(spec.number)}、{spec.title}"


def table_name(key: str, lang: str = "zh") -> str:
    """A standard table in a few words: 第三部分表格."""
    spec = table_spec(key, "2021")
    return spec.name_en.partition(" (")[0] if lang == "en" else spec.name_zh.partition("（")[0]


def plain_label(label: str) -> str:
    """A row label without the form's own instructions in brackets at its end."""
    return label.partition("（区分")[0]


def row_name(spec: TableSpec, row: str | None) -> str:
    """A row in the words of the form, with its group where the label alone would be ambiguous."""
    return _row_name(spec.key, spec.edition, row) if row is not None else ""


@cache
def _row_name(table: str, edition: str, row: str) -> str:
    line = table_spec(table, edition).row(row)
    if line is None:
        # A row of the other edition, which a report may wrongly keep.
        line = table_spec(table, "2019" if edition == "2021" else "2021").row(row)
        return plain_label(line.label) if line else row
    label = plain_label(line.label)
    if line.group and label[:1].isdigit():
        return f"{line.group[:3]}{label}"
    if line.group and _is_repeated(table, edition, line.label):
        return f"{line.group}·{label}"
    return label


def _is_repeated(table: str, edition: str, label: str) -> bool:
    lines = [row for block in table_spec(table, edition).blocks for row in block.rows]
    return sum(row.label == label for row in lines) > 1


def column_name(spec: TableSpec, row: str | None, column: str) -> str:
    """A column in the words of the form; in the disputes table with its group."""
    return _column_name(spec.key, spec.edition, row, column)


@cache
def _column_name(table: str, edition: str, row: str | None, column: str) -> str:
    spec = table_spec(table, edition)
    try:
        line: LineSpec = spec.column(row, column)
    except KeyError:
        found = [c for block in spec.blocks for c in block.columns if c.key == column]
        if not found:
            return column
        line = found[0]
    return f"{line.group}·{line.label}" if row is None and line.group else line.label


def cell_name(spec: TableSpec, row: str | None, column: str) -> str:
    """A cell: `（一）予以公开 × 自然人`, in the disputes table `复议后起诉·总计`."""
    name = column_name(spec, row, column)
    return f"{row_name(spec, row)} × {name}" if row else name


def number_text(value: Number | None) -> str:
    """A number as plain digits: 1234, 506.48."""
    if value is None:
        return "？"
    return str(value) if isinstance(value, int) else format(value, "f")


def joined(names: Iterable[str], lang: str = "zh", most: int = 6) -> str:
    """Names in a row, cut off after `most` with the number of the rest."""
    items: Sequence[str] = list(names)
    comma = "、" if lang == "zh" else ", "
    if len(items) <= most:
        return comma.join(items)
    rest = len(items) - most + 1
    tail = f"等 {len(items)} 处" if lang == "zh" else f" and {rest} more"
    return comma.join(items[: most - 1]) + tail


def quoted(text: str) -> str:
    """Words of the report between Chinese quotation marks, shortened to one line."""
    flat = " ".join(text.split())
    return f"“{flat[:40]}…”" if len(flat) > 41 else f"“{flat}”"
