"""What PDFs of many producers do otherwise than expected, each pitfall a test."""

from __future__ import annotations

import hashlib
import re

import pytest
from made_pdf import FIRST, HEIGHT, NEXT, body, grid, line, paragraphs, pdf, table, tables, text

from linter.document.model import Unreadable
from linter.document.pdf import read_pdf
from linter.document.registry import read_document

_PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
_STREAM = re.compile(rb"(\d+) 0 obj\n(<<[^\n]*>>)\nstream\n(.*?)\nendstream", re.DOTALL)


def _rc4(key: bytes, data: bytes) -> bytes:
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


def encrypted(content: str, password: str) -> bytes:
    """A PDF encrypted for a user password, by the oldest way (RC4, 40 bits)."""
    user = (password.encode() + _PADDING)[:32]
    owner = _rc4(hashlib.md5((b"owner" + _PADDING)[:32]).digest()[:5], user)
    rights = -4
    key = hashlib.md5(user + owner + rights.to_bytes(4, "little", signed=True) + b"\0").digest()[:5]
    check = _rc4(key, _PADDING)
    entry = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P {rights} /O <{owner.hex()}> /U <{check.hex()}> >>"

    def sealed(found: re.Match[bytes]) -> bytes:
        number = int(found[1])
        own = hashlib.md5(key + number.to_bytes(3, "little") + b"\0\0").digest()[:10]
        return b"%s 0 obj\n%s\nstream\n%s\nendstream" % (found[1], found[2], _rc4(own, found[3]))

    return _STREAM.sub(sealed, pdf(content, trailer=f"{entry} /ID [<00> <00>]"))


def shaded(x0: float, y0: float, x1: float, y1: float, grey: float) -> str:
    """An area filled with a grey, nothing drawn round it."""
    return f"{grey} g {x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re f 0 g\n"


def unruled(top: float, *rows: tuple[str, ...]) -> str:
    """Rows of a table without lines, 20 points high."""
    return "".join(
        text(x, top + 20 * number, content)
        for number, row in enumerate(rows)
        for x, content in zip((80, 260, 340, 420), row, strict=True)
        if content
    )


HEAD = ("项目", "自然人", "企业", "总计")


class TestShading:
    def test_shading_instead_of_lines(self) -> None:
        """Every other row is shaded; no line is drawn."""
        bands = "".join(shaded(76, 96 + 40 * at, 480, 116 + 40 * at, 0.9) for at in range(2))
        rows = [("新收", "1", "20", "21"), ("结转", "3", "", "3"), ("公开", "4", "5", "9")]
        [block] = tables(read_pdf(pdf(bands + unruled(80, HEAD, *rows))))
        assert grid(block) == [list(HEAD), *map(list, rows)]

    def test_shaded_cells_with_white_between_them(self) -> None:
        cells = "".join(
            shaded(x, 60 + 22 * row, x + 98, 80 + 22 * row, 0.85) for row in range(3) for x in (80, 180, 280)
        )
        words = "".join(
            text(x + 4, 64 + 22 * row, content)
            for row, contents in enumerate(
                [("项目", "上年", "本年"), ("许可", "12", "7"), ("处罚", "0", "3")]
            )
            for x, content in zip((80, 180, 280), contents, strict=True)
        )
        [block] = tables(read_pdf(pdf(cells + words)))
        assert grid(block) == [["项目", "上年", "本年"], ["许可", "12", "7"], ["处罚", "0", "3"]]


class TestGlyphs:
    def test_kangxi_radicals_and_compatibility_characters_are_ordinary(self) -> None:
        document = read_document(pdf(body(["\u2f00年\u2f8f政许可，其\u2f83\u2f42件\uf98e度。"])), "a.pdf")
        assert paragraphs(document) == ["一年行政许可，其自文件年度。"]

    def test_ligated_glyphs_are_their_letters(self) -> None:
        document = read_document(pdf(text(80, 80, "邮箱：o\ufb03ce@\ufb01le.example.cn")), "a.pdf")
        assert paragraphs(document) == ["邮箱：office@file.example.cn"]

    def test_doubled_glyphs_of_a_bold_total_are_one_figure(self) -> None:
        frame = table([80, 200, 300], [60, 80, 100], [("甲", "11"), ("总计", "")])
        twice = "".join(text(204 + shift, 84, "11") for shift in (0, 0.3, 0.6))
        [block] = tables(read_pdf(pdf(frame + twice)))
        assert grid(block) == [["甲", "11"], ["总计", "11"]]


