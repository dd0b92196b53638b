"""Scans: pictures of pages, read by recognition; the pitfalls of formats.md §8."""

from __future__ import annotations

import contextlib
import io
import socket
import struct
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from examples.generator.__main__ import EXAMPLES
from examples.generator.scan import scan_of, scanned_pages
from examples.generator.truth import Truth
from linter.checks.engine import judge
from linter.checks.rulebook import load_rulebook
from linter.document import scanengine
from linter.document.model import Document, Table, Unreadable
from linter.document.registry import read_document
from linter.report.model import Report, State
from linter.report.read import read_report

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
FAULTY = REPORTS / "2025-faulty-city.pdf"

needs_ocr = pytest.mark.skipif(not scanengine.is_installed(), reason="the extra ocr is not installed")


@cache
def faulty() -> tuple[Truth, Document, Report]:
    """An example with faults in its tables, scanned: what it says, and how it is read."""
    truth = next(example for example in EXAMPLES if example.name == "faulty-city.pdf").made()[0]
    document = read_document(scan_of(FAULTY.read_bytes(), 7))
    return truth, document, read_report(document, "scan.pdf")


@cache
def top_of_first_page() -> Any:
    """The title and the beginning of the text, as a picture of 150 dots an inch."""
    page = next(iter(scanned_pages(FAULTY.read_bytes(), 3)))
    return page.crop((0, 0, page.width, page.height // 4))


def picture(form: str, **options: Any) -> bytes:
    out = io.BytesIO()
    top_of_first_page().save(out, form, dpi=(150, 150), **options)
    return out.getvalue()


@needs_ocr
class TestScannedReport:
    def test_every_figure_is_right_or_said_to_be_doubtful(self) -> None:
        truth, _, report = faulty()
        right = 0
        for key, table in truth.tables.items():
            for place, expected in table.cells.items():
                read = report.tables[key].cells[place]
                if expected.state is State.NUMBER and read.state is not State.LOST:
                    assert (key, place, read.value) == (key, place, expected.value)
                    right += 1
        assert right > 150

    def test_a_blank_cell_is_lost_as_its_figure_may_not_have_been_seen(self) -> None:
        truth, _, report = faulty()
        blank = [
            (key, place)
            for key, table in truth.tables.items()
            for place, expected in table.cells.items()
            if expected.state is State.BLANK
        ]
        assert blank
        read = [report.tables[key].cells[place] for key, place in blank]
        assert all(cell.state is State.LOST and "可能是空白" in (cell.reason or "") for cell in read)

    def test_ocr_results_lower_the_certainty(self) -> None:
        _, document, report = faulty()
        assert document.recognised_pages == tuple(range(1, (document.pages or 0) + 1))
        assert document.scanned_pages == ()
        assert report.reading.certainty == "partial"
        assert any("图像识别" in note and "核对扫描件" in note for note in report.reading.notes)

    def test_faults_of_figures_are_found_and_those_of_words_are_open(self) -> None:
        _, _, report = faulty()
        judgement = judge(report, load_rulebook().rules)
        assert not judgement.errors
        assert {finding.name for finding in judgement.findings} >= {"scanned-report"}
        opened = [item for item in judgement.open if "请核对扫描件" in item.reason]
        assert any("announced" in item.name for item in opened)
        assert not {item.name for item in opened} & {finding.name for finding in judgement.findings}

    def test_title_and_period_are_read(self) -> None:
        truth, _, report = faulty()
        assert (report.year, report.issuer) == (truth.year, truth.organ.name)


@needs_ocr
class TestPictures:
    @pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP"])
    def test_pictures_of_pages_are_read(self, form: str) -> None:
        document = read_document(picture(form), "page")
        assert (document.reader, document.pages, document.recognised_pages) == ("scan", 1, (1,))
        assert "政府信息公开" in "".join(getattr(block, "text", "") for block in document.blocks)

    def test_every_page_of_a_tiff_is_read(self) -> None:
        data = picture("TIFF", save_all=True, append_images=[top_of_first_page()])
        assert read_document(data).recognised_pages == (1, 2)

    def test_bilevel_tiff_as_fax_machines_write_it(self) -> None:
        out = io.BytesIO()
        top_of_first_page().point(lambda value: 255 * (value > 150)).convert("1").save(
            out, "TIFF", compression="group4", dpi=(150, 150)
        )
        assert "政府信息公开" in str(read_document(out.getvalue()).blocks)

    @pytest.mark.parametrize("turn", [90, 180])
    def test_a_page_that_lies_on_its_side_is_turned(self, turn: int) -> None:
        out = io.BytesIO()
        top_of_first_page().rotate(turn, expand=True).save(out, "PNG", dpi=(150, 150))
        assert "政府信息公开" in str(read_document(out.getvalue()).blocks)

    def test_a_picture_without_text_says_so(self) -> None:
        from PIL import Image

        out = io.BytesIO()
        Image.new("L", (1240, 1754), 255).save(out, "PNG")
        with pytest.raises(Unreadable, match="没有识别出文字"):
            read_document(out.getvalue())

    def test_a_picture_of_enormous_size_is_refused_before_it_is_unpacked(self) -> None:
        header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0)
        rows = zlib.compress(bytes(1_000_000))
        chunks = b"".join(
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
            for kind, body in ((b"IHDR", header), (b"IDAT", rows), (b"IEND", b""))
        )
        with pytest.raises(Unreadable, match=r"过大|损坏"):
            read_document(b"\x89PNG\r\n\x1a\n" + chunks)

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(["PNG", "JPEG", "TIFF", "BMP"]), st.integers(0, 2000), st.binary(max_size=4))
    def test_a_broken_head_is_one_line_or_is_read(self, form: str, at: int, junk: bytes) -> None:
        data = picture(form)[: 200 + at]
        data = data[: at % 200] + junk + data[at % 200 + len(junk) :]
        try:
            read_document(data, "scan.png")
        except Unreadable as reason:
            assert "\n" not in str(reason)


