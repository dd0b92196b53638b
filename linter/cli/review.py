"""`gongkai history` and `gongkai review`: what a store knows of a unit, and what people decide."""

from __future__ import annotations

import getpass
import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from linter.cli.corpus import usage_errors
from linter.cli.options import language_option
from linter.cli.run import write

if TYPE_CHECKING:
    from linter.store.history import Remark, Year

_DECIDED = {
    "confirmed": ("属实", "confirmed"),
    "dismissed": ("不成立", "dismissed"),
    "rectified": ("已整改", "rectified"),
}
_TOTALS = {
    "applications.new.total": ("新收", "new"),
    "applications.carried_in.total": ("上年结转", "carried in"),
    "applications.result_total.total": ("办理总计", "settled"),
    "applications.carried_out.total": ("结转下年", "carried out"),
    "disputes.review.total": ("复议", "reviews"),
    "disputes.litigation_direct.total": ("直接起诉", "direct litigation"),
    "disputes.litigation_after_review.total": ("复议后起诉", "litigation after review"),
}
store_option = click.option(
    "--store",
    required=True,
    metavar="FILE|URL",
    help="结果库：SQLite 文件或 postgresql:// · store of results",
)


@click.command(
    help="一个单位历年的报告：每次检查的结果、主要数字、发现的问题和处理意见。\n\n"
    "What the store knows of a unit: every year, its figures, findings and decisions.",
    epilog="""\b
例 Examples:
  gongkai history 青河县教育局 --store 结果.db
""",
)
@click.argument("unit", metavar="UNIT")
@store_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@language_option
def history(unit: str, store: str, form: str, output: str | None, lang: str) -> None:
    """Print the years of a unit."""
    from linter.store.connection import opened
    from linter.store.history import history_of, units_like

    with usage_errors(), opened(store, new=False) as kept:
        years = history_of(kept, unit)
        if not years:
            like = units_like(kept, unit)
            hint = f"，是不是 {'、'.join(like)}？" if like else ""
            raise click.UsageError(f"{store} 里没有单位“{unit}”{hint}")
    pieces = _json(unit, years) if form == "json" else _text(unit, years, english=lang == "en")
    write(pieces, output, form, color=False)


@click.command(
    help="记下对一个问题的处理意见：属实、不成立（写明理由）、已整改；以后再检查仍然有效。\n\n"
    "Record what was decided of a finding; it holds for later runs as well.",
    epilog="""\b
例 Examples:
  gongkai review 3f2a9c01d4e5b677 --store 结果.db --decision confirmed
  gongkai review 3f2a9c01d4e5b677 --store 结果.db --decision dismissed --reason 口径变化，已在文中说明
""",
)
@click.argument("fingerprint", metavar="FINGERPRINT")
@store_option
@click.option(
    "--decision",
    type=click.Choice(list(_DECIDED)),
    required=True,
    help="属实、不成立、已整改 · what was decided",
)
@click.option("--reason", default="", metavar="TEXT", help="理由，不成立的必须写 · why")
@click.option("--by", "who", metavar="NAME", help="谁决定的，不写则为系统用户名 · who decided")
def review(fingerprint: str, store: str, decision: Any, reason: str, who: str | None) -> None:
    """Keep a decision."""
    from linter.store.connection import opened
    from linter.store.decisions import decide

    if decision == "dismissed" and not reason.strip():
        raise click.UsageError("认为问题不成立的，要用 --reason 写明理由")
    with usage_errors(), opened(store, new=False) as kept:
        message = decide(kept, fingerprint, decision, reason.strip(), who or _user())
    click.echo(f"{_DECIDED[decision][0]}：{message}")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _json(unit: str, years: tuple[Year, ...]) -> Iterator[str]:
    whole = {
        "schema": 1,
        "unit": unit,
        "years": [
            {
                "year": year.year,
                "seen": [each._asdict() for each in year.seen],
                "totals": dict(year.totals),
                "findings": [_remark(each) for each in year.remarks],
            }
            for year in years
        ],
    }
    yield json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _remark(remark: Remark) -> dict[str, Any]:
    return {**remark._asdict(), "decision": remark.decision._asdict() if remark.decision else None}


def _text(unit: str, years: tuple[Year, ...], *, english: bool) -> Iterator[str]:
    from linter.corpus.corpus_text import STATUS_WORDS

    yield unit + "\n"
    for year in years:
        yield f"{year.year}" + ("\n" if english else " 年度\n")
        for seen in year.seen:
            day = f" {seen.published}" if seen.published else ""
            counts = (
                f"{seen.errors} errors, {seen.warnings} warnings, {seen.open} open"
                if english
                else f"错误 {seen.errors}，警告 {seen.warnings}，未能判定 {seen.open}"
            )
            yield f"  {seen.on[:10]}  {STATUS_WORDS[seen.status][english]}{day}  {counts}\n"
        shown = [f"{_TOTALS[key][english]} {value}" for key, value in year.totals.items() if key in _TOTALS]
        if shown:
            yield "  " + ("  ".join(shown)) + "\n"
        for remark in year.remarks:
            yield f"    {remark.fingerprint}  {remark.code} {remark.message}{_fate(remark, english)}\n"


def _fate(remark: Remark, english: bool) -> str:
    parts = ["no longer found" if english else "最近一次检查已没有"] if remark.gone else []
    if remark.decision is not None:
        decided = _DECIDED[remark.decision.decision][english]
        parts.append(f"{decided} {remark.decision.reason}".strip())
    opening, closing = (" (", ")") if english else ("（", "）")
    return f"{opening}{'；'.join(parts)}{closing}" if parts else ""
