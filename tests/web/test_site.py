"""What the page's addresses answer."""

from __future__ import annotations

import io
import zipfile
from threading import Event
from time import monotonic
from urllib.parse import unquote

import pytest

pytest.importorskip("starlette")
pytest.importorskip("python_multipart")
pytest.importorskip("xlsxwriter")

from served import JSON, REPORT, Here, judged, sent, site

from examples.generator import make_layout, make_report, to_docx, to_html, with_defects
from linter.checks.outcome import RuleError
from linter.files import Source
from linter.lint import Job
from linter.render.entry import Entry, Settings
from linter.web.desk import Desk
from linter.web.judging import Judged, judge_upload
from linter.web.uploads import Limits, Refused, Upload

FAULTY, _ = with_defects(make_report(5, "2021"), 5, ["wrong-total"])
DRAFT = to_docx(FAULTY, make_layout(5))


def texts_of(workbook: bytes) -> str:
    """Everything in the sheets of a workbook and its strings."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        return "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))


def test_the_empty_desk_invites_files_and_says_where_they_stay() -> None:
    with site() as client:
        page = client.get("/").text
    assert '<html lang="zh-CN">' in page
    assert "把报告文件拖到这里" in page
    assert "文件只在本机检查" in page


def test_a_file_is_judged_and_its_result_shows_findings_beside_marked_cells() -> None:
    with site() as client:
        (item,) = judged(client, ("草稿.docx", DRAFT))
        page = client.get(f"/files/{item['token']}").text
    assert "错误" in item["said"]
    judged_part, _, drawn = page.partition('class="drawn"')
    assert 'class="finding error"' in judged_part
    assert "这条规则是什么意思" in judged_part
    assert 'class="right"' in judged_part
    assert 'class="form applications"' in drawn
    target = judged_part.split('class="to-cell small" href="#')[1].split('"')[0]
    cell = drawn.split(f'id="{target}"')[1].split("</td>")[0]
    assert 'href="#' in cell


def test_a_form_without_script_leads_to_the_result() -> None:
    with site() as client:
        answer = client.post("/files", files={"files": ("草稿.docx", DRAFT)})
        assert answer.status_code == 303
        page = client.get(answer.headers["location"])
        assert page.status_code == 200
        assert 'http-equiv="refresh"' in page.text or "<article" in page.text
        assert client.post("/files", files=[("files", ("a.md", REPORT))] * 2).headers["location"] == "/"


def test_a_form_sent_empty_or_too_large_is_answered_with_a_page() -> None:
    with site(Limits(file_bytes=10, request_bytes=1000)) as client:
        empty = client.post("/files", files={"files": ("", b"")})
        large = client.post("/files", files={"files": ("a.md", REPORT)})
        assert (empty.status_code, large.status_code) == (400, 413)
        assert "没有选择文件" in empty.text
        assert "没有接收" in large.text
        assert client.get("/files").json() == []


def test_downloads_are_attachments_of_a_neutral_type() -> None:
    with site() as client:
        (item,) = judged(client, ("草稿.docx", DRAFT))
        page = client.get(f"/files/{item['token']}").text
        for kind, name in (
            ("annotated", "草稿.批注.docx"),
            ("workbook", "草稿.检查结果.xlsx"),
            ("page", "草稿.检查结果.html"),
        ):
            assert f"/files/{item['token']}/{kind}" in page
            answer = client.get(f"/files/{item['token']}/{kind}")
            assert answer.status_code == 200
            assert answer.headers["content-type"] == "application/octet-stream"
            disposition = answer.headers["content-disposition"]
            assert disposition.startswith("attachment;")
            assert unquote(disposition.partition("UTF-8''")[2]) == name


def test_the_annotated_copy_is_the_draft_with_comments() -> None:
    with site() as client:
        (item,) = judged(client, ("草稿.docx", DRAFT))
        copy = client.get(f"/files/{item['token']}/annotated").content
    with zipfile.ZipFile(io.BytesIO(copy)) as package:
        comments = package.read("word/comments.xml").decode()
    assert "总计" in comments


def test_the_workbook_lists_the_findings_as_text() -> None:
    with site() as client:
        (item,) = judged(client, ("=1+1.docx", DRAFT))
        texts = texts_of(client.get(f"/files/{item['token']}/workbook").content)
    assert "applications-" in texts
    assert "=1+1.docx" in texts
    assert "<f>" not in texts
    assert "hyperlink" not in texts


def test_a_file_that_cannot_be_read_says_why() -> None:
    with site() as client:
        (item,) = judged(client, ("空.docx", b""))
        page = client.get(f"/files/{item['token']}").text
        assert "文件是空的" in page
        assert client.get(f"/files/{item['token']}/workbook").status_code == 404


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


def test_nothing_from_a_report_or_its_name_becomes_markup() -> None:
    escaped = HOSTILE.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    page = to_html(FAULTY, make_layout(0)).decode()
    hostile = page.replace(">0</", f">{escaped}</", 3).replace("</h1>", escaped + "</h1>")
    assert hostile.count("alert(1)") == 4
    name = "<img src=x onerror=alert(3)>.html"
    with site() as client:
        (item,) = judged(client, (name, hostile.encode()))
        shown = [item["row"], client.get("/").text, client.get(f"/files/{item['token']}").text]
    assert "7*7" in shown[2]
    for text in shown:
        assert "<img" not in text
        assert "<script>" not in text


@pytest.mark.parametrize("name", ["../../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "%2e%2e%2fx"])
def test_a_name_never_leads_anywhere(name: str) -> None:
    with site() as client:
        (item,) = judged(client, (name + ".md", REPORT))
        assert "/" not in item["name"]
        for address in ("/static/" + name, "/files/" + name, f"/files/{item['token']}/" + name):
            answer = client.get(address)
            assert answer.status_code == 404
            assert "root:" not in answer.text


def test_only_the_listed_static_files_are_served() -> None:
    with site() as client:
        assert client.get("/static/web.js").headers["content-type"].startswith("text/javascript")
        assert client.get("/static/page.css").headers["content-type"].startswith("text/css")
        for name in ("run.html.j2", "..%2Fpage.css", "static/web.js", "."):
            assert client.get("/static/" + name).status_code == 404


def test_each_browser_sees_its_own_files_only() -> None:
    with site() as client:
        (item,) = judged(client, ("草稿.md", REPORT))
        assert "草稿.md" in client.get("/").text
        client.cookies.clear()
        assert "草稿.md" not in client.get("/").text
        assert client.get("/files").json() == []
        client.cookies.clear()
        client.post("/clear")
        assert client.get(f"/files/{item['token']}").status_code == 200


def test_tokens_are_long_and_never_the_same() -> None:
    with site() as client:
        tokens = [item["token"] for item in judged(client, *[("a.md", REPORT)] * 5)]
        assert client.get("/files/" + "A" * 22).status_code == 404
    assert len(set(tokens)) == 5
    assert min(map(len, tokens)) >= 22


def test_a_file_removed_is_gone_and_so_are_all_when_cleared() -> None:
    with site() as client:
        first, second = judged(client, ("a.md", REPORT), ("b.md", REPORT))
        assert client.post(f"/files/{first['token']}/remove").status_code == 303
        assert client.get(f"/files/{first['token']}").status_code == 404
        assert client.get(f"/files/{second['token']}").status_code == 200
        client.post("/clear")
        assert client.get(f"/files/{second['token']}").status_code == 404


def test_a_fault_of_the_server_itself_is_said_at_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_process(self: Here, job: Job, source: Source) -> Judged:
        raise BlockingIOError("no process to be had")

    monkeypatch.setattr(Here, "judge", no_process)
    with site() as client:
        (item,) = judged(client, ("a.md", REPORT))
    assert "no process to be had" in item["row"]


def test_a_rule_that_broke_is_shown_with_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(self: Here, job: Job, source: Source) -> Judged:
        done = judge_upload(job, source)
        return done._replace(entry=done.entry._replace(errors=(RuleError("A001", "a-rule", "<b>why</b>"),)))

    monkeypatch.setattr(Here, "judge", broken)
    with site() as client:
        (item,) = judged(client, ("a.md", REPORT))
        page = client.get(f"/files/{item['token']}").text
    assert "规则 A001 a-rule 出错" in page
    assert "<b>" not in page


def test_a_file_removed_while_it_waits_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    going_on, names = Event(), []

    def slow(self: Here, job: Job, source: Source) -> Judged:
        names.append(source.path)
        going_on.wait(20)
        return Judged(Entry(source.path))

    monkeypatch.setattr(Here, "judge", slow)
    with site() as client:
        items = sent(client, *((f"{number}.md", REPORT) for number in range(4))).json()
        client.post(f"/files/{items[-1]['token']}/remove")
        going_on.set()
        until = monotonic() + 20
        while any(item["state"] != "done" for item in client.get("/files").json()):
            assert monotonic() < until
    assert names == ["0.md", "1.md", "2.md"]


def test_what_nobody_asks_for_expires() -> None:
    desk = Desk(Limits(minutes=1))
    old, busy = desk.put("me", [Upload("a.md", b"1"), Upload("b.md", b"1")])
    old.state = "done"
    desk.expire(monotonic() + 59)
    assert desk.find(old.token)
    desk.expire(monotonic() + 61)
    assert desk.of("me") == [busy]


def test_the_desk_holds_only_so_much() -> None:
    desk = Desk(Limits(held_files=2, held_bytes=10))
    with pytest.raises(Refused), desk.arriving() as room:
        room.take(11)
    with desk.arriving() as room:
        room.take(10)
    desk.put("me", [Upload("a.md", b"12345")])
    with pytest.raises(Refused), desk.arriving() as room:
        room.take(6)
    with pytest.raises(Refused):
        desk.put("me", [Upload("b.md", b"")] * 2)
    assert len(desk.of("me")) == 1


def test_refusals_reach_the_script_as_json() -> None:
    with site(Limits(request_files=1)) as client:
        answer = sent(client, ("a.md", REPORT), ("b.md", REPORT))
        assert answer.status_code == 413
        assert "一次最多放入 1 份文件" in answer.json()["reason"]
        assert client.post("/files", content=b"x", headers=JSON).status_code == 400


def test_the_page_speaks_english_where_asked() -> None:
    with site(job=Job(settings=Settings("en"))) as client:
        (item,) = judged(client, ("draft.docx", DRAFT))
        assert '<html lang="en">' in client.get("/").text
        page = client.get(f"/files/{item['token']}").text
        assert "What this rule means" in page
        answer = client.get(f"/files/{item['token']}/workbook")
        assert "draft.findings.xlsx" in answer.headers["content-disposition"]
