"""For any consistent report in any layout: what is read is what was written, and nothing is accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whole import WRITERS, few, read, rules, serious

from benchmarks.compare import compare
from examples.generator import make_layout, make_report, to_text
from examples.generator.truth import TableEdition
from linter.checks.engine import judge

seeds = st.integers(0, 100_000)
editions: st.SearchStrategy[TableEdition] = st.sampled_from(("2019", "2021"))


@pytest.mark.parametrize("name", WRITERS)
@few
@given(seed=seeds, layout_seed=seeds, edition=editions)
def test_the_grid_read_is_the_grid_written_and_nothing_is_found(
    name: str, seed: int, layout_seed: int, edition: TableEdition
) -> None:
    truth, layout = make_report(seed, edition), make_layout(layout_seed)
    report = read(name, WRITERS[name](truth, layout))
    score = compare(truth, report, name)
    assert [problem for problem in score.problems if "read as" in problem.kind or score.wrong] == []
    assert score.states == score.cells
    judgement = judge(report, rules())
    assert serious(judgement) == []
    assert judgement.errors == ()


@pytest.mark.parametrize("name", ["report.docx", "page.html", "pipe.md", "tabs.txt"])
@few
@given(seed=seeds, layout_seed=seeds, edition=editions)
def test_year_edition_issuer_period_and_contact_are_read(
    name: str, seed: int, layout_seed: int, edition: TableEdition
) -> None:
    truth, layout = make_report(seed, edition), make_layout(layout_seed)
    score = compare(truth, read(name, WRITERS[name](truth, layout)), name)
    assert score.problems == []


@few
@given(seed=seeds, layout_seed=seeds, edition=editions)
def test_the_headings_read_are_those_written(seed: int, layout_seed: int, edition: TableEdition) -> None:
    truth, layout = make_report(seed, edition), make_layout(layout_seed)
    for name in ("report.docx", "page.html", "pipe.md"):
        report = read(name, WRITERS[name](truth, layout))
        assert [(part.key, part.number, part.title) for part in truth.sections] == [
            (section.key, section.number, section.title) for section in report.sections
        ]


@few
@given(seed=seeds, layout_seed=seeds, edition=editions)
def test_every_encoding_reads_the_same(seed: int, layout_seed: int, edition: TableEdition) -> None:
    truth, layout = make_report(seed, edition), make_layout(layout_seed)
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "gb18030"):
        score = compare(truth, read("a.txt", to_text(truth, layout, "tabs", encoding)), encoding)
        assert (score.states, score.wrong) == (score.cells, 0)
