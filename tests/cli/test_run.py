"""What a run says on the way and how it ends."""

from __future__ import annotations

import pytest

from linter.checks.outcome import RuleError
from linter.cli.run import Run
from linter.files import Source
from linter.render.entry import Entry

ENTRIES = {
    "clean": Entry("clean"),
    "warned": Entry("warned", warning=1),
    "faulty": Entry("faulty", error=2, info=1),
    "broken": Entry("broken  路径\x1b[2J", reason="文件是空的"),
    "ruled": Entry("ruled", errors=(RuleError("X001", "broken-rule", "除数为零"),)),
}


def exit_code(fail_on: str, *names: str) -> int:
    run = Run(lambda source: ENTRIES[source.path], [Source(name) for name in names], 1)
    assert [entry.path for entry in run] == [ENTRIES[name].path for name in names]
    return run.exit_code(fail_on)


@pytest.mark.parametrize(
    ("fail_on", "names", "code"),
    [
        ("error", ("clean",), 0),
        ("error", ("warned",), 0),
        ("warning", ("warned",), 1),
        ("info", ("warned",), 1),
        ("error", ("clean", "faulty", "clean"), 1),
        ("never", ("faulty",), 0),
        ("error", ("faulty", "broken"), 2),
        ("never", ("broken", "clean"), 2),
        ("never", ("ruled",), 2),
    ],
)
def test_the_worst_decides(fail_on: str, names: tuple[str, ...], code: int) -> None:
    assert exit_code(fail_on, *names) == code


def test_what_cannot_be_read_is_one_harmless_line(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code("error", "broken")
    assert capsys.readouterr().err == "broken  路径[2J: 文件是空的\n"


def test_a_broken_rule_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    exit_code("error", "ruled")
    assert capsys.readouterr().err == "ruled: 规则 X001 broken-rule 出错：除数为零\n"
