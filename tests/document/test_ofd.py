"""OFD (GB/T 33190): characters and lines out of the package, with the pitfalls its producers lay."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples.generator.ofd import packed
from linter.document.model import Document, Paragraph, Picture, Table, Unreadable
from linter.document.ofdtext import steps
from linter.document.registry import read_document

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def line(x: float, y: float, content: str, size: float = 4, more: str = "", inner: str = "") -> str:
    """A line of text whose base line begins at (x, y + size) mm; ASCII signs are half as wide."""
    steps = " ".join(str(size / 2 if sign.isascii() else size) for sign in content[:-1])
    deltas = f' DeltaX="{steps}"' if steps else ""
    return (
        f'<ofd:TextObject Boundary="{x} {y} 150 6" Font="1" Size="{size}" {more}>{inner}'
        f'<ofd:TextCode X="0" Y="{size}"{deltas}>{content}</ofd:TextCode></ofd:TextObject>'
    )


def stroke(x0: float, y0: float, x1: float, y1: float, more: str = "") -> str:
    """A stroked line, in millimetres."""
    return (
        f'<ofd:PathObject Boundary="{x0} {y0} {x1 - x0} {y1 - y0}" LineWidth="0.2" {more}>'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0} {y1 - y0}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def grid(xs: list[float], ys: list[float], more: str = "") -> str:
    return "".join(stroke(x, ys[0], x, ys[-1], more) for x in xs) + "".join(
        stroke(xs[0], y, xs[-1], y, more) for y in ys
    )


def page(content: str, before: str = "", kind: str = "Body") -> str:
    return (
        f'<ofd:Page {NS}>{before}<ofd:Content><ofd:Layer ID="1" Type="{kind}">{content}</ofd:Layer>'
        "</ofd:Content></ofd:Page>"
    )


def parts_of(pages: list[str], common: str = "", more: str = "") -> dict[str, str]:
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="P{at}.xml"/>' for at in range(len(pages)))
    document = (
        f"<ofd:Document {NS}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"</ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{more}</ofd:Document>"
    )
    return {"Doc_0/Document.xml": document, **{f"Doc_0/P{at}.xml": text for at, text in enumerate(pages)}}


def read(parts: Mapping[str, str]) -> Document:
    return read_document(packed(dict(parts), "标题"), "a.ofd")


def read_page(content: str, before: str = "", **parts: str) -> Document:
    return read({**parts_of([page(content, before)]), **parts})


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def only_table(document: Document) -> Table:
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return table


TABLE = grid([20, 60, 100], [50, 60, 70])
CELLS = line(22, 52, "甲乙") + line(62, 52, "12") + line(22, 62, "丙") + line(62, 62, "0")


def test_text_and_ruled_tables_come_out_as_of_every_paged_format() -> None:
    document = read_page(line(20, 30, "一、总体情况") + TABLE + CELLS)
    assert document.reader == "ofd"
    assert document.metadata == {"title": "标题"}
    assert texts(document) == ["一、总体情况"]
    assert [cell.text for cell in only_table(document).cells] == ["甲乙", "12", "丙", "0"]
    assert document.blocks[0].location.page == 1


# --- text ----------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 9)), max_size=6), st.integers(1, 20))
def test_distances_g_n_v_stand_for_n_times_v(groups: list[tuple[int, int]], count: int) -> None:
    long = [value for times, value in groups for _ in range(times)][:count]
    read = steps(" ".join(f"g {times} {value}" for times, value in groups), count)
    assert read == (long + long[-1:] * (count - len(long)) if long else [])


def test_a_huge_g_makes_no_more_distances_than_there_are_characters() -> None:
    assert steps("g 999999999999 2", 3) == [2, 2, 2]


def test_distances_too_few_go_on_with_the_last_one() -> None:
    code = '<ofd:TextCode X="0" Y="4" DeltaX="4">本年新收</ofd:TextCode>'
    assert texts(read_page(f'<ofd:TextObject Boundary="20 30 99 6" Size="4">{code}</ofd:TextObject>')) == [
        "本年新收"
    ]


def test_text_without_distances_is_set_with_the_usual_widths() -> None:
    code = '<ofd:TextCode X="0" Y="4">共12件</ofd:TextCode>'
    document = read_page(f'<ofd:TextObject Boundary="20 30 99 6" Size="4">{code}</ofd:TextObject>')
    assert texts(document) == ["共12件"]


def test_one_text_object_a_character() -> None:
    signs = "".join(line(20 + 2 * at, 30, sign) for at, sign in enumerate("1305"))
    assert texts(read_page(signs)) == ["1305"]


def test_several_text_codes_keep_the_last_place_where_they_name_none() -> None:
    codes = '<ofd:TextCode X="0" Y="4" DeltaX="4">甲乙</ofd:TextCode><ofd:TextCode X="8">丙</ofd:TextCode>'
    assert texts(read_page(f'<ofd:TextObject Boundary="20 30 99 6" Size="4">{codes}</ofd:TextObject>')) == [
        "甲乙丙"
    ]


def test_a_matrix_scales_the_objects_own_space() -> None:
    """Printer drivers write points from a corner of their own, and boundaries of any size."""
    code = '<ofd:TextCode X="83" Y="168" DeltaX="g 5 9">总体情况说明</ofd:TextCode>'
    thing = (
        '<ofd:TextObject Boundary="-8.8 -170.4 361.5 400" CTM="0.3527 0 0 0.3527 0 139.67" Size="9">'
        f"{code}</ofd:TextObject>"
    )
    (paragraph,) = read_page(thing).blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "总体情况说明"
    box = paragraph.location.box
    assert box is not None
    assert box[0] == pytest.approx((-8.8 + 0.3527 * 83) * 72 / 25.4, abs=0.2)


def test_vertical_text_by_reading_direction() -> None:
    code = '<ofd:TextCode X="1" Y="4" DeltaX="g 3 4">结果维持</ofd:TextCode>'
    down = f'<ofd:TextObject Boundary="25 52 6 30" Size="4" ReadDirection="90">{code}</ofd:TextObject>'
    table = only_table(read_page(grid([20, 60, 100], [50, 80, 90]) + down + line(62, 82, "5")))
    assert table.cells[0].text == "结果维持"


def test_a_page_drawn_sideways_is_turned_upright() -> None:
    def turned(y: float, content: str, x: float) -> str:
        code = f'<ofd:TextCode X="0" Y="0" DeltaX="g {len(content) - 1} 4">{content}</ofd:TextCode>'
        return f'<ofd:TextObject Boundary="{x} {y} 5 9" CTM="0 1 -1 0 0 0" Size="4">{code}</ofd:TextObject>'

    document = read_page(turned(20, "第一行文字", 180) + turned(20, "第二行文字在下", 160))
    assert texts(document) == ["第一行文字", "第二行文字在下"]


def test_leaning_text_is_a_watermark() -> None:
    lean = line(50, 100, "内部资料", more='CTM="0.7 0.7 -0.7 0.7 0 0"')
    document = read_page(line(20, 30, "正文在此") + lean)
    assert texts(document) == ["正文在此"]
    assert any("水印" in note for note in document.notes)


def test_embedded_subset_fonts_keep_their_text_in_text_code() -> None:
    """CGTransform names glyphs of the font; what they say stands in TextCode."""
    glyphs = (
        '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>9 8</ofd:Glyphs>'
        "</ofd:CGTransform>"
    )
    assert texts(read_page(line(20, 30, "总计", inner=glyphs))) == ["总计"]


@pytest.mark.parametrize("sign", ["\ue123", "\U000f0001"])
def test_private_characters_say_nothing(sign: str) -> None:
    document = read_page(line(20, 30, f"共有申请{sign}件") + line(20, 40, "其余文字都可以读出"))
    assert texts(document)[0] == "共有申请\ufffd件"
    assert any("没有编码信息" in note for note in document.notes)
    with pytest.raises(Unreadable, match="编码"):
        read_page(line(20, 30, sign * 40))


def test_a_glyph_without_a_character_is_written_as_a_currency_sign() -> None:
    glyphs = '<ofd:CGTransform CodePosition="0" CodeCount="1"><ofd:Glyphs>9</ofd:Glyphs></ofd:CGTransform>'
    assert texts(read_page(line(20, 30, "共¤件公文", inner=glyphs))) == ["共\ufffd件公文"]


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert texts(read_page(line(20, 30, "⾏政复议"))) == ["行政复议"]


@pytest.mark.parametrize("more", ['Visible="false"', 'Alpha="0"', 'Fill="false"'])
def test_text_that_is_not_shown_is_no_text(more: str) -> None:
    document = read_page(line(20, 30, "正文") + line(20, 40, "不显示", more=more))
    assert texts(document) == ["正文"]
    assert any("不显示" in note for note in document.notes)


# --- lines -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "draw",
    [
        stroke,
        lambda x0, y0, x1, y1: (
            f'<ofd:PathObject Boundary="{x0} {y0} {max(x1 - x0, 0.3)} {max(y1 - y0, 0.3)}" Fill="true" '
            f'Stroke="false"><ofd:AbbreviatedData>M0,0L{max(x1 - x0, 0.3)},0L{max(x1 - x0, 0.3)},'
            f"{max(y1 - y0, 0.3)}L0,{max(y1 - y0, 0.3)}C</ofd:AbbreviatedData></ofd:PathObject>"
        ),
        lambda x0, y0, x1, y1: (
            f'<ofd:PathObject Boundary="0 0 210 297"><ofd:AbbreviatedData>S {x0} {y0} M {x0} {y0} '
            f"L {x1} {y1}</ofd:AbbreviatedData></ofd:PathObject>"
        ),
        lambda x0, y0, x1, y1: (
            f"<ofd:PageBlock><ofd:PageBlock>{stroke(x0, y0, x1, y1)}</ofd:PageBlock></ofd:PageBlock>"
        ),
    ],
    ids=["stroked", "thin filled boxes", "S and M in page space", "nested blocks"],
)
def test_lines_are_lines_however_they_are_drawn(draw: Callable[[float, float, float, float], str]) -> None:
    lines = "".join(draw(x, 50, x, 70) for x in (20, 60, 100))
    lines += "".join(draw(20, y, 100, y) for y in (50, 60, 70))
    assert [cell.text for cell in only_table(read_page(lines + CELLS)).cells] == ["甲乙", "12", "丙", "0"]


def test_rectangles_are_four_lines() -> None:
    boxes = "".join(
        f'<ofd:PathObject Boundary="{x} {y} 40 10"><ofd:AbbreviatedData>M 0 0 L 40 0 L 40 10 L 0 10 C'
        "</ofd:AbbreviatedData></ofd:PathObject>"
        for x in (20, 60)
        for y in (50, 60)
    )
    assert [cell.text for cell in only_table(read_page(boxes + CELLS)).cells] == ["甲乙", "12", "丙", "0"]


def test_shading_white_lines_and_curves_are_no_borders() -> None:
    white = '<ofd:StrokeColor Value="255 255 255"/>'
    shade = (
        '<ofd:PathObject Boundary="20 50 80 10" Fill="true" Stroke="false"><ofd:AbbreviatedData>'
        "M 0 0 L 80 0 L 80 10 L 0 10 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
    hidden = stroke(40, 50, 40, 70).replace("<ofd:Abb", white + "<ofd:Abb")
    curve = (
        '<ofd:PathObject Boundary="20 50 80 20"><ofd:AbbreviatedData>M 0 0 Q 5 5 9 9 B 1 1 2 2 3 3 '
        "A 4 4 0 0 1 30 10</ofd:AbbreviatedData></ofd:PathObject>"
    )
    assert only_table(read_page(TABLE + shade + hidden + curve + CELLS)).column_count == 2


def test_a_line_is_cut_off_at_its_boundary() -> None:
    long = (
        '<ofd:PathObject Boundary="60 50 0.5 20"><ofd:AbbreviatedData>M 0 -400 L 0 400</ofd:AbbreviatedData>'
        "</ofd:PathObject>"
    )
    lines = grid([20, 100], [50, 60, 70]) + long
    assert only_table(read_page(lines + CELLS)).row_count == 2


# --- parts of the package ------------------------------------------------------------------------


def test_templates_are_drawn_too_and_running_heads_left_out() -> None:
    common = '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/>'
    reference = '<ofd:Template TemplateID="9" ZOrder="Background"/>'
    pages = [page(line(22, 52, f"甲{at}") + line(62, 52, "3"), reference) for at in range(3)]
    template = page(line(60, 12, "某某县人民政府公报") + grid([20, 60, 100], [50, 60]), kind="Background")
    document = read({**parts_of(pages, common), "Doc_0/T.xml": template})
    assert texts(document) == []
    assert len([block for block in document.blocks if isinstance(block, Table)]) == 3


def test_a_missing_template_is_said() -> None:
    document = read_page(line(20, 30, "正文"), '<ofd:Template TemplateID="7"/>')
    assert any("模板缺失" in note for note in document.notes)


def test_a_template_that_refers_to_itself_ends() -> None:
    common = '<ofd:TemplatePage ID="9" BaseLoc="T.xml"/>'
    own = '<ofd:Template TemplateID="9"/>'
    parts = {**parts_of([page("", own)], common), "Doc_0/T.xml": page(line(20, 30, "正文"), own)}
    assert texts(read(parts)) == ["正文"]


def resources(*units: str) -> str:
    inner = "".join(
        f'<ofd:CompositeGraphicUnit ID="{number}"><ofd:Content>{unit}</ofd:Content>'
        "</ofd:CompositeGraphicUnit>"
        for number, unit in enumerate(units)
    )
    return f"<ofd:Res {NS}><ofd:CompositeGraphicUnits>{inner}</ofd:CompositeGraphicUnits></ofd:Res>"


def composite(number: int, boundary: str = "0 0 210 297") -> str:
    return f'<ofd:CompositeObject Boundary="{boundary}" ResourceID="{number}"/>'


def test_composite_objects_are_drawn_where_they_are_placed() -> None:
    parts = parts_of(
        [page(TABLE + composite(0, "40 10 99 99") + line(22, 52, "甲"))],
        "<ofd:PublicRes>R.xml</ofd:PublicRes>",
    )
    table = only_table(read({**parts, "Doc_0/R.xml": resources(line(22, 52, "7"))}))
    assert [cell.text for cell in table.cells] == ["甲", "", "", "7"]


def test_composites_that_hold_one_another_end() -> None:
    units = resources(composite(1) + composite(0) + line(20, 30, "正文"), composite(0) * 9)
    parts = parts_of([page(composite(0) * 9)], "<ofd:PublicRes>R.xml</ofd:PublicRes>")
    assert "正文" in texts(read({**parts, "Doc_0/R.xml": units}))[0]


def test_composites_that_multiply_are_cut_off() -> None:
    units = resources(*(composite(number + 1) * 30 for number in range(12)), line(20, 30, "正文"))
    parts = parts_of([page(composite(0))], "<ofd:PublicRes>R.xml</ofd:PublicRes>")
    document = read({**parts, "Doc_0/R.xml": units})
    assert any("内容过多" in note for note in document.notes)


def annotated(annotation: str) -> Document:
    parts = parts_of([page(line(20, 30, "详见网站公告"))], more="<ofd:Annotations>A/I.xml</ofd:Annotations>")
    listed = '<ofd:Page PageID="0"><ofd:FileLoc>P.xml</ofd:FileLoc></ofd:Page>'
    index = f"<ofd:Annotations {NS}>{listed}</ofd:Annotations>"
    return read(
        {
            **parts,
            "Doc_0/A/I.xml": index,
            "Doc_0/A/P.xml": f"<ofd:PageAnnot {NS}>{annotation}</ofd:PageAnnot>",
        }
    )


def test_what_a_seal_says_is_no_text_of_the_report() -> None:
    appearance = f'<ofd:Appearance Boundary="0 0 210 297">{line(20, 40, "某局印章")}</ofd:Appearance>'
    seal = f'<ofd:Annot ID="1" Type="Stamp">{appearance}</ofd:Annot>'
    document = annotated(seal)
    assert texts(document) == ["详见网站公告"]
    assert any("印章" in note for note in document.notes)


def test_links_of_annotations_and_of_objects() -> None:
    action = (
        '<ofd:Actions><ofd:Action Event="CLICK"><ofd:URI URI="http://a.gov.cn/x"/></ofd:Action></ofd:Actions>'
    )
    note = f'<ofd:Annot ID="1" Type="Link">{action}<ofd:Appearance Boundary="28 29 8 7"/></ofd:Annot>'
    (link,) = annotated(note).links
    assert (link.text, link.target, link.location.page) == ("网站", "http://a.gov.cn/x", 1)
    (link,) = read_page(line(20, 30, "网站", inner=action)).links
    assert (link.text[:2], link.target) == ("网站", "http://a.gov.cn/x")


def test_of_several_documents_the_first_is_read() -> None:
    parts = parts_of([page(line(20, 30, "正文"))])
    body = "<ofd:DocBody><ofd:DocRoot>{}</ofd:DocRoot></ofd:DocBody>"
    entry = f"<ofd:OFD {NS}>{body.format('Doc_0/Document.xml')}{body.format('Doc_1/Document.xml')}</ofd:OFD>"
    document = read({**parts, "OFD.xml": entry})
    assert texts(document) == ["正文"]
    assert any("2 个文档" in note for note in document.notes)


def test_the_current_version_is_read() -> None:
    parts = parts_of([page(line(20, 30, "旧的"))])
    new = {
        name.replace("Doc_0", "Doc_1"): text for name, text in parts_of([page(line(20, 30, "新的"))]).items()
    }
    versions = '<ofd:Versions><ofd:Version ID="1" Current="true" BaseLoc="V.xml"/></ofd:Versions>'
    body = f"<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{versions}</ofd:DocBody>"
    entry = f"<ofd:OFD {NS}>{body}</ofd:OFD>"
    version = f"<ofd:DocVersion {NS}><ofd:DocRoot>/Doc_1/Document.xml</ofd:DocRoot></ofd:DocVersion>"
    assert texts(read({**parts, **new, "OFD.xml": entry, "V.xml": version})) == ["新的"]


# --- scans ---------------------------------------------------------------------------------------

IMAGE = '<ofd:ImageObject Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>'


def test_a_scanned_ofd_holds_only_images() -> None:
    with pytest.raises(Unreadable, match="扫描件"):
        read_page(IMAGE)
    document = read(parts_of([page(line(20, 30, "正文")), page(IMAGE)]))
    assert document.scanned_pages == (2,)


def test_text_under_a_scan_is_of_recognition() -> None:
    content = "根据条例要求现将本机关上一年度政府信息公开工作情况报告如下请予监督"
    hidden = read_page(IMAGE + line(5, 30, content, more='Alpha="0"'))
    under = read_page(line(5, 30, content) + IMAGE)
    for document in (hidden, under):
        assert texts(document) == [content]
        assert any("识别层" in note for note in document.notes)


def test_pictures_stand_in_the_flow() -> None:
    picture = '<ofd:ImageObject Boundary="40 40 50 50" ResourceID="5"/>'
    kinds = [type(block) for block in read_page(line(20, 30, "前") + picture + line(20, 99, "后")).blocks]
    assert kinds == [Paragraph, Picture, Paragraph]


# --- bad files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"OFD.xml": "<OFD/>"}, "DocRoot"),
        ({"OFD.xml": "<OFD"}, "XML"),
        ({"Doc_0/Document.xml": None}, "Document.xml"),
        ({"Doc_0/Document.xml": "<Document/>"}, "一页"),
        ({"Doc_0/P0.xml": None}, "第 1 页"),
        ({"Doc_0/P0.xml": "\x00\x01"}, "XML"),
        ({"Doc_0/P0.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}, "DTD"),
        ({"Doc_0/P0.xml": "<Page/>"}, "空白"),
        ({"Doc_0/P0.xml": "\x93\x01", "Encryptions.xml": "<a/>"}, "加密"),
    ],
)
def test_bad_packages_are_refused_with_one_line(change: dict[str, str | None], word: str) -> None:
    parts = {**parts_of([page(line(20, 30, "正文"))]), **change}
    with pytest.raises(Unreadable, match=word) as caught:
        read({name: text for name, text in parts.items() if text is not None})
    assert "\n" not in str(caught.value)


def test_numbers_that_are_none_harm_nothing() -> None:
    odd = (
        '<ofd:TextObject Boundary="nan inf 1e999 x" CTM="1 2" Size="inf"><ofd:TextCode X="nan" Y="1e300" '
        'DeltaX="g x 1 nan">甲</ofd:TextCode></ofd:TextObject><ofd:PathObject Boundary="1 1 1 1">'
        "<ofd:AbbreviatedData>M 1e999 nan L x</ofd:AbbreviatedData></ofd:PathObject><ofd:PathObject/>"
        '<ofd:TextObject/><ofd:ImageObject/><ofd:CompositeObject/><ofd:TextObject Size="-3"/>'
    )
    assert "正文" in texts(read_page(line(20, 30, "正文") + odd))


def test_references_stay_in_the_package() -> None:
    parts = parts_of([page("")])
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace("P0.xml", "../../../etc/passwd")
    with pytest.raises(Unreadable, match="第 1 页"):
        read(parts)


def test_names_with_backslashes_and_other_case() -> None:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(buffer, "w") as archive,
        zipfile.ZipFile(io.BytesIO(packed(parts_of([page(line(20, 30, "正文"))])))) as source,
    ):
        for name in source.namelist():
            archive.writestr(name.replace("/", "\\").upper(), source.read(name))
    assert texts(read_document(buffer.getvalue())) == ["正文"]
