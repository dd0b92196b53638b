"""A report's page inside something else: a web archive (MHTML), or data that a script would show."""

from __future__ import annotations

import base64
import json
import quopri

from examples.generator.html import to_html
from examples.generator.layout import Layout
from examples.generator.truth import Truth

_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def to_mhtml(truth: Truth, layout: Layout) -> bytes:
    """The page as browsers save it in one file: a picture, and the page quoted or in base64."""
    page = to_html(truth, layout)
    quoted = layout.seed % 2 == 0
    coding = "quoted-printable" if quoted else "base64"
    body = quopri.encodestring(page) if quoted else base64.encodebytes(page)
    charset = ("", "; charset=utf-8", "; charset=gb2312")[layout.seed % 3]
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.invalid/t1.html\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        '\tboundary="----B"\r\n\r\n'
    )
    picture = f"------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n{_PICTURE}\r\n"
    part = f"------B\r\nContent-Type: text/html{charset}\r\nContent-Transfer-Encoding: {coding}\r\n\r\n"
    parts = (picture, part) if layout.seed % 4 == 1 else (part,)
    return head.encode() + "".join(parts).encode() + body + b"\r\n------B--\r\n"


def to_script_page(truth: Truth, layout: Layout) -> bytes:
    """The page of a single-page application that carries its text as data."""
    content = to_html(truth, layout, "fragment").decode()
    day = truth.signature[1].isoformat() if truth.signature else f"{truth.year + 1}-01-20"
    article = {"title": truth.title, "publishTime": f"{day} 09:00:00", "content": content}
    plain = layout.seed % 2 == 0
    data = json.dumps({"props": {"detail": article}}, ensure_ascii=plain)
    title, html = json.dumps(truth.title), json.dumps(content, ensure_ascii=plain)
    script = (
        f'<script id="__NEXT_DATA__" type="application/json">{data}</script>'
        if layout.seed % 3
        else f"<script>var title = {title}; var html = {html};</script>"
    ).replace("</h", "<\\/h")
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{truth.title}</title></head>'
        f'<body><div id="app"></div>{script}<script src="/js/app.js"></script></body></html>'
    ).encode()
