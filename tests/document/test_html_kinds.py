# ruff: noqa: E501
"""Pages whose text is somewhere else: in a script, a frame, an attachment; pages that hold it twice."""

from __future__ import annotations

import json
import time
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from test_html import (
    CONTENT,
    FOOT,
    GRID,
    MENU,
    OTHER_YEARS,
    PASSAGES,
    TITLE,
    paragraphs,
    tables,
)

from linter.document.html import read_html
from linter.document.model import Document, Elsewhere, Picture, Unreadable
from linter.document.registry import read_document, read_file

HEAD = f"<head><meta charset='utf-8'><title>{TITLE}_云溪县人民政府</title><meta name='PubDate' content='2024-01-22'></head>"
SHELL = f"<html>{HEAD}<body><div id='app'></div>%s<script src='/js/chunk.js'></script></body></html>"


def is_whole(document: Document) -> bool:
    """Whether every passage was read once, and the table."""
    read = [part for part in paragraphs(document) if part in PASSAGES]
    return read == PASSAGES and len(tables(document)) == 1


# --- pages without the text


@pytest.mark.parametrize(
    "link",
    [
        "<a href='/upload/2024/P020240122.pdf'>附件</a>",
        "<a href='./P020240122.docx'>云溪县水务局年度报告.docx</a>",
        "<a href='/module/download/downfile.jsp?classid=0&amp;filename=240122.pdf'>点击下载</a>",
        "<a href='/api/file/1001'>云溪县水务局2023年年度报告.ofd</a>",
    ],
)
def test_a_page_that_only_links_to_the_attachment_names_it(link: str) -> None:
    page = f"<html>{HEAD}<body><ul>{MENU}</ul><h1>{TITLE}</h1><p>发布日期：2024-01-22</p><p>附件：{link}</p>{FOOT}</body></html>"
    with pytest.raises(Elsewhere, match="只链接到附件") as raised:
        read_html(page)
    assert raised.value.metadata["published"] == "2024-01-22"
    assert raised.value.metadata["title"] == TITLE
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "said",
    [
        "<!-- saved from url=(0040)https://www.yunxi.example/zwgk/t1.html -->",
        "<!-- Page saved with SingleFile \n url: https://www.yunxi.example/zwgk/t1.html \n saved date: Mon -->",
        "<base href='https://www.yunxi.example/zwgk/t1.html'>",
        "<link rel='canonical' href='https://www.yunxi.example/zwgk/t1.html'>",
    ],
)
def test_the_address_of_the_attachment_is_whole_where_the_page_says_where_it_came_from(said: str) -> None:
    page = f"<html>{said}{HEAD}<body><h1>{TITLE}</h1><a href='./P0.pdf'>附件下载</a></body></html>"
    with pytest.raises(Elsewhere, match=r"https://www\.yunxi\.example/zwgk/P0\.pdf"):
        read_html(page)


@pytest.mark.parametrize(
    "shown",
    [
        "<iframe src='/pdfjs/web/viewer.html?file=%2Fupload%2Fnb.pdf'></iframe>",
        "<embed src='/upload/nb.pdf' type='application/pdf'>",
        "<object data='/upload/nb.pdf'></object>",
    ],
)
def test_a_page_that_shows_a_pdf_in_a_viewer_names_it(shown: str) -> None:
    with pytest.raises(Elsewhere, match=r"/upload/nb\.pdf"):
        read_html(f"<html>{HEAD}<body><h1>{TITLE}</h1>{shown}</body></html>")


def test_a_saved_pdf_viewer_is_no_text() -> None:
    page = f"<html><head><title>PDF.js viewer</title></head><body><div id='outerContainer'><button>上一页</button><div id='viewerContainer'><div class='pdfViewer'><div class='textLayer'>{'<span>总体</span><span>情况</span>' * 200}</div></div></div></div><script>var DEFAULT_URL = '/upload/nb.pdf';</script></body></html>"
    with pytest.raises(Elsewhere, match=r"/upload/nb\.pdf"):
        read_html(page)


def test_a_page_that_lists_reports_says_so() -> None:
    with pytest.raises(Unreadable, match="目录页"):
        read_html(
            f"<html><head><title>年度报告</title></head><body><ul>{MENU}</ul><div class='list'><ul>{OTHER_YEARS}</ul></div>{FOOT}</body></html>"
        )


@pytest.mark.parametrize(
    "body",
    [
        "<div id='app'></div>",
        '<div id="root"></div><noscript>You need to enable JavaScript to run this app.</noscript>',
        "<app-root></app-root>",
    ],
)
def test_an_empty_shell_of_a_single_page_application_says_so(body: str) -> None:
    with pytest.raises(Unreadable, match="运行脚本"):
        read_html(
            f"<html><head><title>政府信息公开</title></head><body>{body}<script src='/js/app.js'></script></body></html>"
        )


def test_a_report_with_an_attachment_is_read() -> None:
    assert is_whole(
        read_html(
            f"<html>{HEAD}<body><h1>{TITLE}</h1>{CONTENT}<p>附件：<a href='a.pdf'>年报.pdf</a></p></body></html>"
        )
    )


