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
_BINARY = "不是文本：内容是二进制数据"


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of `data`, and notes in Chinese where bytes had to be guessed.

    Raises Unreadable where the bytes are not text, or too many of them cannot be decoded.
    """
    text, notes = _decode(data)
    controls = len(_CONTROL.findall(text[:100_000])) if text else 0
    if controls > max(2, len(text[:100_000]) // 200):
        raise Unreadable(_BINARY)
    return text.replace("\x00", "").removeprefix("\ufeff"), notes


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
    declared = declared_charset(data)
    if declared.startswith("big5"):
        try:
            return data.decode("big5hkscs"), ()
        except UnicodeDecodeError:
            pass
    return _lenient(data, "gb18030")


def _sixteen_bits(data: bytes) -> str:
    """UTF-16 without a byte order mark: the zero bytes of its ASCII stand on one side only."""
    head = data[:65536]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if min(even, odd) * 20 <= max(even, odd) and len(data) >= 4:
        try:
            text = data[: len(data) // 2 * 2].decode("utf-16-be" if even > odd else "utf-16-le")
        except UnicodeDecodeError:
            raise Unreadable(_BINARY) from None
        known = sum(1 for char in text[:2000] if char < "\x80" or "\u2000" <= char <= "\uffef")
        if known * 10 >= len(text[:2000]) * 9:
            return text
    raise Unreadable(_BINARY)


def _mostly_utf8(data: bytes) -> bool:
    """UTF-8 with a few damaged places (GB18030 would turn the whole of it into wrong characters)."""
    text = data[:200_000].decode("utf-8", "replace")
    foreign = sum(1 for char in text if char >= "\x80")
    return text.count("\ufffd") * 50 <= foreign


def _lenient(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Decode; a few bad places are replaced and said, many make it unreadable."""
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(3, len(text) // 500):
        raise Unreadable("无法识别文字编码（不是 UTF-8、UTF-16 或 GB18030），或内容不是文本")
    return text, (f"有 {lost} 处字节无法识别，已用“\ufffd”代替",)
