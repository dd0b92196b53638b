"""Profile files refused at load: every fault with its file, its line and what would be right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.checks.kind import build
from linter.checks.kinds import EVERY_KIND
from linter.checks.profile import Profile, base_of, chain_of, decision, profile_of
from linter.checks.rulebook import EXACT, ISSUER_KINDS, Compiled, Rule, exactness, packed, unknown_selector
from linter.checks.validation import (
    CHOICES,
    Fault,
    Keys,
    check_keys,
    check_names,
    check_plain,
    check_rules,
    check_words,
    faults_of,
    parse,
    type_faults,
)

_RULES = {"family", "group", "rules"}
_REQUIRED = {"name", "title"}
_OPTIONAL = {"extends", "source", "levels", "enable", "disable", "set", "blank_as_zero", "scoring", *_RULES}
_CHANGES = {"severity", "check", "clause"}
_DEDUCTION = {"about", "rules", "points", "per", "cap", "issuer_kinds", "auto"}
_LADDER = ("statutory", "standard", "exemplary")
_RANK = {"info": 0, "warning": 1, "error": 2}


def validate_profiles(rules: Mapping[Path, Any], sources: Mapping[Path, bytes]) -> None:
    """Refuse the first fault of the profile files; `rules` are the shipped rule files, validated."""
    taken = {
        entry[key]: path.name
        for path, data in rules.items()
        for entry in data["rules"]
        for key in ("code", "name")
    }
    families = {data["family"]: path.name for path, data in rules.items()}
    read: dict[Path, Any] = {}
    for path, source in sources.items():
        read[path] = data = parse(path, source)
        with faults_of(path, source):
            _check_shape(data)
            if "rules" in data:
                family = data["family"]
                if family in families:
                    raise Fault(("family",), f"代码前缀 {family} 已用于 {families[family]}，请换一个")
                check_rules(data, taken, path)
                families[family] = path.name
            _check_extends(path, data, sources)
    content = Compiled(
        tuple((path, packed(data)) for path, data in rules.items()),
        tuple((path, packed(data)) for path, data in read.items()),
    )
    checks = {
        entry["code"]: {key: value for key, value in entry["check"].items() if key != "kind"}
        for data in (*rules.values(), *read.values())
        for entry in data.get("rules", ())
    }
    for path, source in sources.items():
        with faults_of(path, source):
            _check_against_rules(content, path, read[path], checks)


def _check_shape(data: Any) -> None:
    check_plain(data, ())
    if not isinstance(data, dict):
        raise Fault((), "配置文件应有 name、title、extends 等项")
    check_keys(data, _REQUIRED, _REQUIRED | _OPTIONAL, ())
    for key in ("name", "title", "source"):
        if key in data:
            check_words(data[key], (key,))
    for key in ("levels", "enable", "disable"):
        _texts(data.get(key, []), (key,))
    for index, level in enumerate(data.get("levels", [])):
        if level not in _LADDER:
            raise Fault(("levels", index), f"没有“{level}”这一级，应为 {'、'.join(_LADDER)} 之一")
    if not data.get("levels") and not isinstance(data.get("extends"), str):
        raise Fault((), "缺少“extends”这一项：以哪一个配置为基础，例如 extends: standard")
    if not isinstance(data.get("blank_as_zero", False), bool):
        raise Fault(("blank_as_zero",), "blank_as_zero 应为 true 或 false")
    if _RULES & set(data):
        check_keys(data, _RULES, set(data), ())
    _check_changes(data.get("set", {}))
    if "scoring" in data:
        _check_scoring(data["scoring"])


def _check_extends(path: Path, data: Mapping[str, Any], sources: Mapping[Path, bytes]) -> None:
    extends = data.get("extends")
    if extends is not None and base_of(path, extends) not in sources:
        raise Fault(("extends",), f"没有配置“{extends}”")


def _texts(value: Any, at: Keys) -> None:
    if not isinstance(value, list):
        raise Fault(at, "应为列表，如 [blank-cell, structure]")
    for index, item in enumerate(value):
        if not isinstance(item, str):
            raise Fault((*at, index), f"应为文字，不能是“{item}”")


def _check_changes(changes: Any) -> None:
    if not isinstance(changes, dict):
        raise Fault(("set",), "set 应为“规则: {severity: …, check: {…}}”")
    for selector, said in changes.items():
        at = ("set", selector)
        if not isinstance(said, dict) or not said:
            raise Fault(at, "应写明改什么，如 {severity: warning}")
        check_keys(said, set(), _CHANGES, at)
        if "severity" in said and said["severity"] not in CHOICES["severity"]:
            raise Fault((*at, "severity"), f"severity 应为 {'、'.join(CHOICES['severity'])} 之一")
        if not isinstance(said.get("check", {}), dict):
            raise Fault((*at, "check"), "check 应为若干“参数: 值”")
        if "clause" in said:
            check_words(said["clause"], (*at, "clause"))


def _check_scoring(scoring: Any) -> None:
    if not isinstance(scoring, dict):
        raise Fault(("scoring",), "scoring 应有 deductions")
    check_keys(scoring, {"deductions"}, {"full", "deductions"}, ("scoring",))
    if "full" in scoring:
        _amount(scoring["full"], ("scoring", "full"))
    if not isinstance(scoring["deductions"], list):
        raise Fault(("scoring", "deductions"), "deductions 应为扣分项的列表")
    for index, said in enumerate(scoring["deductions"]):
        at = ("scoring", "deductions", index)
        if not isinstance(said, dict):
            raise Fault(at, "扣分项应有 about、points")
        check_keys(said, {"about", "points"}, _DEDUCTION, at)
        check_words(said["about"], (*at, "about"))
        _texts(said.get("rules", []), (*at, "rules"))
        check_names(said, "issuer_kinds", ISSUER_KINDS, at)
        for key in ("points", "cap"):
            if key in said:
                _amount(said[key], (*at, key))
        if said.get("per", "report") not in ("report", "finding"):
            raise Fault((*at, "per"), "per 应为 report（每份报告扣一次）或 finding（每处扣一次）")
        if not isinstance(said.get("auto", True), bool):
            raise Fault((*at, "auto"), "auto 应为 true 或 false")
        if not said.get("rules") and said.get("auto", True):
            raise Fault(at, "没有写 rules 的扣分项只能由人判定，请写 auto: false")


def _amount(value: Any, at: Keys) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        raise Fault(at, f"应为大于 0 的数，不能是“{value}”")


def _check_against_rules(
    content: Compiled, path: Path, data: Mapping[str, Any], checks: Mapping[str, Any]
) -> None:
    """What a profile says of rules: that they exist, may be changed so, and may be left out. `checks` are
    the parameters of rules as plain data, by code."""
    paths = chain_of(path, dict(content.profiles))
    rules = content.rulebook(paths).rules
    for keys, selector in _selectors(data):
        if reason := unknown_selector(rules, selector):
            raise Fault(keys, reason)
    for index, selector in enumerate(data.get("disable", [])):
        for rule in rules:
            exact = exactness(rule, selector)
            if exact and any(exactness(rule, other) == exact for other in data.get("enable", [])):
                raise Fault(("disable", index), f"{rule.code} {rule.name} 同时写在 enable 里，只能取一个")
    for selector, said in data.get("set", {}).items():
        for rule in rules:
            if exact := exactness(rule, selector):
                _check_change(("set", selector), said, rule, exact, checks[rule.code])
    _check_mandatory(
        profile_of(path, data), [profile_of(one, dict(content.profiles)[one]) for one in paths], rules
    )


def _selectors(data: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    for key in ("enable", "disable"):
        for index, selector in enumerate(data.get(key, [])):
            yield (key, index), selector
    for selector in data.get("set", {}):
        yield ("set", selector), str(selector)
    for number, said in enumerate(data.get("scoring", {}).get("deductions", [])):
        for index, selector in enumerate(said.get("rules", [])):
            yield ("scoring", "deductions", number, "rules", index), selector


def _check_change(
    at: Keys, said: Mapping[str, Any], rule: Rule, exact: int, check: Mapping[str, Any]
) -> None:
    name = f"{rule.code} {rule.name}"
    severity = said.get("severity", rule.severity)
    if severity == "error" and rule.severity != "error" and rule.basis == "practice":
        raise Fault(
            (*at, "severity"), f"{name} 的依据只是通行做法，至多为 warning；另有规定的，请写成自己的规则"
        )
    if rule.mandatory and _RANK[severity] < _RANK[rule.severity]:
        raise Fault((*at, "severity"), f"{name} 是必须执行的规则（mandatory），级别不能低于 {rule.severity}")
    if "check" not in said:
        return
    if rule.mandatory:
        raise Fault((*at, "check"), f"{name} 是必须执行的规则（mandatory），检查的内容不能改")
    if exact < EXACT:
        raise Fault((*at, "check"), "check 只能逐条规则改：请写规则的代码或名称")
    kind = EVERY_KIND[rule.kind]
    changed = {**check, **said["check"]}
    for keys, reason in type_faults(kind.parameters, kind.nested, changed):
        raise Fault((*at, "check", *keys), reason)
    for keys, reason in kind.verify(build(kind, changed), rule.editions):
        raise Fault((*at, "check", *keys), reason)


def _check_mandatory(profile: Profile, chain: Sequence[Profile], rules: Sequence[Rule]) -> None:
    for rule in rules:
        if not rule.mandatory:
            continue
        last = decision(rule, chain)
        if last is not None and not last.held and last.profile == profile:
            raise Fault(
                ("disable", profile.disable.index(last.selector)),
                f"“{last.selector}”包括 {rule.code} {rule.name}，它是必须执行的规则（mandatory），不能停用；"
                "请只写其他规则的代码或名称",
            )
