"""The JSON Schemas that are shipped: true to the code, and to every file of rules and configuration."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError

from linter.cli import main
from linter.config.layer import ConfigFault, read_layer
from linter.config.resolve import Configured
from linter.config.schema import schema_text, schemas
from linter.resources import resource_folder

RULES = resource_folder("rules")
PAGE = RULES.parent / "docs" / "configuration.md"
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S)


def validate(name: str, data: Any) -> None:
    Draft202012Validator(schemas()[name]).validate(data)


def as_json(data: Any) -> Any:
    """TOML's days as the texts that editors make of them."""
    return json.loads(json.dumps(data, default=lambda day: day.isoformat()))


@pytest.mark.parametrize("name", ["config.schema.json", "rules.schema.json"])
def test_what_is_shipped_is_what_the_code_says(name: str) -> None:
    schema = schemas()[name]
    Draft202012Validator.check_schema(schema)
    committed = (RULES / "schema" / name).read_text(encoding="utf-8")
    assert committed == schema_text(schema), "run python -m linter.config.schema"
    printed = CliRunner().invoke(main, ["schema", name.partition(".")[0]])
    assert printed.exit_code == 0
    assert printed.stdout == committed


@pytest.mark.parametrize("path", sorted(RULES.glob("*.yaml")), ids=lambda path: path.name)
def test_every_file_of_rules_fits(path: Path) -> None:
    validate("rules.schema.json", yaml.safe_load(path.read_bytes()))


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "fatal"},
        {"check": {"kind": "presense"}},
        {"check": {"kind": "presence", "fact": ["title"]}},
        {"colour": "red"},
    ],
)
def test_a_faulty_rule_does_not_fit(change: dict[str, Any]) -> None:
    data = yaml.safe_load((RULES / "front-matter.yaml").read_bytes())
    data["rules"][0].update(change)
    with pytest.raises(ValidationError):
        validate("rules.schema.json", data)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_of_the_documentation_is_read_and_fits(text: str, tmp_path: Path) -> None:
    path = tmp_path / "gongkai.toml"
    path.write_text(text, encoding="utf-8")
    validate("config.schema.json", as_json(read_layer(path).table))
    said = Configured(file=str(path)).of(str(tmp_path / "2023" / "水务局.docx"))
    assert said.selection.profile == "规范"
    assert [one.reason for one in said.suppressions] == ["报送系统不接受 0，已书面说明"]


@pytest.mark.parametrize(
    "text",
    [
        "colour = 1",
        'fail-on = "fatal"',
        "jobs = 65",
        'ignore = "blank-cell"',
        '[[suppress]]\nrule = "blank-cell"',
        '[[suppress]]\nrule = "blank-cell"\nreason = "x"\nplace = {table = "three"}',
        "published = 20",
    ],
)
def test_schema_and_program_refuse_the_same(text: str, tmp_path: Path) -> None:
    path = tmp_path / "gongkai.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigFault):
        read_layer(path)
    with pytest.raises(ValidationError):
        validate("config.schema.json", as_json(tomllib.loads(text)))


def test_a_day_is_a_day() -> None:
    assert as_json(tomllib.loads("published = 2025-01-31")) == {"published": dt.date(2025, 1, 31).isoformat()}
