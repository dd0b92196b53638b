"""Every seeded fault is found through the files, and a changed figure is among the suspects."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whole import WRITERS, few, judged, names

from examples.generator import make_layout, make_report, with_defects
from examples.generator.defects import KINDS, NEEDS_LINKS, kinds_for
from examples.generator.truth import TableEdition, Truth, number_cell
from linter.checks.outcome import CellEvidence, Finding

seeds = st.integers(0, 100_000)
editions: st.SearchStrategy[TableEdition] = st.sampled_from(("2019", "2021"))


def changed(truth: Truth, key: str, place: tuple[str | None, str], by: int) -> Truth:
    """`truth` with the figure at `place` of table `key` changed by `by`, or up where it would be negative."""
    table = truth.tables[key]
    value = table.number(*place)
    return truth.with_table(
        table.with_cells({place: number_cell(value + by if value + by >= 0 else value - by)})
    )


def suspected(findings: tuple[Finding, ...]) -> set[tuple[str | None, str]]:
    """The cells under suspicion: suspects, and the cells of the evidence."""
    cells: list[CellEvidence] = [suspect.cell for finding in findings for suspect in finding.suspects]
    for finding in findings:
        for evidence in (finding.evidence, *(related.evidence for related in finding.related)):
            cells += evidence.cells if evidence else ()
    return {(cell.row, cell.column) for cell in cells}


@pytest.mark.parametrize("name", ["report.docx", "page.html"])
@pytest.mark.parametrize("key", ["applications", "disputes"])
@few
@given(data=st.data(), seed=seeds, layout_seed=seeds, edition=editions)
def test_any_changed_figure_is_found_and_suspected(
    name: str, key: str, data: st.DataObject, seed: int, layout_seed: int, edition: TableEdition
) -> None:
    truth, layout = make_report(seed, edition), make_layout(layout_seed)
    place = data.draw(st.sampled_from(sorted(truth.tables[key].cells, key=str)))
    by = data.draw(st.integers(-9, 90).filter(bool))
    judgement = judged(name, WRITERS[name](changed(truth, key, place, by), layout))
    findings = tuple(finding for finding in judgement.findings if finding.place.table == key)
    assert findings
    assert place in suspected(findings)


@pytest.mark.parametrize("kind", KINDS)
def test_each_fault_raises_its_rule(kind: str) -> None:
    for seed in (5001, 5002, 5003):
        for edition in ("2019", "2021"):
            if kind not in kinds_for("2019" if edition == "2019" else "2021"):
                continue
            truth = make_report(seed, "2019" if edition == "2019" else "2021")
            faulty, (defect,) = with_defects(truth, seed, [kind])
            found = {
                name: names(judged(name, WRITERS[name](faulty, make_layout(seed))))
                for name in ("report.docx", "page.html", *(() if kind in NEEDS_LINKS else ("tabs.txt",)))
            }
            for name, raised in found.items():
                assert raised & set(defect.rules), (name, seed, edition, defect, raised)
