"""Safe fixes: the wording of the form, one way of writing, and never another figure."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from mending import faulty, judged, part, reader_of, word_file

from examples.generator import (
    Layout,
    Truth,
    make_layout,
    make_report,
    to_docx,
    to_html,
    to_markdown,
    to_text,
    with_defects,
)
from linter.checks.outcome import Fix, Judgement
from linter.document.model import Location
from linter.mend import fix as mending
from linter.mend.docxfixes import with_fixes
from linter.mend.figures import keeps_figures
from linter.mend.fix import NotFixed, fixed, fixes_of
from linter.render.extract_json import render_report
from linter.report.model import Report

FORM = Path(__file__).resolve().parents[3] / "shared" / "samples" / "form-2021-blank.docx"
Writer = Callable[[Truth, Layout], bytes]
WRITERS: dict[str, Writer] = {
    "draft.docx": to_docx,
    "page.html": lambda truth, layout: to_html(truth, layout, "page"),
    "word.html": lambda truth, layout: to_html(truth, layout, "word"),
    "draft.md": lambda truth, layout: to_markdown(truth, layout, "pipe"),
    "draft.txt": to_text,
}


def figures(report: Report) -> object:
    """The tables as `extract` gives them, without the text and the place of a cell."""
    tables = json.loads(render_report(report))["tables"]
    return _bare(tables)


def _bare(value: object) -> object:
    if isinstance(value, dict):
        return {key: _bare(inner) for key, inner in value.items() if key not in ("text", "location")}
    return value


@pytest.mark.parametrize("name", WRITERS)
@pytest.mark.parametrize("seed", range(1, 13))
def test_figures_stay_and_a_second_fix_changes_nothing(name: str, seed: int) -> None:
    data = WRITERS[name](faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    before, _ = judged(data, name)
    once = fixed(data, reader_of(name))
    assert figures(once.report) == figures(before)
    assert fixed(once.data, reader_of(name)).data == once.data
    assert not [fix for fix in fixes_of(once.report, once.judgement) if name == "draft.docx"]


@pytest.mark.parametrize("name", WRITERS)
def test_headings_numbers_brackets_and_digits_are_mended_in_every_format(name: str) -> None:
    layout = replace(make_layout(1), digits="full-width")
    truth, _ = with_defects(make_report(9, "2021", "department"), 9, ["renamed-heading"])
    data = WRITERS[name](truth, layout)
    _, before = judged(data, name)
    assert "section-title" in {finding.name for finding in before.findings}
    result = fixed(data, reader_of(name))
    assert "section-title" not in {finding.name for finding in result.judgement.findings}
    assert result.rewordings
    cells = [cell.text for table in result.report.tables.values() for cell in table.cells.values()]
    assert not [text for text in cells if re.search("[０-９]", text)]


MARKDOWN = """# 青川县水务局2022年政府信息公开工作年度报告

根据国办公开办函[2021]30号编制。。统计期限自2022年1月1日起至2022年12月31日止。

## 一、概述

2022年，本单位各项工作平稳有序，公开信息 8 条。

## 三、主动公开政府信息情况

## 三、收到和处理政府信息公开申请情况

## 四、政府信息公开行政复议、行政诉讼情况

## 五、存在的主要问题及改进情况

