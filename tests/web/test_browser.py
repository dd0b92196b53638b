"""The page in real Chromium, as a clerk uses it, and as somebody would who means harm."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pytest
from running import Running, running

from examples.generator import make_layout, make_report, to_docx, to_html, with_defects

playwright = pytest.importorskip("playwright.sync_api")
pytest.importorskip("uvicorn")
pytest.importorskip("python_multipart")
pytest.importorskip("xlsxwriter")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, FilePayload, Page

expect = playwright.expect
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
FAULTY, _ = with_defects(make_report(5, "2021"), 5, ["wrong-total", "missing-period"])
DRAFT = to_docx(FAULTY, make_layout(5))
REPORTS = sorted((Path(__file__).parents[2] / "examples" / "reports").iterdir())
PATIENCE = 60_000


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


class Seen(NamedTuple):
    """What a page did beside what it shows: complaints on the console, dialogs, hosts asked."""

    complaints: list[str]
    dialogs: list[str]
    hosts: set[str]


@contextmanager
def opened(
    browser: Browser, server: Running, width: int = 1280, script: bool = True
) -> Iterator[tuple[Page, Seen]]:
    """The desk in a browser window of its own; whatever is done there, it stays quiet and at home."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=script)
    page = context.new_page()
    seen = Seen([], [], set())
    page.on("console", lambda said: seen.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda fault: seen.complaints.append(str(fault)))

    def dialog(shown: Dialog) -> None:
        seen.dialogs.append(shown.message)
        shown.dismiss()

    page.on("dialog", dialog)
    page.on("request", lambda request: seen.hosts.add(urlsplit(request.url).hostname or ""))
    page.goto(server.url)
    yield page, seen
    context.close()
    assert seen.complaints == []
    assert seen.dialogs == []
    assert seen.hosts <= {"127.0.0.1"}


