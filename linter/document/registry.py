"""Which reader reads a file: decided by its content, not by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path, PurePath
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING

from linter.document.model import Document, Table, Unreadable
from linter.document.ordinary import with_ordinary_characters

if TYPE_CHECKING:
    from linter.document.htmlthin import Beside

SUPPORTED_SUFFIXES: frozenset[str] = frozenset(
    {
        *(".txt", ".md", ".markdown", ".html", ".htm", ".mht", ".mhtml"),
        *(".docx", ".docm", ".dotx", ".doc", ".dot", ".wps", ".rtf"),
        *(".pdf", ".ofd", ".xlsx", ".xls", ".et", ".tif", ".tiff"),
    }
)
"""What is looked for in folders, whatever lies beside it; other pictures are looked for where no document
lies beside them."""
TEXT_LIMIT = 20 * 1024 * 1024
"""Bytes of a text, Markdown or HTML file that are still read."""
BINARY_LIMIT = 100 * 1024 * 1024
"""Bytes of a DOCX, DOC, RTF, PDF or picture file that are still read."""

_MOST_BLOCKS = 30_000
_MOST_CELLS = 100_000
"""Of a document; a long report has 2,000 paragraphs and cells."""

_HEAD = 1024
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*")
_PACKED = ((b"\x1f\x8b", "gzip"), (b"Rar!\x1a\x07", "RAR"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"BZh", "bzip2"))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_KINDS = (
    ("EncryptedPackage", "文件已加密（带打开密码的 Office 文件），请去除密码后再检查"),
    ("PowerPoint Document", "旧版演示文稿（.ppt），不是报告文件"),
)


def read_file(path: Path) -> Document:
    """Read the file at `path`. Raises Unreadable; a file over its limit is refused before it is read."""
    return read_document(file_bytes(path), path.name, partial(_beside, path))


def file_bytes(path: Path) -> bytes:
    """The content of a file. Raises Unreadable; a file over its limit is refused before it is read."""
    try:
        status = path.stat()
        if S_ISDIR(status.st_mode):
            raise Unreadable("这是文件夹，不是文件")
        if not S_ISREG(status.st_mode):
            raise Unreadable("不是普通文件")
        with path.open("rb") as file:
            head = file.read(_HEAD)
            limit = (
                BINARY_LIMIT
                if b"%PDF" in head or head.startswith((b"PK", b"{\\rtf", _OLE)) or is_picture(head)
                else TEXT_LIMIT
            )
            if status.st_size > limit:
                raise Unreadable(_too_large(limit))
            return head + file.read(limit - len(head) + 1)
    except OSError as error:
        raise Unreadable(os_reason(error)) from None


def read_pages(pictures: Iterable[bytes]) -> Document:
    """Read a report scanned to several pictures, in the order of its pages. Raises Unreadable."""
    from linter.document.scan import read_pictures

    return with_ordinary_characters(read_pictures(map(_checked_picture, pictures)))


def _checked_picture(data: bytes) -> bytes:
    if not is_picture(data):
        raise Unreadable("名称像图片的文件中有不是图片的，无法按页读取")
    _check_size(data, BINARY_LIMIT)
    return data


def _beside(page: Path, address: str) -> bytes | None:
    from linter.document.beside import file_beside

    return file_beside(page, address)


def read_document(data: bytes, name: str = "", beside: Beside | None = None) -> Document:
    """Read a file's bytes. `name` only tells Markdown from plain text where the content does not;
    `beside` gives the files saved with a web page, by the addresses it gives them.

    Raises Unreadable, with one line in Chinese, for whatever is not a document of a known type.
    """
    if not data or data.isspace():
        raise Unreadable("文件是空的")
    try:
        document = _read(data, name, beside)
        cells = sum(len(block.cells) for block in document.blocks if isinstance(block, Table))
        if len(document.blocks) > _MOST_BLOCKS or cells > _MOST_CELLS:
            raise Unreadable(
                f"文件的段落或单元格超过 {_MOST_BLOCKS // 10_000} 万个，不像一份年度报告，未读取"
            )
        return with_ordinary_characters(document)
    except RecursionError:
        raise Unreadable("内容嵌套过深，无法读取") from None


def _read(data: bytes, name: str, beside: Beside | None) -> Document:
    if b"%PDF" in data[:_HEAD] and not data[:_HEAD].lstrip().startswith((b"<", b"#")):
        _check_size(data, BINARY_LIMIT)
        from linter.document.pdf import read_pdf

        return read_pdf(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        _check_size(data, BINARY_LIMIT)
        return _read_zip(data)
    if data.startswith(_OLE):
        _check_size(data, BINARY_LIMIT)
        return _read_ole(data)
    if data.lstrip()[:5] == b"{\\rtf":
        _check_size(data, BINARY_LIMIT)
        from linter.document.rtf import read_rtf

        return read_rtf(data)
    if b"ime-" in data[:_HEAD] or b"IME-" in data[:_HEAD]:
        from linter.document.mhtml import is_mhtml, read_mhtml

        if is_mhtml(data):
            _check_size(data, BINARY_LIMIT)
            return read_mhtml(data)
    _refuse_known(data)
    return _read_picture(data) if is_picture(data) else _read_text(data, name, beside)


def _read_picture(data: bytes) -> Document:
    _check_size(data, BINARY_LIMIT)
    from linter.document.scan import read_picture

    return read_picture(data)


def is_picture(data: bytes) -> bool:
    """Whether the data is a picture of a kind that scans come in."""
    return data.startswith(_PICTURES) or (data.startswith(b"BM") and data[6:10] == b"\0\0\0\0")


def _read_zip(data: bytes) -> Document:
    from linter.document.archive import Archive

    archive = Archive(data)
    names = archive.names
    if any(map(_is_word_part, names)):
        from linter.document.docx import read_docx

        return read_docx(archive)
    if any(part.startswith("xl/") for part in names):
        from linter.document.xlsx import read_xlsx

        return read_xlsx(archive)
    if any(part.startswith("ppt/") for part in names):
        raise Unreadable("演示文稿（.pptx），不是报告文件")
    if "OFD.xml" in archive:
        from linter.document.ofd import read_ofd

        return read_ofd(archive)
    if "content.xml" in names and "mimetype" in names:
        raise Unreadable("OpenDocument 文件（.odt 等），暂不支持，请另存为 .docx")
    raise Unreadable("压缩包（zip），不是报告文件，请解压后再检查")


def _read_ole(data: bytes) -> Document:
    from linter.document.olecontainer import Container

    container = Container(data)
    for stream, reason in _OLE_KINDS:
        if stream in container:
            raise Unreadable(reason)
    if "WordDocument" in container:
        from linter.document.doc import read_doc

        return read_doc(container, data)
    if "Workbook" in container or "Book" in container:
        from linter.document.xls import read_xls

        return read_xls(container)
    raise Unreadable("旧版 Office 文件，请另存为 .docx 后再检查")


def _is_word_part(part: str) -> bool:
    return re.fullmatch(r"word/document\d*\.xml", part.replace("\\", "/"), re.I) is not None


def _refuse_known(data: bytes) -> None:
    """Raise Unreadable for types that are recognised but not read."""
    if data.startswith(b"GIF8"):
        raise Unreadable("图片（GIF），不是报告文件")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Unreadable("图片（WebP），不是报告文件")
    for mark, kind in _PACKED:
        if data.startswith(mark):
            raise Unreadable(f"压缩包（{kind}），不是报告文件，请解压后再检查")


def _read_text(data: bytes, name: str, beside: Beside | None) -> Document:
    _check_size(data, TEXT_LIMIT)
    from linter.document.charset import decode
    from linter.document.textkind import text_kind

    text, notes = decode(data)
    if not text.strip(" \t\r\n\f\v\u3000\u00a0\u200b\ufeff"):
        raise Unreadable("文件是空的，只有空白")
    kind = text_kind(text, PurePath(name).suffix.lower())
    reader: Callable[[str], Document]
    if kind == "html":
        from linter.document.html import read_html

        reader = partial(read_html, beside=beside)
    elif kind == "markdown":
        from linter.document.markdown import read_markdown

        reader = read_markdown
    else:
        from linter.document.text import read_text

        reader = read_text
    from linter.document.remarks import with_remarks

    document = with_remarks(text, reader)
    if not notes:
        return document

    return document._replace(notes=(*notes, *document.notes))


def _check_size(data: bytes, limit: int) -> None:
    if len(data) > limit:
        raise Unreadable(_too_large(limit))


def _too_large(limit: int) -> str:
    return f"文件超过 {limit // 1024 // 1024} MB，不像一份年度报告，未读取"


def os_reason(error: OSError) -> str:
    """Why a file could not be opened, in words for the user."""
    if isinstance(error, FileNotFoundError):
        return "文件不存在"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return f"无法打开（{error.strerror or type(error).__name__}）"
