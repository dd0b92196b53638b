"""`gongkai new` as a clerk runs it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from linter.cli import main


def new(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", *arguments])


@pytest.mark.parametrize("name", ["年报.docx", "年报.md"])
def test_a_draft_is_written_and_what_comes_next_is_said(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    result = new(str(file), "--issuer", "青河县教育局", "--year", "2025")
    assert result.exit_code == 0
    assert "2025 年度" in result.output
    assert f"gongkai check {file}" in result.output
    checked = CliRunner().invoke(main, ["check", str(file)])
    assert checked.exit_code == 0, checked.output


def test_a_file_that_exists_is_kept_unless_asked(tmp_path: Path) -> None:
    file = tmp_path / "年报.docx"
    file.write_bytes(b"mine")
    refused = new(str(file), "--issuer", "青河县教育局")
    assert refused.exit_code == 2
    assert "--force" in refused.output
    assert file.read_bytes() == b"mine"
    assert new(str(file), "--issuer", "青河县教育局", "--force").exit_code == 0
    assert file.read_bytes() != b"mine"


def test_last_years_carry_over_comes_in(tmp_path: Path) -> None:
    last, draft = tmp_path / "2024.md", tmp_path / "2025.docx"
    new(str(last), "--issuer", "青河县教育局", "--year", "2024")
    text = last.read_text("utf-8")
    begin, row = text.split("四、结转下年度继续办理</th>")
    last.write_text(
        begin + "四、结转下年度继续办理</th>" + row.replace("<td>0</td>", "<td>2</td>", 7), "utf-8"
    )
    result = new(str(draft), "--issuer", "青河县教育局", "--year", "2025", "--previous", str(last))
    assert result.exit_code == 0, result.output
    assert "共 2 件" in result.output
    assert "注意" not in result.output


def test_last_years_report_of_another_organ_is_pointed_out(tmp_path: Path) -> None:
    last = tmp_path / "2024.md"
    new(str(last), "--issuer", "青河县教育局", "--year", "2024")
    draft = str(tmp_path / "a b.docx")
    result = new(draft, "--issuer", "青河县财政局", "--year", "2025", "--previous", str(last))
    assert result.exit_code == 0
    assert "注意：" in result.output
    assert "“青河县教育局”，不是“青河县财政局”" in result.output
    assert f'gongkai check "{draft}"' in result.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["年报.pdf", "--issuer", "青河县教育局"], ".docx"),
        (["没有/年报.docx", "--issuer", "青河县教育局"], "不能写入"),
        (["年报.docx", "--issuer", " "], "--issuer"),
        (["年报.docx", "--issuer", "青河县教育局", "--previous", "没有.docx"], "没有.docx"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    result = new(*arguments)
    assert result.exit_code == 2
    assert said in result.output.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_a_report_of_another_year_is_not_last_years(tmp_path: Path) -> None:
    last = tmp_path / "2022.md"
    new(str(last), "--issuer", "青河县教育局", "--year", "2022")
    draft = str(tmp_path / "a.docx")
    result = new(draft, "--issuer", "青河县教育局", "--year", "2025", "--previous", str(last))
    assert result.exit_code == 2
    assert "2022 年度" in result.output


@pytest.mark.parametrize("issuer", ["", "  ", "青河县\n教育局", "青河县\x0b教育局"])
def test_the_issuer_is_a_name(issuer: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["new", str(tmp_path / "a.docx"), "--issuer", issuer])
    assert result.exit_code == 2
    assert "请写编制机关的全称" in result.stderr
    assert list(tmp_path.iterdir()) == []