class TestPages:
    def test_a_table_without_lines_goes_on_over_three_pages(self) -> None:
        first = unruled(700, HEAD, ("新收", "1", "20", "21"), ("结转", "3", "0", "3"))
        second = unruled(60, ("公开", "4", "", "4"), ("部分", "", "6", "6"))
        third = unruled(60, ("其他", "8", "", "8"), ("合计", "9", "1", "10"))
        found = tables(read_pdf(pdf(first, second, third)))
        assert [block.location.page for block in found] == [1, 2, 3]
        assert [grid(block) for block in found[1:]] == [
            [["公开", "4", "", "4"], ["部分", "", "6", "6"]],
            [["其他", "8", "", "8"], ["合计", "9", "1", "10"]],
        ]

    def test_a_drawn_table_goes_on_over_three_pages(self) -> None:
        xs = [80, 200, 300]
        first = body(["三、情况"]) + table(xs, [740, 760], [("甲", "1")])
        pages = [first, table(xs, [60, 80], [("乙", "2")]), table(xs, [60, 80], [("丙", "3")])]
        found = tables(read_pdf(pdf(*pages)))
        assert [grid(block) for block in found] == [[["甲", "1"]], [["乙", "2"]], [["丙", "3"]]]
        assert {block.edges for block in found} == {(80.0, 300.0)}

    def test_a_landscape_section_among_upright_pages(self) -> None:
        data = pdf(
            body(["前文。"]),
            table([80, 400, 700], [300, 320, 340], [("甲", "1"), ("乙", "2")]),
            body(["后文。"]),
        )
        start = data.index(b"[0 0 595 842]", data.index(b"22 0 obj"))
        document = read_pdf(data[:start] + b"[0 0 842 595]" + data[start + 13 :])
        assert [grid(block) for block in tables(document)] == [[["甲", "1"], ["乙", "2"]]]
        assert paragraphs(document) == ["前文。", "后文。"]

    @pytest.mark.parametrize("size", ["842 1191", "522 737", "612 792"], ids=["A3", "16K", "Letter"])
    def test_other_page_sizes(self, size: str) -> None:
        content = body([FIRST, NEXT, "完。"], top=300) + table(
            [80, 200, 300], [400, 420, 440], [("甲", "1"), ("乙", "")]
        )
        document = read_pdf(pdf(content).replace(b"[0 0 595 842]", f"[0 0 {size}]".encode()))
        assert paragraphs(document) == [FIRST + NEXT + "完。"]
        assert [grid(block) for block in tables(document)] == [[["甲", "1"], ["乙", ""]]]


class TestNotes:
    @pytest.mark.parametrize("note", ["注：本表数据由各单位报送。", "表注：“结转”指上年未办结的申请。"])
    def test_a_note_below_a_table_is_no_row(self, note: str) -> None:
        drawn = table([80, 200, 300], [60, 80, 100], [("甲", "1"), ("乙", "2")]) + text(80, 104, note, 9)
        loose = unruled(60, HEAD, ("新收", "1", "20", "21"), ("结转", "3", "0", "3")) + text(80, 122, note, 9)
        for content, count in ((drawn, 2), (loose, 3)):
            document = read_pdf(pdf(content))
            [block] = tables(document)
            assert (block.row_count, paragraphs(document)) == (count, [note])

    def test_a_footnote_at_the_page_end_is_no_row(self) -> None:
        note = "①本数据含委托下属单位办理的2件。"
        rows = unruled(640, HEAD, ("新收①", "1", "20", "21"), ("结转", "3", "0", "3"))
        document = read_pdf(pdf(rows + line(80, 760, 200, 760) + text(80, 768, note, 9)))
        [block] = tables(document)
        assert grid(block)[1:] == [["新收①", "1", "20", "21"], ["结转", "3", "0", "3"]]
        assert paragraphs(document) == [note]


class TestFiles:
    def test_encrypted_with_an_empty_user_password_reads_as_any(self) -> None:
        content = body(["正文。"]) + table([80, 200, 300], [160, 180], [("甲", "1")])
        document = read_pdf(encrypted(content, ""))
        assert (paragraphs(document), grid(tables(document)[0])) == (["正文。"], [["甲", "1"]])

    def test_encrypted_with_a_password_says_so_in_one_line(self) -> None:
        with pytest.raises(Unreadable, match="密码") as caught:
            read_pdf(encrypted(body(["正文。"]), "secret"))
        assert "\n" not in str(caught.value)

    def test_pdf_a_with_tags_and_an_output_intent(self) -> None:
        marked = "/P <</MCID 0>> BDC\n" + body(["正文。"]) + "EMC\n/Artifact BMC\n"
        marked += text(290, 800, "1") + "EMC\n/Table <</MCID 1>> BDC\n"
        marked += table([80, 200, 300], [160, 180], [("甲", "1")]) + "EMC\n"
        entries = (
            b"<< /Type /Catalog /Pages 2 0 R /MarkInfo << /Marked true >> /Lang (zh-CN) "
            b"/StructTreeRoot << /Type /StructTreeRoot >> /OutputIntents [<< /Type /OutputIntent "
            b"/S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) >>] >>"
        )
        document = read_pdf(pdf(marked).replace(b"<< /Type /Catalog /Pages 2 0 R >>", entries))
        assert (paragraphs(document), grid(tables(document)[0])) == (["正文。"], [["甲", "1"]])
