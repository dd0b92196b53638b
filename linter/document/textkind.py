"""What kind of document a text is: HTML, Markdown or plain text, told by its content."""

from __future__ import annotations

import re

from linter.document.model import Unreadable

_TAG = (
    r"(?:p|div|table|tbody|thead|tr|td|th|span|h[1-6]|section|article|main|ul|ol|li|br|meta|link|title|style"
    r"|font|strong|b|center|a|img)"
)
_HTML_START = re.compile(
    rf"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|{_TAG})[\s/>]", re.I | re.S
)
_HTML_TAG = re.compile(rf"</?{_TAG}(?:\s[^<>]*)?/?>", re.I)
_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}[ \t]+\S|^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*$|\*\*[^*\s][^*\n]{0,500}\*\*", re.M
)


def text_kind(text: str, suffix: str) -> str:
    """The kind of text: html, markdown or text. Raises Unreadable for XML and for a web archive."""
    head = text[:8192].lstrip("\ufeff \t\r\n\f")
    if head.startswith("<?xml"):
        body = re.sub(r"\A<\?xml[^>]*\?>\s*", "", head)
        if not re.match(r"(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", body, re.I | re.S):
            raise Unreadable("XML 文件，不是报告文件")
        return "html"
    if re.match(r"MIME-Version:|From: <[^>]*Microsoft", head, re.I):
        raise Unreadable("单个文件网页（.mht），暂不支持，请另存为 .docx 或 .html")
    if re.match(r"<(?:!doctype\s+html|html|head|body)\b", head, re.I):
        return "html"
    if suffix in {".md", ".markdown"}:
        return "markdown"
    tags = len(_HTML_TAG.findall(head))
    if (_HTML_START.match(head) and tags) or tags >= (2 if suffix in {".html", ".htm"} else 4):
        return "markdown" if _is_markdown(_HTML_TAG.sub("", head)) else "html"
    return "markdown" if _is_markdown(text) else "text"


def _is_markdown(text: str) -> bool:
    marked = any(mark in text for mark in ("#", "--", "**"))
    return marked and _MARKDOWN.search(text, 0, 1_000_000) is not None
