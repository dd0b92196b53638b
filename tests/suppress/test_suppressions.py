"""Findings set aside with a reason: by the configuration, by comments in a source, by Word comments."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from linter.cli import main
from linter.document.model import Location, Remark
from linter.document.registry import read_document
from linter.suppress.remarks import suppression_of

TITLE = "青川县水务局2022年政府信息公开工作年度报告"
SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
COLUMNS = ("review", "litigation_direct", "litigation_after_review")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def judged(path: str, *options: str) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(gongkai("check", path, "--format", "json", *options).stdout)[
        "reports"
    ][0]
    return report


def names(report: dict[str, Any]) -> list[str]:
    return [finding["name"] for finding in report["findings"]]


def aside(report: dict[str, Any]) -> list[tuple[str, str, str, str | None]]:
    return [
        (one["finding"]["name"], one["reason"], one["kind"], one["where"]) for one in report["suppressed"]
    ]


def numbered() -> list[tuple[str, str]]:
    return list(zip("一二三四五六", SECTIONS, strict=True))


def markdown(before: str = "", in_problems: str = "", path: str = "a.md") -> str:
    lines = [before, f"# {TITLE}", ""]
    for numeral, title in numbered():
        lines += [f"## {numeral}、{title}", "", *([in_problems] if numeral == "五" else ())]
        lines += ["工作平稳有序，详见附件X。", ""]
    Path(path).write_text("\n".join(lines), encoding="utf-8")
    return path


def html(in_problems: str = "", path: str = "a.html") -> str:
    body = "".join(
        f"<h2>{n}、{t}</h2>{in_problems if n == '五' else ''}<p>工作平稳有序。</p>" for n, t in numbered()
    )
    Path(path).write_text(f"<html><body><h1>{TITLE}</h1>{body}</body></html>", encoding="utf-8")
    return path


def docx(comments: dict[int, str], path: str = "a.docx") -> str:
    """A Word file with comments at paragraphs, by their number from 0."""
    texts = [TITLE, *(text for n, t in numbered() for text in (f"{n}、{t}", "工作平稳有序。"))]
    body = "".join(
        f"<w:p><w:r><w:t>{text}</w:t></w:r>"
        + (f'<w:r><w:commentReference w:id="{index}"/></w:r>' if index in comments else "")
        + "</w:p>"
        for index, text in enumerate(texts)
    )
    said = "".join(
        f'<w:comment w:id="{index}" w:author="王科长"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>'
        for index, text in comments.items()
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
        )
        archive.writestr("word/comments.xml", f'<w:comments xmlns:w="{W}">{said}</w:comments>')
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{R}/comments" '
            'Target="comments.xml"/></Relationships>',
        )
    Path(path).write_bytes(file.getvalue())
    return path


# Where it is written


def test_a_configuration_sets_aside_by_file_and_place() -> None:
    markdown()
    markdown(path="b.md")
    assert {"missing-contact", "problems-not-named"} <= set(names(judged("a.md")))
    Path("gongkai.toml").write_text(
        '[[suppress]]\nfile = "a.md"\nrule = "problems-not-named"\n'
        'place = {section = "problems"}\nreason = "已另行说明"\n',
        encoding="utf-8",
    )
    assert "problems-not-named" not in names(judged("a.md"))
    assert aside(judged("a.md")) == [("problems-not-named", "已另行说明", "config", "gongkai.toml:1")]
    assert "problems-not-named" in names(judged("b.md"))
    assert aside(judged("b.md")) == []


def test_another_place_is_not_meant() -> None:
    markdown()
    Path("gongkai.toml").write_text(
        '[[suppress]]\nfile = "a.md"\nrule = "problems-not-named"\n'
        'place = {section = "others"}\nreason = "x"\n',
        encoding="utf-8",
    )
    found = names(judged("a.md"))
    assert "problems-not-named" in found
    assert "unused-suppression" in found


@pytest.mark.parametrize(("make", "rule"), [(markdown, "problems-not-named"), (html, "problems-not-named")])
def test_a_comment_before_a_heading_speaks_of_its_section(make: Any, rule: str) -> None:
    path = Path(make())
    assert rule in names(judged(path.name))
    text = path.read_text(encoding="utf-8")
    remark = f"<!-- gongkai: ignore {rule} 另文说明 until 2999-01-01 -->\n"
    for heading in ("## 五、", "<h2>五、"):
        text = text.replace(heading, f"{remark}\n{heading}")
    path.write_text(text, encoding="utf-8")
    report = judged(path.name)
    assert rule not in names(report)
    assert [one[:3] for one in aside(report)] == [(rule, "另文说明", "inline")]


def test_a_comment_speaks_of_the_block_that_follows_and_of_no_other() -> None:
    remark = "<!-- gongkai: ignore problems-not-named,fee-statement-missing 另文说明 -->"
    report = judged(markdown(in_problems=remark))
    assert {"problems-not-named", "fee-statement-missing", "unused-suppression"} <= set(names(report))


def test_a_comment_may_speak_of_the_whole_file() -> None:
    report = judged(markdown("<!-- gongkai: ignore-file missing-contact,missing-period 见网站 -->"))
    assert not {"missing-contact", "missing-period"} & set(names(report))
    assert sorted(one[0] for one in aside(report)) == ["missing-contact", "missing-period"]


def test_a_comment_changes_nothing_of_what_is_read() -> None:
    plain = read_document(Path(markdown()).read_bytes(), "a.md")
    path = markdown("<!-- gongkai: ignore-file missing-contact 见网站 -->")
    commented = read_document(Path(path).read_bytes(), "a.md")
    assert [block.text for block in commented.blocks] == [block.text for block in plain.blocks]  # type: ignore[union-attr]
    assert len(commented.remarks) == 1


def test_a_comment_stands_in_a_cell_or_before_a_table() -> None:
    cells = "| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 <!-- gongkai: ignore C001 x --> |"
    document = read_document(f"# {TITLE}\n\n<!-- gongkai: ignore C002 y -->\n{cells}\n".encode(), "a.md")
    before, inside = document.remarks
    assert (before.location.table, before.location.row, before.line) == (1, None, 3)
    assert (inside.location.table, inside.location.row, inside.location.cell) == (1, 2, 2)
    page = f"<h1>{TITLE}</h1><!-- gongkai: ignore C002 y --><table><tr><td>甲</td><td>乙</td></tr><tr>" + (
        "<td>1</td><td><!-- gongkai: ignore C001 x -->2</td></tr></table>"
    )
    before, inside = read_document(page.encode(), "a.html").remarks
    assert (before.location.table, before.location.row) == (1, None)
    assert (inside.location.table, inside.location.row, inside.location.cell) == (1, 2, 2)


def test_a_word_comment_speaks_of_its_paragraph() -> None:
    assert "problems-not-named" in names(judged(docx({})))
    report = judged(docx({9: "gongkai：ignore problems-not-named 另文说明", 0: "请王科长核对"}))
    assert "problems-not-named" not in names(report)
    assert aside(report) == [("problems-not-named", "另文说明", "comment", "王科长")]


def test_a_word_comment_elsewhere_does_not() -> None:
    report = judged(docx({1: "gongkai: ignore problems-not-named 另文说明"}))
    assert {"problems-not-named", "unused-suppression"} <= set(names(report))


# What is refused


@pytest.mark.parametrize(
    ("remark", "finding"),
    [
        ("ignore-file missing-contact", "suppression-without-reason"),
        ("ignore-file missing-contact 见网站 至2020年1月1日", "expired-suppression"),
        ("ignore-file Z999 见网站", "unknown-suppression"),
        ("不用检查", "unknown-suppression"),
        ("ignore-file missing-contact 见网站 until 2020-13-01", "unknown-suppression"),
        ("ignore-file missing-contact until 2020-01-01 见网站", "expired-suppression"),
    ],
)
def test_what_is_not_heeded_is_a_finding(remark: str, finding: str) -> None:
    report = judged(markdown(f"<!-- gongkai: {remark} -->"))
    assert {"missing-contact", finding} <= set(names(report))
    assert aside(report) == []


@pytest.mark.parametrize(
    ("other", "finding"), [("mising-period", "unknown-suppression"), ("missing-title", "unused-suppression")]
)
def test_of_several_rules_each_is_looked_at_by_itself(other: str, finding: str) -> None:
    report = judged(markdown(f"<!-- gongkai: ignore-file missing-contact,{other} 见网站 -->"))
    assert len(aside(report)) == 1
    told = [one["message"] for one in report["findings"] if one["name"] == finding]
    assert len(told) == 1
    assert other in told[0]
    assert "missing-contact" not in told[0]


def test_nobody_silences_a_mandatory_rule() -> None:
    path = html()
    Path("gongkai.toml").write_text(
        '[[suppress]]\nrule = "missing-table"\nreason = "没有表"\n', encoding="utf-8"
    )
    result = gongkai("check", path)
    assert result.exit_code == 1
    assert "必须执行的规则，不能豁免" in result.stdout
    assert "missing-table" in names(judged(path))
    assert "mandatory-suppressed" in names(judged(path))


def test_of_what_is_not_judged_nothing_is_said() -> None:
    path = markdown("<!-- gongkai: ignore-file missing-title 见网站 -->")
    assert "unused-suppression" in names(judged(path))
    assert "unused-suppression" not in names(judged(path, "--ignore", "missing-title"))
    assert names(judged(path, "--select", "contact-format")) == []


# Where it is shown


def test_what_is_set_aside_is_counted_and_shown() -> None:
    path = markdown("<!-- gongkai: ignore-file missing-contact,missing-period 见网站首页 -->")
    assert "已豁免 2 处" in gongkai("check", path).stdout
    assert "set aside: 2" in gongkai("check", path, "--lang", "en").stdout
    page = gongkai("check", path, "--format", "html").stdout
    assert '<details class="aside">' in page
    assert "见网站首页" in page
    assert len(aside(judged(path))) == 2


def test_only_what_counts_makes_the_exit_code() -> None:
    path = markdown("<!-- gongkai: ignore-file missing-contact 见网站首页 -->")
    assert gongkai("check", path, "--select", "missing-contact", "--fail-on", "info").exit_code == 0


# How it is written


@pytest.mark.parametrize(
    ("text", "rules", "reason", "until"),
    [
        ("gongkai: ignore C001 原表如此", ("C001",), "原表如此", None),
        ("GONGKAI：ignore C001，C002 原表如此", ("C001", "C002"), "原表如此", None),
        ("gongkai: ignore blank-cell、C002：原表如此", ("blank-cell", "C002"), "原表如此", None),
        ("gongkai: ignore C001 等待批复（至2027年3月1日）", ("C001",), "等待批复", "2027-03-01"),
        ("gongkai: ignore C001 等待批复 until 2027-03-01", ("C001",), "等待批复", "2027-03-01"),
        ("gongkai: ignore C001 自2020年至2021年已停用", ("C001",), "自2020年至2021年已停用", None),
        ("gongkai: ignore C001", ("C001",), "", None),
        ("gongkai: ignore C001 until 2027-03-01 等待批复", ("C001",), "等待批复", "2027-03-01"),
        ("gongkai: ignore C001 (至2027年3月1日) 等待批复", ("C001",), "等待批复", "2027-03-01"),
        ("gongkai: ignore C001 截至2022年3月1日没有数据", ("C001",), "截至2022年3月1日没有数据", None),
        ("gongkai: ignore 全部 旧文", ("全部",), "旧文", None),
    ],
)
def test_remarks(text: str, rules: tuple[str, ...], reason: str, until: str | None) -> None:
    said = suppression_of(Remark(text, "inline", Location(line=3)))
    assert (said.rules, said.reason) == (rules, reason)
    assert (said.until.isoformat() if said.until else None) == until
    assert said.target == Location(line=3)
