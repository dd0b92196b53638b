"""The folder in real Chromium, opened from the disk, on a desk and on a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linter.score.board import Board, card_name

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

expect = playwright.expect
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
DESK, PHONE = 1280, 390


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@contextmanager
def opened(browser: Browser, path: Path, width: int = DESK, script: bool = True) -> Iterator[Page]:
    """A page that stays quiet, asks for nothing outside the folder, and is not wider than the window."""
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda said: complaints.append(said.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    yield page
    if script:
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
    assert complaints == []
    assert [url for url in asked if not url.startswith("file://")] == []


def units(page: Page) -> list[str]:
    """The units shown in the ranking, in order."""
    return [row.strip() for row in page.locator("#ranks tbody tr:visible td.who a").all_inner_texts()]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_overview_finds_and_filters(
    browser: Browser, score_folder: Path, scored: Board, width: int
) -> None:
    with opened(browser, score_folder / "index.html", width) as page:
        everyone = len(scored.latest.standings)
        told = page.locator(".filters output")
        expect(told).to_have_text(f"显示 {everyone} / {everyone}")
        page.get_by_label("查找单位").fill("绿水县财政")
        assert units(page) == ["绿水县财政局"]
        expect(told).to_have_text(f"显示 1 / {everyone}")
        page.get_by_label("查找单位").fill("")
        page.locator("select[data-by=kind]").select_option("township")
        wanted = [
            one.filing.unit.name for one in scored.latest.standings if one.filing.unit.kind == "township"
        ]
        assert sorted(units(page)) == sorted(wanted)
        page.locator("select[data-by=kind]").select_option("")
        page.locator(".worst a").first.click()
        code = page.locator(".worst a").first.inner_text()
        lost = [one.filing.unit.name for one in scored.latest.standings if one.states.get(code) == "lost"]
        assert sorted(units(page)) == sorted(lost)


def test_columns_are_sorted_both_ways_and_what_has_no_figure_stays_last(
    browser: Browser, score_folder: Path
) -> None:
    with opened(browser, score_folder / "index.html") as page:
        for _ in range(2):
            page.locator("#ranks th").get_by_text("及时性").click()
            texts = page.locator("#ranks tbody tr td:nth-child(6)").all_inner_texts()
            known = [float(text) for text in texts if text.strip() != "—"]
            assert texts[: len(known)] == [text for text in texts if text.strip() != "—"]
            way = page.locator("#ranks th[aria-sort]").get_attribute("aria-sort")
            assert known == sorted(known, reverse=way == "descending")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_card_leads_from_the_lost_point_to_its_finding(
    browser: Browser, score_folder: Path, scored: Board, width: int
) -> None:
    one = next(one for one in scored.latest.standings if one.score.items and one.filing.findings)
    with opened(browser, score_folder / "units" / card_name(one.filing.unit), width) as page:
        link = page.locator("table.items a").first
        link.click()
        target = page.locator((link.get_attribute("href") or "").replace("#", "#"))
        expect(target).to_be_visible()
        expect(target).to_be_in_viewport()
        page.locator("#formula summary").click()
        expect(page.locator("#formula li").first).to_be_visible()
        page.locator(".crumbs a").first.click()
        expect(page.locator("h2.year")).to_be_visible()


def test_without_script_everything_is_there(browser: Browser, score_folder: Path, scored: Board) -> None:
    with opened(browser, score_folder / "index.html", script=False) as page:
        assert len(units(page)) == len(scored.latest.standings)
        expect(page.locator(".filters")).to_be_hidden()


def test_years_lead_to_each_other(browser: Browser, score_folder: Path, scored: Board) -> None:
    with opened(browser, score_folder / "index.html") as page:
        page.locator(".years").get_by_text("2022").click()
        expect(page.locator("h2.year")).to_have_text("2022 年度总览")


def test_it_prints_without_controls(browser: Browser, score_folder: Path) -> None:
    with opened(browser, score_folder / "index.html") as page:
        page.emulate_media(media="print")
        expect(page.locator(".filters")).to_be_hidden()
        assert page.pdf(format="A4").startswith(b"%PDF")
