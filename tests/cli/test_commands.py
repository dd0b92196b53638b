"""The commands as a user calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click import Context
from click.testing import CliRunner, Result
from made_files import good_docx, report_text

import linter
from linter import __version__
from linter.checks.rulebook import load_rulebook, load_texts
from linter.cli import main

COMMANDS = (
    *("check", "extract", "explain", "rules", "fix", "new", "lsp", "serve", "baseline", "schema", "compare"),
    *("corpus", "score", "history", "review"),
)


def gongkai(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, also the current one, with three reports in 年报/."""
    monkeypatch.chdir(tmp_path)
    reports = tmp_path / "年报"
    reports.mkdir()
    (reports / "a.md").write_text(report_text(), encoding="utf-8")
    (reports / "b.docx").write_bytes(good_docx())
    (reports / "c.md").write_text(report_text("青川县教育局", 2023), encoding="utf-8")
    (reports / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    return tmp_path


# Help


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(command: str) -> None:
    result = gongkai(command, "--help")
    assert result.exit_code == 0
    assert f"gongkai {command} " in result.stdout.partition("Examples:")[2]


def test_the_whole_has_help_with_an_example_and_a_version() -> None:
    assert "gongkai check" in gongkai("--help").stdout
    assert __version__ in gongkai("--version").stdout


def test_only_commands_that_work_are_offered() -> None:
    assert sorted(main.list_commands(Context(main))) == sorted(COMMANDS)


# Exit codes


def test_findings_give_1(folder: Path) -> None:
    result = gongkai("check", "年报/a.md", "--format", "json")
    summary = json.loads(result.stdout)["summary"]
    assert (result.exit_code, summary["files"]) == (1, 1)
    assert summary["error"] > 0


def test_nothing_found_gives_0(folder: Path) -> None:
    result = gongkai("check", "年报/a.md", "--select", "title-year")
    assert result.exit_code == 0
    assert "未发现问题" in result.stdout


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("warning", 1), ("info", 1), ("never", 0)])
def test_fail_on_says_from_which_severity_on(fail_on: str, code: int, folder: Path) -> None:
    """`missing-period` is a warning."""
    result = gongkai("check", "年报/a.md", "--select", "missing-period", "--fail-on", fail_on)
    assert "missing-period" in result.stdout
    assert result.exit_code == code


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "a.md", "--select", "no-such-rule"),
        ("check", "a.md", "--format", "yaml"),
        ("check", "a.md", "--edition", "2020"),
        ("check", "a.md", "--published", "2020年1月"),
        ("explain", "no-such-rule"),
        ("explain", "arithmetic"),
        ("frobnicate",),
    ],
)
def test_wrong_usage_gives_2(arguments: tuple[str, ...], folder: Path) -> None:
    result = gongkai(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.stderr


def test_a_missing_file_is_said_and_the_others_are_judged(folder: Path) -> None:
    result = gongkai("check", "年报/a.md", "不存在.docx", "--format", "json")
    assert result.exit_code == 2
    assert result.stderr == "不存在.docx: 文件不存在\n"
    assert [report["path"] for report in json.loads(result.stdout)["reports"]] == ["年报/a.md"]


def test_a_breakdown_is_never_taken_for_findings(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("linter.files.find_sources", broken)
    result = gongkai("check", "年报/a.md")
    assert result.exit_code == 2
    assert "RuntimeError: broken" in result.stderr


# Paths


def test_paths_are_shown_as_given(folder: Path) -> None:
    data = json.loads(gongkai("check", "年报", "--format", "json").stdout)
    assert [report["path"] for report in data["reports"]] == [
        os.path.join("年报", name)  # noqa: PTH118
        for name in ("a.md", "b.docx", "c.md")
    ]
    data = json.loads(gongkai("check", "./年报/a.md", "--format", "json").stdout)
    assert data["reports"][0]["path"] == "./年报/a.md"


def test_standard_input_has_the_name_that_it_is_given(folder: Path) -> None:
    result = gongkai("extract", "-", "--stdin-filename", "水务局.md", stdin=report_text())
    (report,) = json.loads(result.stdout)["reports"]
    assert (report["path"], report["year"]) == ("水务局.md", 2022)
    assert report["reading"]["reader"] == "markdown"


def test_standard_input_may_be_a_word_file(folder: Path) -> None:
    result = gongkai("extract", "-", "--stdin-filename", "水务局.docx", stdin=good_docx())
    (report,) = json.loads(result.stdout)["reports"]
    assert (report["year"], report["reading"]["reader"]) == (2022, "docx")


# Progress


@pytest.mark.parametrize("terminal", [True, False])
def test_a_long_run_shows_its_progress_only_on_a_terminal(terminal: bool, folder: Path) -> None:
    pty = pytest.importorskip("pty", reason="terminals can be made on POSIX only")
    for number in range(12):
        (folder / f"年报/{number}.md").write_text(report_text(), encoding="utf-8")
    command = [sys.executable, "-m", "linter", "check", "年报", "--format", "json", "--output", "结果.json"]
    master, slave = pty.openpty()
    done = subprocess.run(
        command, stderr=slave if terminal else subprocess.PIPE, env=environment_with_package(), check=False
    )
    os.close(slave)
    assert done.returncode == 1
    if terminal:
        assert b"100%" in os.read(master, 100_000)
    else:
        assert done.stderr == b""
    os.close(master)


# Options


def test_what_the_user_states_goes_before_what_the_report_says(folder: Path) -> None:
    stated = ("--year", "2020", "--edition", "2019", "--issuer-kind", "office")
    (report,) = json.loads(gongkai("extract", "年报/a.md", *stated).stdout)["reports"]
    assert (report["year"], report["edition"], report["issuer_kind"]) == (2020, "2019", "office")


def test_rules_are_selected_by_code_prefix_name_or_group(folder: Path) -> None:
    def names(*options: str) -> set[str]:
        data = json.loads(gongkai("check", "年报/a.md", "--format", "json", *options).stdout)
        return {finding["name"] for finding in data["reports"][0]["findings"]}

    every = names()
    assert {"missing-period", "missing-table"} <= every
    assert names("--select", "missing-period") == {"missing-period"}
    assert names("--select", "structure") < every
    assert names("--select", "missing-period,missing-table") == {"missing-period", "missing-table"}
    assert names("--ignore", "missing-period") == every - {"missing-period"}
    assert "missing-period" in names("--select", "structure", "--extend-select", "missing-period")


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_jobs_change_nothing_in_the_output(form: str, folder: Path) -> None:
    alone = gongkai("check", "年报", "无.md", "--format", form)
    shared = gongkai("check", "年报", "无.md", "--format", form, "--jobs", "2")
    assert alone.stdout_bytes == shared.stdout_bytes
    assert alone.stderr == shared.stderr
    assert alone.exit_code == shared.exit_code == 2


def test_english_output_has_english_labels_and_messages(folder: Path) -> None:
    result = gongkai("check", "年报/a.md", "--lang", "en", "--select", "missing-period")
    assert "files checked: 1" in result.stdout
    for chinese in ("警告", "依据", "怎么改", "汇总", "没有写明"):
        assert chinese not in result.stdout


@pytest.mark.parametrize(("choice", "coloured"), [("auto", False), ("always", True), ("never", False)])
def test_colour_outside_a_terminal_only_where_asked_for(choice: str, coloured: bool, folder: Path) -> None:
    assert ("\x1b[" in gongkai("check", "年报/a.md", "--color", choice).stdout) is coloured


# Output files


@pytest.mark.parametrize("form", ["text", "html", "json"])
def test_output_goes_to_the_file(form: str, folder: Path) -> None:
    to_screen = gongkai("check", "年报", "--format", form)
    to_file = gongkai("check", "年报", "--format", form, "--output", "结果")
    assert to_file.stdout == ""
    assert (folder / "结果").read_bytes() == to_screen.stdout_bytes


def test_the_output_never_takes_the_place_of_an_input(folder: Path) -> None:
    before = (folder / "年报/a.md").read_bytes()
    result = gongkai("check", "年报", "--output", "./年报/../年报/a.md")
    assert result.exit_code == 2
    assert "同时是要检查的文件" in result.stderr
    assert (folder / "年报/a.md").read_bytes() == before


def test_an_output_that_cannot_be_written_is_said(folder: Path) -> None:
    result = gongkai("check", "年报/a.md", "--output", "没有/结果.txt")
    assert result.exit_code == 2
    assert "不能写入" in result.stderr


# Rules


def test_every_rule_is_listed_and_explained_in_both_languages() -> None:
    listed = json.loads(gongkai("rules", "--format", "json").stdout)["rules"]
    book = load_rulebook()
    assert [rule["code"] for rule in listed] == [rule.code for rule in book.rules]
    text = gongkai("rules").stdout
    texts = load_texts(book.rules)
    for rule in book.rules:
        said = texts[rule.code]
        assert f"{rule.code}  {rule.name}" in text
        for lang in ("zh", "en"):
            explained = gongkai("explain", rule.name, "--lang", lang)
            assert explained.exit_code == 0
            flat = "".join(explained.stdout.split())
            for part in (said.explanation, rule.clause, rule.hint):
                assert "".join(part.of(lang).split()) in flat
            for example in (said.wrong, said.right):
                assert "".join(example.split()) in flat


def test_a_rule_is_found_by_its_code_in_any_case() -> None:
    code = load_rulebook().rules[0].code
    assert gongkai("explain", code.lower()).stdout == gongkai("explain", code).stdout


# As programs


def environment_with_package(**more: str) -> dict[str, str]:
    """The environment in which a new process finds the package under test."""
    root = str(Path(linter.__file__).parent.parent)
    path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
    return {**os.environ, "PYTHONPATH": path, **more}


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command, capture_output=True, check=False, env=environment_with_package(**environment)
    )


def test_it_runs_as_a_module(folder: Path) -> None:
    done = run(sys.executable, "-m", "linter", "--version")
    assert (done.returncode, done.stdout.strip().endswith(__version__.encode())) == (0, True)


def test_a_terminal_that_lacks_characters_is_no_crash(folder: Path) -> None:
    (folder / "年报/a.md").write_text(report_text("青川县𠮷水局"), encoding="utf-8")
    for encoding in ("gbk", "ascii", "cp1252"):
        done = run(sys.executable, "-m", "linter", "check", "年报/a.md", PYTHONIOENCODING=encoding)
        assert done.returncode == 1, done.stderr
        assert done.stderr == b""


def test_json_is_utf8_whatever_the_terminal_speaks(folder: Path) -> None:
    done = run(
        sys.executable, "-m", "linter", "check", "年报/a.md", "--format", "json", PYTHONIOENCODING="gbk"
    )
    assert json.loads(done.stdout.decode("utf-8"))["reports"][0]["issuer"] == "青川县水务局"


def test_starting_loads_nothing_heavy() -> None:
    code = (
        "import sys, linter.cli; "
        "sys.exit(any(name in sys.modules for name in ('lark', 'jinja2', 'yaml', 'lxml', 'pypdfium2')))"
    )
    assert run(sys.executable, "-c", code).returncode == 0


def test_a_command_loads_no_other_one_and_help_loads_nothing_of_the_linter() -> None:
    script = (
        "import sys; from linter.cli import main; main({!r}, standalone_mode=False); "
        "print(*sorted(name for name in sys.modules if name.startswith('linter.')), file=sys.stderr)"
    )

    def loaded(*arguments: str) -> set[str]:
        command = [sys.executable, "-c", script.format(list(arguments))]
        return set(subprocess.run(command, capture_output=True, text=True, check=True).stderr.split())

    commands = {f"linter.cli.{name}" for name in ("baseline", "check", "fix", "lsp", "new", "rules", "serve")}
    assert loaded("schema", "config") & commands == set()
    assert loaded("check", "--help") & commands == {"linter.cli.check"}
    heavy = (
        "linter.checks.engine",
        "linter.document.registry",
        "linter.report.read",
        "linter.checks.rulebook",
    )
    assert not loaded("--help") & set(heavy)
