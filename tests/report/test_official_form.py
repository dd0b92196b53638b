"""The official form of 2021 as the State Council's office hands it out: blank, and filled with known figures.

It is read as .docx, and after conversion by LibreOffice as .doc and .pdf.
"""

from __future__ import annotations

import io
import zipfile
from functools import cache
from pathlib import Path

import pytest
from lxml import etree

from examples.generator.pdf import Absent, converted, soffice
from linter.document.registry import read_document
from linter.report.model import Report, State
from linter.report.norm import TABLE_KEYS, table_spec
from linter.report.read import read_report

FORM = Path(__file__).parents[3] / "shared" / "samples" / "form-2021-blank.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FORMS = ("docx", "doc", "pdf")
pytestmark = pytest.mark.skipif(not FORM.exists(), reason="../shared/samples is not there")


def figure(number: int) -> str:
    """The figure written into the form's cell `number`, counted as read; zeros, one to five digits."""
    return str((0, number, number * 37 % 1000, 10000 + number * 101)[number % 4])


def filled(form: bytes) -> bytes:
    """The form with a figure in every blank cell."""
    count = 0
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(result, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(data)
                for cell in root.iter(W + "tc"):
                    merge = cell.find(f"{W}tcPr/{W}vMerge")
                    covered = merge is not None and merge.get(W + "val") != "restart"
                    if covered or "".join(map(str, cell.itertext())).strip():
                        continue
                    paragraph = cell.find(W + "p")
                    assert paragraph is not None
                    etree.SubElement(etree.SubElement(paragraph, W + "r"), W + "t").text = figure(count)
                    count += 1
                data = etree.tostring(root)
            new.writestr(name, data)
    return result.getvalue()


@cache
def made(form: str) -> dict[str, bytes]:
    """The blank and the filled form, converted."""
    blank = FORM.read_bytes()
    documents = {"blank": blank, "filled": filled(blank)}
    if form == "docx":
        return documents
    try:
        soffice()
    except Absent:
        pytest.skip("LibreOffice is not installed")
    return converted(documents, "docx", form)


@cache
def report(form: str, which: str) -> Report:
    return read_report(read_document(made(form)[which], f"a.{form}"), f"a.{form}")


@pytest.mark.parametrize("form", FORMS)
def test_every_row_and_column_of_the_blank_form_is_in_its_place(form: str) -> None:
    read = report(form, "blank")
    for key in TABLE_KEYS:
        assert set(read.tables[key].cells) == set(table_spec(key, "2021").cell_keys())
        assert read.tables[key].deviations == ()


@pytest.mark.parametrize("form", FORMS)
def test_every_value_of_the_blank_form_is_blank(form: str) -> None:
    cells = [cell for table in report(form, "blank").tables.values() for cell in table.cells.values()]
    assert {cell.state for cell in cells} == {State.BLANK}


@pytest.mark.parametrize("form", FORMS)
def test_the_filled_form_reads_back_exactly(form: str) -> None:
    tables = report(form, "filled").tables
    read = {(key, *place): cell.text for key in TABLE_KEYS for place, cell in tables[key].cells.items()}
    places = [(key, *place) for key in TABLE_KEYS for place in table_spec(key, "2021").cell_keys()]
    assert read == {place: figure(number) for number, place in enumerate(places)}
    assert {cell.state for key in TABLE_KEYS for cell in tables[key].cells.values()} == {State.NUMBER}


@pytest.mark.parametrize("form", FORMS)
def test_the_filled_form_is_read_in_full(form: str) -> None:
    assert report(form, "filled").reading.certainty == "full"
