"""`gongkai fix`: where the result goes, what is said, and how it ends."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from examples.generator import make_layout, make_report, to_docx, with_defects
from linter.cli import main
from linter.output import why_not_written

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
    assert "没有可以自动修改的地方" in run(draft, "--in-place").output
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
    assert result.output == f"{path}：没有可以自动修改的地方，没有其他问题\n"
    shown = run(path, "--diff")
    assert (shown.exit_code, shown.stdout) == (0, "")
    assert shown.stderr == f"{path}：没有可以自动修改的地方\n"


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


def test_a_folder_as_output_takes_the_result_under_its_usual_name(draft: Path, tmp_path: Path) -> None:
    folder = tmp_path / "结果 文件夹"
    folder.mkdir()
    assert run(draft, "-o", folder).exit_code == 1
    assert names(folder) == {"年报.fixed.md"}
    assert run(draft, "-o", folder).exit_code == 2


def test_copies_made_before_are_left_out_of_a_folder(word_draft: Path) -> None:
    folder = word_draft.parent
    run(folder)
    run(folder, "--annotate")
    made = {"年报.docx", "年报.fixed.docx", "年报.reviewed.docx"}
    assert names(folder) == made
    run(folder, "--annotate", "--force")
    assert names(folder) == made
    run("--annotate", folder / "年报.fixed.docx")
    assert names(folder) == made | {"年报.fixed.reviewed.docx"}


@pytest.mark.parametrize("options", [(), ("--annotate",)])
@pytest.mark.parametrize("name", ["结果.pdf", "结果.md", "结果"])
def test_a_result_is_not_named_like_another_format(
    name: str, options: tuple[str, ...], word_draft: Path
) -> None:
    result = run(word_draft, *options, "-o", word_draft.parent / name)
    assert result.exit_code == 2
    assert ".docx" in result.stderr
    assert names(word_draft.parent) == {"年报.docx"}


def test_where_nothing_can_be_written_it_says_what_to_do(draft: Path) -> None:
    result = run(draft, "-o", draft.parent / "没有" / "结果.md")
    assert (result.exit_code, "没有 不存在，请先建好" in result.stderr) == (2, True)
    assert why_not_written(draft, PermissionError(13, "denied")).startswith("没有写入权限")
    assert why_not_written(draft, OSError(28, "full")) == "磁盘已满"


def test_a_draft_without_fault_has_no_comments_and_says_so(tmp_path: Path) -> None:
    path = tmp_path / "好.docx"
    path.write_bytes(to_docx(make_report(6, "2021", "department"), make_layout(1)))
    assert "没有发现问题，副本中没有批注" in run("--annotate", path).output


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


# Folders and several files


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Drafts of every kind in folders, with what cannot be mended."""
    monkeypatch.chdir(tmp_path)
    inner = tmp_path / "年报" / "乡镇"
    inner.mkdir(parents=True)
    (tmp_path / "年报" / "甲.md").write_text(TEXT, encoding="utf-8")
    (inner / "乙.txt").write_text(TEXT.replace("#", ""), encoding="utf-8")
    (inner / "丙.docx").write_bytes(to_docx(make_report(6, "2021", "department"), make_layout(1)))
    (inner / "丁.pdf").write_bytes(b"%PDF-1.4 broken")
    with zipfile.ZipFile(tmp_path / "年报" / "包.zip", "w") as archive:
        archive.writestr("戊.md", TEXT)
    return tmp_path


def test_a_folder_has_each_file_mended_that_can_be_and_a_line_said_of_it(folder: Path) -> None:
    result = run("年报", "--in-place", "--fail-on", "never")
    assert result.exit_code == 0
    assert result.stderr == ""
    said = result.stdout.splitlines()
    assert [line.partition("：")[0] for line in said] == [
        "年报/乡镇/丙.docx",
        "年报/乡镇/乙.txt",
        "年报/甲.md",
    ]
    assert "没有可以自动修改的地方" in said[0]
    assert "修改 2 处" in said[2]
    for path in ("年报/甲.md", "年报/乡镇/乙.txt"):
        assert "一、总体情况" in Path(path).read_text(encoding="utf-8")
    again = run("年报", "--in-place", "--fail-on", "never").stdout.splitlines()
    assert all("没有可以自动修改的地方" in line for line in again)


