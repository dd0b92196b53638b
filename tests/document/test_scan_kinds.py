"""What befalls scans: pages the wrong way up, seals, text layers, pages of two kinds in one file."""

from __future__ import annotations

import builtins
import importlib.util
import time
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from examples.generator.scan import pictures_as_pdf, scanned_pages
from linter.document import scanengine
from linter.document.model import Table, Unreadable
from linter.document.registry import read_document, read_pages

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
FAULTY = REPORTS / "2025-faulty-city.pdf"

needs_ocr = pytest.mark.skipif(not scanengine.is_installed(), reason="the extra ocr is not installed")


@cache
def table_page() -> Any:
    """The second page of a scanned example, most of which is a table."""
    return list(scanned_pages(FAULTY.read_bytes(), 3))[1]


def figures(data: bytes) -> tuple[list[str], int]:
    """The figures in the cells of a document's tables that are not doubtful, and how many are."""
    cells = [cell for block in read_document(data).blocks if isinstance(block, Table) for cell in block.cells]
    sure = [cell.text for cell in cells if not cell.doubt and cell.text.isdigit()]
    return sure, sum(bool(cell.doubt) for cell in cells)


@cache
def upright() -> tuple[list[str], int]:
    return figures(pictures_as_pdf([table_page()], 150))


@needs_ocr
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_of_figures_on_its_side_or_upside_down_is_turned(turn: int) -> None:
    """Figures look like figures upside down (6 and 9, 0, 1, 8): the words tell."""
    page = table_page().rotate(turn, expand=True)
    turned, doubtful = figures(pictures_as_pdf([page], 150))
    assert len(upright()[0]) > 40
    assert doubtful < 12
    assert sorted(turned)[:3] == sorted(upright()[0])[:3]
    assert abs(len(turned) - len(upright()[0])) < 10


@needs_ocr
def test_a_thin_dash_before_a_figure_is_not_overlooked() -> None:
    """-45 read as 45 would be a wrong number presented as sure."""
    import numpy

    from linter.document.scandoubt import _has_company
    from linter.document.scanengine import Span
    from linter.document.scanpicture import Even
    from linter.document.scanstrips import Strip

    picture = numpy.full((60, 120), 250, numpy.uint8)
    strip, cell = Strip(Span(60, 20, 80, 37), 0), Span(2, 2, 118, 58)
    page = Even(picture, numpy.zeros_like(picture), (), 170 / 72, 0.0)
    assert not _has_company(page, strip, cell)
    picture[28:31, 48:55] = 195
    assert _has_company(page, strip, cell)


@needs_ocr
def test_a_red_seal_is_taken_off_and_a_red_letterhead_is_not() -> None:
    import numpy

    from linter.document.scanseal import without_seals

    page = numpy.full((800, 600, 3), 255, numpy.uint8)
    page[40:70, 50:550] = (220, 30, 30)  # a line of red letters
    page[300:600, 200:206] = page[300:600, 494:500] = (214, 52, 48)
    page[300:306, 200:500] = page[594:600, 200:500] = (214, 52, 48)
    page[400:410, 100:500] = (20, 20, 20)  # print that the seal covers in part
    grey = without_seals(page, 150 / 72)
    assert grey[50, 300] < 150
    assert grey[350, 202] > 230
    assert grey[405, 300] < 60


@needs_ocr
def test_pages_with_text_and_scanned_pages_in_one_file() -> None:
    import pypdfium2

    scanned = pypdfium2.PdfDocument(pictures_as_pdf([table_page()], 150))
    mixed = pypdfium2.PdfDocument(FAULTY.read_bytes())
    pages = len(mixed)
    mixed.import_pages(scanned)
    import io

    out = io.BytesIO()
    mixed.save(out)
    document = read_document(out.getvalue())
    assert (document.pages, document.recognised_pages) == (pages + 1, (pages + 1,))
    own = [
        cell
        for block in document.blocks
        if isinstance(block, Table) and block.cells[0].location.page != pages + 1
        for cell in block.cells
    ]
    assert own
    assert not any(cell.doubt for cell in own)


@needs_ocr
def test_the_text_layer_of_a_scan_is_never_sure() -> None:
    """Scanned-plus-OCR files: what an unknown program read lies unseen under or over the picture."""
    import io

    import pypdfium2
    import pypdfium2.raw as pdfium

    for invisible in (False, True):
        file = pypdfium2.PdfDocument(FAULTY.read_bytes())
        picture = pypdfium2.PdfDocument(pictures_as_pdf([table_page()], 150))
        page = file[1]
        if invisible:
            for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_TEXT,), max_depth=1):
                pdfium.FPDFTextObj_SetTextRenderMode(item.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
        else:
            form = picture.page_as_xobject(0, file) if hasattr(picture, "page_as_xobject") else None
            over = form.as_pageobject() if form else picture.capture_page_as_xobject(0, file).as_pageobject()
            page.insert_obj(over)
        page.gen_content()
        out = io.BytesIO()
        file.save(out)
        document = read_document(out.getvalue())
        assert 2 in document.recognised_pages
        cells = [
            cell
            for block in document.blocks
            if isinstance(block, Table) and block.cells[0].location.page == 2
            for cell in block.cells
            if cell.text.strip().isdigit()
        ]
        assert cells
        assert all(cell.doubt for cell in cells)


@needs_ocr
def test_a_wide_cutting_of_unknown_size_is_not_taken_for_a_huge_page() -> None:
    """Found by fuzzing: as high as A4 is wide, it took 14 s and 1.6 GB to find its lines."""
    import io

    page, out = table_page(), io.BytesIO()
    page.crop((0, page.height // 4, page.width, page.height // 4 + 200)).save(out, "JPEG")
    started = time.process_time()
    document = read_document(out.getvalue())
    assert time.process_time() - started < 8
    boxes = [block.location.box for block in document.blocks if block.location.box]
    assert 400 < max(box[2] for box in boxes) <= 842


@needs_ocr
def test_pictures_of_pages_are_one_document() -> None:
    import io

    page, files = table_page(), []
    for top in (0, page.height // 2):
        out = io.BytesIO()
        page.crop((0, top, page.width, top + page.height // 2)).save(out, "PNG", dpi=(150, 150))
        files.append(out.getvalue())
    document = read_pages(files)
    assert (document.pages, document.recognised_pages) == (2, (1, 2))


@pytest.mark.parametrize("missing", scanengine._NEEDED)
def test_an_extra_of_which_a_part_is_missing_is_named_in_one_line(
    monkeypatch: pytest.MonkeyPatch, missing: str
) -> None:
    present = importlib.util.find_spec
    imported = builtins.__import__

    def refused(name: str, *args: Any, **options: Any) -> Any:
        if name.split(".", maxsplit=1)[0] == missing:
            raise ImportError(name)
        return imported(name, *args, **options)

    monkeypatch.setattr(scanengine, "find_spec", lambda name: None if name == missing else present(name))
    monkeypatch.setattr(builtins, "__import__", refused)
    with pytest.raises(Unreadable, match=r"pip install \"gongkai-lint\[ocr\]\"") as caught:
        read_document(b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert "\n" not in str(caught.value)
