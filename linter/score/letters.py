"""The circular (通报) and the rectification notices (整改通知) as Word files, from editable templates.

The letters are Chinese whatever the language of the pages. A template is filled with plain texts, each on
one line, so that nothing a report says becomes a heading or a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from linter.corpus.record import report_of
from linter.official.blocks import Sheet, Text, text_block
from linter.official.docx import package, shaped_sheet, shaped_text
from linter.render.place import place_words, position_words
from linter.resources import resource_folder
from linter.score.board import Board
from linter.score.card import place_of
from linter.score.standing import Standing, YearStanding, dismissed_in, unread, worst_rules
from linter.score.words import score_words

CIRCULAR, NOTICE = "circular.md.j2", "notice.md.j2"
_SEVERITIES = ("error", "warning")
_MOST_WORST = 8


class TemplateFault(Exception):
    """A letter's template that cannot be filled; the message names the file and the reason."""


class Letters:
    """The templates of the letters: those in the folder of the user's own, else those that ship."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder
        self._compiled: dict[str, tuple[Path, Any]] = {}

    def source(self, name: str) -> tuple[Path, str]:
        """The file of a template and its text. Raises TemplateFault."""
        own = self.folder / name if self.folder else None
        path = own if own and own.is_file() else resource_folder("templates") / "score" / name
        try:
            return path, path.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError) as fault:
            raise TemplateFault(f"模板 {path} 不能读取：{fault}") from None

    def filled(self, name: str, values: Mapping[str, Any], sheets: Mapping[str, Sheet]) -> bytes:
        """The Word file that the template makes of `values`. Raises TemplateFault."""
        path, template = self._template(name)
        try:
            text = template.render(_flat(values))
        except Exception as fault:
            # A template is code of the user's own: whatever breaks in it is a fault of the template.
            raise TemplateFault(f"模板 {path} 有误：{fault}") from None
        lines = (line.strip() for line in text.splitlines())
        return package([_shaped(line, sheets) for line in lines if line])

    def _template(self, name: str) -> tuple[Path, Any]:
        from jinja2 import TemplateSyntaxError

        if name not in self._compiled:
            path, source = self.source(name)
            try:
                self._compiled[name] = path, _environment().from_string(source)
            except TemplateSyntaxError as fault:
                raise TemplateFault(f"模板 {path} 第 {fault.lineno} 行有误：{fault.message}") from None
        return self._compiled[name]


@cache
def _environment() -> Any:
    """Jinja for templates of the user's own: they see what they are given, and nothing else."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    return ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined, autoescape=False
    )


def _shaped(line: str, sheets: Mapping[str, Sheet]) -> dict[str, Any]:
    if line.startswith("{table ") and (sheet := sheets.get(line[7:-1].strip())):
        return shaped_sheet(sheet)
    block: Text = text_block(line)
    return shaped_text(block)


def _flat(value: Any) -> Any:
    """Every text in `value` on one line."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Mapping):
        return {key: _flat(one) for key, one in value.items()}
    if isinstance(value, Sequence):
        return [_flat(one) for one in value]
    return value


def circular(board: Board, year: YearStanding, letters: Letters) -> bytes:
    """The circular on one year."""
    word = score_words("zh")
    due, missing = len(year.standings), year.count("missing")
    dimensions = board.scheme.formula.dimensions
    worst = worst_rules(year, board.rules)[:_MOST_WORST]

    def named(status: str) -> list[str]:
        return [one.filing.unit.name for one in year.standings if one.filing.status == status]

    values = {
        "year": year.year,
        "due": due,
        "done": due - missing,
        "rate": f"{100 * (due - missing) / due:.1f}%" if due else "—",
        "in_time": year.count("in-time"),
        "undated": year.count("undated"),
        "late": named("late"),
        "missing": named("missing"),
        "unreadable": named("unreadable"),
        "ranked": len(year.ranked),
        "mean": str(year.mean),
        "median": str(year.middle),
        "formula": board.scheme.formula.version,
        "full": str(board.scheme.formula.full),
        "apart": [
            (one.filing.unit.name, board.apart_words(one))
            for one in year.standings
            if one.apart not in ("", "missing", "unreadable")
        ],
        "worst": [
            {
                "title": board.texts[one.rule.code].title.zh,
                "lost": one.lost,
                "share": f"{100 * one.lost / one.decided:.1f}%",
            }
            for one in worst
        ],
        "sender": board.asked.sender,
        "date": board.asked.date,
    }
    head = (word["rank"], word["unit"], word["total"], *(one.title.zh for one in dimensions))
    rows = [
        (
            str(one.rank),
            one.filing.unit.name,
            str(one.score.total),
            *(str(part.score) if part.available else "—" for part in one.score.parts),
        )
        for one in year.ranked
    ]
    ranking = Sheet(head, rows, (4, 16, 6, *(6 for _ in dimensions)))
    return letters.filled(CIRCULAR, values, {"ranking": ranking})


def notice(board: Board, one: Standing, letters: Letters) -> bytes | None:
    """The notice to a unit; None where it has nothing to put right."""
    filing, record = one.filing, one.filing.record
    dismissed = dismissed_in(board.corpus)
    report = report_of(record) if record and not record.reason else None
    findings = []
    for severity in _SEVERITIES:
        for said in filing.findings:
            if said["severity"] != severity or said["fingerprint"] in dismissed:
                continue
            place = place_of(said)
            findings.append(
                {
                    "message": said["message"],
                    "hint": said["hint"],
                    "clause": said["clause"],
                    "formula": (said.get("evidence") or {}).get("formula") or "",
                    "where": place_words(place, report, "zh") if report else "",
                    "position": position_words(place.location, "zh"),
                }
            )
    if not findings and filing.status in ("in-time", "undated"):
        return None
    values = {
        "unit": filing.unit.name,
        "year": filing.year,
        "status": filing.status,
        "due": _day(filing.due),
        "published": _day(record.published if record else None),
        "reason": unread(filing)[1],
        "total": str(one.score.total),
        "full": str(board.scheme.formula.full),
        "findings": findings,
        "sender": board.asked.sender,
        "date": board.asked.date,
    }
    return letters.filled(NOTICE, values, {})


def _day(iso: str | None) -> str:
    """A date as official documents write it."""
    if not iso:
        return ""
    year, month, day = iso.split("-")
    return f"{year}年{int(month)}月{int(day)}日"
