"""Doubtful cells of a document are lost cells of the report, and what rests on them is open."""

from __future__ import annotations

from examples.generator import make_layout, make_report, to_docx
from linter.checks.engine import judge
from linter.checks.outcome import Place
from linter.checks.proof import likely_reading
from linter.checks.relation import Instance, Term
from linter.checks.rulebook import load_rulebook
from linter.document.model import Cell, Document, Location, Table
from linter.document.registry import read_document
from linter.report.doubt import with_doubts
from linter.report.model import StandardTable, State, TableCell
from linter.report.read import read_report

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


def judged(shown: str) -> list[str]:
    """What is open of a faultless report of which one total is doubtful and recognised as `shown`."""
    truth, layout = make_report(4, "2021"), make_layout(4)
    read = read_document(to_docx(truth, layout))
    place = read_report(read, "a.docx").tables["disputes"].cells[None, "review.total"].location
    blocks = tuple(
        block._replace(
            cells=tuple(
                cell._replace(text=shown, doubt=REASON.replace("18", shown))
                if cell.location == place
                else cell
                for cell in block.cells
            )
        )
        if isinstance(block, Table)
        else block
        for block in read.blocks
    )
    judgement = judge(read_report(read._replace(blocks=blocks), "a.docx"), load_rulebook().rules)
    assert not judgement.errors
    assert not [finding for finding in judgement.findings if finding.severity == "error"]
    return [item.reason for item in judgement.open if "请核对扫描件" in item.reason]


def test_a_failing_sum_with_a_doubtful_digit_is_open_and_names_the_digit() -> None:
    total = make_report(4, "2021").tables["disputes"].cells[None, "review.total"].value
    assert total is not None
    wrong = total + 1 if total % 10 < 9 else total - 1
    reasons = judged(str(wrong))
    assert any(f"按识别的数字计差 1，“{wrong}”若为“{total}”则成立" in reason for reason in reasons)


def test_a_sum_that_holds_with_a_doubtful_digit_is_open_and_says_so() -> None:
    total = make_report(4, "2021").tables["disputes"].cells[None, "review.total"].value
    assert any("按识别的数字计成立" in reason for reason in judged(str(total)))
