"""Departures from the mandated structure, as the error-correcting reading found them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from linter.checks.cells import spec_of, unknown_tables
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Fix, Outcome, Place, Verdict
from linter.checks.texts import unread_prose
from linter.checks.wording import column_name, joined, plain_label, quoted, row_name, section_name, table_name
from linter.report.model import Deviation, Report, StandardTable
from linter.report.norm import SECTION_KEYS, TABLE_KEYS, section_specs

_MORE_THAN_WORDS = re.compile("[0-9０-９（(：:，。；]|[〇零一二三四五六七八九十百千万两]+[件条次个项人份宗]")


class Parameters(NamedTuple):
    """Which departures of which part are faults; `tables` narrows rows and columns."""

    part: Literal["section", "table", "row", "column"]
    kinds: tuple[Literal["missing", "extra", "moved", "renamed", "split"], ...]
    tables: tuple[str, ...] = TABLE_KEYS


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each departure; neighbouring missing rows are one. A part that may have stood
    in a lost stretch of the source is open."""
    found = False
    if parameters.part in ("row", "column"):
        for key in parameters.tables:
            table = report.tables.get(key)
            if table is None or not table.found:
                continue
            chosen = [d for d in table.deviations if d.part == parameters.part and d.kind in parameters.kinds]
            for run in _runs(table, chosen):
                found = True
                yield _line_verdict(table, run)
    else:
        split: set[str | None] = set()
        for deviation in report.deviations:
            if deviation.part != parameters.part or deviation.kind not in parameters.kinds:
                continue
            found = True
            if deviation.kind == "split" and deviation.key in split:
                continue
            split |= {deviation.key} if deviation.kind == "split" else set()
            yield _part_verdict(report, deviation)
    if not found:
        yield Verdict(Outcome.PASS)


def _runs(table: StandardTable, deviations: Sequence[Deviation]) -> Iterator[list[Deviation]]:
    """Missing rows that follow one another in the form come together, all others by themselves."""
    order = [row.key for block in spec_of(table).blocks for row in block.rows]
    run: list[Deviation] = []
    for deviation in deviations:
        if run and not (
            deviation.kind == run[-1].kind == "missing"
            and deviation.part == "row"
            and deviation.key in order
            and run[-1].key in order
            and order.index(deviation.key) == order.index(run[-1].key) + 1
            and bool(deviation.lost) == bool(run[-1].lost)
        ):
            yield run
            run = []
        run.append(deviation)
    if run:
        yield run


def _line_verdict(table: StandardTable, run: list[Deviation]) -> Verdict:
    first = run[0]
    name, name_en = table_name(table.key), table_name(table.key, "en")
    single = len(run) == 1
    place = Place(
        section=spec_of(table).section,
        table=table.key,
        row=first.key if first.part == "row" and single else None,
        column=first.key if first.part == "column" else None,
        location=first.location if first.location != Place().location else table.location,
        excerpt=first.found,
    )
    lines = [_line_name(table, deviation) for deviation in run]
    if first.lost:
        what = "行" if first.part == "row" else "列"
        return Verdict(
            Outcome.OPEN,
            place,
            reason=f"{name}的{joined(quoted(line) for line in lines)}{what}没有读到：{first.lost}",
            reason_en=f"{name_en}: {joined(lines, 'en')} may have been lost in the conversion",
        )
    problem, problem_en = _line_problem(table, first, lines)
    arguments = _arguments(first, problem, problem_en)
    arguments |= {"table": name, "table.en": name_en}
    item = first.found or "" if first.key is None else "+".join(d.key or "" for d in run)
    return Verdict(
        Outcome.FAIL,
        place,
        arguments,
        item=f"{first.kind}:{item}",
        absence=single and first.kind == "missing",
        fixes=_line_fixes(first) if single else (),
    )


def _line_name(table: StandardTable, deviation: Deviation) -> str:
    spec = spec_of(table)
    if deviation.key is None:
        return deviation.found or deviation.expected or ""
    if deviation.part == "row":
        return row_name(spec, deviation.key)
    row = next((row for row, column in table.cells if column == deviation.key), None)
    return column_name(spec, row, deviation.key)


def _line_problem(table: StandardTable, deviation: Deviation, lines: list[str]) -> tuple[str, str]:
    what, what_en = ("行", "row") if deviation.part == "row" else ("列", "column")
    name, name_en = joined(quoted(line) for line in lines), joined((quoted(x) for x in lines), "en")
    found = quoted(deviation.found or "")
    expected = quoted(plain_label(deviation.expected or lines[0]))
    if deviation.kind == "missing":
        return f"缺少{name}{what}", f"{what_en} {name_en} is missing"
    if deviation.kind == "extra":
        return f"多出{found}{what}，规定的表格中没有", f"{what_en} {found} is not of the form"
    if deviation.kind == "moved":
        return f"{name}{what}的位置与规定的顺序不一致", f"{what_en} {name_en} is out of order"
    if deviation.kind == "renamed":
        return f"{what}名写作{found}，规定为{expected}", f"the {what_en} reads {found}, the form {expected}"
    parts = [
        row.label
        for block in spec_of(table).blocks
        for row in block.rows
        if row.key.startswith(f"{deviation.key}.")
    ]
    short = [_short(label) for label in parts]
    return (
        f"{name}没有按现行格式分列{len(parts) or '各'}行（{'；'.join(short)}），只填了一行"
        if parts
        else f"{name}没有按规定分列",
        f"{name_en} is one row, the form splits it ({'; '.join(short)})",
    )


