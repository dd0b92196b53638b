"""Text with tabs whose rows lost those that stand before the first words: nothing lands in a wrong column."""

import pytest

from benchmarks.compare import compare
from examples.generator import make_layout, make_report, to_text
from examples.generator.truth import TableEdition
from linter.document.registry import read_document
from linter.report.read import read_report


def without_leading_tabs(text: str, spared: int) -> str:
    """The lines without the tabs that they begin with, every `spared`th line left as it is."""
    lines = text.split("\n")
    return "\n".join(line if at % spared == 0 else line.lstrip("\t") for at, line in enumerate(lines))


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("edition", ["2019", "2021"])
@pytest.mark.parametrize("spared", [2, 3, 1000])
def test_no_number_is_read_under_a_wrong_column(seed: int, edition: TableEdition, spared: int) -> None:
    truth = make_report(seed, edition)
    text = to_text(truth, make_layout(seed), "tabs", "utf-8").decode()
    report = read_report(read_document(without_leading_tabs(text, spared).encode(), "a.txt"), "a.txt")
    assert compare(truth, report, "a").wrong == 0
