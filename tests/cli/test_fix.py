"""`gongkai fix`: where the result goes, what is said, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from examples.generator import make_layout, make_report, to_docx, with_defects
from linter.cli import main

TEXT = """# 青川县水务局2022年政府信息公开工作年度报告

## 一、概述

根据国办公开办函[2021]30号，2022年工作平稳有序。

## 二、主动公开政府信息情况
"""


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["fix", *map(str, arguments)])


@pytest.fixture
def draft(tmp_path: Path) -> Path:
    path = tmp_path / "年报.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def word_draft(tmp_path: Path) -> Path:
    truth, _ = with_defects(make_report(9, "2021", "department"), 9, ["renamed-heading"])
    path = tmp_path / "年报.docx"
    path.write_bytes(to_docx(truth, make_layout(1)))
    return path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_the_result_stands_beside_the_file_which_is_kept(draft: Path) -> None:
    result = run(draft)
    assert draft.read_text(encoding="utf-8") == TEXT
    fixed = (draft.parent / "年报.fixed.md").read_text(encoding="utf-8")
    assert "一、总体情况" in fixed
    assert "〔2021〕30号" in fixed
    assert "一、概述 → 一、总体情况" in result.output
    assert result.exit_code == 1  # what only a person can mend is left


def test_a_result_that_exists_is_not_overwritten_unless_that_is_asked(draft: Path) -> None:
    (draft.parent / "年报.fixed.md").write_text("别人的", encoding="utf-8")
    refused = run(draft)
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert (draft.parent / "年报.fixed.md").read_text(encoding="utf-8") == "别人的"
    assert run(draft, "--force").exit_code == 1
    assert "总体情况" in (draft.parent / "年报.fixed.md").read_text(encoding="utf-8")


def test_in_place_changes_the_file_and_a_second_time_nothing(draft: Path) -> None:
    run(draft, "--in-place")
    once = draft.read_bytes()
    assert "总体情况" in once.decode()
    assert "修改 0 处" in run(draft, "--in-place").output
    assert draft.read_bytes() == once
    assert names(draft.parent) == {"年报.md"}


def test_the_input_is_never_the_output_by_name(draft: Path) -> None:
    assert run(draft, "-o", draft, "--force").exit_code == 2
    assert draft.read_text(encoding="utf-8") == TEXT


def test_a_diff_is_shown_and_nothing_written(draft: Path) -> None:
    result = run(draft, "--diff", "--fail-on", "error")
    assert "-## 一、概述\n+## 一、总体情况\n" in result.output
    assert result.exit_code == 1
    assert names(draft.parent) == {"年报.md"}


def test_a_diff_of_a_word_file_shows_its_paragraphs(word_draft: Path) -> None:
    result = run(word_draft, "--diff")
    assert "@@ 正文第 " in result.output
    assert any(line.startswith("+") and "情况" in line for line in result.output.splitlines()[2:])
    assert names(word_draft.parent) == {"年报.docx"}


def test_nothing_to_mend_writes_nothing_and_ends_well(tmp_path: Path) -> None:
    path = tmp_path / "好.docx"
    path.write_bytes(to_docx(make_report(6, "2021", "department"), make_layout(1)))
    result = run(path)
    assert (result.exit_code, names(tmp_path)) == (0, {"好.docx"})
    assert run(path, "--diff").exit_code == 0


def test_an_annotated_copy_stands_beside_the_draft(word_draft: Path) -> None:
    before = word_draft.read_bytes()
    result = run("--annotate", word_draft, "--fail-on", "warning")
    assert "批注 1 处问题" in result.output
    assert result.exit_code == 1
    assert names(word_draft.parent) == {"年报.docx", "年报.reviewed.docx"}
    assert word_draft.read_bytes() == before
    copy = word_draft.parent / "年报.reviewed.docx"
    assert run("--annotate", word_draft).exit_code == 2
    assert run("--annotate", copy, "-o", word_draft.parent / "再次.docx").exit_code == 0
    assert (word_draft.parent / "再次.docx").read_bytes() == copy.read_bytes()


def test_selected_rules_alone_are_mended(draft: Path) -> None:
    run(draft, "--in-place", "--select", "section-title")
    text = draft.read_text(encoding="utf-8")
    assert "一、总体情况" in text
    assert "[2021]" in text


@pytest.mark.parametrize(
    ("name", "data", "options", "reason"),
    [
        ("a.pdf", b"%PDF-1.4 broken", (), "PDF"),
        ("a.docx", b"PK\x03\x04 broken", ("--annotate",), "损坏"),
        ("a.txt", b"", (), "空"),
        ("a.md", TEXT.encode(), ("--annotate",), "格式"),
    ],
)
def test_what_cannot_be_done_is_one_line_that_names_the_file(
    name: str, data: bytes, options: tuple[str, ...], reason: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    result = run(path, *options)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"{path}: ")
    assert reason in line
    assert names(tmp_path) == {name}


@pytest.mark.parametrize(
    "options",
    [("--diff", "--in-place"), ("--annotate", "--diff"), ("-o", "x", "--in-place")],
)
def test_options_that_contradict_each_other_are_refused(options: tuple[str, ...], draft: Path) -> None:
    assert run(draft, *options).exit_code == 2


def test_one_output_is_for_one_file(draft: Path, word_draft: Path) -> None:
    assert run(draft, word_draft, "-o", draft.parent / "x").exit_code == 2
