"""One configuration file: found, read, validated."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from linter.config.globs import is_pattern, real_folder
from linter.config.keys import KEYS, PLACE_KEYS, SUPPRESS_KEYS, Key
from linter.config.lines import Keys, line_of

OWN_FILE, PROJECT_FILE = "gongkai.toml", "pyproject.toml"
_PREFIX = ("tool", "gongkai")
_LONGEST_CHAIN = 9
_SECTION = re.compile(r"\btool\s*\.\s*[\"']?gongkai\b")
_AT_LINE = re.compile(r"at line (\d+)")


class ConfigFault(Exception):
    """A configuration that is refused: the file, the line (from 1), and the reason with what is right."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{shown(path)}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class Layer(NamedTuple):
    """A configuration file as it stands: its settings, and its text for telling lines."""

    path: Path
    table: Mapping[str, Any]
    text: str
    prefix: tuple[str, ...] = ()

    def line(self, keys: Keys, value: str | None = None) -> int:
        """The line on which `keys`, or the item `value` of it, stand."""
        return line_of(self.text, (*self.prefix, *keys), value)

    def at(self, keys: Keys, value: str | None = None) -> str:
        """The same with the name of the file."""
        return f"{shown(self.path)}:{self.line(keys, value)}"

    def fault(self, keys: Keys, reason: str, value: str | None = None) -> ConfigFault:
        """What is wrong at `keys`, to be raised."""
        return ConfigFault(self.path, self.line(keys, value), reason)


def shown(path: Path) -> str:
    """The path as the user would write it: from the current folder where it lies in it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def forget() -> None:
    """Have every file looked for and read anew."""
    real_folder.cache_clear()
    config_file.cache_clear()
    layers_of.cache_clear()


@cache
def config_file(folder: Path) -> Path | None:
    """The configuration that holds for the files of an absolute folder: the nearest upwards."""
    for name in (OWN_FILE, PROJECT_FILE):
        if (path := folder / name).is_file() and (name == OWN_FILE or _speaks_of_us(path)):
            return path
    return config_file(folder.parent) if folder.parent != folder else None


def _speaks_of_us(project: Path) -> bool:
    try:
        text = project.read_bytes().decode("utf-8", "replace")
    except OSError:
        return False
    # Most projects have nothing for us: they need not be parsed.
    return "gongkai" in text and _table(project, text) is not None


@cache
def layers_of(path: Path) -> tuple[Layer, ...]:
    """A configuration file with those that it extends, the farthest first. Raises ConfigFault."""
    layers: list[Layer] = []
    at: Path | None = path
    while at is not None:
        layer = read_layer(at)
        layers.insert(0, layer)
        extends = layer.table.get("extend")
        at = Path(os.path.normpath(layer.path.parent / extends)) if extends else None
        if at is not None and not at.is_file():
            raise layer.fault(("extend",), f"extend 写的“{extends}”不存在（相对于本文件的位置）")
        if at is not None and (len(layers) >= _LONGEST_CHAIN or any(at.samefile(one.path) for one in layers)):
            raise layer.fault(("extend",), f"extend 写的“{extends}”又回到了这里")
    return tuple(layers)


def read_layer(path: Path) -> Layer:
    """One configuration file, validated. Raises ConfigFault."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ConfigFault(path, 1, f"不能读取（{error.strerror or type(error).__name__}）") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigFault(path, line, "应为 UTF-8 编码的文字") from None
    table = _table(path, text)
    prefix = _PREFIX if path.name == PROJECT_FILE else ()
    layer = Layer(path, table if isinstance(table, dict) else {}, text, prefix)
    if table is None:
        raise layer.fault((), "没有 [tool.gongkai] 一节")
    if not isinstance(table, dict):
        raise layer.fault((), "[tool.gongkai] 应为一节设置")
    _check(layer)
    return layer


def _table(path: Path, text: str) -> Any:
    """The settings in a file; None where a pyproject.toml has none."""
    import tomllib

    try:
        data: Any = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        if path.name == PROJECT_FILE and not _SECTION.search(text):
            return None
        said = str(error)
        line = int(found[1]) if (found := _AT_LINE.search(said)) else text.count("\n") + 1
        raise ConfigFault(path, line, f"不是有效的 TOML：{said}") from None
    except RecursionError:
        raise ConfigFault(path, 1, "括号套得太深，不是配置文件") from None
    if path.name != PROJECT_FILE:
        return data
    tool = data.get("tool", {})
    return tool.get("gongkai") if isinstance(tool, dict) else None


