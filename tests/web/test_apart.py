"""Files judged in processes of their own: what one of them does, the server survives."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread

import pytest

from linter.checks.outcome import RuleError
from linter.files import Source
from linter.lint import Job
from linter.render.entry import Entry
from linter.web.apart import Apart
from linter.web.judging import Judged, judge_upload

pytest.importorskip("xlsxwriter")

DRAFT = Path(__file__).parents[2] / "examples" / "reports" / "2024-faulty-text.docx"
SOURCE = Source("草稿.docx", DRAFT.read_bytes())


def hang(job: Job, source: Source) -> Judged:
    time.sleep(600)
    return Judged(Entry(source.path))


def die(job: Job, source: Source) -> Judged:
    os._exit(3)


def judge_by_a_broken_rule(job: Job, source: Source) -> Judged:
    return Judged(Entry(source.path, errors=(RuleError("A001", "a-rule", "not foreseen"),)))


def raise_a_fault(job: Job, source: Source) -> Judged:
    raise ValueError("not foreseen")


def test_what_comes_back_is_what_the_same_work_gives_here() -> None:
    apart = Apart(60).judge(Job(), SOURCE)
    here = judge_upload(Job(), SOURCE)
    assert apart.entry == here.entry
    assert [copy.kind for copy in apart.copies] == [copy.kind for copy in here.copies]
    assert apart.copies[-1] == here.copies[-1]


def test_a_rule_that_broke_is_told() -> None:
    said = Apart(60, judge_by_a_broken_rule).judge(Job(), SOURCE)
    assert said.entry.errors == (RuleError("A001", "a-rule", "not foreseen"),)


def test_a_reader_that_hangs_is_ended() -> None:
    began = time.monotonic()
    said = Apart(1.5, hang).judge(Job(), SOURCE)
    assert "用时过长" in said.entry.reason
    assert time.monotonic() - began < 20


@pytest.mark.parametrize("judge", [die, raise_a_fault])
def test_a_reader_that_dies_is_said_so(judge: object) -> None:
    said = Apart(60, judge).judge(Job(), SOURCE)  # type: ignore[arg-type]
    assert "意外中止" in said.entry.reason
    assert said.copies == ()


def test_closing_ends_what_is_going_on_and_starts_nothing_more() -> None:
    apart = Apart(600, hang)
    said: list[Judged] = []
    judging = Thread(target=lambda: said.append(apart.judge(Job(), SOURCE)))
    judging.start()
    time.sleep(1)
    apart.close()
    judging.join(20)
    assert not judging.is_alive()
    assert said[0].entry.reason
    assert apart.judge(Job(), SOURCE).entry.reason
