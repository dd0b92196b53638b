"""A handful of PDFs through the whole pipeline; the corpus of hundreds is `benchmarks.accuracy`."""

import pytest
from whole import read, rules, serious

from benchmarks.compare import compare
from examples.generator import make_layout, make_report, to_docx, to_html
from examples.generator.pdf import Absent, chromium, pdfs_from_docx, pdfs_from_html, printable, soffice
from examples.generator.truth import TableEdition, Truth
from linter.checks.engine import judge

CASES: dict[str, tuple[int, TableEdition]] = {"a": (11, "2021"), "b": (12, "2019"), "c": (13, "2021")}
TRUTHS = {name: make_report(*case) for name, case in CASES.items()}


@pytest.fixture(scope="module")
def libreoffice_pdfs() -> dict[str, bytes]:
    try:
        soffice()
    except Absent as reason:
        pytest.skip(str(reason))
    layouts = {name: printable(make_layout(seed)) for name, (seed, _) in CASES.items()}
    return pdfs_from_docx({name: to_docx(truth, layouts[name]) for name, truth in TRUTHS.items()})


@pytest.fixture(scope="module")
def chromium_pdfs() -> dict[str, bytes]:
    try:
        chromium()
    except Absent as reason:
        pytest.skip(str(reason))
    layouts = {name: printable(make_layout(seed)) for name, (seed, _) in CASES.items()}
    return pdfs_from_html([(name, to_html(truth, layouts[name], "print")) for name, truth in TRUTHS.items()])


@pytest.mark.parametrize("name", CASES)
def test_a_pdf_of_libreoffice_is_read_and_judged(name: str, libreoffice_pdfs: dict[str, bytes]) -> None:
    examine(TRUTHS[name], libreoffice_pdfs[name])


@pytest.mark.parametrize("name", CASES)
def test_a_pdf_of_chromium_is_read_and_judged(name: str, chromium_pdfs: dict[str, bytes]) -> None:
    examine(TRUTHS[name], chromium_pdfs[name])


def examine(truth: Truth, data: bytes) -> None:
    report = read("a.pdf", data)
    score = compare(truth, report, "pdf")
    assert score.problems == []
    assert serious(judge(report, rules())) == []