@needs_ocr
def test_recognition_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    """rapidocr logs on import: only its models are used."""
    read_document(picture("PNG"))
    assert capfd.readouterr() == ("", "")


@needs_ocr
def test_a_broken_fax_says_nothing_on_stderr(capfd: pytest.CaptureFixture[str]) -> None:
    """libtiff writes its complaints past Python."""
    out = io.BytesIO()
    top_of_first_page().convert("1").save(out, "TIFF", compression="group4", dpi=(150, 150))
    data = bytearray(out.getvalue())
    data[300:340] = bytes(40)
    with contextlib.suppress(Unreadable):
        read_document(bytes(data))
    assert capfd.readouterr() == ("", "")


@needs_ocr
def test_nothing_is_downloaded_at_run_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    scanengine._session.cache_clear()
    assert read_document(picture("JPEG")).recognised_pages == (1,)


def test_without_the_extra_one_line_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanengine, "is_installed", lambda: False)
    for data in (b"\xff\xd8\xff\xe0" + bytes(50), b"II*\0" + bytes(50)):
        with pytest.raises(Unreadable, match=r"pip install \"gongkai-lint\[ocr\]\"") as caught:
            read_document(data)
        assert "\n" not in str(caught.value)


@needs_ocr
def test_drawn_lines_are_told_from_strokes() -> None:
    import numpy

    from linter.document.scanlines import drawn_lines

    faint = numpy.zeros((400, 600), numpy.uint8)
    for y in (50, 90, 130):
        faint[y : y + 2, 50:551] = 1
    for x in (50, 300, 550):
        faint[50:132, x : x + 2] = 1
    faint[55:86, 150:152] = 1  # the stem of a character that nearly fills its row
    for y in (60, 70, 80):
        faint[y : y + 2, 140:163] = 1
    rulings, _ = drawn_lines(faint, 2.0)
    down = {round(ruling.x0) for ruling in rulings if ruling.x0 == ruling.x1}
    assert down == {26, 150, 276} or down == {25, 150, 275}


@needs_ocr
def test_tables_have_their_rows_and_columns() -> None:
    _, document, _ = faulty()
    widths = {block.column_count for block in document.blocks if isinstance(block, Table)}
    assert {10, 15} <= widths


def test_a_page_too_narrow_for_a_character_shows_no_text() -> None:
    numpy = pytest.importorskip("numpy")
    from linter.document.scan import recognised_page

    assert recognised_page(1, numpy.zeros((1, 4000), numpy.uint8), 595.0, 0.1) is None