# --- the text in a script

ARTICLE = CONTENT + "<p>" + "本页内容由云溪县水务局负责编制，" * 5 + "</p>"
SCRIPTS = {
    "a string": f"<script>var content = {json.dumps(ARTICLE)}; show(content);</script>",
    "a string in Chinese as it stands": f"<script>var content = {json.dumps(ARTICLE, ensure_ascii=False)};</script>",
    "a string between apostrophes": "<script>content: '"
    + ARTICLE.replace("'", "\\'").replace("/", "\\/")
    + "'</script>",
    "a template string": f"<script>const html = `{ARTICLE}`;</script>",
    "parts put together": "<script>var c = '"
    + "'\n + '".join(
        ARTICLE.replace("'", "\\'")[i : i + 200] for i in range(0, len(ARTICLE.replace("'", "\\'")), 200)
    )
    + "';</script>",
    "__NEXT_DATA__": f"<script id='__NEXT_DATA__' type='application/json'>{json.dumps({'props': {'pageProps': {'detail': {'title': TITLE, 'publishTime': '2024-01-22', 'content': ARTICLE}}}})}</script>",
    "state of the page": f"<script>window.__INITIAL_STATE__ = {json.dumps({'menu': ['首页'], 'article': {'content': ARTICLE, 'contentText': ' '.join(PASSAGES)}})};</script>",
    "JSON in a string": f"<script>var d = JSON.parse({json.dumps(json.dumps({'content': ARTICLE}))});</script>",
    "escaped markup": f"<script>var c = {json.dumps(escape(ARTICLE), ensure_ascii=False)};</script>",
    "percent signs": f"<script>var c = decodeURIComponent('{quote(ARTICLE)}');</script>",
    "a hidden field": f"<input type='hidden' id='content' value=\"{escape(ARTICLE)}\">",
    "a text area": f"<textarea id='c' style='display:none'>{escape(ARTICLE)}</textarea>",
    "a template": f"<script type='text/html' id='tpl'>{ARTICLE}</script>",
    "what stands for browsers without scripts": f"<noscript>{ARTICLE}</noscript>",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_the_text_in_a_script_is_read_and_said(script: str) -> None:
    document = read_html(SHELL % script)
    assert is_whole(document)
    assert document.metadata["title"] == TITLE
    assert document.metadata["published"] == "2024-01-22"
    assert any("脚本" in note for note in document.notes)


def test_of_two_texts_in_scripts_none_is_taken() -> None:
    other = ARTICLE.replace("2023", "2022").replace("120", "121")
    with pytest.raises(Unreadable, match="运行脚本"):
        read_html(SHELL % f"<script>var a = {json.dumps(ARTICLE)}; var b = {json.dumps(other)};</script>")


def test_a_text_on_the_page_is_never_replaced_by_a_script() -> None:
    page = f"<html>{HEAD}<body>{CONTENT}<script>var old = {json.dumps(ARTICLE.replace('120', '999'))};</script></body></html>"
    assert is_whole(read_html(page))


@pytest.mark.parametrize("quote", ['"', "'", "`"])
def test_a_script_of_strings_without_an_end_takes_no_time(quote: str) -> None:
    started = time.perf_counter()
    with pytest.raises(Unreadable):
        read_html(SHELL % f"<script>var a = {quote}" + f"\\{quote}字" * 200_000 + "</script>")
    assert time.perf_counter() - started < 5


# --- frames


def test_a_frame_saved_beside_the_page_is_read(tmp_path: Path) -> None:
    (tmp_path / "年报_files").mkdir()
    (tmp_path / "年报_files" / "saved_resource.html").write_text(
        f"<html><body>{CONTENT}</body></html>", encoding="utf-8"
    )
    page = tmp_path / "年报.html"
    page.write_text(
        f"<html>{HEAD}<body><div>{TITLE}</div><iframe src='./{quote('年报_files')}/saved_resource.html'></iframe></body></html>",
        encoding="utf-8",
    )
    document = read_file(page)
    assert is_whole(document)
    assert document.metadata["published"] == "2024-01-22"
    assert any("框架" in note for note in document.notes)


def test_a_frameset_is_read(tmp_path: Path) -> None:
    (tmp_path / "main.htm").write_bytes(f"<html><body>{CONTENT}</body></html>".encode("gb18030"))
    page = tmp_path / "index.htm"
    page.write_text(
        "<html><frameset cols='20%,*'><frame src='menu.htm'><frame src='main.htm'></frameset></html>",
        encoding="utf-8",
    )
    assert is_whole(read_file(page))


def test_a_frame_with_its_text_in_the_page() -> None:
    assert is_whole(
        read_html(f'<html>{HEAD}<body><iframe srcdoc="{escape(CONTENT)}"></iframe></body></html>')
    )


def test_a_frame_that_was_not_saved_is_named() -> None:
    with pytest.raises(Unreadable, match=r"框架页 https://www\.yunxi\.example/nb\.html"):
        read_html(
            f"<html>{HEAD}<body><iframe src='https://www.yunxi.example/nb.html'></iframe></body></html>"
        )


@pytest.mark.parametrize(
    "address",
    [
        "../secret.html",
        "/etc/passwd",
        "file:///etc/passwd",
        "a/../../secret.html",
        "%2e%2e/secret.html",
        "..\\secret.html",
    ],
)
def test_a_frame_outside_the_folder_of_the_page_is_never_read(tmp_path: Path, address: str) -> None:
    (tmp_path / "secret.html").write_text(f"<html><body>{CONTENT}</body></html>", encoding="utf-8")
    (tmp_path / "in").mkdir()
    page = tmp_path / "in" / "page.html"
    page.write_text(f"<html>{HEAD}<body><iframe src='{address}'></iframe></body></html>", encoding="utf-8")
    with pytest.raises(Unreadable, match="框架"):
        read_file(page)


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://[x.pdf", "//[/a.pdf", "http://a\u2100b/x.pdf", "a.pdf\x00"]
)
def test_addresses_that_are_none_are_only_text(address: str) -> None:
    for markup in (
        f"<iframe src='{address}'></iframe>",
        f"<a href='{address}'>年报.pdf</a>",
        f"<base href='{address}'><a href='a.pdf'>年报.pdf</a>",
    ):
        with pytest.raises(Unreadable):
            read_html(f"<html>{HEAD}<body>{markup}</body></html>")


