"""JSON Schemas for editors: `python -m linter.config.schema` writes rules/schema/.

Made from the same lists by which files are validated; a test compares what is committed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Literal, get_args, get_origin, get_type_hints

from linter.checks.kind import Kind
from linter.checks.kinds import EVERY_KIND
from linter.checks.validation import CASE_KEYS, CHOICES, OPTIONAL, REQUIRED, WORDS
from linter.config.keys import EDITIONS, ISSUER_KINDS, KEYS, PLACE_KEYS, SUPPRESS_KEYS, Key
from linter.corpus.kind import CorpusKind
from linter.resources import resource_folder

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"type": "array", "items": _TEXT}
# TOML has days of its own; an editor that turns TOML into JSON hands them over as text.
_DAY = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def schemas() -> dict[str, dict[str, Any]]:
    """Every schema by the name of its file in rules/schema/."""
    return {"config.schema.json": config_schema(), "rules.schema.json": rules_schema()}


def config_schema() -> dict[str, Any]:
    """The schema of gongkai.toml, and of [tool.gongkai] in a pyproject.toml."""
    return {
        "$schema": _DRAFT,
        "title": "gongkai.toml",
        "description": "gongkai-lint 的配置 · configuration of gongkai-lint",
        "type": "object",
        "additionalProperties": False,
        "properties": {name: _said(key) for name, key in KEYS.items()},
    }


def _said(key: Key) -> dict[str, Any]:
    stated = {} if key.default is None else {"default": key.default}
    return {"description": f"{key.zh} · {key.en}", **_form(key), **stated}


def _form(key: Key) -> dict[str, Any]:
    forms: dict[str, dict[str, Any]] = {
        "text": _TEXT,
        "texts": _TEXTS,
        "whole": {"type": "integer", "minimum": key.least, "maximum": key.most},
        "date": _DAY,
        "choice": {"enum": list(key.choices)},
        "flag": {"type": "boolean"},
        "selectors by glob": {"type": "object", "additionalProperties": _TEXTS},
        "suppressions": {"type": "array", "items": _suppression()} if key.form == "suppressions" else {},
    }
    return forms[key.form]


def _suppression() -> dict[str, Any]:
    place = {
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            name: {"enum": list(choices)} if choices else _TEXT for name, choices in PLACE_KEYS.items()
        },
    }
    properties = {name: _said(key) for name, key in SUPPRESS_KEYS.items()}
    properties["place"] = {"description": properties["place"]["description"], **place}
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["rule", "reason"],
        "properties": properties,
    }


def rules_schema() -> dict[str, Any]:
    """The schema of rules/*.yaml."""
    return {
        "$schema": _DRAFT,
        "title": "rules/*.yaml",
        "description": "gongkai-lint 的规则 · rules of gongkai-lint",
        "type": "object",
        "additionalProperties": False,
        "required": ["family", "group", "rules"],
        "properties": {
            "family": {"type": "string", "pattern": "^[A-Z]{1,3}$"},
            "group": _TEXT,
            "rules": {"type": "array", "items": {"$ref": "#/$defs/rule"}},
        },
        "$defs": {"words": _words(), "rule": _rule(), "case": _case()}
        | {f"check-{name}": _check(kind) for name, kind in EVERY_KIND.items()},
    }


def _words() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["zh", "en"],
        "properties": {"zh": _TEXT, "en": _TEXT},
    }


def _rule() -> dict[str, Any]:
    properties: dict[str, Any] = {
        "code": {"type": "string", "pattern": r"^[A-Z]{1,3}\d{3}$"},
        "name": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
        "check": {
            "type": "object",
            "required": ["kind"],
            "properties": {"kind": {"enum": list(EVERY_KIND)}},
            "allOf": [
                {
                    "if": {"properties": {"kind": {"const": name}}},
                    "then": {"$ref": f"#/$defs/check-{name}"},
                }
                for name in EVERY_KIND
            ],
        },
        "wrong": _TEXT,
        "right": _TEXT,
        "mandatory": {"type": "boolean"},
        "editions": {"type": "array", "minItems": 1, "items": {"enum": list(EDITIONS)}},
        "issuer_kinds": {"type": "array", "minItems": 1, "items": {"enum": list(ISSUER_KINDS)}},
        "covers": _TEXTS,
        "rests_on": _TEXTS,
        "cases": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/case"}},
        **{name: {"enum": list(choices)} for name, choices in CHOICES.items()},
        **{name: {"$ref": "#/$defs/words"} for name in WORDS},
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "required": sorted(REQUIRED),
        "properties": {name: properties[name] for name in sorted(REQUIRED | OPTIONAL)},
    }


def _case() -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["given", "expect"],
        "properties": {name: {} for name in sorted(CASE_KEYS)}
        | {"given": {"type": "object"}, "expect": {"enum": ["pass", "fail", "open", "not-applicable"]}},
    }


def _check(kind: Kind | CorpusKind) -> dict[str, Any]:
    return {
        "description": (kind.parameters.__doc__ or "").strip(),
        **_parameters(kind.parameters, kind.nested, {"kind": {"const": kind.name}}),
    }


def _parameters(parameters: Any, nested: Mapping[str, type], others: Mapping[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(parameters)
    fields = {
        name: {"type": "array", "minItems": 1, "items": _parameters(nested[name], {}, {})}
        if name in nested
        else _value(hint)
        for name, hint in hints.items()
    }
    required = [*others, *(name for name in hints if name not in parameters._field_defaults)]
    return {
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": {**others, **fields},
    }


def _value(hint: Any) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin is tuple:
        return {"type": "array", "items": _value(get_args(hint)[0])}
    if origin is Literal:
        return {"enum": list(get_args(hint))}
    return {"type": {str: "string", int: "integer", float: "number", bool: "boolean"}[hint]}


def main() -> None:
    """Write every schema."""
    for name, schema in schemas().items():
        path = resource_folder("rules") / "schema" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(schema_text(schema), encoding="utf-8", newline="\n")
        print(path)


def schema_text(schema: Mapping[str, Any]) -> str:
    """A schema as it is shipped."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    main()
