"""The walk-throughs in docs/ show what the program does, on a copy of the example reports.

`GONGKAI_GOLDEN=write pytest tests/cli/test_walkthroughs.py` writes the outputs anew; look at the difference.

A block that begins with `$ ` is a command and its output; a block whose first line names a file after the
language (```toml gongkai.toml) is that file; a remark `<!-- edit FILE: OLD → NEW -->` is what the reader does
in Word or an editor.
"""

from __future__ import annotations

import io
import os
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from linter.cli import main

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "walkthroughs"
STEP = re.compile(
    r"^```\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)^```$"
    r"|^```\w+ (?P<file>\S+)\n(?P<content>.*?)^```$"
    r"|^<!-- edit (?P<edited>[^:\n]+): (?P<old>.+?) → (?P<new>.*?) -->$",
    re.DOTALL | re.MULTILINE,
)


def output_of(command: str) -> str:
    """What a command prints; an exit code other than 0 on a line of its own."""
    shown, _, head = command.partition(" | head -n ")
    program, *arguments = shlex.split(shown)
    if program == "cp":
        Path(arguments[1]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(arguments[0], arguments[1])
        return ""
    assert program == "gongkai", command
    result = CliRunner().invoke(main, arguments, prog_name="gongkai")
    output = result.output
    if head:
        return "".join(output.splitlines(keepends=True)[: int(head)])
    return output + (f"[退出码 {result.exit_code}]\n" if result.exit_code else "")


def edit(path: Path, old: str, new: str) -> None:
    """Replace text that stands once in a Word file or a text."""
    if path.suffix != ".docx":
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
        return
    written = io.BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(written, "w") as after:
        for item in before.infolist():
            data = before.read(item)
            if item.filename == "word/document.xml":
                assert data.count(old.encode()) == 1, (old, data.count(old.encode()))
                data = data.replace(old.encode(), new.encode())
            after.writestr(item, data)
    path.write_bytes(written.getvalue())


def done(step: re.Match[str]) -> str:
    """One step, done; the text that shows it."""
    if step["command"]:
        return f"```\n$ {step['command']}\n{output_of(step['command'])}```"
    if step["file"]:
        Path(step["file"]).write_text(step["content"], encoding="utf-8")
    else:
        edit(Path(step["edited"]), step["old"], step["new"])
    return step[0]


@pytest.mark.parametrize("name", ["clerk.md", "team.md", "supervisor.md"])
def test_a_walk_through_is_real(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "examples" / "reports", tmp_path / "年报")
    monkeypatch.chdir(tmp_path)
    path = FOLDER / name
    text = path.read_text(encoding="utf-8")
    real, count = STEP.subn(done, text)
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        path.write_text(real, encoding="utf-8", newline="\n")
    assert count >= 5
    assert path.read_text(encoding="utf-8") == real


@pytest.mark.parametrize("name", ["clerk.md", "team.md", "supervisor.md"])
def test_files_linked_to_exist(name: str) -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)[^)]*\)", (FOLDER / name).read_text(encoding="utf-8")):
        assert (FOLDER / target).exists(), target
