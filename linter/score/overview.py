"""The overview of one year: templates/score/overview.html.j2."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from linter.corpus.roster import Unit
from linter.render.template import render
from linter.score.board import Board, card_name
from linter.score.charts import Bar, Line, Point, apart, histogram, shade
from linter.score.explanation import formula_lines
from linter.score.standing import Heat, Standing, YearStanding, heat, mean_of, unread, worst_rules

_STATUSES = ("in-time", "late", "undated", "unreadable", "missing")
_MOST_HEAT_ROWS = 120
_MOST_WORST = 15


def overview(board: Board, year: YearStanding, files: Sequence[tuple[str, str]]) -> str:
    """The page; `files` are the names and labels of what may be downloaded."""
    word = board.word
    due = len(year.standings)
    done = due - year.count("missing")
    return render(
        "score/overview.html.j2",
        {
            **frame(board, ""),
            "year": year.year,
            "years": [(one.year, overview_name(board, one)) for one in reversed(board.years)],
            "tiles": [
                (word["should"], due, ""),
                (word["done"], done, ""),
                (word["rate"], f"{100 * done / due:.1f}%" if due else "—", ""),
                (word["status_late"], year.count("late"), "late"),
                (word["status_missing"], year.count("missing"), "missing"),
                (word["status_unreadable"], year.count("unreadable"), "unreadable"),
                (word["mean"], year.mean if year.mean is not None else "—", ""),
                (word["median"], year.middle if year.middle is not None else "—", ""),
            ],
            "coverage": [
                Bar(status, year.count(status), f"{word[f'status_{status}']} {year.count(status)}")
                for status in _STATUSES
            ],
            "histogram": histogram(year.totals),
            "trend": _trend(board) if len(board.years) > 1 else [],
            "absent": [_row(board, one) for one in year.standings if one.filing.status != "in-time"],
            "rows": _rows(board, year),
            "dimensions": [one.title.of(board.lang) for one in board.scheme.formula.dimensions],
            "kinds": _kinds(board, year),
            "statuses": [s for s in _STATUSES if year.count(s)],
            "groups": [board.group_title(group) for group in board.groups],
            "heat": _heat_rows(board, year),
            "heat_by_parent": due > _MOST_HEAT_ROWS,
            "worst": [
                {
                    "code": one.rule.code,
                    "name": one.rule.name,
                    "title": board.rule_title(one.rule.code),
                    "severity": one.rule.severity,
                    "lost": one.lost,
                    "decided": one.decided,
                    "share": one.lost / one.decided,
                }
                for one in worst_rules(year, board.rules)[:_MOST_WORST]
            ],
            "broken": [
                (one.rule.code, board.rule_title(one.rule.code)) for one in worst_rules(year, board.rules)
            ],
            "tree": _tree(board, year),
            "unmatched": [(one.record.path, one.reason) for one in board.corpus.unmatched],
            "unreadable": [(one.path, one.reason) for one in board.corpus.unreadable],
            "files": files,
        },
    )


def frame(board: Board, above: str) -> dict[str, Any]:
    """What every page has; `above` leads from the page to the top of the folder."""
    from linter import __version__

    return {
        "word": board.word,
        "lang": "en" if board.lang == "en" else "zh-CN",
        "title": board.title,
        "above": above,
        "version": __version__,
        "formula": board.scheme.formula,
        "formula_lines": formula_lines(board.scheme.formula, board.lang),
        "profile": board.scheme.profiled.profile.name.of(board.lang),
    }


def overview_name(board: Board, year: YearStanding) -> str:
    """The file of the overview of a year; the last year's is the index."""
    return "index.html" if year.year == board.latest.year else f"{year.year}.html"


def _trend(board: Board) -> list[Line]:
    def in_time(year: YearStanding) -> float | None:
        known = len(year.standings) - year.count("undated", "unreadable")
        return 100 * year.count("in-time") / known if known else None

    means = [Point(str(y.year), None if y.mean is None else float(y.mean)) for y in board.years]
    rates = [Point(str(y.year), in_time(y)) for y in board.years]
    return apart(
        Line("first", board.word["trend_mean"], means), Line("second", board.word["trend_in_time"], rates)
    )


