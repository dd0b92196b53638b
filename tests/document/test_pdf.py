"""Digital PDFs: paragraphs and tables by position, with the pitfalls real producers lay."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from made_pdf import FIRST, FULL, HEIGHT, NEXT, WIDTH, body, grid, line, paragraphs, pdf, table, tables, text

from linter.document.model import Paragraph, Picture, Unreadable
from linter.document.pdf import read_pdf

SAMPLE = Path(__file__).parents[3] / "shared" / "samples" / "2024-huaian-hongze-district.pdf"


class TestParagraphs:
    def test_lines_are_joined_and_kept(self) -> None:
        document = read_pdf(pdf(body([FIRST, NEXT, "结束。"])))
        [paragraph] = [block for block in document.blocks if isinstance(block, Paragraph)]
        assert paragraph.text == FIRST + NEXT + "结束。"
        assert [line.text for line in paragraph.lines] == [FIRST, NEXT, "结束。"]
        assert paragraph.location.page == 1
        assert paragraph.lines[1].location.box is not None
        left, top, right, bottom = paragraph.lines[1].location.box
        assert (round(left), round(right)) == (80, 512)
        assert 95 < top < bottom < 117
        assert (document.reader, document.pages) == ("pdf", 1)

    def test_first_line_indent_begins_a_paragraph(self) -> None:
        document = read_pdf(pdf(body([FIRST, NEXT]) + body([FIRST, "完。"], top=120)))
        assert paragraphs(document) == [FIRST + NEXT, FIRST + "完。"]

    @pytest.mark.parametrize("heading", ["一、总体情况", "（一）主动公开", "总体情况"])
    def test_headings_stand_alone(self, heading: str) -> None:
        document = read_pdf(pdf(text(80, 60, heading) + body([NEXT, NEXT], indent=False)))
        assert paragraphs(document) == [heading, NEXT + NEXT]

    def test_numbered_heading_after_a_full_last_line(self) -> None:
        document = read_pdf(pdf(body([NEXT, NEXT[:-1] + "。", "二、主动公开情况"], indent=False)))
        assert paragraphs(document) == [NEXT + NEXT[:-1] + "。", "二、主动公开情况"]

    def test_paragraph_goes_on_over_the_page_end(self) -> None:
        document = read_pdf(pdf(body([FIRST, NEXT]), body([NEXT, "结束。"], indent=False)))
        assert paragraphs(document) == [FIRST + NEXT + NEXT + "结束。"]
        [paragraph] = [block for block in document.blocks if isinstance(block, Paragraph)]
        assert [line.location.page for line in paragraph.lines] == [1, 1, 2, 2]

    def test_address_moved_to_the_next_line_as_a_whole(self) -> None:
        url = "http://www.example.gov.cn/zfxxgk/ndbg/"
        lines = [FIRST, FULL[:20] + "（", url + "）下载。", ""]
        document = read_pdf(pdf(body([FIRST, NEXT, NEXT], top=300) + body(lines)))
        assert paragraphs(document)[0] == FIRST + FULL[:20] + "（" + url + "）下载。"

    def test_blanks_only_where_the_page_shows_a_gap(self) -> None:
        content = text(80, 80, "截至") + text(107, 80, "2024") + text(134, 80, "年") + text(180, 80, "止")
        assert paragraphs(read_pdf(pdf(content))) == ["截至2024年      止"]

    def test_kangxi_and_compatibility_code_points_become_ordinary(self) -> None:
        assert paragraphs(read_pdf(pdf(text(80, 80, "⼀、⾏政⼯作⻓期⺠⽣⼾")))) == ["一、行政工作长期民生户"]

    def test_centered_title(self) -> None:
        content = text(237, 60, "工作年度报告", 20) + body([FIRST, NEXT], top=120)
        title = read_pdf(pdf(content)).blocks[0]
        assert isinstance(title, Paragraph)
        assert title.centered

    def test_title_wrapped_in_the_middle_of_the_page(self) -> None:
        title = text(86, 60, "某某县某某镇人民政府二〇二四年政府信息公开", 20) + text(
            227, 90, "工作年度报告书", 20
        )
        document = read_pdf(pdf(title + body([FIRST, NEXT], top=140)))
        assert paragraphs(document)[0] == "某某县某某镇人民政府二〇二四年政府信息公开工作年度报告书"


class TestPitfalls:
    """formats.md, section 3: one test for each that concerns the physical reading."""

    def test_1_stream_order_is_not_reading_order(self) -> None:
        content = (
            text(80, 80, "开展")
            + text(104, 80, "“")
            + text(152, 80, "”")
            + text(116, 80, "开放日")
            + text(164, 80, "活动")
        )
        assert paragraphs(read_pdf(pdf(content))) == ["开展“开放日”活动"]

    @pytest.mark.parametrize(
        "number", ["- {} -", "— {} —", "－{}－", "第{}页", "第 {} 页 共 2 页", "{}/2", "{}"]
    )
    def test_2_page_numbers_inside_paragraphs(self, number: str) -> None:
        first = body([FIRST, NEXT]) + text(290, 790, number.format(1))
        second = body([NEXT, "结束。"], indent=False) + text(290, 790, number.format(2))
        document = read_pdf(pdf(first, second))
        assert paragraphs(document) == [FIRST + NEXT + NEXT + "结束。"]
        assert document.notes == ()

    def test_2_a_number_that_may_be_text_is_kept_and_noted(self) -> None:
        document = read_pdf(pdf(body([FIRST, "数量为"]) + text(290, 400, "37")))
        assert paragraphs(document)[-1] == "37"
        assert "可能是页码" in document.notes[0]

    def test_2_running_heads_are_dropped(self) -> None:
        pages = [text(200, 30, "某县人民政府年度报告") + body([f"第{n}段。"]) for n in "甲乙丙"]
        assert paragraphs(read_pdf(pdf(*pages))) == ["第甲段。", "第乙段。", "第丙段。"]

    def test_3_table_over_a_page_end_gives_a_fragment_each(self) -> None:
        xs = [80, 200, 300]
        document = read_pdf(
            pdf(
                body(["三、情况"]) + table(xs, [700, 720, 740], [("甲", "1"), ("乙", "2")]),
                table(xs, [60, 80], [("丙", "3")]) + body(["四、情况"], top=100),
            )
        )
        first, second = tables(document)
        assert (grid(first), grid(second)) == ([["甲", "1"], ["乙", "2"]], [["丙", "3"]])
        assert first.edges == second.edges == (80.0, 300.0)
        assert (first.location.page, second.location.page) == (1, 2)
        assert (first.location.table, second.location.table) == (1, 2)
        assert [type(block).__name__ for block in document.blocks] == [
            "Paragraph",
            "Table",
            "Table",
            "Paragraph",
        ]

    def test_4_torn_row_gives_its_parts_and_a_blank_row_at_the_page_top_stays(self) -> None:
        xs = [80, 220, 300]
        torn = "".join(line(x, 700, x, 745) for x in xs) + line(80, 700, 300, 700) + line(80, 720, 300, 720)
        document = read_pdf(
            pdf(
                torn
                + text(84, 703, "甲")
                + text(224, 703, "1")
                + text(84, 725, "危及三安全一")
                + text(224, 725, "2"),
                table(xs, [60, 80, 100], [("稳定", ""), ("乙", "")]),
            )
        )
        first, second = tables(document)
        assert grid(first) == [["甲", "1"], ["危及三安全一", "2"]]
        assert grid(second) == [["稳定", ""], ["乙", ""]]

    def test_5_repeated_header_rows_are_left_in_their_fragment(self) -> None:
        xs = [80, 200, 300]
        page = table(xs, [60, 80, 100], [("项目", "数量"), ("甲", "1")])
        assert [grid(block)[0] for block in tables(read_pdf(pdf(page, page)))] == [["项目", "数量"]] * 2

    def test_6_header_alone_at_a_page_end(self) -> None:
        """The one-cell title row at the page end is a table, because the next page goes on with it."""
        first = body(["二、情况"]) + table([80, 300], [760, 780]) + text(150, 764, "第二十条第（一）项")
        second = table([80, 200, 300], [60, 80, 100], [("规章", "1"), ("文件", "2")])
        assert [grid(block) for block in tables(read_pdf(pdf(first, second)))] == [
            [["第二十条第（一）项"]],
            [["规章", "1"], ["文件", "2"]],
        ]

    def test_7_vertical_text_in_a_vertical_font(self) -> None:
        xs, ys = [80, 120, 200], [60, 130, 150]
        content = table(xs, ys, [("", "总计"), ("5", "6")])
        content += text(106, 70, "结果", font="V") + text(92, 70, "维持", font="V")
        [block] = tables(read_pdf(pdf(content)))
        assert grid(block) == [["结果维持", "总计"], ["5", "6"]]

    def test_8_pages_without_text_layer(self) -> None:
        scan = "q 595 0 0 842 0 0 cm /I0 Do Q"
        document = read_pdf(pdf(body(["正文。"]), scan))
        assert document.scanned_pages == (2,)
        assert any("扫描件" in note for note in document.notes)
        with pytest.raises(Unreadable, match="扫描件"):
            read_pdf(pdf(scan, scan))

    def test_9_no_threads(self) -> None:
        source = "".join(
            path.read_text(encoding="utf-8")
            for path in (Path(__file__).parents[2] / "linter/document").glob("pdf*.py")
        )
        assert "thread" not in source.replace("not thread safe", "").replace("one thread at a time", "")

    def test_bold_made_by_printing_twice(self) -> None:
        twice = "".join(text(80 + shift, 80, "总计11") for shift in (0, 0.4))
        each = "".join(
            text(80 + 12 * at + shift, 110, one) for at, one in enumerate("本年新收") for shift in (0, 0.4)
        )
        assert paragraphs(read_pdf(pdf(twice + each))) == ["总计11", "本年新收"]

    def test_bold_made_by_printing_twice_in_a_vertical_cell(self) -> None:
        stack = "".join(
            text(85 + shift, 64 + 13 * at, one) for at, one in enumerate("自然人") for shift in (0, 0.4)
        )
        frame = table([80, 105, 200], [60, 110, 140], [("", "总计"), ("1", "2")])
        assert grid(tables(read_pdf(pdf(frame + stack)))[0]) == [["自然人", "总计"], ["1", "2"]]


class TestTables:
    @pytest.mark.parametrize("stroke", [True, False])
    def test_strokes_and_thin_boxes(self, stroke: bool) -> None:
        rows = [("项目", "数量"), ("许可", "9487"), ("处罚", "")]
        content = table([80, 200, 300], [60, 80, 100, 120], rows, stroke=stroke)
        [block] = tables(read_pdf(pdf(content)))
        assert grid(block) == [list(row) for row in rows]
        assert block.source == "ruled"
        cell = block.cells[3]
        assert (cell.location.page, cell.location.table, cell.location.row, cell.location.cell) == (
            1,
            1,
            2,
            2,
        )
        assert cell.location.box == (200.0, 80.0, 300.0, 100.0)

    def test_rectangles_and_shading(self) -> None:
        content = "0.9 g 80 742 100 40 re f\n" + "".join(
            f"0.5 w {x} {HEIGHT - y - 20} 100 20 re S\n" for y in (60, 80) for x in (80, 180)
        )
        content += "0 g\n" + text(84, 64, "甲") + text(184, 84, "4")
        assert grid(tables(read_pdf(pdf(content)))[0]) == [["甲", ""], ["", "4"]]

    def test_dashed_lines(self) -> None:
        xs, ys = (80, 180, 280), (60, 80, 100)
        content = "".join(line(x, 60, x, 100, "[3 2] 0 d") for x in xs) + "".join(
            line(80, y, 280, y) for y in ys
        )
        assert len(tables(read_pdf(pdf(content + "[] 0 d " + text(84, 64, "甲"))))[0].cells) == 4

    def test_form_objects_with_their_matrix(self) -> None:
        form = table([160, 400, 600], [-400, -360, -320])
        content = "/F0 Do\n" + text(84, 224, "甲")
        [block] = tables(read_pdf(pdf(content, form=form)))
        assert block.edges == (80.0, 300.0)

    @pytest.mark.parametrize("rotate", [90, 180, 270])
    def test_turned_page(self, rotate: int) -> None:
        turned = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}[rotate]
        shift = "1 0 0 1 0 0" if rotate == 180 else f"1 0 0 1 0 {WIDTH - HEIGHT}"
        content = f"q {turned} cm {shift} cm\n" + table(
            [80, 200, 300], [60, 80, 100], [("甲", "1"), ("乙", "2")]
        )
        document = read_pdf(pdf(content + text(80, 300, "正文。") + "Q", rotate=rotate))
        assert grid(tables(document)[0]) == [["甲", "1"], ["乙", "2"]]
        assert paragraphs(document) == ["正文。"]
        assert tables(document)[0].location.box == (80.0, 60.0, 300.0, 100.0)

    def test_text_drawn_sideways_on_an_upright_page(self) -> None:
        content = "q 0 1 -1 0 595 0 cm 1 0 0 1 0 -247 cm\n" + table(
            [80, 200, 300], [60, 80, 100], [("甲", "1"), ("乙", "2")]
        )
        assert grid(tables(read_pdf(pdf(content + "Q")))[0]) == [["甲", "1"], ["乙", "2"]]

    def test_box_round_a_paragraph_is_no_table(self) -> None:
        document = read_pdf(
            pdf(table([70, 530], [70, 130]) + body([FIRST, "完。"]) + body(["后文。"], top=200))
        )
        assert tables(document) == []
        assert paragraphs(document) == [FIRST + "完。", "后文。"]

    def test_underlined_text_is_no_table(self) -> None:
        document = read_pdf(pdf(body(["标题。"]) + line(80, 94, 160, 94) + line(80, 96, 160, 96)))
        assert (tables(document), paragraphs(document)) == ([], ["标题。"])


class TestRest:
    def test_link_cut_by_a_line_end_is_one(self) -> None:
        def area(x0: float, top: float, x1: float) -> str:
            return (
                f"<< /Type /Annot /Subtype /Link /Rect [{x0} {HEIGHT - top - 14} {x1} {HEIGHT - top}] "
                "/A << /S /URI /URI (http://www.example.gov.cn/a/b) >> >>"
            )

        content = text(80, 80, "见http://www.example.gov") + text(80, 100, ".cn/a/b下载")
        document = read_pdf(pdf(content, annotations=area(92, 79, 224) + area(80, 99, 122)))
        [link] = document.links
        assert (link.text, link.target) == ("http://www.example.gov.cn/a/b", "http://www.example.gov.cn/a/b")
        assert link.location.page == 1

    def test_picture_in_its_place(self) -> None:
        content = body(["前文。"]) + "q 100 0 0 100 200 500 cm /I0 Do Q\n" + body(["后文。"], top=400)
        kinds = [type(block) for block in read_pdf(pdf(content)).blocks]
        assert kinds == [Paragraph, Picture, Paragraph]

    def test_signs_without_unicode_are_not_blank(self) -> None:
        content = table([80, 200, 300], [60, 80, 100], [("甲", "\ue123"), ("乙", "2")])
        document = read_pdf(pdf(content + body(["这一页的其余文字都有编码信息。"], top=200)))
        assert tables(document)[0].cells[1].text == "\ufffd"
        assert any("没有编码信息" in note for note in document.notes)

    def test_invisible_text_over_a_scan_rests_on_recognition(self) -> None:
        scan = "q 595 0 0 842 0 0 cm /I0 Do Q 3 Tr\n"
        document = read_pdf(pdf(scan + body([FIRST, "识别所得的文字。"])))
        assert "".join(paragraphs(document)) == FIRST + "识别所得的文字。"
        assert document.recognised_pages == (1,)
        assert any("请核对扫描件" in note for note in document.notes)

    def test_text_covered_by_the_picture_of_the_page_rests_on_recognition(self) -> None:
        words = body([FIRST, "识别所得的文字。"])
        document = read_pdf(pdf(words + "q 595 0 0 842 0 0 cm /I0 Do Q\n"))
        assert document.recognised_pages == (1,)
        background = read_pdf(pdf("q 595 0 0 842 0 0 cm /I0 Do Q\n" + words))
        assert background.recognised_pages == ()

    def test_figures_of_an_invisible_layer_are_doubtful(self) -> None:
        cells = table([80, 200, 300], [60, 80, 100], [("甲", "12"), ("乙", "7")])
        scan = "q 595 0 0 842 0 0 cm /I0 Do Q 3 Tr\n"
        document = read_pdf(pdf(scan + body([FIRST, "识别所得的文字。"], top=200) + cells))
        assert all("请核对扫描件" in cell.doubt for block in tables(document) for cell in block.cells)

    def test_page_with_nothing_but_blank_cells_is_no_scan(self) -> None:
        xs = [80, 180, 280, 380]
        first = body(["四、情况"]) + table(xs, [760, 780], [("维持", "纠正", "总计")])
        document = read_pdf(pdf(first, table(xs, [60, 80])))
        assert [grid(block) for block in tables(document)] == [[["维持", "纠正", "总计"]], [["", "", ""]]]
        assert document.scanned_pages == ()

    def test_pages_beyond_the_limit_are_noted(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("linter.document.pdf.MOST_PAGES", 1)
        document = read_pdf(pdf(body(["前文。"]), body(["后文。"])))
        assert (paragraphs(document), document.pages) == (["前文。"], 2)
        assert document.notes == ("文件共 2 页，只读取了前 1 页",)


class TestUnreadable:
    @pytest.mark.parametrize("data", [b"", b"%PDF-1.7\nnonsense\n%%EOF", b"\x00" * 2000, b"%PDF-1.4\n"])
    def test_broken(self, data: bytes) -> None:
        with pytest.raises(Unreadable) as caught:
            read_pdf(data)
        assert "\n" not in str(caught.value)

    @pytest.mark.parametrize("share", [0.2, 0.5, 0.8, 0.97])
    def test_truncated(self, share: float) -> None:
        data = pdf(body([FIRST, NEXT]), body(["完。"]))
        with pytest.raises(Unreadable, match=r"不完整|损坏"):
            read_pdf(data[: int(len(data) * share)])

    def test_truncated_after_an_earlier_end_mark(self) -> None:
        data = pdf(body(["完。"]), extra="99 0 obj\n<< /Type")
        with pytest.raises(Unreadable, match="不完整"):
            read_pdf(data)

    def test_damaged_cross_references_are_rebuilt(self) -> None:
        data = pdf(body(["第一段。"]))
        start = data.rindex(b"xref\n0 ")
        damaged = data[:start] + data[start:].replace(b" 00000 n", b" 00009 n").replace(b"00000", b"00777")
        assert paragraphs(read_pdf(damaged)) == ["第一段。"]

    def test_encrypted(self) -> None:
        key = "<" + "11" * 32 + ">"
        trailer = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O {key} /U {key} >> /ID [<00> <00>]"
        with pytest.raises(Unreadable, match="密码"):
            read_pdf(pdf(body(["完。"]), trailer=trailer))

    def test_blank_pages_only(self) -> None:
        with pytest.raises(Unreadable, match="空白"):
            read_pdf(pdf(""))


# --- real producers ------------------------------------------------------------------------------


def _docx(path: Path) -> None:
    def paragraph(content: str) -> str:
        return f"<w:p><w:r><w:t>{content}</w:t></w:r></w:p>"

    def cell(content: str, width: int, direction: str = "") -> str:
        turned = f'<w:textDirection w:val="{direction}"/>' if direction else ""
        inner = "".join(map(paragraph, content.split("|")))
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{turned}</w:tcPr>{inner}</w:tc>'

    header = [
        ("结果维持", 600, "tbRl"),
        ("结果纠正", 900, "tbRl"),
        ("其他结果", 560, ""),
        ("尚|未|审|结", 600, ""),
        ("总计", 700, "btLr"),
    ]
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    rows = "<w:tr>" + "".join(cell(*each) for each in header) + "</w:tr>"
    rows += "<w:tr>" + "".join(cell(str(i), each[1]) for i, each in enumerate(header)) + "</w:tr>"
    widths = "".join(f'<w:gridCol w:w="{each[1]}"/>' for each in header)
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><w:document '
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        + paragraph("全年开展政府“开放日”活动“”2次，公开信息2024条。")
        + f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
        + f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{widths}</w:tblGrid>{rows}</w:tbl>'
        + paragraph("后文。")
        + "</w:body></w:document>"
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    package = "http://schemas.openxmlformats.org/package/2006"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", content)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_vertical_text_in_four_ways(tmp_path: Path) -> None:
    _docx(tmp_path / "a.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), "a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    document = read_pdf((tmp_path / "a.pdf").read_bytes())
    header, values = grid(tables(document)[0])
    assert header == ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert values == ["0", "1", "2", "3", "4"]
    assert paragraphs(document) == ["全年开展政府“开放日”活动“”2次，公开信息2024条。", "后文。"]


@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed")
def test_chromium_table_cut_by_page_ends(tmp_path: Path) -> None:
    rows = "".join(f"<tr><td>{i}.第{i}类事项的名称</td><td>{i * 7}</td><td></td></tr>" for i in range(90))
    (tmp_path / "a.html").write_text(
        '<meta charset="utf-8"><style>td{border:1px solid;min-width:3em}table{border-collapse:collapse}'
        "</style>"
        f"<p>前文。</p><table>{rows}</table><p>后文。</p>",
        encoding="utf-8",
    )
    command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", f"--print-to-pdf={tmp_path / 'a.pdf'}", "a.html"]
    subprocess.run(command, check=True, capture_output=True, timeout=120, cwd=tmp_path)
    document = read_pdf((tmp_path / "a.pdf").read_bytes())
    read = [row for block in tables(document) for row in grid(block)]
    assert read == [[f"{i}.第{i}类事项的名称", str(i * 7), ""] for i in range(90)]
    assert len(tables(document)) == document.pages
    assert paragraphs(document) == ["前文。", "后文。"]


def _plumber() -> Any:
    return pytest.importorskip("pdfplumber", reason="pdfplumber (the independent oracle) is not installed")


@pytest.mark.skipif(not SAMPLE.exists(), reason="the real samples are not here")
class TestSample:
    """A real report made by WPS: every figure of its tables."""

    def test_figures(self) -> None:
        document = read_pdf(SAMPLE.read_bytes())
        figures = [[cell.text for cell in block.cells if cell.text.isdigit()] for block in tables(document)]
        assert figures[0] == ["0", "0", "0", "3", "0", "8", "9487"]
        assert figures[1] == ["2776", "84", "7545"]
        assert [row[-7:] for row in grid(tables(document)[2])[3:5]] == [
            ["95", "0", "0", "0", "0", "0", "95"],
            ["0"] * 7,
        ]
        assert [len(figures[2]), len(figures[3])] == [13 * 7, 10 * 7]
        assert grid(tables(document)[4])[-1] == [*"110021000120103"]
        assert (document.notes, document.scanned_pages, document.pages) == ((), (), 5)

    def test_agrees_with_an_independent_reader(self) -> None:
        plumber = _plumber()
        document = read_pdf(SAMPLE.read_bytes())
        ours = sorted(cell.text for block in tables(document) for cell in block.cells if cell.text.isdigit())
        theirs = []
        with plumber.open(SAMPLE) as opened:
            for page in opened.pages:
                for found in page.extract_tables():
                    theirs += [
                        cell.strip() for row in found for cell in row if cell and cell.strip().isdigit()
                    ]
        assert ours == sorted(theirs)
