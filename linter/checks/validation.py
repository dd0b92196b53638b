"""Rule files refused at load: every fault with its file, its line and what would be right."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args, get_origin, get_type_hints

import yaml

from linter.checks.kind import build
from linter.checks.kinds import EVERY_KIND
from linter.checks.rulebook import EDITIONS, ISSUER_KINDS, LEVELS, RuleFault

Keys: TypeAlias = tuple[str | int, ...]

FILE_KEYS = {"family", "group", "rules"}
WORDS = ("title", "clause", "message", "hint", "explanation")
REQUIRED = {"code", "name", "severity", "basis", "check", "wrong", "right", "cases", *WORDS}
OPTIONAL = {"editions", "issuer_kinds", "level", "mandatory", "covers", "rests_on"}
CHOICES = {
    "severity": ("error", "warning", "info"),
    "basis": ("law", "form", "logic", "practice", "local"),
    "level": LEVELS,
}
CASE_KEYS = {"about", "given", "expect", "count", "unit", "place", "evidence", "message"}


class Fault(Exception):
    """What is wrong under a path of keys, and what would be right."""

    def __init__(self, keys: Keys, reason: str) -> None:
        super().__init__(reason)
        self.keys, self.reason = keys, reason


def validate(sources: Mapping[Path, bytes]) -> dict[Path, Any]:
    """The content of rule files. Refuses their first fault: raises RuleFault."""
    taken: dict[str, str] = {}
    read = {}
    for path, source in sources.items():
        read[path] = data = parse(path, source)
        with faults_of(path, source):
            check_plain(data, ())
            _check_file(data, taken, path)
    return read


def parse(path: Path, source: bytes) -> Any:
    """The content of a YAML file. Raises RuleFault."""
    try:
        return yaml.load(source, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RuleFault(path, line, f"不是有效的 YAML：{error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RuleFault(path, 1, f"不是有效的 YAML：{error}") from error


@contextmanager
def faults_of(path: Path, source: bytes) -> Iterator[None]:
    """A Fault raised inside becomes a RuleFault with its line."""
    try:
        yield
    except Fault as fault:
        raise RuleFault(path, line_of(source, fault.keys), fault.reason) from None


def line_of(source: bytes, keys: Keys) -> int:
    """The line on which the value under `keys` stands, or the nearest above it that exists."""
    node = yaml.compose(source)
    line = 1
    for key in keys:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if k.value == str(key)), None)
            if pair is None:
                break
            line, node = pair[0].start_mark.line + 1, pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
            node = node.value[key]
            line = node.start_mark.line + 1
        else:
            break
    return line


def _check_file(data: Any, taken: dict[str, str], path: Path) -> None:
    if not isinstance(data, dict):
        raise Fault((), "规则文件应有 family、group、rules 三项")
    check_keys(data, FILE_KEYS, FILE_KEYS, ())
    check_rules(data, taken, path)
    for index, entry in enumerate(data["rules"]):
        if entry["basis"] == "local":
            raise Fault(("rules", index, "basis"), "依据为地方文件（basis: local）的规则应写在配置文件中")


def check_rules(data: Mapping[str, Any], taken: dict[str, str], path: Path) -> None:
    """`family`, `group` and `rules` of a file. `taken` are codes and names with the file that has them."""
    if not re.fullmatch(r"[A-Z]{1,3}", str(data["family"])):
        raise Fault(("family",), f"family 应为一至三个大写字母，不能是“{data['family']}”")
    if not isinstance(data["group"], str) or not data["group"]:
        raise Fault(("group",), "group 应为类别名称，如 structure")
    if not isinstance(data["rules"], list):
        raise Fault(("rules",), "rules 应为规则的列表")
    for index, entry in enumerate(data["rules"]):
        _check_rule(entry, str(data["family"]), ("rules", index))
        for key in ("code", "name"):
            value = entry[key]
            if value in taken:
                raise Fault(("rules", index, key), f"{key}“{value}”重复，{taken[value]}已有同样的规则")
            taken[value] = path.name


def check_plain(data: Any, at: Keys) -> None:
    """YAML reads an unquoted 2024-01-31 as a date, which the compiled form cannot keep."""
    if isinstance(data, dict):
        for key, value in data.items():
            check_plain(value, (*at, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            check_plain(value, (*at, index))
    elif data is not None and not isinstance(data, str | int | float):
        raise Fault(at, f"“{data}”须加引号，才是文字")


def check_keys(data: Mapping[str, Any], required: set[str], allowed: set[str], at: Keys) -> None:
    """No key that is not allowed, every key that is required."""
    for key in data:
        if key not in allowed:
            raise Fault((*at, key), f"没有“{key}”这一项，可用的有：{'、'.join(sorted(allowed))}")
    for key in sorted(required):
        if key not in data:
            raise Fault(at, f"缺少“{key}”这一项")


def _check_rule(entry: Any, family: str, at: Keys) -> None:
    if not isinstance(entry, dict):
        raise Fault(at, "每条规则应为若干“项: 值”")
    check_keys(entry, REQUIRED, REQUIRED | OPTIONAL, at)
    if not isinstance(entry["code"], str) or not re.fullmatch(rf"{family}\d{{3}}", entry["code"]):
        raise Fault((*at, "code"), f"code 应为 {family} 加三位数字，不能是“{entry['code']}”")
    if not isinstance(entry["name"], str) or not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", entry["name"]):
        raise Fault((*at, "name"), f"name 应为小写英文，以连字符连接，不能是“{entry['name']}”")
    for key, choices in CHOICES.items():
        if key in entry and entry[key] not in choices:
            raise Fault((*at, key), f"{key} 应为 {'、'.join(choices)} 之一，不能是“{entry[key]}”")
    if entry["basis"] == "practice" and entry["severity"] == "error":
        raise Fault((*at, "severity"), "依据只是通行做法（basis: practice）的规则至多为 warning")
    if not isinstance(entry.get("mandatory", False), bool):
        raise Fault((*at, "mandatory"), "mandatory 应为 true 或 false")
    check_names(entry, "editions", EDITIONS, at)
    check_names(entry, "issuer_kinds", ISSUER_KINDS, at)
    for key in ("covers", "rests_on"):
        for keys, reason in _value_faults(tuple[str, ...], entry.get(key, [])):
            raise Fault((*at, key, *keys), reason)
    for key in WORDS:
        check_words(entry[key], (*at, key))
    for key in ("wrong", "right"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise Fault((*at, key), f"{key} 应为一个例子")
    _check_check(entry, at)
    _check_cases(entry["cases"], (*at, "cases"))


def check_names(entry: Mapping[str, Any], key: str, known: Sequence[str], at: Keys) -> None:
    """A list of known names under `key`, where it is there."""
    if key not in entry:
        return
    value = entry[key]
    if not isinstance(value, list) or not value:
        raise Fault((*at, key), f"{key} 应为列表，可用的有：{'、'.join(known)}")
    for index, name in enumerate(value):
        if name not in known:
            raise Fault((*at, key, index), f"没有“{name}”，{key} 可用的有：{'、'.join(known)}（须加引号）")


def check_words(value: Any, at: Keys) -> None:
    """A text in both languages."""
    if not isinstance(value, dict):
        raise Fault(at, "应有 zh 和 en 两种文字")
    check_keys(value, {"zh", "en"}, {"zh", "en"}, at)
    for lang, text in value.items():
        if not isinstance(text, str) or not text.strip():
            raise Fault((*at, lang), "文字不能为空")


def _check_check(entry: Mapping[str, Any], at: Keys) -> None:
    check = entry["check"]
    place = (*at, "check")
    if not isinstance(check, dict) or "kind" not in check:
        raise Fault(place, "check 应写明 kind")
    if not isinstance(check["kind"], str) or check["kind"] not in EVERY_KIND:
        raise Fault((*place, "kind"), f"没有检查种类“{check['kind']}”，可用的有：{'、'.join(EVERY_KIND)}")
    kind = EVERY_KIND[check["kind"]]
    data = {key: value for key, value in check.items() if key != "kind"}
    for keys, reason in type_faults(kind.parameters, kind.nested, data):
        raise Fault((*place, *keys), reason)
    editions = entry.get("editions", EDITIONS)
    for keys, reason in kind.verify(build(kind, data), editions):
        raise Fault((*place, *keys), reason)
    for lang, template in entry["message"].items():
        for name in _arguments(template, (*at, "message", lang)):
            if name not in kind.arguments:
                known = "、".join(f"{{{argument}}}" for argument in sorted(kind.arguments))
                raise Fault((*at, "message", lang), f"{kind.name} 不提供 {{{name}}}，消息中可用的有：{known}")


def _arguments(template: str, at: Keys) -> Iterator[str]:
    try:
        for _, name, form, conversion in string.Formatter().parse(template):
            if form or conversion:
                # Arguments are words: a form for figures would break only where the rule fails.
                raise Fault(at, f"消息模板中只写 {{{name}}}，不带格式")
            if name is not None:
                yield name
    except ValueError as error:
        raise Fault(at, f"消息模板有误：{error}") from None


def _check_cases(cases: Any, at: Keys) -> None:
    if not isinstance(cases, list) or not cases:
        raise Fault(at, "每条规则至少要有一个应通过（pass）和一个应不通过（fail）的例子")
    for index, case in enumerate(cases):
        if not isinstance(case, dict):
            raise Fault((*at, index), "例子应有 given 和 expect")
        check_keys(case, {"given", "expect"}, CASE_KEYS, (*at, index))
        if case["expect"] not in ("pass", "fail", "open", "not-applicable"):
            raise Fault((*at, index, "expect"), "expect 应为 pass、fail、open 或 not-applicable")
    for outcome in ("pass", "fail"):
        if not any(case["expect"] == outcome for case in cases):
            raise Fault(at, f"缺少 expect: {outcome} 的例子")


def type_faults(parameters: Any, nested: Mapping[str, type], data: Any) -> Iterator[tuple[Keys, str]]:
    """Where plain data does not fit the named tuple of a kind's parameters."""
    if not isinstance(data, dict):
        yield (), "应为若干“项: 值”"
        return
    hints = get_type_hints(parameters)
    for key in data:
        if key not in hints:
            names = "、".join(hints) or "（无参数）"
            yield (key,), f"没有参数“{key}”，可用的有：{names}"
    for name in hints:
        if name not in data:
            if name not in parameters._field_defaults:
                yield (), f"缺少参数“{name}”"
        elif name not in nested:
            for keys, reason in _value_faults(hints[name], data[name]):
                yield (name, *keys), reason
        elif not isinstance(data[name], list) or not data[name]:
            yield (name,), f"“{name}”应为非空的列表"
        else:
            for index, item in enumerate(data[name]):
                for keys, reason in type_faults(nested[name], {}, item):
                    yield (name, index, *keys), reason


def _value_faults(hint: Any, value: Any) -> Iterator[tuple[Keys, str]]:
    origin = get_origin(hint)
    if origin is tuple:
        of = get_args(hint)[0]
        if not isinstance(value, list):
            yield (), "应为列表"
        else:
            for index, item in enumerate(value):
                for keys, reason in _value_faults(of, item):
                    yield (index, *keys), reason
    elif origin is Literal:
        if value not in get_args(hint):
            yield (), f"不能是“{value}”，应为 {'、'.join(map(str, get_args(hint)))} 之一"
    elif not isinstance(value, hint) or (hint is int and isinstance(value, bool)):
        words = {str: "文字", int: "整数", bool: "true 或 false"}
        yield (), f"应为{words[hint]}，不能是“{value}”"
