"""Relations between cells that should not all hold at once.

A rule of this kind fails where every relation of `when` and of `fault` holds whatever the unknown
cells may be. It passes where one of them cannot hold. `when` says what makes the matter worth looking
at: while that is unknown the rule says nothing, since a blank cell is reported by its own rule and
need not be reported again by every hint that might have used it. Where only `fault` is unknown, the
rule is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, TypeAlias

from linter.checks.cells import (
    CellKey,
    evidence_of,
    matching,
    place_of,
    rows_of,
    spec_of,
    unknown_lines,
)
from linter.checks.kind import Kind, Problem
from linter.checks.outcome import Evidence, Number, Outcome, Place, Verdict
from linter.checks.proof import unknown_reason
from linter.checks.relation import Bound, total
from linter.checks.texts import bad_expression, pattern
from linter.checks.wording import cell_name, number_text, row_name, table_name
from linter.report.model import Report, StandardTable, TableCell
from linter.report.norm import TABLE_KEYS

LINE = "@"
"""Stands in a cell's name for the line that `each` names."""

ORDINALS = ("first", "second", "third", "fourth")

Term: TypeAlias = tuple[StandardTable, CellKey, TableCell, int]
Truth: TypeAlias = "bool | None"


class Relation(NamedTuple):
    """The sum of some cells compared with `value`, or with `percent` of the sum of others.

    A cell is named `table/row/column`, in the disputes table `disputes/column`; with `-` before it, it
    is subtracted, and `x.*` stands for a group.
    """

    sum: tuple[str, ...]
    relation: Literal[">", ">=", "=", "<=", "<"]
    value: int = 0
    percent: int = 0
    of: tuple[str, ...] = ()


class Parameters(NamedTuple):
    """`each`: the rows for which the relations are tried, each standing for `@` in the cells' names.

    `issuer`: expressions of which one must match the organ's name, `unless_issuer` of which none may.
    A report without an organ is then not judged.
    """

    fault: tuple[Relation, ...] = ()
    when: tuple[Relation, ...] = ()
    each: tuple[str, ...] = ()
    issuer: tuple[str, ...] = ()
    unless_issuer: tuple[str, ...] = ()


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for each line, or none where nothing is known of `when`.

    Figures that are in order are so whoever reports them; the organ's name is looked at only for others.
    """
    found = [_judge(parameters, report, line) for line in parameters.each or ("",)]
    verdicts = [verdict for verdict in found if verdict is not None]
    if all(v.outcome is Outcome.PASS for v in verdicts) or _is_meant(parameters, report.issuer):
        yield from verdicts


def _is_meant(parameters: Parameters, issuer: str | None) -> bool:
    if not parameters.issuer and not parameters.unless_issuer:
        return True
    if issuer is None or any(pattern(e).search(issuer) for e in parameters.unless_issuer):
        return False
    return not parameters.issuer or any(pattern(e).search(issuer) for e in parameters.issuer)


def _judge(parameters: Parameters, report: Report, line: str) -> Verdict | None:
    relations = [
        (relation, _terms(relation.sum, line, report), _terms(relation.of, line, report))
        for relation in (*parameters.when, *parameters.fault)
    ]
    if not all(terms and (of or not r.of) for r, terms, of in relations):
        return None
    table, key, _, _ = relations[-1][1][0]
    place = place_of(table, *key)
    truths = [_truth(*relation) for relation in relations]
    if False in truths:
        return Verdict(Outcome.PASS, place)
    if None in truths[: len(parameters.when)]:
        return None
    terms = [term for _, left, of in relations for term in (*left, *of)]
    if None in truths:
        return _open(terms, place)
    evidence = Evidence(cells=tuple({(t.key, k): evidence_of(t, k) for t, k, _, _ in terms}.values()))
    return Verdict(Outcome.FAIL, place, _arguments(relations, line, report.issuer), evidence)


def _terms(names: Iterable[str], line: str, report: Report) -> list[Term]:
    """The cells of a sum that the report's edition has; empty where the report lacks the table."""
    terms: list[Term] = []
    for name in names:
        table_key, rows, column = _parts(name.removeprefix("-"), line)
        table = report.tables.get(table_key)
        if table is None or not table.found:
            return []
        weight = -1 if name.startswith("-") else 1
        lines: list[str | None] = matching([rows], rows_of(table)) if rows else [None]
        found = [key for row in lines if (key := (row, column)) in table.cells]
        terms.extend((table, key, _in_unit(table, key), weight) for key in found)
    return terms


def _parts(name: str, line: str = LINE) -> tuple[str, str, str]:
    """Table, row pattern ("" in the disputes table) and column of a cell's name."""
    parts = name.split("/")
    row = parts[1] if len(parts) == 3 else ""
    return parts[0], line if row == LINE else row, parts[-1]