def file(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def drop(page: Page, *paths: Path, beside: bool = False) -> None:
    """Drag files from the desktop onto the box, or beside it, as the browser itself is told of it."""
    box = page.locator("#drop").bounding_box()
    assert box
    x, y = (5, box["y"]) if beside else (box["x"] + 30, box["y"] + 30)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    browser = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        browser.send("Input.dispatchDragEvent", {"type": kind, "x": x, "y": y, "data": data})
    browser.detach()


def written(folder: Path, name: str, data: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)
    return folder / name


@pytest.mark.parametrize("beside", [False, True])
def test_a_draft_dropped_shows_the_finding_and_its_cell(
    browser: Browser, server: Running, tmp_path: Path, beside: bool
) -> None:
    with opened(browser, server) as (page, _):
        drop(page, written(tmp_path, "草稿.docx", DRAFT), beside=beside)
        finding = page.locator(".finding.error").first
        expect(finding).to_be_visible(timeout=PATIENCE)
        expect(finding).to_contain_text("总计")
        finding.locator(".to-cell").click()
        cell = page.locator("td:target")
        expect(cell).to_be_focused()
        expect(cell).to_be_in_viewport()
        expect(cell).to_have_class(re.compile("suspect|fault"))
        expect(finding.locator("h4")).to_be_in_viewport()
        cell.locator(".refs a").first.click()
        expect(page.locator(".finding:target")).to_be_focused()
        finding.locator("summary").click()
        expect(finding.locator(".rule .right")).to_be_visible()


def test_the_draft_comes_back_with_comments(browser: Browser, server: Running) -> None:
    with opened(browser, server) as (page, _):
        page.set_input_files("#chosen", file("草稿.docx", DRAFT))
        expect(page.locator("article")).to_be_visible(timeout=PATIENCE)
        message = page.locator(".finding.error h4").first.inner_text()
        with page.expect_download() as download:
            page.get_by_role("link", name="带批注的原稿").click()
        assert download.value.suggested_filename == "草稿.批注.docx"
        with zipfile.ZipFile(download.value.path()) as package:
            comments = package.read("word/comments.xml").decode()
            body = package.read("word/document.xml").decode()
        assert re.sub(r"\s", "", message) in re.sub(r"<[^>]+>|\s", "", comments)
        assert "w:commentRangeStart" in body
        with page.expect_download() as download:
            page.get_by_role("link", name="问题清单").click()
        assert zipfile.is_zipfile(download.value.path())


def test_findings_are_filtered_and_marks_with_them(browser: Browser, server: Running) -> None:
    with opened(browser, server) as (page, _):
        page.set_input_files("#chosen", file("草稿.docx", DRAFT))
        errors = page.locator(".finding.error")
        expect(errors.first).to_be_visible(timeout=PATIENCE)
        box = page.locator("#filter input[value=error]")
        box.focus()
        page.keyboard.press("Space")
        expect(errors.first).to_be_hidden()
        expect(page.locator(".finding.warning").first).to_be_visible()
        expect(page.locator("#said")).to_contain_text("个问题，共")
        expect(page.locator("td.error").first).to_have_class(re.compile("unmarked"))
        # A link from elsewhere to a hidden finding shows it.
        number = errors.first.get_attribute("id")
        page.evaluate("anchor => { location.hash = anchor; }", number)
        expect(errors.first).to_be_visible()
        expect(box).to_be_checked()


def test_twenty_files_at_once_are_all_judged(browser: Browser, server: Running) -> None:
    chosen = [file(f"{turn}-{path.name}", path.read_bytes()) for turn in (1, 2) for path in REPORTS][:20]
    with opened(browser, server) as (page, _):
        page.set_input_files("#chosen", chosen)
        expect(page.locator("li.file")).to_have_count(20)
        expect(page.locator("li.file[data-state=done]")).to_have_count(20, timeout=PATIENCE)
        expect(page.locator("#said")).to_contain_text("全部检查完毕，共 20 份")
        assert page.url == server.url
        page.reload()
        expect(page.locator("li.file[data-state=done]")).to_have_count(20)
        page.get_by_role("link", name="查看 1-2021-faulty-bureau.docx 的结果").click()
        expect(page.locator(".finding").first).to_be_visible()
        page.get_by_role("link", name="下一份").click()
        expect(page.locator("article")).to_be_visible()
        page.goto(server.url)
        page.get_by_role("button", name="全部清除").click()
        expect(page.locator("li.file")).to_have_count(0)


def test_the_reports_in_a_folder_dropped_are_found(browser: Browser, server: Running, tmp_path: Path) -> None:
    for name in ("a.docx", "~$a.docx", ".hidden.docx", "notes.zip"):
        written(tmp_path / "全县" / "局", name, DRAFT)
    written(tmp_path / "全县", "b.docx", DRAFT)
    with opened(browser, server) as (page, _):
        drop(page, tmp_path / "全县")
        expect(page.locator("li.file[data-state=done]")).to_have_count(2, timeout=PATIENCE)
        assert sorted(page.locator(".file .name a").all_inner_texts()) == ["a.docx", "b.docx"]


def test_the_keyboard_alone_is_enough(browser: Browser, server: Running, tmp_path: Path) -> None:
    draft = tmp_path / "草稿.docx"
    draft.write_bytes(DRAFT)
    with opened(browser, server) as (page, _):
        # Listened for from the start: the browser has to be told before the key is pressed.
        page.on("filechooser", lambda chooser: chooser.set_files(draft))
        page.keyboard.press("Tab")
        expect(page.locator(".skip")).to_be_focused()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        expect(page.locator("#chosen")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("article")).to_be_visible(timeout=PATIENCE)
        reached = set()
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
        assert {"button", "INPUT", "to-cell small", "SUMMARY", "drawn"} <= reached


def test_without_script_a_form_still_leads_to_the_result(browser: Browser, server: Running) -> None:
    with opened(browser, server, script=False) as (page, _):
        page.set_input_files("#chosen", file("草稿.docx", DRAFT))
        page.get_by_role("button", name="开始检查").click()
        expect(page.locator("article .finding").first).to_be_visible(timeout=PATIENCE)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_sticks_out_of_the_window(browser: Browser, server: Running, width: int) -> None:
    with opened(browser, server, width) as (page, _):
        page.set_input_files("#chosen", file("草稿.docx", DRAFT))
        expect(page.locator("article")).to_be_visible(timeout=PATIENCE)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.goto(server.url)
        expect(page.locator("li.file")).to_have_count(1)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_hostile_report_is_text_and_no_more(browser: Browser, server: Running) -> None:
    attack = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;"
    page_text = to_html(FAULTY, make_layout(0)).decode()
    hostile = page_text.replace(">0</", f">{attack}<script>alert(3)</script></", 3)
    names = ["../../../../tmp/x.html", "<img src=x onerror=alert(4)>.html", "a\u202elmth.html"]
    with opened(browser, server) as (page, _):
        page.set_input_files("#chosen", [file(name, hostile.encode()) for name in names])
        expect(page.locator("li.file[data-state=done]")).to_have_count(3, timeout=PATIENCE)
        for link in [one.get_attribute("href") for one in page.locator(".file .name a").all()]:
            page.goto(server.url.rstrip("/") + (link or ""))
            expect(page.locator("td", has_text="alert(1)").first).to_be_visible()
            assert page.locator("img").count() == 0
            assert page.locator("article script").count() == 0


def test_a_gigabyte_chosen_is_refused_in_words(browser: Browser, server: Running, tmp_path: Path) -> None:
    large = tmp_path / "很大.pdf"
    with large.open("wb") as written:
        os.truncate(written.fileno(), 1024**3)
    before = server.memory()
    with opened(browser, server) as (page, _):
        page.set_input_files("#chosen", large)
        expect(page.locator("li.file .reason")).to_contain_text("超过 100 MB")
    assert server.memory() - before < 50 * 1024 * 1024


def test_a_program_that_has_ended_is_said_so(browser: Browser, server: Running) -> None:
    with opened(browser, server) as (page, _):
        page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('gone')); }")
        page.set_input_files("#chosen", file("草稿.docx", DRAFT))
        expect(page.locator("#trouble")).to_contain_text("程序已经关闭")