## 六、其他需要报告的事项
"""


def test_each_kind_of_fix_in_a_text() -> None:
    result = fixed(MARKDOWN.encode(), reader_of("draft.md"))
    text = result.data.decode()
    assert "根据国办公开办函〔2021〕30号编制。统计期限" in text
    assert "## 一、总体情况" in text
    assert "## 二、主动公开政府信息情况" in text
    changed = [
        line for line, new in zip(MARKDOWN.splitlines(), text.splitlines(), strict=True) if line != new
    ]
    assert len(changed) == 3
    assert len(result.rewordings) == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encoding_and_line_ends_are_kept(encoding: str, end: str) -> None:
    data = MARKDOWN.replace("\n", end).encode(encoding)
    result = fixed(data, reader_of("draft.md"))
    wanted = result.data.decode(encoding)
    assert "一、总体情况" in wanted
    assert wanted.count("\r\n") == MARKDOWN.count("\n") * (end == "\r\n")


def test_the_sign_behind_a_heading_number_is_that_of_the_form() -> None:
    result = fixed(MARKDOWN.replace("四、", "四. ").encode(), reader_of("draft.md"))
    assert "## 四、政府信息公开行政复议" in result.data.decode()


def test_missing_sections_leave_the_numbers_alone() -> None:
    text = MARKDOWN.replace("## 六、其他需要报告的事项\n", "")
    result = fixed(text.encode(), reader_of("draft.md"))
    assert "三、主动公开政府信息情况" in result.data.decode()


def test_a_fix_in_word_keeps_runs_and_their_formatting() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>国办公开办函[20</w:t></w:r><w:r><w:rPr><w:i/></w:rPr>"
        "<w:t>21]30号 &amp; 其他</w:t></w:r></w:p>"
    )
    fix = Fix(Location(paragraph=1), "国办公开办函[2021]30号", "国办公开办函〔2021〕30号")
    xml = part(with_fixes(word_file(body), [fix]), "word/document.xml").decode()
    assert "<w:b/></w:rPr><w:t>国办公开办函〔20</w:t></w:r>" in xml
    assert "<w:r><w:rPr><w:i/></w:rPr><w:t>21〕30号 &amp; 其他</w:t>" in xml


def test_digits_stay_in_their_runs() -> None:
    data = word_file("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>１</w:t></w:r><w:r><w:t>２</w:t></w:r></w:p>")
    xml = part(with_fixes(data, [Fix(Location(paragraph=1), "１２", "12")]), "word/document.xml").decode()
    assert "<w:b/></w:rPr><w:t>1</w:t></w:r><w:r><w:t>2</w:t></w:r>" in xml


def test_words_that_stand_twice_are_left_alone() -> None:
    data = word_file("<w:p><w:r><w:t>概述和概述</w:t></w:r></w:p>")
    assert with_fixes(data, [Fix(Location(paragraph=1), "概述", "总体情况")]) == data


@pytest.mark.parametrize("name", ["draft.docx", "page.html", "draft.md"])
@pytest.mark.parametrize("kind", ["blank-cell", "placeholder"])
def test_zeros_are_put_in_only_where_that_is_asked_for(name: str, kind: str) -> None:
    truth, _ = with_defects(make_report(4, "2021", "department"), 4, [kind])
    layout = replace(make_layout(2), digits="plain")
    data = WRITERS[name](truth, layout)
    rule = "blank-cell" if kind == "blank-cell" else "placeholder-cell"
    safe, unsafe = (fixed(data, reader_of(name), unsafe=unsafe) for unsafe in (False, True))
    assert rule in {finding.name for finding in safe.judgement.findings}
    assert rule not in {finding.name for finding in unsafe.judgement.findings}


def test_a_fix_that_would_change_a_figure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(report: Report, judgement: Judgement, *, unsafe: bool = False) -> tuple[Fix, ...]:
        del judgement, unsafe
        cell = next(c for c in report.tables["applications"].cells.values() if c.text.isdecimal())
        return (Fix(cell.location, cell.text, str(int(cell.text) + 1)),)

    monkeypatch.setattr(mending, "fixes_of", wrong)
    data = to_docx(make_report(4, "2021", "department"), make_layout(2))
    with pytest.raises(NotFixed, match="数字"):
        fixed(data, reader_of("draft.docx"))


def test_formats_that_cannot_be_fixed_say_so() -> None:
    example = Path(__file__).resolve().parents[2] / "examples" / "reports" / "2025-faulty-city.pdf"
    with pytest.raises(NotFixed, match="格式"):
        fixed(example.read_bytes(), reader_of("a.pdf"))


@pytest.mark.skipif(not FORM.exists(), reason="the official form is not in ../shared/samples")
def test_the_official_form_has_nothing_to_fix() -> None:
    data = FORM.read_bytes()
    assert fixed(data, reader_of("form.docx")).data == data


@pytest.mark.parametrize(
    ("wrong", "kept"),
    [
        ("## 一、概述（公开信息128条）", "概述（公开信息128条）"),
        ("## 一、概述（公开信息十二条）", "概述（公开信息十二条）"),
        ("## 一、概述（公开信息１２８条）", "概述（公开信息１２８条）"),
    ],
)
def test_a_heading_that_says_more_than_its_words_keeps_it(wrong: str, kept: str) -> None:
    text = fixed(MARKDOWN.replace("## 一、概述", wrong).encode(), reader_of("draft.md")).data.decode()
    assert kept in text
    assert "〔2021〕30号" in text


def test_signs_between_figures_stay_lest_two_become_one() -> None:
    text = MARKDOWN.replace("公开信息 8 条。", "公开 1，，200 件，收到 8 件，，其中 3 件。")
    result = fixed(text.encode(), reader_of("draft.md")).data.decode()
    assert "公开 1，，200 件，收到 8 件，其中 3 件。" in result


def test_a_fix_that_would_drop_a_figure_from_a_label_is_left_out() -> None:
    finding = Fix(Location(paragraph=1), "1.国家秘密（3件）", "1.属于国家秘密", safe=False)
    assert not keeps_figures(finding)
    assert keeps_figures(finding._replace(found="2.国家秘密"))
    assert not keeps_figures(finding._replace(found="1.5万元", replacement="2.5万元"))
    assert not keeps_figures(finding._replace(found="１２．", replacement="制发件数"))


def test_a_figure_lost_from_a_heading_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(report: Report, judgement: Judgement, *, unsafe: bool = False) -> tuple[Fix, ...]:
        del judgement, unsafe
        section = report.sections[0]
        return (Fix(section.location, section.title, "总体情况"),)

    monkeypatch.setattr(mending, "fixes_of", wrong)
    data = MARKDOWN.replace("## 一、概述", "## 一、概述（公开信息128条）").encode()
    with pytest.raises(NotFixed, match="数字"):
        fixed(data, reader_of("draft.md"))
