"""An empty draft: it has the form's shape, and lints clean but for what is left to write."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from linter.document.registry import read_document
from linter.draft.docx import to_docx
from linter.draft.form import Wanted, carried_over, draft
from linter.draft.markdown import to_markdown
from linter.lint import Selection, lint
from linter.report.model import Report, State
from linter.report.norm import SECTION_KEYS, TABLE_KEYS
from linter.report.read import read_report

ORGANS = [
    "青河县教育局",
    "青河县人民政府",
    "青河县柳林镇人民政府",
    "青河县人民政府办公室",
    "青河县柳林街道办事处",
]
YEARS = [2019, 2020, 2021, 2025]
ANSWERS = {
    "地址": "青河县建设路1号",
    "邮编": "300000",
    "电话": "022-12345678",
    "邮箱": "gk@qinghe.gov.cn",
    "用一两句话": "认真落实公开要求，公开水平有所提高",
    "主动公开了": "通过县政府网站主动公开政府信息",
    "收到多少件": "本年度未收到政府信息公开申请。",
    "公开属性": "认真审核公开属性，及时更新目录。",
    "政府网站": "完善政府网站专栏。",
    "组织领导": "组织培训，加强监督检查。",
    "工作考核": "工作考核结果良好。",
    "社会评议": "社会评议结果满意。",
    "责任追究": "未发生责任追究情形。",
    "本年度存在": "存在的主要问题：公开内容不够丰富。",
    "针对这些": "改进情况：加强培训，公开内容有所丰富。",
    "收取的件数": "未收取。",
    "其他需要": "没有其他需要报告的事项。",
    "月、日": "1月20日",
}


def read(data: bytes, name: str = "") -> Report:
    return read_report(read_document(data, name), name)


def answered(markdown: str) -> str:
    def answer(prompt: re.Match[str]) -> str:
        return next(text for key, text in ANSWERS.items() if prompt[1].startswith(key))

    return re.sub(r"【请填写：([^】]*)】", answer, markdown)


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("year", YEARS)
def test_a_draft_has_every_section_and_every_cell_is_zero(organ: str, year: int) -> None:
    blocks = draft(Wanted(organ, year))
    for report in (read(to_docx(blocks)), read(to_markdown(blocks).encode(), "a.md")):
        assert (report.issuer, report.year) == (organ, year)
        assert [section.key for section in report.sections] == list(SECTION_KEYS)
        assert report.reading.certainty == "full"
        for key in TABLE_KEYS:
            table = report.tables[key]
            assert not table.deviations
            assert {(cell.state, cell.value) for cell in table.cells.values()} == {(State.NUMBER, 0)}


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("year", YEARS)
def test_a_draft_lints_clean_but_for_what_is_left_to_write(organ: str, year: int) -> None:
    judgement = lint(read(to_docx(draft(Wanted(organ, year)))), Selection())
    assert [finding.name for finding in judgement.findings] == ["template-leftover"]


@pytest.mark.parametrize("organ", ORGANS)
@pytest.mark.parametrize("year", YEARS)
def test_a_draft_whose_prompts_are_answered_is_clean(organ: str, year: int) -> None:
    text = answered(to_markdown(draft(Wanted(organ, year))))
    assert "【" not in text
    judgement = lint(read(text.encode(), "a.md"), Selection())
    assert [(finding.name, finding.message) for finding in judgement.findings] == []


def test_what_last_year_carried_over_is_carried_in() -> None:
    text = to_markdown(draft(Wanted("青河县教育局", 2024)))
    row = re.compile("(四、结转下年度继续办理</th>)" + "<td>0</td>" * 7)
    figures = "".join(f"<td>{figure}</td>" for figure in (3, 1, 0, 0, 0, 0, 4))
    before = read(row.sub(rf"\g<1>{figures}", text).encode(), "a.md")
    report = read(to_docx(draft(Wanted("青河县教育局", 2025, carried=carried_over(before)))))
    cells = report.tables["applications"].cells
    assert [cells["carried_in", column].value for column in ("natural_person", "business", "total")] == [
        3,
        1,
        4,
    ]
    assert cells["new", "total"].value == 0


def test_a_cell_of_last_year_that_was_not_read_is_not_carried_in_as_a_figure() -> None:
    text = to_markdown(draft(Wanted("青河县教育局", 2024)))
    blank = text.replace("四、结转下年度继续办理</th><td>0</td>", "四、结转下年度继续办理</th><td></td>")
    carried = carried_over(read(blank.encode(), "a.md"))
    cells = read(to_docx(draft(Wanted("青河县教育局", 2025, carried=carried)))).tables["applications"].cells
    assert cells["carried_in", "natural_person"].state is State.BLANK
    assert cells["carried_in", "business"].value == 0


def test_there_is_no_form_before_2019() -> None:
    with pytest.raises(ValueError, match="2019"):
        draft(Wanted("青河县教育局", 2018))


def test_markup_in_a_name_is_text() -> None:
    data = to_docx(draft(Wanted("<b>&青河县教育局", 2025)))
    assert "<b>&青河县教育局" in (read(data).issuer or "")


def test_the_same_draft_is_the_same_bytes() -> None:
    wanted = Wanted("青河县教育局", 2025)
    assert to_docx(draft(wanted)) == to_docx(draft(wanted))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_opens_the_draft_and_its_tables_come_back(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(to_docx(draft(Wanted("青河县教育局", 2025))))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run([*command, "--outdir", tmp_path, tmp_path / "a.docx"], check=True, capture_output=True)
    report = read((tmp_path / "a.pdf").read_bytes())
    values = [cell.value for key in TABLE_KEYS for cell in report.tables[key].cells.values()]
    assert values == [0] * len(values)
