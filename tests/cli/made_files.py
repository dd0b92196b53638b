"""Small files for tests of the command line: reports of invented organs, and hostile files."""

from __future__ import annotations

import io
import random
import struct
import zipfile
from pathlib import Path

from examples.generator.ole import compound_file

SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)
TYPES = "[Content_Types].xml"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def report_text(organ: str = "青川县水务局", year: int = 2022) -> str:
    """A short report without tables, for which the rules have something to say."""
    lines = [f"# {organ}{year}年政府信息公开工作年度报告", ""]
    for numeral, title in zip("一二三四五六", SECTIONS, strict=True):
        lines += [f"## {numeral}、{title}", "", f"{year}年，本单位各项工作平稳有序。", ""]
    return "\n".join(lines)


def docx(body: str, prolog: str = "") -> bytes:
    """A Word file with `body` as its XML body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, '<?xml version="1.0"?><Types/>')
        archive.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?>{prolog}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return file.getvalue()


def paragraph(text: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def good_docx() -> bytes:
    """The report as a Word file."""
    lines = [line.lstrip("# ") for line in report_text().split("\n") if line]
    return docx("".join(map(paragraph, lines)))


def zip_bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to a gigabyte."""
    file = io.BytesIO()
    chunk = b" " * (1 << 20)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(TYPES, '<?xml version="1.0"?><Types/>')
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(1024):
                part.write(chunk)
    return file.getvalue()


def external_entity(address: str) -> bytes:
    """A Word file that asks for the content of `address`."""
    prolog = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{address}">]>'
    return docx(paragraph("&x;"), prolog)


def encrypted_pdf() -> bytes:
    """A PDF for which a password is needed."""
    secret = "<" + "5a" * 32 + ">"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
        f"<< /Filter /Standard /V 1 /R 2 /O {secret} /U {secret} /P -44 >>",
    ]
    body = "%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    start = len(body)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    body += "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Encrypt 4 0 R /ID [<00> <00>] >>\n"
    return (body + f"startxref\n{start}\n%%EOF\n").encode("ascii")


def encrypted_doc() -> bytes:
    """A Word 97–2003 file for which a password is needed, as far as its head."""
    return compound_file({"WordDocument": struct.pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x0804, 0, 0x0100)})


def hostile(folder: Path, address: str = "file:///etc/hostname") -> dict[str, Path]:
    """One file of each kind that cannot be read, by kind."""
    whole = good_docx()
    contents = {
        "empty.docx": b"",
        "random.docx": random.Random(7).randbytes(5000),
        "truncated.docx": whole[: len(whole) // 2],
        "encrypted.pdf": encrypted_pdf(),
        "encrypted.doc": encrypted_doc(),
        "truncated.doc": encrypted_doc()[:3000],
        "picture.docx": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(2000),
        "large.txt": ("本年度各项工作平稳。" * 9 + "\n").encode() * (50 * 1024 * 1024 // 271),
        "bomb.docx": zip_bomb(),
        "entity.docx": external_entity(address),
    }
    paths = {}
    for name, content in contents.items():
        paths[name] = folder / name
        paths[name].write_bytes(content)
    return paths