# --- copies


@pytest.mark.parametrize("copies", [2, 3])
def test_copies_for_printing_and_for_phones_are_read_once(copies: int) -> None:
    boxes = "".join(
        f"<div class='{name}'><h1>{TITLE}</h1>{ARTICLE}<p>云溪县水务局</p></div>"
        for name in ("pc", "print", "wap")[:copies]
    )
    document = read_html(f"<html>{HEAD}<body><ul>{MENU}</ul>{boxes}{FOOT}</body></html>")
    assert is_whole(document)
    assert paragraphs(document).count(TITLE) == 1
    assert any("只读取一份" in note for note in document.notes)


def test_copies_that_differ_are_both_text() -> None:
    other = ARTICLE.replace("<td>7</td>", "<td>8</td>")
    document = read_html(f"<html>{HEAD}<body><div>{ARTICLE}</div><div>{other}</div></body></html>")
    assert len(tables(document)) == 2


# --- how browsers and old systems write


def test_pictures_held_in_the_page_cost_nothing() -> None:
    data = "data:image/png;base64," + "iVBORw0KGgo" * 500_000
    document = read_html(f"<html>{HEAD}<body><img src='{data}'>{CONTENT}</body></html>")
    assert is_whole(document)


def test_a_table_as_a_picture_is_a_picture() -> None:
    document = read_html(f"<html>{HEAD}<body>{CONTENT.replace(GRID, '<p><img src=t.png></p>')}</body></html>")
    assert any(isinstance(block, Picture) for block in document.blocks)


def test_xhtml_with_closed_empty_elements() -> None:
    page = (
        '<?xml version="1.0" encoding="gb2312"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">\n'
        f"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>{TITLE}</title><script src='a.js'/></head><body><p/><div class='x'/><table><tr><td/><td>1</td></tr><tr><td>2</td><td/></tr></table>{CONTENT}</body></html>"
    )
    document = read_document(page.encode("gb18030"))
    small, _ = tables(document)
    assert [(cell.row, cell.column, cell.text) for cell in small.cells] == [
        (0, 0, ""),
        (0, 1, "1"),
        (1, 0, "2"),
        (1, 1, ""),
    ]


@pytest.mark.parametrize("char", ["\x0c", "\x1a", "\x01", "\ufffe", "&#1;", "&#xFFFF;"])
def test_control_characters_after_something_hidden_are_blanks(char: str) -> None:
    page = f"<html>{HEAD}<body><p>甲<b style='display:none'>乙</b>{char}丙</p>{CONTENT}</body></html>"
    assert is_whole(read_html(page))


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "gb18030"),
        ("utf-8", "utf-16"),
        ("iso-8859-1", "gb18030"),
        ("big5", "gb18030"),
        ("utf-8", "utf-8-sig"),
    ],
)
def test_a_page_with_the_wrong_charset_declared_is_read(declared: str, encoding: str) -> None:
    page = (
        f"<html><head><meta charset='{declared}'><title>{TITLE}</title></head><body>{CONTENT}</body></html>"
    )
    assert is_whole(read_document(page.encode(encoding), "a.html"))


def test_an_mhtml_archive_with_its_text_in_a_frame() -> None:
    def part(kind: str, location: str, text: str) -> str:
        return f"------B\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: 8bit\r\n{location}\r\n\r\n{text}\r\n"

    data = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.yunxi.example/nb.html\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n'
        + part(
            "text/html",
            "Content-Location: https://www.yunxi.example/nb.html",
            f"<html>{HEAD}<body><iframe src='cid:frame-1@x'></iframe></body></html>",
        )
        + part("text/html", "Content-ID: <frame-1@x>", f"<html><body>{CONTENT}</body></html>")
        + "------B--\r\n"
    )
    assert is_whole(read_document(data.encode()))
