"""Tables under another heading, and pictures in the place of tables, through the files."""

import re

import pytest
from whole import judged, names, serious

from examples.generator import make_layout, make_report, to_markdown
from linter.checks.outcome import Judgement

PICTURE = "![](table.png)"


def sections(seed: int) -> list[list[str]]:
    """The lines of a faultless report: before its first heading, then section by section."""
    text = to_markdown(make_report(seed, "2021"), make_layout(seed), "pipe").decode()
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if re.match(r"#* *[一二三四五六]、", line):
            found.append([])
        found[-1].append(line)
    assert len(found) == 7
    return found


def is_row(line: str) -> bool:
    return line.startswith("|")


def judged_lines(parts: list[list[str]]) -> Judgement:
    return judged("a.md", "\n".join(line for part in parts for line in part).encode())


@pytest.mark.parametrize("seed", [7, 11, 12])
@pytest.mark.parametrize("other", [3, 5])
def test_the_table_of_section_4_under_another_heading(seed: int, other: int) -> None:
    parts = sections(seed)
    table = [line for line in parts[4] if is_row(line)]
    parts[4] = [line for line in parts[4] if not is_row(line)]
    parts[other] = [*parts[other], "", *table, ""]
    judgement = judged_lines(parts)
    assert [name for name, _ in serious(judgement)] == ["table-place"]


@pytest.mark.parametrize("seed", [7, 11, 12])
@pytest.mark.parametrize("own", [2, 3, 4])
def test_a_picture_in_the_place_of_a_table(seed: int, own: int) -> None:
    parts = sections(seed)
    parts[own] = [parts[own][0], "", PICTURE, ""]
    judgement = judged_lines(parts)
    assert [name for name, _ in serious(judgement)] == ["table-as-picture"]
    assert "missing-table" in {item.name for item in judgement.open}


def test_a_table_that_is_simply_missing_is_no_picture() -> None:
    parts = sections(7)
    parts[4] = [line for line in parts[4] if not is_row(line)]
    assert "missing-table" in names(judged_lines(parts))
    assert "table-as-picture" not in names(judged_lines(parts))