def _in_unit(table: StandardTable, key: CellKey) -> TableCell:
    """The cell; one whose figure is in another unit than the column's counts as unknown."""
    cell = table.cells[key]
    if cell.unit is None or cell.value is None:
        return cell
    try:
        unit = spec_of(table).column(*key).unit
    except KeyError:  # a row of the other edition
        return cell
    return cell if unit is None or cell.unit in (unit, unit[0]) else cell._replace(value=None)


def _truth(relation: Relation, terms: Sequence[Term], of: Sequence[Term]) -> Truth:
    """Whether the relation holds for every value of the unknown cells, or for none; None between."""
    scale = 100 if relation.of else 1
    low, high = total(
        [
            *((cell, key, weight * scale) for _, key, cell, weight in terms),
            *((cell, key, -weight * relation.percent) for _, key, cell, weight in of),
        ]
    )
    return _holds(relation.relation, _less(low, relation.value), _less(high, relation.value))


def _less(bound: Bound, value: int) -> Bound:
    return None if bound is None else bound - value


def _holds(relation: str, low: Bound, high: Bound) -> Truth:
    if relation in ("<", "<="):
        low, high = (None if high is None else -high), (None if low is None else -low)
    if relation == "=":
        if (low is not None and low > 0) or (high is not None and high < 0):
            return False
        return True if low is not None and low == high == 0 else None
    strict = relation in (">", "<")
    if low is not None and (low > 0 or (low == 0 and not strict)):
        return True
    if high is not None and (high < 0 or (high == 0 and strict)):
        return False
    return None


def _open(terms: Sequence[Term], place: Place) -> Verdict:
    unknown = [(table, key) for table, key, cell, _ in terms if cell.value is None]
    table = unknown[0][0]
    reason, reason_en = unknown_reason(table, list(dict.fromkeys(k for t, k in unknown if t is table)))
    return Verdict(Outcome.OPEN, place, reason=reason, reason_en=reason_en)


def _arguments(
    relations: Sequence[tuple[Relation, list[Term], list[Term]]], line: str, issuer: str | None
) -> Mapping[str, str]:
    table, _, _, _ = relations[-1][1][0]
    arguments = {
        "table": table_name(table.key),
        "table.en": table_name(table.key, "en"),
        "line": row_name(spec_of(table), line) if line else "",
        "issuer": issuer or "",
        "figures": _figures(relations, "、"),
        "figures.en": _figures(relations, ", "),
        "share": "",
        "base": "",
    }
    arguments |= dict.fromkeys(ORDINALS, "")
    for name, (_, terms, of) in zip(ORDINALS, relations, strict=False):
        part = _sum(terms)
        arguments[name] = number_text(part)
        if of and _sum(of):
            arguments["base"] = number_text(_sum(of))
            arguments["share"] = f"{float(100 * part / _sum(of)):.1f}%"
    return arguments


def _figures(relations: Sequence[tuple[Relation, list[Term], list[Term]]], comma: str) -> str:
    """Every cell used, with its figure."""
    cells = {
        (table.key, key): f"{cell_name(spec_of(table), *key)} {number_text(cell.value)}"
        for _, terms, of in relations
        for table, key, cell, _ in (*terms, *of)
        if cell.value is not None
    }
    return comma.join(cells.values())


def _sum(terms: Iterable[Term]) -> Number:
    """The sum of the known figures."""
    result: Number = 0
    for _, _, cell, weight in terms:
        result += (cell.value or 0) * weight
    return result


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """No relation, unknown cells, bad expressions, a share without its base."""
    if not parameters.when and not parameters.fault:
        yield (), "应写 when 或 fault，说明哪些关系同时成立就不对"
    for group in ("when", "fault"):
        for index, relation in enumerate(getattr(parameters, group)):
            for side in ("sum", "of"):
                for number, name in enumerate(getattr(relation, side)):
                    for reason in _unknown(name, editions, parameters.each):
                        yield (group, index, side, number), reason
            if bool(relation.of) != bool(relation.percent):
                yield (group, index), "of 与 percent 应同时写，例如 percent: 20 和 of: [某格]"
    for key in ("issuer", "unless_issuer"):
        for index, expression in enumerate(getattr(parameters, key)):
            if fault := bad_expression(expression):
                yield (key, index), fault


def _unknown(name: str, editions: Sequence[str], each: Sequence[str]) -> Iterator[str]:
    table, row, column = _parts(name.removeprefix("-"))
    rows: list[str] = list(each) if row == LINE else [row] if row else []
    if table not in TABLE_KEYS or name.count("/") != (1 if table == "disputes" else 2):
        yield f"“{name}”应写作 表/行/列，如 disclosure/licensing/decisions；复议诉讼表写作 disputes/列"
        return
    if row == LINE and not each:
        yield f"“{name}”中的 {LINE} 需要用 each 说明是哪些行"
        return
    for _, reason in unknown_lines(table, editions, rows, [column]):
        yield reason


KIND = Kind(
    name="condition",
    parameters=Parameters,
    arguments=frozenset({"table", "line", "issuer", "figures", "share", "base", *ORDINALS}),
    nested={"when": Relation, "fault": Relation},
    check=check,
    verify=verify,
)
