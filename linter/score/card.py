"""A unit's card, all years on one page: templates/score/card.html.j2."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linter.checks.outcome import OpenItem, Place
from linter.corpus.record import report_of
from linter.corpus.roster import Unit
from linter.document.model import Location
from linter.render.place import open_groups, place_words, position_words
from linter.render.template import render
from linter.report.model import Report
from linter.score.board import Board, card_name
from linter.score.charts import Line, Point
from linter.score.figures import year_on_year
from linter.score.overview import frame, overview_name
from linter.score.scoring import Item
from linter.score.standing import Standing, unread


def card(board: Board, unit: Unit) -> str:
    """The page of one unit."""
    standings = board.of_unit[unit.name]
    reports = [_report(one) for one in standings]
    parent = board.corpus.roster.by_name.get(unit.parent)
    early = list(reversed(standings))
    points = [
        Point(str(one.filing.year), None if one.score.total is None else float(one.score.total))
        for one in early
    ]
    return render(
        "score/card.html.j2",
        {
            **frame(board, "../"),
            "unit": unit.name,
            "kind": board.word[f"kind_{unit.kind}"],
            "parent": (parent.name, card_name(parent)) if parent else None,
            "children": [(one.name, card_name(one)) for one in board.corpus.roster.children(unit.name)],
            "trend": [Line("first", board.word["total"], points)] if len(points) > 1 else [],
            "sheets": [_sheet(board, one, report) for one, report in zip(standings, reports, strict=True)],
            "columns": [one.filing.year for one in standings],
            "figures": year_on_year(standings, board.lang),
        },
    )


def _report(one: Standing) -> Report | None:
    record = one.filing.record
    return report_of(record) if record and not record.reason else None


def _sheet(board: Board, one: Standing, report: Report | None) -> dict[str, Any]:
    filing, score = one.filing, one.score
    year = next(each for each in board.years if each.year == filing.year)
    titles = {each.key: each.title.of(board.lang) for each in board.scheme.formula.dimensions}
    prefix = f"y{filing.year}"
    record = filing.record
    return {
        "year": filing.year,
        "anchor": prefix,
        "overview": overview_name(board, year),
        "status": filing.status,
        "due": filing.due,
        "published": record.published if record else None,
        "path": record.path if record and not record.reason else unread(filing)[0],
        "reason": unread(filing)[1],
        "title": record.title if record else None,
        "others": [other.path for other in filing.others if record],
        "own": score.own,
        "total": score.total,
        "rank": one.rank,
        "ranked": len(year.ranked),
        "apart": board.apart_words(one),
        "parts": [{"title": titles[part.key], **part._asdict()} for part in score.parts],
        "items": [_item(board, item, titles, prefix) for item in score.items],
        "aside": [f"{code} {board.rule_title(code)}" for code in score.aside],
        "decided": score.decided,
        "open_rules": score.open,
        "share": f"{score.share * 100:.0f}",
        "local": score.local,
        "findings": [_finding(number, said, report, board) for number, said in enumerate(filing.findings, 1)],
        "open": open_groups([_open(said) for said in filing.open], report, board.lang) if report else [],
    }


def _item(board: Board, item: Item, titles: Mapping[str, str], prefix: str) -> dict[str, Any]:
    word = board.word
    rule = board.rules.get(item.code)
    labels = {
        "cap": word["item_cap"].format(cap=board.scheme.formula.compared.cap),
        "floor": word["item_floor"],
        "missing": word["item_missing"],
    }
    return {
        "points": item.points,
        "code": item.code,
        "label": board.rule_title(item.code) or labels.get(item.kind, item.code),
        "clause": rule.clause.of(board.lang) if rule else "",
        "dimension": titles.get(item.dimension) or (word["item_compared"] if item.kind == "compared" else ""),
        "calculation": calculation(item),
        "findings": item.findings,
        "prefix": prefix,
    }


def calculation(item: Item) -> str:
    """How the points came about; "" where they are fixed."""
    return f"{item.available} × {item.weight.normalize():f} ÷ {item.of.normalize():f}" if item.of else ""


def place_of(said: Mapping[str, Any]) -> Place:
    """The place of a finding or an open item as JSON has it."""
    at = said["location"]
    section = None if at["section"] == at["table"] else at["section"]
    location = Location(page=at["page"], line=at["line"], column=at["column"])
    return Place(section, at["table"], at["row"], at["cell"], location, at["excerpt"])


def _open(said: Mapping[str, Any]) -> OpenItem:
    return OpenItem(said["code"], said["name"], said["reason"], place_of(said))


def _finding(number: int, said: Mapping[str, Any], report: Report | None, board: Board) -> dict[str, Any]:
    lang, decided = board.lang, board.corpus.decisions.get(said["fingerprint"])
    place = place_of(said)
    return {
        **{key: said[key] for key in ("code", "name", "severity", "message", "clause", "hint")},
        "number": number,
        "decided": decided,
        "where": place_words(place, report, lang) if report else "",
        "position": position_words(place.location, lang),
        "excerpt": place.excerpt,
        "formula": (said.get("evidence") or {}).get("formula"),
        "related": [f"{one['code']} {one['message']}" for one in said.get("related", ())],
    }