def _short(label: str) -> str:
    return label.split("、", maxsplit=1)[0]


def _part_verdict(report: Report, deviation: Deviation) -> Verdict:
    is_table = deviation.part == "table"
    key = deviation.key
    if key is None:
        name = name_en = deviation.found or ""
    elif is_table:
        name, name_en = table_name(key), table_name(key, "en")
    else:
        name, name_en = section_name(key), section_name(key, "en")
    place = Place(
        section=None if is_table else key,
        table=key if is_table else None,
        location=deviation.location,
        excerpt=deviation.found,
    )
    if deviation.lost:
        return Verdict(
            Outcome.OPEN,
            place,
            reason=f"没有读到{quoted(name)}：{deviation.lost}",
            reason_en=f"{name_en} may have been lost in the conversion",
            absence=deviation.kind == "missing",
        )
    if deviation.kind == "moved" and (unread := unread_prose(report)):
        return Verdict(Outcome.OPEN, place, reason=unread[0], reason_en=unread[1])
    problem, problem_en = _part_problem(report, deviation, name, name_en)
    return Verdict(
        Outcome.FAIL,
        place,
        _arguments(deviation, problem, problem_en),
        item=f"{deviation.kind}:{deviation.found or ''}" if deviation.kind != "missing" else "",
        absence=deviation.kind == "missing",
        causes=f"split:{key}" if deviation.kind == "split" else "",
        fixes=_heading_fixes(report, deviation),
    )


def _heading_fixes(report: Report, deviation: Deviation) -> tuple[Fix, ...]:
    """The words of a heading that the form words otherwise; its number stays. One that says more than a
    heading does (概述（公开信息十二条）) would lose it."""
    section = next((s for s in report.sections if s.location == deviation.location), None)
    if deviation.kind != "renamed" or section is None or not deviation.expected:
        return ()
    if _MORE_THAN_WORDS.search(section.title):
        return ()
    return (Fix(deviation.location, section.title, deviation.expected),)


def _line_fixes(deviation: Deviation) -> tuple[Fix, ...]:
    """The label in the words of the form. Which line was meant is judged by likeness: that is not safe."""
    if deviation.kind != "renamed" or not (deviation.found and deviation.expected):
        return ()
    return (Fix(deviation.location, deviation.found, plain_label(deviation.expected), safe=False),)


def _part_problem(report: Report, deviation: Deviation, name: str, name_en: str) -> tuple[str, str]:
    found = quoted(deviation.found or name)
    if deviation.kind == "missing":
        return f"缺少{quoted(name)}", f"{name_en} is missing"
    if deviation.kind == "extra" and any(spec.title in (deviation.found or "") for spec in section_specs()):
        return f"{found}重复，这一部分只应有一个", f"{found} stands more than once"
    if deviation.kind == "extra":
        return (
            f"多出{found}，规定的六个部分中没有{_count(report)[0]}",
            f"{found} is not one of the six sections{_count(report)[1]}",
        )
    if deviation.kind == "moved":
        return f"{quoted(name)}的位置与规定的顺序不一致", f"{name_en} is out of order"
    if deviation.kind == "renamed":
        expected = quoted(deviation.expected or name)
        return f"标题写作{found}，规定为{expected}", f"the heading reads {found}, the form {expected}"
    parts = [s.heading for s in report.sections if deviation.key in (s.key, s.part_of)]
    shown = joined(quoted(heading) for heading in parts) if len(parts) > 1 else found
    count, count_en = _count(report)
    return f"{quoted(name)}被拆成了{shown}{count}", f"{name_en} is split into {shown}{count_en}"


def _count(report: Report) -> tuple[str, str]:
    """How many headings there are, where that is not the six of the form."""
    count = len(report.sections)
    if count == len(SECTION_KEYS):
        return "", ""
    return f"（全文共 {count} 个一级标题，规定为 6 个）", f" ({count} top-level headings, six are due)"


def _arguments(deviation: Deviation, problem: str, problem_en: str) -> dict[str, str]:
    return {
        "problem": problem,
        "problem.en": problem_en,
        "found": deviation.found or "",
        "expected": deviation.expected or "",
    }


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown tables."""
    del editions
    yield from unknown_tables(parameters.tables)


KIND = Kind(
    name="deviation",
    parameters=Parameters,
    arguments=frozenset({"problem", "found", "expected", "table"}),
    check=check,
    verify=verify,
)
