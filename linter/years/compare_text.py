"""Two years side by side as text: template `compare.txt.j2`."""

from __future__ import annotations

from functools import partial
from itertools import groupby

from linter.checks.outcome import Judgement
from linter.checks.wording import cell_name, number_text, section_name, table_name
from linter.render.entry import Settings
from linter.render.excerpt import harmless, pad, pad_left, plain, width, wrap
from linter.render.place import spec_of
from linter.render.template import render
from linter.render.text import render_report
from linter.render.words import words
from linter.report.model import Report
from linter.years.comparison import Change, Comparison


def compare_text(
    old: Report, new: Report, comparison: Comparison, judgement: Judgement, settings: Settings
) -> str:
    """Changed figures table by table, how much text stayed, then what does not agree."""
    lang = settings.lang
    tables = [
        {"name": table_name(key, lang), "lines": _lines(list(changes), new)}
        for key, changes in groupby(comparison.changes, key=lambda change: change.table)
    ]
    word = words(lang)
    rest = [word["unchanged_count"].format(count=comparison.same)]
    if comparison.unknown:
        rest.append(word["uncompared_count"].format(count=comparison.unknown))
    shown = render(
        "compare.txt.j2",
        {
            "word": word,
            "fill": partial(_fill, settings.columns),
            "old": _name(old, lang),
            "new": _name(new, lang),
            "tables": tables,
            "rest": word["semicolon"].join(rest),
            "texts": [f"{section_name(each.section, lang)}  {each.share:.0%}" for each in comparison.texts],
        },
    )
    return shown + "\n" + render_report(new, judgement, settings)


def _name(report: Report, lang: str) -> str:
    word = words(lang)
    issuer = plain(report.issuer) if report.issuer else word["issuer_unknown"]
    year = word["of_year"].format(year=report.year) if report.year else word["year_unknown"]
    return f"{harmless(report.path)} ({issuer} · {year})"


def _lines(changes: list[Change], report: Report) -> list[str]:
    """One cell a line: name, old, new, difference."""
    spec = spec_of(report, changes[0].table)
    rows = [
        (
            cell_name(spec, change.row, change.column),
            number_text(change.old.value),
            number_text(change.new.value),
            f"{change.difference:+}",
        )
        for change in changes
    ]
    sizes = [max(width(row[column]) for row in rows) for column in range(4)]
    return [
        f"{pad(name, sizes[0])}  {pad_left(old, sizes[1])} → {pad_left(new, sizes[2])}  "
        + pad_left(by, sizes[3])
        for name, old, new, by in rows
    ]


def _fill(columns: int, label: str, text: str) -> str:
    indent = width(label)
    return label + ("\n" + " " * indent).join(wrap(text, columns - indent))