def test_another_site_cannot_send_files_here(browser: Browser, server: Running) -> None:
    """A foreign page, here one under another name, posts to the server and shows it in a frame."""
    context = browser.new_context()
    page = context.new_page()
    foreign = "http://localhost:1/"
    page.route(foreign, lambda route: route.fulfill(content_type="text/html", body="<body>foreign</body>"))
    page.goto(foreign)
    said = page.evaluate(
        """async url => {
        const body = new FormData(); body.append('files', new File(['x'], 'a.md'));
        const tried = [];
        for (const path of ['files', 'clear']) {
          try { const answer = await fetch(url + path, {method: 'POST', body, mode: 'no-cors'});
                tried.push(answer.type); } catch (error) { tried.push('refused'); } }
        try { tried.push(await (await fetch(url)).text()); } catch (error) { tried.push('refused'); }
        return tried; }""",
        server.url,
    )
    assert said[2] == "refused"
    answer = context.request.post(
        server.url + "files",
        multipart={"files": {"name": "a.md", "mimeType": "text/plain", "buffer": b"x"}},
        headers={"Origin": foreign.rstrip("/")},
    )
    assert answer.status == 403
    assert context.request.get(server.url, headers={"Host": "evil.example"}).status == 421
    assert context.request.get(server.url + "files").json() == []
    page.evaluate(
        """url => { const frame = document.createElement('iframe');
        frame.src = url; document.body.append(frame); }""",
        server.url,
    )
    page.wait_for_timeout(500)
    frames = [frame for frame in page.frames if frame != page.main_frame]
    assert all("drop" not in (frame.content() if frame.url.startswith("http") else "") for frame in frames)
    context.close()
