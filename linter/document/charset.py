"""Bytes → text for the formats that are text: UTF-8, UTF-16 and GB18030, by content.

The ladder is byte order mark, UTF-16 by its zero bytes, strict UTF-8, then GB18030 (what `gb2312` and
`gbk` mean in practice). A declared charset only matters where strict UTF-8 has failed.
"""

from __future__ import annotations

import codecs
import re

from linter.document.model import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_DECLARED = re.compile(rb"""<(?:meta|\?xml)\b[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.I)
_CONTROL = re.compile("[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_ORDINARY = re.compile(
    "[\t\n\r -~\u00a0\u00b7\u2010-\u2027\u2460-\u2473\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]"
)
_BINARY = "不是文本：内容是二进制数据"


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and notes in Chinese where bytes had to be guessed.

    Raises Unreadable where the bytes are not text, or too many of them cannot be decoded.
    """
    text, notes = _decode(data)
    controls = len(_CONTROL.findall(text[:100_000])) if text else 0
    if controls > max(2, len(text[:100_000]) // 200):
        raise Unreadable(_BINARY)
    # LibreOffice leaves some for bookmarks and fields in the pages that it writes.
    return _CONTROL.sub("", text).removeprefix("\ufeff"), notes


def declared_charset(data: bytes) -> str:
    """The charset that a `<meta>` or XML declaration near the beginning names, lower case, or ""."""
    found = _DECLARED.search(data, 0, 4096)
    return found.group(1).decode("ascii", "replace").lower() if found else ""


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], encoding)
    if 0 in data[:65536]:
        return _sixteen_bits(data), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        if len(data) - error.start < 4 and error.start > 0 and error.reason == "unexpected end of data":
            return data[: error.start].decode("utf-8"), ("文件末尾的字符不完整，已略去",)
    if _mostly_utf8(data):
        return _lenient(data, "utf-8")
    return _legacy(data)


def _legacy(data: bytes) -> tuple[str, tuple[str, ...]]:
    """GB18030, unless the file declares Big5 and is Big5."""
    if declared_charset(data).startswith("big5"):
        try:
            return data.decode("big5hkscs"), ()
        except UnicodeDecodeError:
            pass
    return _lenient(data, "gb18030")


def _sixteen_bits(data: bytes) -> str:
    """UTF-16 without a byte order mark: of the two byte orders the one that makes sense.

    Zero bytes alone do not tell them apart, since Han characters such as 一 and 开 have one too.
    """
    best = max(("utf-16-le", "utf-16-be"), key=lambda encoding: _sense(data[:4096], encoding))
    if _sense(data[:4096], best) < 0.9:
        raise Unreadable(_BINARY)
    try:
        return data[: len(data) // 2 * 2].decode(best)
    except UnicodeDecodeError:
        raise Unreadable(_BINARY) from None


def _sense(head: bytes, encoding: str) -> float:
    """Share of ordinary characters in `head` (of even length) read as `encoding`."""
    text = head[: len(head) // 2 * 2].decode(encoding, "replace")
    return len(_ORDINARY.findall(text)) / len(text) if text else 0.0


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few damaged places (GB18030 would turn the whole of it into wrong characters)."""
    text = data[:200_000].decode("utf-8", "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text.count("\ufffd") * 50 <= foreign


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Decode; a few bad places are replaced and said, many make it unreadable."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(6, len(text) // 500) or lost * 5 > len(text):
        raise Unreadable("无法识别文字编码（不是 UTF-8、UTF-16 或 GB18030），或内容不是文本")
    return text, (f"有 {lost} 处字节无法识别，已用“\ufffd”代替",)