def test_results_in_a_folder_are_not_taken_for_drafts(folder: Path) -> None:
    run("年报")
    before = set(folder.rglob("*.fixed.*"))
    assert {path.name for path in before} == {"甲.fixed.md", "乙.fixed.txt"}
    assert run("年报", "--force", "--fail-on", "never").exit_code == 0
    assert set(folder.rglob("*.fixed.*")) == before
    run("--annotate", "年报/乡镇/丙.docx")
    assert "reviewed.reviewed" not in run("--annotate", "年报", "--force").output


def test_a_file_that_is_named_is_always_tried(folder: Path) -> None:
    result = run("年报", "年报/乡镇/丁.pdf", "年报/没有.md", "年报/包.zip", "--in-place")
    assert result.exit_code == 2
    assert {line.partition(": ")[0] for line in result.stderr.splitlines()} == {
        "年报/乡镇/丁.pdf",
        "年报/没有.md",
        "年报/包.zip!/戊.md",
    }


def test_a_folder_without_drafts_says_so(folder: Path) -> None:
    (folder / "空").mkdir()
    result = run("空")
    assert result.exit_code == 2
    assert "没有可以处理的文件" in result.stderr


# Settings


def configure(text: str) -> None:
    Path("gongkai.toml").write_text(text, encoding="utf-8")


def test_the_configuration_says_what_is_mended_and_what_counts(folder: Path) -> None:
    configure('exclude = ["乡镇"]\nfail-on = "never"\n[per-file-ignores]\n"*.md" = ["section-title"]\n')
    result = run("年报", "--in-place")
    assert result.exit_code == 0
    (line,) = (line for line in result.stdout.splitlines() if "甲.md" in line)
    assert "乙.txt" not in result.stdout
    text = Path("年报/甲.md").read_text(encoding="utf-8")
    assert "一、概述" in text
    assert "〔2021〕" in text
    assert run("年报/甲.md", "--in-place", "--isolated").exit_code == 1
    assert "一、总体情况" in Path("年报/甲.md").read_text(encoding="utf-8")
    assert line


def test_what_is_set_aside_is_neither_mended_nor_noted(folder: Path) -> None:
    configure('[[suppress]]\nrule = "section-title"\nreason = "已报请同意"\n')
    assert "已豁免 1 处" in run("年报/甲.md", "--in-place").stdout
    assert "一、概述" in Path("年报/甲.md").read_text(encoding="utf-8")


def test_a_remark_in_the_draft_sets_aside_too(folder: Path) -> None:
    remark = "<!-- gongkai: ignore-file section-title 已报请同意 -->\n"
    Path("年报/甲.md").write_text(remark + TEXT, encoding="utf-8")
    run("年报/甲.md", "--in-place")
    assert "一、概述" in Path("年报/甲.md").read_text(encoding="utf-8")


def test_what_the_baseline_knows_is_mended_but_does_not_count(folder: Path) -> None:
    CliRunner().invoke(main, ["baseline", "基线.json", "年报/甲.md"])
    configure('baseline = "基线.json"\n')
    assert run("年报/甲.md", "--diff", "--select", "missing-contact").exit_code == 0
    result = run("年报/甲.md", "--in-place", "--fail-on", "info")
    assert "基线中已有" in result.stdout
    assert "一、总体情况" in Path("年报/甲.md").read_text(encoding="utf-8")
    assert result.exit_code == 0


def test_a_faulty_configuration_is_said_before_anything_is_written(folder: Path) -> None:
    configure('ignroe = ["section-title"]\n')
    result = run("年报", "--in-place")
    assert result.exit_code == 2
    assert "gongkai.toml:1" in result.stderr
    assert Path("年报/甲.md").read_text(encoding="utf-8") == TEXT