def _rows(board: Board, year: YearStanding) -> list[dict[str, Any]]:
    """Those with a place first, then those apart, as the roster has them."""
    return [_row(board, one) for one in (*year.ranked, *(one for one in year.standings if not one.rank))]


def _row(board: Board, one: Standing) -> dict[str, Any]:
    filing, score = one.filing, one.score
    parts = {part.key: part for part in score.parts}
    lost = [code for code, state in one.states.items() if state == "lost"]
    return {
        "unit": filing.unit.name,
        "card": f"units/{card_name(filing.unit)}#y{filing.year}",
        "parent": filing.unit.parent,
        "kind": filing.unit.kind,
        "status": filing.status,
        "published": filing.record.published if filing.record else None,
        "due": filing.due,
        "reason": unread(filing)[1],
        "rank": one.rank,
        "apart": board.apart_words(one),
        "total": score.total,
        "parts": [
            (parts[d.key].score, parts[d.key].available)
            if d.key in parts and parts[d.key].available
            else None
            for d in board.scheme.formula.dimensions
        ],
        "lost": " ".join(lost),
        "findings": len(filing.findings),
        "open": len(filing.open),
    }


def _kinds(board: Board, year: YearStanding) -> list[str]:
    return list(dict.fromkeys(one.filing.unit.kind for one in year.standings))


class _HeatRow(NamedTuple):
    name: str
    card: str
    cells: list[tuple[int, str, str] | None]


def _heat_rows(board: Board, year: YearStanding) -> list[_HeatRow]:
    """A row a unit; a row a parent where there are many units."""
    single = [(one.filing.unit, heat(one, board.rules)) for one in year.standings if one.states]
    if len(year.standings) <= _MOST_HEAT_ROWS:
        return [_heat_row(board, unit.name, f"units/{card_name(unit)}", cells) for unit, cells in single]
    summed: dict[str, dict[str, Heat]] = defaultdict(dict)
    for unit, cells in single:
        row = summed[unit.parent or unit.name]
        for group, (lost, decided) in cells.items():
            before = row.get(group, Heat(0, 0))
            row[group] = Heat(before.lost + lost, before.decided + decided)
    cards = {unit.name: f"units/{card_name(unit)}" for unit in board.corpus.roster.units}
    return [_heat_row(board, name, cards.get(name, ""), cells) for name, cells in summed.items()]


def _heat_row(board: Board, name: str, card: str, cells: Mapping[str, Heat]) -> _HeatRow:
    drawn: list[tuple[int, str, str] | None] = []
    for group in board.groups:
        found = cells.get(group)
        if found is None:
            drawn.append(None)
            continue
        told = board.word["heat_cell"].format(
            unit=name, family=board.group_title(group), lost=found.lost, decided=found.decided
        )
        drawn.append((shade(found.lost, found.decided), str(found.lost or ""), told))
    return _HeatRow(name, card, drawn)


class _Branch(NamedTuple):
    """A unit of the tree with its children, and the mean of those below that have a place."""

    row: dict[str, Any]
    mean: Any
    children: list[Any]


def _tree(board: Board, year: YearStanding) -> list[_Branch]:
    found = {one.filing.unit.name: one for one in year.standings}
    roster = board.corpus.roster

    def branch(unit: Unit) -> _Branch:
        children = [branch(child) for child in roster.children(unit.name)]
        totals = [
            found[child.name].score.total
            for child in roster.children(unit.name)
            if child.name in found and found[child.name].rank
        ]
        known = [total for total in totals if total is not None]
        one = found.get(unit.name)
        empty = {
            "unit": unit.name,
            "card": f"units/{card_name(unit)}",
            "total": None,
            "status": "",
            "apart": "",
        }
        return _Branch(_row(board, one) if one else empty, mean_of(known), children)

    return [branch(unit) for unit in roster.children("")]
