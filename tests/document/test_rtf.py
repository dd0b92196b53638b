"""RTF files as word processors write them, made by hand here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.document.model import Paragraph, Table, Unreadable
from linter.document.registry import read_document


def rtf(body: str, head: str = r"\ansi\ansicpg936\uc1") -> bytes:
    """An RTF file whose body is `body`; Chinese is written as the code page has it."""
    return ("{\\rtf1" + head + " " + body + "}").encode("gb18030")


def paragraphs(data: bytes) -> list[str]:
    """The texts of the paragraphs."""
    return [block.text for block in read_document(data, "a.doc").blocks if isinstance(block, Paragraph)]


def table(data: bytes) -> Table:
    """The only table."""
    (found,) = [block for block in read_document(data, "a.doc").blocks if isinstance(block, Table)]
    return found


def row(edges: list[int], texts: list[str], merges: list[str] | None = None) -> str:
    """One row of a table."""
    merged = merges or [""] * len(edges)
    cells = "".join(f"{merge}\\cellx{edge}" for merge, edge in zip(merged, edges, strict=True))
    return "\\trowd " + cells + "\\pard\\intbl " + "".join(f"{text}\\cell " for text in texts) + "\\row\n"


def test_bytes_of_the_code_page_and_unicode_escapes() -> None:
    assert paragraphs(rtf(r"\'d5\'fe\'b8\'ae\u20449?\u24687?\par 公开\par")) == ["政府信息", "公开"]


def test_the_substitutes_of_an_escape_are_skipped() -> None:
    assert paragraphs(rtf(r"\uc2\u20844\'b9\'ab\uc1 \u24320?\par")) == ["公开"]


def test_headers_notes_and_properties_are_not_text() -> None:
    body = r"{\header 页眉\par}{\info{\title 题目}}正文{\footnote 脚注\par}{\*\unknown 未知}完\par"
    assert paragraphs(rtf(body)) == ["正文完"]


def test_a_text_box_is_read() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn posh}{\sv 1}}{\shptxt \pard 年度报告\par}}{\shprslt 旧\par}}"
    assert paragraphs(rtf(box + r"\pard 正文\par")) == ["年度报告", "正文"]


def test_automatic_numbers_belong_to_the_heading() -> None:
    (block,) = read_document(rtf(r"{\listtext\pard\plain 一、\tab}总体情况\par")).blocks
    assert isinstance(block, Paragraph)
    assert (block.text, block.number) == ("一、总体情况", "一、")


def test_hidden_and_deleted_text_is_left_out_and_told() -> None:
    document = read_document(rtf(r"收到{\deleted 3}{\v 4}5件\par"))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["收到5件"]
    assert any("修订" in note for note in document.notes)


def test_a_link_keeps_its_target() -> None:
    field = r'{\field{\*\fldinst HYPERLINK "http://www.a.example.cn/"}{\fldrslt www.b.example.cn}}\par'
    (link,) = read_document(rtf(field)).links
    assert (link.text, link.target) == ("www.b.example.cn", "http://www.a.example.cn/")


def test_cells_merged_along_a_row_and_downwards() -> None:
    found = table(
        rtf(
            row([1000, 2000, 3000], ["甲", "乙", ""], ["\\clvmgf", "\\clmgf", "\\clmrg"])
            + row([1000, 2000, 3000], ["", "1", "2"], ["\\clvmrg", "", ""])
            + r"\pard 完\par"
        )
    )
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in found.cells] == [
        ("甲", 0, 0, 2, 1),
        ("乙", 0, 1, 1, 2),
        ("1", 1, 1, 1, 1),
        ("2", 1, 2, 1, 1),
    ]


def test_columns_too_thin_to_write_in_are_none() -> None:
    found = table(rtf(row([1000, 1001, 2000], ["甲", "", "乙"]) + row([1000, 2000], ["1", "2"])))
    assert found.column_count == 2
    assert [cell.text for cell in found.cells] == ["甲", "乙", "1", "2"]


def test_a_document_named_otherwise_is_read_by_its_content() -> None:
    assert read_document(rtf(r"正文\par"), "报告.doc").reader == "rtf"


@pytest.mark.parametrize("end", [1, 40])
def test_a_file_that_was_cut_off_is_refused(end: int) -> None:
    with pytest.raises(Unreadable, match="不完整"):
        read_document(rtf(r"正文一段\par {\b 又一段}\par 再一段\par 最后一段\par")[:-end])


def test_groups_within_groups_are_bounded() -> None:
    with pytest.raises(Unreadable, match="嵌套过深"):
        read_document(b"{\\rtf1 " + b"{" * 100_000)


@given(st.binary(max_size=300))
def test_whatever_follows_the_mark_is_read_or_refused(rest: bytes) -> None:
    try:
        read_document(b"{\\rtf1 " + rest)
    except Unreadable as reason:
        assert "\n" not in str(reason)
