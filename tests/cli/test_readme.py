"""What the READMEs show is what the program does.

`GONGKAI_GOLDEN=write pytest tests/cli/test_readme.py` writes the outputs anew; look at the difference.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from linter.cli import main

ROOT = Path(__file__).parent.parent.parent
READMES = ("README.md", "README.zh.md")
# A block that begins with a command after "$ ", followed by its output.
SHOWN = re.compile(r"(?<=```\n)\$ gongkai (?P<arguments>[^\n]+)\n(?P<output>.*?)(?=```)", re.DOTALL)
INSTALL = "python3 -m venv .venv && .venv/bin/pip install -q "


def two_lines(readme: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith(INSTALL)]


@pytest.mark.parametrize("readme", READMES)
def test_outputs_shown_are_real(readme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)

    def run(shown: re.Match[str]) -> str:
        result = CliRunner().invoke(main, shlex.split(shown["arguments"]))
        return f"$ gongkai {shown['arguments']}\n{result.stdout}"

    path = ROOT / readme
    text = path.read_text(encoding="utf-8")
    real, count = SHOWN.subn(run, text)
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        path.write_text(real, encoding="utf-8", newline="\n")
    assert count >= 1
    assert path.read_text(encoding="utf-8") == real


def test_both_readmes_have_the_same_two_lines() -> None:
    first, second = two_lines("README.md")
    assert two_lines("README.zh.md") == [first, second]
    assert second.endswith(".venv/bin/pytest")


def test_the_first_line_ends_with_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    _, _, arguments = two_lines("README.md")[0].partition(".venv/bin/gongkai ")
    result = CliRunner().invoke(main, shlex.split(arguments))
    assert result.exit_code == 1
    assert "错误" in result.stdout


@pytest.mark.parametrize("readme", (*READMES, "CONTRIBUTING.md"))
def test_files_linked_to_exist(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (ROOT / target).exists(), target


def test_commands_and_options_shown_exist() -> None:
    group = click.Context(main)
    commands = {name: main.get_command(group, name) for name in main.list_commands(group)}
    known = {o for command in commands.values() if command for p in command.params for o in p.opts}
    for readme in READMES:
        text = (ROOT / readme).read_text(encoding="utf-8")
        for command in re.findall(r"^gongkai (\w+)", text, re.MULTILINE):
            assert command in commands
        for option in re.findall(r"`(--[a-z-]+)", text):
            assert option in known, option
