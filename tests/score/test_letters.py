"""The circular and the notices: what they say, and templates of the user's own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from making import board_of, filing_of, finding, record_with

from linter.corpus.model import Corpus, Filing
from linter.corpus.roster import Roster, Unit
from linter.score.board import Asked, Board
from linter.score.letters import Letters, TemplateFault, circular, notice

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNIT = Unit("青禾县教育局", "department")
RULES = board_of(Corpus(Roster([UNIT]), (2024,), ())).rules


def paragraphs(data: bytes | None) -> list[tuple[str, str]]:
    """Style and text of each paragraph of a Word file."""
    assert data is not None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    found = []
    for paragraph in tree.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        text = "".join(part.text or "" for part in paragraph.iter(f"{W}t"))
        found.append(("Normal" if style is None else style.get(f"{W}val") or "", text))
    return found


def lines(data: bytes | None) -> str:
    return "\n".join(text for _, text in paragraphs(data))


def board_with(filing: Filing, asked: Asked | None = None) -> Board:
    return board_of(Corpus(Roster([UNIT]), (2024,), (filing._replace(unit=UNIT),)), asked=asked)


def said(code: str, **changes: str) -> dict[str, object]:
    return {**finding(RULES[code]), **changes}


def faulty(*findings: dict[str, object]) -> Filing:
    outcomes = {str(one["code"]): {"fail": 1} for one in findings}
    return filing_of(record_with({**outcomes, "A002": {"pass": 1}}, tuple(findings)))


def notice_of(board: Board, letters: Letters | None = None) -> bytes | None:
    return notice(board, board.latest.standings[0], letters or Letters())


def test_a_notice_lists_errors_before_warnings_with_what_to_do_and_why() -> None:
    warning, error = said("F001", message="没有标题"), said("A001", message="一加二不等于七加四")
    text = lines(notice_of(board_with(faulty(warning, error))))
    assert text.index("1.一加二不等于七加四") < text.index("2.没有标题")
    for expected in (
        UNIT.name,
        "2个需要整改",
        RULES["A001"].hint.zh,
        RULES["A001"].clause.zh,
        "1 + 2 = 3 ≠ 4",
    ):
        assert expected in text


def test_a_unit_with_nothing_to_put_right_gets_no_notice() -> None:
    assert notice_of(board_with(filing_of(record_with({"A001": {"pass": 1}})))) is None
    hint_only = said("A001", severity="info")
    assert notice_of(board_with(faulty(hint_only))) is None


def test_who_has_not_published_is_told_by_when_it_was_due() -> None:
    text = lines(notice_of(board_with(filing_of(None, "missing"))))
    assert "未见你单位发布2024年度" in text
    assert "2025年1月31日前" in text


def test_the_circular_states_coverage_names_and_ranking(scored: Board) -> None:
    text = lines(circular(scored, scored.latest, Letters()))
    year = scored.latest
    assert f"应当发布年度报告的单位{len(year.standings)}个" in text
    for one in year.standings:
        if one.filing.status in ("missing", "late") or one.rank:
            assert one.filing.unit.name in text
    assert f"平均{year.mean}分" in text


def test_sender_and_date_take_the_place_of_the_prompts() -> None:
    asked = Asked(sender="青山市人民政府办公室", date="2025年4月10日")
    text = lines(notice_of(board_with(faulty(said("A001")), asked)))
    assert "青山市人民政府办公室\n2025年4月10日" in text
    assert "发文机关" not in text


def test_what_a_report_says_becomes_no_heading_and_no_table() -> None:
    evil = said("A001", message="# 甲\n# 乙\n{table ranking}\n> 丙 <w:p/> \x00")
    found = paragraphs(notice_of(board_with(faulty(evil))))
    assert [text for style, text in found if style == "Title"] == ["政府信息公开工作年度报告整改通知"]
    assert ("Heading2", "1.# 甲 # 乙 {table ranking} > 丙 <w:p/>") in [(s, t.strip()) for s, t in found]


def test_a_template_of_the_users_own_is_used_and_the_other_stays(tmp_path: Path) -> None:
    (tmp_path / "notice.md.j2").write_text("# 提醒\n@ {{ unit }}：\n共{{ findings | length }}处。", "utf-8")
    board = board_with(faulty(said("A001")))
    letters = Letters(tmp_path)
    assert paragraphs(notice_of(board, letters)) == [
        ("Title", "提醒"),
        ("Addressee", "青禾县教育局："),
        ("Normal", "共1处。"),
    ]
    assert "检查情况的通报" in lines(circular(board, board.latest, letters)).replace("\n", "")


@pytest.mark.parametrize(
    "source",
    ["{% if %}", "{{ nothing }}", "{{ unit.__class__.__mro__ }}", "{{ findings.append(1) }}", "{{ 1 / 0 }}"],
)
def test_a_template_that_cannot_be_filled_is_named(tmp_path: Path, source: str) -> None:
    (tmp_path / "notice.md.j2").write_text(source, "utf-8")
    with pytest.raises(TemplateFault, match=r"notice\.md\.j2"):
        notice_of(board_with(faulty(said("A001"))), Letters(tmp_path))
