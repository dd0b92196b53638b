"""The three outputs of `check` and that of `extract`, against golden files.

`GONGKAI_GOLDEN=write pytest tests/render` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import json
import os
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from made_report import HOSTILE, judgement, report

from linter import __version__
from linter.checks.outcome import Judgement
from linter.render import CHECK_FORMATS, check_renderer, extract_json
from linter.render.check_json import number
from linter.render.entry import Entry, Settings, entry_of
from linter.render.excerpt import width
from linter.render.text import unread_words

GOLDEN = Path(__file__).parent.parent / "golden"
# The formats that say something of a run without findings.
FRAMED = [form for form in CHECK_FORMATS if form != "jsonl"]
UNREADABLE = Entry("青川/损坏.docx", reason="文件不完整或已损坏")


def rendered(form: str, settings: Settings, *more: Entry) -> str:
    made = report()
    judged = judgement(made)
    renderer = check_renderer(form)
    entry = entry_of(made, judged, renderer.render_report(made, judged, settings))
    return "".join(renderer.render_run([entry, *more], settings))


def same_as_golden(name: str, output: str) -> None:
    path = GOLDEN / name
    output = output.replace(__version__, "VERSION")
    if os.environ.get("GONGKAI_GOLDEN") == "write":
        path.write_text(output, encoding="utf-8", newline="\n")
    assert output == path.read_bytes().decode()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("form", "suffix"), [("text", "txt"), ("html", "html"), ("json", "json")])
def test_check_output_is_as_agreed(form: str, suffix: str, lang: Any) -> None:
    same_as_golden(f"check.{lang}.{suffix}", rendered(form, Settings(lang), UNREADABLE))


def test_extract_output_is_as_agreed() -> None:
    made = report()
    entry = Entry(made.path, extract_json.render_report(made))
    same_as_golden("extract.json", "".join(extract_json.render_run([entry, UNREADABLE])))


@pytest.mark.parametrize("columns", [40, 50, 60, 80, 100])
def test_text_keeps_within_the_terminal(columns: int) -> None:
    assert max(map(width, rendered("text", Settings(columns=columns)).split("\n"))) <= columns


def test_text_has_colour_only_where_wanted() -> None:
    assert "\x1b" not in rendered("text", Settings())
    coloured = rendered("text", Settings(color=True))
    assert "\x1b[1;31m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == rendered("text", Settings())


def test_text_can_be_shown_by_a_gbk_terminal() -> None:
    rendered("text", Settings()).encode("gbk")


@pytest.mark.parametrize("form", FRAMED)
def test_every_format_renders_a_run_without_files(form: str) -> None:
    assert "".join(check_renderer(form).render_run([], Settings()))


@pytest.mark.parametrize("form", FRAMED)
def test_every_format_renders_a_report_of_which_nothing_is_known(form: str) -> None:
    made = report()._replace(
        title=None, issuer=None, issuer_kind=None, year=None, edition=None, period=None, tables={}
    )
    empty = Judgement((), ())
    body = check_renderer(form).render_report(made, empty, Settings())
    assert "".join(check_renderer(form).render_run([entry_of(made, empty, body)], Settings()))


def keys(value: Any, path: str = "") -> set[str]:
    """Every key in a JSON value by its path, list items merged."""
    if isinstance(value, dict):
        return {f"{path}.{key}" for key in value}.union(*(keys(v, f"{path}.{k}") for k, v in value.items()))
    if isinstance(value, list):
        return set().union(*(keys(item, path) for item in value))
    return set()


def test_check_json_has_every_key_of_the_contract() -> None:
    data = json.loads(rendered("json", Settings(), UNREADABLE))
    assert data["summary"] == {
        "files": 2,
        "unreadable": 1,
        "error": 3,
        "warning": 1,
        "info": 1,
        "open": 4,
    }
    assert data["unreadable"] == [{"path": "青川/损坏.docx", "reason": "文件不完整或已损坏"}]
    place = {"page", "line", "column", "section", "table", "row", "cell", "excerpt"}
    for finding in data["reports"][0]["findings"]:
        assert set(finding) == {
            "code",
            "name",
            "severity",
            "message",
            "clause",
            "hint",
            "fingerprint",
            "location",
            "evidence",
            "causes",
            "related",
        }
        assert set(finding["location"]) == place
        assert set(finding["evidence"]) == {"formula", "left", "right", "difference", "cells"}
        for cell in finding["evidence"]["cells"]:
            assert set(cell) == {"table", "row", "column", "text", "state", "value"}
        for cause in finding["causes"]:
            assert set(cause) == {"table", "row", "column", "text", "state", "value", "suggestion", "slip"}
        for related in finding["related"]:
            assert set(related) == {"code", "name", "message", "location", "evidence"}
    assert {"suppressed", "known"} <= set(data["reports"][0])
    for item in data["reports"][0]["open"]:
        assert set(item) == {"code", "name", "reason", "location"}
        assert set(item["location"]) == place


def test_extract_json_has_every_key_of_the_contract() -> None:
    data = json.loads(extract_json.render_report(report()))
    cell = {"text", "state", "value", "unit", "note", "reason", "candidates", "location"}
    assert set(data["tables"]["applications"]["new"]["natural_person"]) == cell
    assert set(data["tables"]["disputes"]["review.upheld"]) == cell
    assert data["tables"]["disclosure"]["procurement"]["amount"]["value"] == 93.36
    assert data["tables"]["applications"]["granted"]["research"]["state"] == "lost"
    assert data["tables"]["applications"]["granted"]["research"]["value"] is None
    assert data["period"] == {"start": "2019-01-01", "end": None}
    assert data["contact"]["fax"] is None
    assert {".title", ".issuer_kind", ".sections.key", ".facts", ".reading.certainty"} <= keys(data)


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "null"), (7, "7"), (Decimal("93.36"), "93.36"), (Decimal("-0.5"), "-0.5")],
)
def test_numbers_are_written_as_they_are(value: int | Decimal | None, shown: str) -> None:
    assert json.dumps(number(value)) == shown


class _Page(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name == "href" and (value or "").startswith("#"):
                self.targets.append((value or "")[1:])
            elif name in ("src", "href"):
                self.loaded.append(value or "")


@pytest.fixture(scope="module")
def page() -> _Page:
    parsed = _Page()
    parsed.feed(rendered("html", Settings(), UNREADABLE))
    return parsed


def test_page_needs_nothing_from_the_network_and_runs_nothing(page: _Page) -> None:
    assert page.loaded == []
    assert "script" not in page.tags


def test_hostile_cell_is_shown_as_text() -> None:
    output = rendered("html", Settings())
    assert HOSTILE.split("\x1b", maxsplit=1)[0] not in output
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in output


def test_links_between_findings_and_cells_lead_somewhere(page: _Page) -> None:
    assert len(page.ids) == len(set(page.ids))
    assert page.targets
    assert set(page.targets) <= set(page.ids)


def test_every_row_of_a_drawn_table_covers_the_same_columns() -> None:
    from linter.render.form import draw
    from linter.report.norm import table_spec

    for edition in ("2019", "2021"):
        for key, made in report().tables.items():
            taken: dict[int, set[int]] = {}
            drawn = draw(made, table_spec(key, edition))
            for index, row in enumerate(drawn):
                column = 0
                for box in row:
                    while column in taken.setdefault(index, set()):
                        column += 1
                    for below in range(index, index + box.rows):
                        taken.setdefault(below, set()).update(range(column, column + box.columns))
            assert len(taken) == len(drawn)
            assert len({tuple(sorted(columns)) for columns in taken.values()}) == 1, (edition, key)
            cells = [box.key for row in drawn for box in row if box.role == "cell"]
            assert len(cells) == len(set(cells))
            if made.layout == edition:
                assert set(cells) == set(made.cells)


@pytest.mark.parametrize("form", ["text", "html"])
def test_a_report_not_read_in_full_says_so_at_the_top_and_what_to_do(form: str) -> None:
    output = rendered(form, Settings())
    place = output.replace("\n    ", "").index("这份报告没有全部读准")
    assert place < output.index("错误  " if form == "text" else "<h3>检查结果")
    assert "请" in output[place : place + 60]


def test_advice_follows_what_the_report_came_as() -> None:
    made = report()

    def said(reader: str, certainty: Any = "partial", **document: Any) -> str:
        reading = made.reading._replace(reader=reader, certainty=certainty)
        return unread_words(made._replace(document=made.document._replace(**document), reading=reading), "zh")

    assert said("docx", "full") == ""
    assert "Word 原稿，或网页" in said("text")
    assert said("pdf", pages=3, scanned_pages=()).endswith("请提供 Word 原稿。")
    assert "扫描件" in said("pdf", pages=3, scanned_pages=(2,))
    assert "不能作为依据" in said("html", "poor")
