"""Annotated web pages and PDFs: notes at the places, the file itself untouched, and off again."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from mending import faulty, judged, reader_of

from examples.generator import make_layout, to_html
from linter.document.charset import decode
from linter.document.model import Paragraph, Table
from linter.mend.annotate import NotAnnotated, annotate, annotate_html, annotate_pdf, without_annotations
from linter.mend.fix import fixed
from linter.mend.notes import notes_of
from linter.report.model import Report

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "reports"
PDF = EXAMPLES / "2025-faulty-city.pdf"


@pytest.mark.parametrize("seed", range(1, 13))
def test_a_page_has_each_note_behind_its_words_and_is_the_same_without_them(seed: int) -> None:
    data = to_html(faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    report, judgement = judged(data, "page.html")
    annotated = annotate_html(data, report, judgement)
    assert without_annotations(annotated) == data
    page: Any = html.fromstring(decode(annotated)[0])
    notes = notes_of(report, judgement)
    for number, note in enumerate(notes, start=1):
        (listed,) = page.xpath(f"//*[@id='gongkai-note-{number}']")
        assert note.parts[0].text in "".join(listed.itertext())
        (place,) = page.xpath(f"//*[@id='gongkai-place-{number}']")
        if note.location.cell is not None:
            assert place.xpath("ancestor::td or ancestor::th")


@pytest.mark.parametrize("seed", range(1, 13))
def test_an_annotated_page_reads_like_the_page_and_is_fixed_like_it(seed: int) -> None:
    data = to_html(faulty(seed, "2021" if seed % 2 else "2019"), make_layout(seed))
    report, judgement = judged(data, "page.html")
    annotated = annotate_html(data, report, judgement)
    again, found = judged(annotated, "page.html")
    assert texts(again) == texts(report)
    assert [one.fingerprint for one in found.findings] == [one.fingerprint for one in judgement.findings]
    assert bool(judgement.findings) == any("批注" in note for note in again.document.notes)
    mended, plain = (fixed(page, reader_of("page.html")) for page in (annotated, data))
    assert texts(mended.report) == texts(plain.report)


def texts(report: Report) -> list[str]:
    found: list[str] = []
    for block in report.document.blocks:
        found += [block.text] if isinstance(block, Paragraph) else []
        found += [cell.text for cell in block.cells] if isinstance(block, Table) else []
    return found


def test_the_text_of_a_note_is_escaped_and_no_script_is_added() -> None:
    data = (
        "<html><body><p>青川县水务局2022年政府信息公开工作年度报告</p><p>一、&lt;script&gt;alert(1)&lt;/script&gt;</p>"
        "<p>二、主动公开政府信息情况</p><p>国办公开办函[2021]30号&lt;img onerror=x&gt;</p></body></html>"
    ).encode()
    annotated = annotate(data, *judged(data, "page.html"))
    assert annotated != data
    page: Any = html.fromstring(annotated)
    assert not page.xpath("//script | //img | //@onerror")


def test_a_page_keeps_its_encoding_and_writes_other_characters_as_references() -> None:
    data = to_html(faulty(3, "2021"), make_layout(3)).decode().replace("utf-8", "gb18030").encode("gb18030")
    annotated = annotate(data, *judged(data, "page.html"))
    assert "怎么改" in annotated.decode("gb18030")


def test_a_pdf_is_continued_with_highlights_and_its_own_bytes_come_first() -> None:
    pypdf = pytest.importorskip("pypdf")
    data = PDF.read_bytes()
    report, judgement = judged(data, "a.pdf")
    annotated = annotate_pdf(data, report, judgement)
    assert annotated.startswith(data)
    assert without_annotations(annotated) == data
    again, _ = judged(annotated, "a.pdf")
    assert again.document == report.document
    pages = pypdf.PdfReader(io.BytesIO(annotated)).pages
    found = {
        str(mark.get_object()["/Contents"]): (number, [float(x) for x in mark.get_object()["/Rect"]])
        for number, page in enumerate(pages, start=1)
        for mark in page.get("/Annots", [])
        if str(mark.get_object().get("/T", "")).startswith("gongkai-lint")
    }
    for note in notes_of(report, judgement):
        page, (left, bottom, right, top) = found[note.text]
        assert page == note.location.page
        if note.location.cell and note.location.box:
            height = float(pages[page - 1].mediabox.height)
            x0, y0, x1, y1 = note.location.box
            assert (left, bottom, right, top) == pytest.approx((x0, height - y1, x1, height - y0), abs=1.0)


def test_without_the_package_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    data = PDF.read_bytes()
    with pytest.raises(NotAnnotated, match=re.escape('pip install "gongkai-lint[pdf]"')):
        annotate(data, *judged(data, "a.pdf"))


def test_other_formats_say_so() -> None:
    data = "# 青川县水务局2022年政府信息公开工作年度报告\n\n## 一、概述\n".encode()
    with pytest.raises(NotAnnotated, match="格式"):
        annotate(data, *judged(data, "a.md"))
