"""Doubtful cells of a document are lost cells of the report, and what rests on them is open."""

from __future__ import annotations

from linter.checks.outcome import Place
from linter.checks.proof import likely_reading
from linter.checks.relation import Instance, Term
from linter.document.model import Cell, Document, Location, Table
from linter.report.doubt import with_doubts
from linter.report.model import StandardTable, State, TableCell

REASON = "扫描件上的“18”识别不够可靠，请核对扫描件"


def table(*cells: tuple[str, TableCell]) -> StandardTable:
    return StandardTable("disputes", "2021", True, {(None, key): cell for key, cell in cells})


def document(*cells: Cell) -> Document:
    return Document("scan", (Table(cells, 1, len(cells), "ruled"),), pages=1, recognised_pages=(1,))


def test_a_doubtful_figure_is_lost_with_the_reason_and_what_it_seems_to_be() -> None:
    place = Location(page=1, table=1, row=1, cell=1)
    given = table(("x", TableCell("18", State.NUMBER, 18, location=place)))
    read = with_doubts({"disputes": given}, document(Cell(0, 0, "18", location=place, doubt=REASON)))
    cell = read["disputes"].cells[None, "x"]
    assert (cell.state, cell.value, cell.likely, cell.reason) == (State.LOST, None, 18, REASON)


def test_a_sure_figure_in_a_drawn_cell_stays_a_figure() -> None:
    place = Location(page=1, table=1, row=1, cell=1)
    given = table(("x", TableCell("18", State.NUMBER, 18, location=place)))
    read = with_doubts({"disputes": given}, document(Cell(0, 0, "18", location=place)))
    assert read["disputes"].cells == given.cells


def test_a_recognised_figure_outside_drawn_cells_is_doubtful() -> None:
    given = table(("x", TableCell("18", State.NUMBER, 18, location=Location(page=1, paragraph=4))))
    cell = with_doubts({"disputes": given}, document())["disputes"].cells[None, "x"]
    assert cell.state is State.LOST
    assert "核对扫描件" in (cell.reason or "")


def instance(total: int, *likely: int) -> Instance:
    terms = [
        Term((None, str(index)), TableCell(str(value), State.LOST, reason=REASON, likely=value), 1, "left")
        for index, value in enumerate(likely)
    ]
    end = Term((None, "total"), TableCell(str(total), State.NUMBER, total), -1, "right")
    return Instance(table(), "=", "columns", (*terms, end), "总计", Place())


def test_a_sum_that_one_doubtful_digit_would_explain_says_so() -> None:
    assert likely_reading(instance(16, 18)) == (
        "按识别的数字计差 2，“18”若为“16”则成立",
        "off by 2 with the figures as recognised, would hold if “18” is “16”",
    )


def test_a_sum_that_holds_as_recognised_says_so() -> None:
    assert likely_reading(instance(22, 4, 18)) == (
        "按识别的数字计成立",
        "holds with the figures as recognised",
    )
