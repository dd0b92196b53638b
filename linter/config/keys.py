"""What a configuration may say: every key with its type, its meaning and what it holds for.

The one list from which files are validated, the schema is made and settings are shown.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from linter.render import CHECK_FORMATS

EDITIONS = ("2019", "2021", "pre-2019")
ISSUER_KINDS = ("government", "office", "department", "township", "subdistrict", "other")
FAIL_ON = ("error", "warning", "info", "never")
LANGS = ("zh", "en")
SECTIONS = ("overview", "disclosure", "applications", "disputes", "problems", "others")
TABLES = ("disclosure", "applications", "disputes", "statistics")

Form = Literal["text", "texts", "whole", "date", "choice", "flag", "selectors by glob", "suppressions"]


class Key(NamedTuple):
    """One key. `form` is the type of its value; `choices` are the only values of a choice, `least` and
    `most` the bounds of a whole number. `of_run` keys hold for a run as a whole and are taken from the
    configuration of the folder that all its files share; the others hold for each file."""

    form: Form
    zh: str
    en: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    of_run: bool = False
    default: str | int | bool | None = None


_SELECTORS_ZH = "规则的代码、代码前缀、名称或类别"
_SELECTORS_EN = "codes, prefixes, names or groups of rules"

KEYS: dict[str, Key] = {
    "extend": Key("text", "先读取的另一个配置文件（相对于本文件）", "a configuration to start from"),
    "profile": Key("text", "按哪一套要求，名称或 .yaml 文件", "profile, by name or file", default="standard"),
    "select": Key("texts", f"只用这些规则：{_SELECTORS_ZH}", f"only these: {_SELECTORS_EN}"),
    "extend-select": Key("texts", f"另加这些规则：{_SELECTORS_ZH}", f"these as well: {_SELECTORS_EN}"),
    "ignore": Key("texts", f"不用这些规则：{_SELECTORS_ZH}", f"all but these: {_SELECTORS_EN}"),
    "per-file-ignores": Key(
        "selectors by glob",
        "对某些文件不用的规则：文件名样式 → 规则",
        "glob of files → rules not used for them",
    ),
    "suppress": Key("suppressions", "写明理由的豁免", "findings set aside, with the reason"),
    "edition": Key("choice", "适用格式", "form to judge by", EDITIONS),
    "year": Key("whole", "报告年度", "report year", least=2008, most=2100),
    "issuer-kind": Key("choice", "编制机关类别", "kind of issuer", ISSUER_KINDS),
    "published": Key("date", "发布日期", "date of publication"),
    "exclude": Key("texts", "文件夹中不检查的文件（文件名样式）", "globs of files in folders to pass over"),
    "fail-on": Key(
        "choice",
        "达到此级别即以 1 退出",
        "lowest severity of exit code 1",
        FAIL_ON,
        of_run=True,
        default="error",
    ),
    "lang": Key("choice", "输出语言", "language of the output", LANGS, of_run=True, default="zh"),
    "format": Key("choice", "输出格式", "output format", tuple(CHECK_FORMATS), of_run=True, default="text"),
    "baseline": Key("text", "基线文件（相对于本文件）", "baseline file", of_run=True),
    "jobs": Key(
        "whole",
        "同时处理的进程数，0 为全部核心",
        "processes, 0 for one a core",
        most=64,
        of_run=True,
        default=1,
    ),
    "cache": Key("flag", "检查文件夹时保存结果备用", "keep results of folders", of_run=True, default=True),
}

SUPPRESS_KEYS: dict[str, Key] = {
    "file": Key("text", "对哪些文件（文件名样式），不写则全部", "glob of files; all where left out"),
    "rule": Key("text", "规则的代码、名称、代码前缀或类别", "code, name, prefix or group"),
    "place": Key("text", "在报告的什么地方，不写则全部", "where in the report; anywhere if left out"),
    "reason": Key("text", "理由，必须写", "the reason, required"),
    "until": Key("date", "到哪一天为止（含当天）", "the last day on which it holds"),
}
PLACE_KEYS: dict[str, tuple[str, ...]] = {"section": SECTIONS, "table": TABLES, "row": (), "column": ()}