def _check(layer: Layer) -> None:
    for name, value in layer.table.items():
        key = _known(layer, (name,), name, KEYS)
        if key.form == "selectors by glob":
            if not isinstance(value, dict):
                raise layer.fault((name,), f'{name} 应写为："草稿/**" = ["blank-cell"]')
            for pattern, selectors in value.items():
                _check_pattern(layer, (name, pattern), pattern)
                _check_texts(layer, (name, pattern), selectors)
        elif key.form == "suppressions":
            _check_suppressions(layer, value)
        else:
            _check_value(layer, (name,), key, value)
            for pattern in value if name == "exclude" else ():
                _check_pattern(layer, (name,), pattern)


def _known(layer: Layer, keys: Keys, name: str, known: Mapping[str, Any]) -> Any:
    if name not in known:
        raise layer.fault(keys, f"没有“{name}”这一项{meant(name, known)}；可用的有：{'、'.join(known)}")
    return known[name]


def meant(word: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    """Which of `known` words was probably meant, as a part of a sentence; "" where none is near."""
    from difflib import get_close_matches

    near = get_close_matches(word.lower().replace("_", "-"), list(known), n=1, cutoff=0.6)
    return f"，是不是“{near[0]}”" if near else ""


def _check_value(layer: Layer, keys: Keys, key: Key, value: Any) -> None:
    if key.form == "text":
        if not isinstance(value, str) or not value.strip():
            raise layer.fault(keys, f"{keys[-1]} 应为文字，写在引号里")
    elif key.form == "texts":
        _check_texts(layer, keys, value)
    elif key.form == "whole":
        if isinstance(value, bool) or not isinstance(value, int) or not key.least <= value <= key.most:
            raise layer.fault(keys, f"{keys[-1]} 应为 {key.least} 到 {key.most} 的整数，不能是 {value!r}")
    elif key.form == "flag":
        if not isinstance(value, bool):
            raise layer.fault(keys, f"{keys[-1]} 应为 true 或 false")
    elif key.form == "date":
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise layer.fault(keys, f"{keys[-1]} 应为日期，不加引号，如 2025-01-31")
    elif value not in key.choices:
        near = meant(str(value), key.choices)
        raise layer.fault(keys, f"{keys[-1]} 不能是 {value!r}{near}；应为 {'、'.join(key.choices)} 之一")


def _check_pattern(layer: Layer, keys: Keys, pattern: str) -> None:
    if not is_pattern(pattern):
        raise layer.fault(keys, f"“{pattern}”不是文件名样式：方括号中的范围应从小到大，如 [a-z]", pattern)


def _check_texts(layer: Layer, keys: Keys, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        example = '["草稿", "**/旧版/*.docx"]' if keys == ("exclude",) else '["blank-cell", "structure"]'
        raise layer.fault(keys, f"{keys[-1]} 应为列表，如 {example}")


def _check_suppressions(layer: Layer, value: Any) -> None:
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise layer.fault(("suppress",), "suppress 应写为 [[suppress]]，每条一节")
    for index, item in enumerate(value):
        at: Keys = ("suppress", index)
        for name, said in item.items():
            key = _known(layer, (*at, name), name, SUPPRESS_KEYS)
            if name == "place":
                _check_place(layer, (*at, name), said)
            else:
                _check_value(layer, (*at, name), key, said)
            if name == "file":
                _check_pattern(layer, (*at, name), said)
        for name in ("rule", "reason"):
            if name not in item:
                why = "：没有理由的豁免不予采纳" if name == "reason" else ""
                raise layer.fault(at, f"缺少“{name}”这一项{why}")


def _check_place(layer: Layer, keys: Keys, place: Any) -> None:
    if not isinstance(place, dict) or not place:
        raise layer.fault(keys, 'place 应写为：{table = "applications", row = "new", column = "total"}')
    for name, said in place.items():
        choices = _known(layer, (*keys, name), name, PLACE_KEYS)
        if not isinstance(said, str):
            raise layer.fault((*keys, name), f"{name} 应为文字，写在引号里")
        if choices and said not in choices:
            near = meant(said, choices)
            raise layer.fault((*keys, name), f"没有“{said}”{near}；{name} 应为 {'、'.join(choices)} 之一")
    known = _lines_of_tables(place.get("table"))
    for name in ("row", "column"):
        if name in place and not any(fnmatchcase(key, place[name]) for key in known[name]):
            near = meant(place[name], known[name])
            raise layer.fault(
                (*keys, name), f"表格中没有 {name} “{place[name]}”{near}；可用的有：{'、'.join(known[name])}"
            )


@cache
def _lines_of_tables(table: str | None) -> dict[str, tuple[str, ...]]:
    """The keys of rows and columns of a table, in all its forms; of every table for None."""
    from linter.report.norm import EVERY_TABLE, table_spec

    tables = [table] if table else EVERY_TABLE
    cells = [
        cell for key in tables for form in ("2019", "2021") for cell in table_spec(key, form).cell_keys()
    ]
    rows = dict.fromkeys(row for row, _ in cells if row is not None)
    return {"row": tuple(rows), "column": tuple(dict.fromkeys(column for _, column in cells))}
