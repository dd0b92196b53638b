"""Baselines: what a team has already does not count; what is new does, whatever the file looks like."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from examples.generator import make_layout, make_report, to_docx, to_html, to_markdown, with_defects
from examples.generator.defects import kinds_for
from examples.generator.pdf import Absent, pdfs_from_docx, printable
from examples.generator.truth import TableEdition, Truth
from linter.cli import main

BASELINE = "基线.json"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def faulty(seed: int, edition: TableEdition = "2021", faults: int = 3) -> Truth:
    """A report with some faults that every layout shows."""
    truth = make_report(seed, edition)
    kinds = [kind for kind in kinds_for(edition) if kind in STEADY][:faults]
    return with_defects(truth, seed, kinds)[0]


# Faults of what a report says; those of its layout do not survive another layout.
STEADY = frozenset(kinds_for("2021")) - {"link-mismatch"}


def write(name: str, data: bytes) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_bytes(data)
    return name


def report(path: str, *options: str) -> dict[str, Any]:
    result = gongkai("check", path, "--format", "json", *options)
    found: dict[str, Any] = json.loads(result.stdout)["reports"][0]
    return found


def kept() -> list[dict[str, Any]]:
    findings: list[dict[str, Any]] = json.loads(Path(BASELINE).read_bytes())["findings"]
    return findings


def test_what_is_known_does_not_count_and_what_is_new_does() -> None:
    path = write("a.md", to_markdown(faulty(3), make_layout(1)))
    assert gongkai("check", path).exit_code == 1
    assert gongkai("baseline", BASELINE, path).exit_code == 0
    known = gongkai("check", path, "--baseline", BASELINE)
    assert known.exit_code == 0
    assert "基线中已有" in known.stdout
    write("a.md", Path(path).read_bytes().replace("总体情况".encode(), "工作总体情形".encode(), 1))
    again = report(path, "--baseline", BASELINE)
    assert again["known"]
    assert {finding["name"] for finding in again["findings"]} <= {
        "section-title",
        "extra-section",
        "missing-section",
    }


@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_it_holds_for_another_layout_name_and_format(seed: int, edition: TableEdition) -> None:
    truth = faulty(seed, edition)
    first = write("原稿/报告.docx", to_docx(truth, make_layout(seed)))
    assert report(first)["findings"]
    gongkai("baseline", BASELINE, first)
    others = [
        write("改版.docx", to_docx(truth, make_layout(seed + 100))),
        write("网页.html", to_html(truth, make_layout(seed + 200))),
        write("报告.md", to_markdown(truth, make_layout(seed + 300))),
    ]
    for other in others:
        said = report(other, "--baseline", BASELINE)
        assert [finding["name"] for finding in said["findings"]] == [], other
        assert len(said["known"]) == len(kept()), other
        assert gongkai("check", other, "--baseline", BASELINE, "--fail-on-stale").exit_code == 0


def test_it_holds_for_the_pdf_of_a_word_file() -> None:
    truth = faulty(8)
    data = to_docx(truth, printable(make_layout(8)))
    try:
        pdf = pdfs_from_docx({"a": data})["a"]
    except Absent as reason:
        pytest.skip(str(reason))
    gongkai("baseline", BASELINE, write("a.docx", data))
    said = report(write("a.pdf", pdf), "--baseline", BASELINE)
    assert [finding["name"] for finding in said["findings"]] == []
    assert said["known"]


def test_numbers_count() -> None:
    text = "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。\n"
    write("a.md", text.encode())
    gongkai("baseline", BASELINE, "a.md")
    more = [{**one, "count": one["count"] + 1} for one in kept()]
    Path(BASELINE).write_text(json.dumps({"schema": 1, "findings": more}), encoding="utf-8")
    stale = gongkai("check", "a.md", "--baseline", BASELINE, "--fail-on-stale")
    assert stale.exit_code == 1
    assert "已经不再出现" in stale.stderr
    assert gongkai("check", "a.md", "--baseline", BASELINE).exit_code == 0
    gongkai("baseline", BASELINE, "a.md", "--prune")
    assert gongkai("check", "a.md", "--baseline", BASELINE, "--fail-on-stale").exit_code == 0
    fewer = [{**one, "count": 0} for one in kept()]
    Path(BASELINE).write_text(json.dumps({"schema": 1, "findings": fewer}), encoding="utf-8")
    assert report("a.md", "--baseline", BASELINE)["findings"]


def test_pruning_drops_what_is_gone_and_adds_nothing() -> None:
    old, new = faulty(3, faults=3), faulty(3, faults=1)
    write("a.docx", to_docx(old, make_layout(1)))
    gongkai("baseline", BASELINE, "a.docx")
    before = kept()
    write("a.docx", to_docx(new, make_layout(1)))
    assert gongkai("check", "a.docx", "--baseline", BASELINE, "--fail-on-stale").exit_code == 1
    gongkai("baseline", BASELINE, "a.docx", "--prune")
    after = kept()
    assert len(after) < len(before)
    assert all(one in before for one in after)
    write("a.docx", to_docx(old, make_layout(1)))
    gongkai("baseline", BASELINE, "a.docx", "--prune")
    assert kept() == after
    gongkai("baseline", BASELINE, "a.docx", "--update")
    assert kept() == before


def test_what_is_not_of_the_run_stays() -> None:
    write("a.docx", to_docx(faulty(3), make_layout(1)))
    write("b.docx", to_docx(faulty(4), make_layout(1)))
    gongkai("baseline", BASELINE, ".")
    before = kept()
    gongkai("baseline", BASELINE, "a.docx", "--prune")
    gongkai("baseline", BASELINE, "a.docx", "--update", "--select", "personal-data")
    assert kept() == before
    assert gongkai("check", "b.docx", "--baseline", BASELINE, "--fail-on-stale").exit_code == 0


def test_the_file_is_fit_for_comparing_versions() -> None:
    for name, seed in (("a.docx", 3), ("b.docx", 4)):
        write(name, to_docx(faulty(seed), make_layout(1)))
    gongkai("baseline", BASELINE, "a.docx", "b.docx")
    lines = Path(BASELINE).read_text(encoding="utf-8").split("\n")
    gongkai("baseline", "zweite.json", "b.docx", "a.docx", "--jobs", "2")
    assert Path("zweite.json").read_text(encoding="utf-8").split("\n") == lines
    each = [line.strip().rstrip(",") for line in lines if '"code"' in line]
    assert each == [json.dumps(one, ensure_ascii=False) for one in kept()]
    assert "line" not in kept()[0]


def test_a_configuration_may_name_it() -> None:
    path = write("年报/a.docx", to_docx(faulty(3), make_layout(1)))
    gongkai("baseline", BASELINE, path)
    Path("gongkai.toml").write_text(f'baseline = "{BASELINE}"', encoding="utf-8")
    assert gongkai("check", path).exit_code == 0
    assert gongkai("check", path, "--isolated").exit_code == 1


def entry(**changed: Any) -> str:
    one = {
        "issuer": "甲",
        "year": 2022,
        "code": "C001",
        "name": "n",
        "place": "",
        "fingerprint": "a",
        "count": 1,
    }
    return json.dumps({"schema": 1, "findings": [one, {**one, **changed}]})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ":1: 不是基线文件"),
        (entry()[:-20].replace("[", "[\n"), ":2: 不是基线文件，或者被改坏了"),
        ("<<<<<<< HEAD\n" + entry(), ":1: 不是基线文件，或者被改坏了"),
        ("[" * 100_000, "不是基线文件"),
        ("[]", "没有 schema 和 findings"),
        ('{"schema": 1, "findings": {}}', "没有 schema 和 findings"),
        ('{"schema": 2, "findings": []}', "schema 是 2"),
        ('{"schema": true, "findings": []}', "schema 是 True"),
        ('{"schema": 1, "findings": [{}]}', "第 1 条有误：缺少 issuer"),
        ('{"schema": 1, "findings": [1]}', "第 1 条有误：应为一组键和值"),
        (entry(more=1), "第 2 条有误：没有 more 这一项"),
        (entry(count=-1), "第 2 条有误：count 应为0 以上的整数"),
        (entry(count=True), "第 2 条有误：count 应为0 以上的整数"),
        (entry(year="2022"), "第 2 条有误：year 应为整数或 null"),
        (entry(issuer=["甲"]), "第 2 条有误：issuer 应为文字"),
        (entry(code=None), "第 2 条有误：code 应为文字"),
    ],
)
def test_what_is_no_baseline_is_refused_with_the_reason(content: str, said: str) -> None:
    write("a.md", "# 青川县水务局2022年政府信息公开工作年度报告".encode())
    Path(BASELINE).write_text(content, encoding="utf-8")
    for command in (("check", "a.md", "--baseline", BASELINE), ("baseline", BASELINE, "a.md", "--prune")):
        result = gongkai(*command)
        assert result.exit_code == 2
        assert "基线有误" in result.stderr
        assert said in result.stderr
        assert "Error: " in result.stderr


def test_nothing_that_the_run_rests_on_is_overwritten() -> None:
    write("a.md", "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。".encode())
    gongkai("baseline", BASELINE, "a.md")
    Path("gongkai.toml").write_text('ignore = ["U"]', encoding="utf-8")
    for name in (BASELINE, "gongkai.toml"):
        before = Path(name).read_bytes()
        result = gongkai("check", "a.md", "--baseline", BASELINE, "--output", name)
        assert result.exit_code == 2
        assert "基线或配置文件" in result.stderr
        assert Path(name).read_bytes() == before


def test_options_that_do_not_go_together_are_refused() -> None:
    write("a.md", "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。".encode())
    gongkai("baseline", BASELINE, "a.md")
    assert "只能写一个" in gongkai("baseline", BASELINE, "a.md", "--update", "--prune").stderr
    result = gongkai("check", "a.md", "--fail-on-stale")
    assert result.exit_code == 2
    assert "--fail-on-stale 要有基线" in result.stderr


def test_nothing_is_overwritten_without_being_asked() -> None:
    write("a.md", "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。".encode())
    assert gongkai("baseline", BASELINE, "a.md").exit_code == 0
    before = Path(BASELINE).read_bytes()
    result = gongkai("baseline", BASELINE, "a.md")
    assert result.exit_code == 2
    assert "已经存在" in result.stderr
    assert Path(BASELINE).read_bytes() == before
    assert gongkai("check", "a.md", "--baseline", "none.json").exit_code == 2
    assert gongkai("baseline", "a.md", "a.md", "--update").exit_code == 2
