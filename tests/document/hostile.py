# ruff: noqa: E501
"""A good report in every form, and files of every form that try to harm who reads them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from made_doc import par, word_file

from examples.generator import make_layout, make_report, to_docx, to_html, to_markdown, to_text
from examples.generator.html_wrapped import to_mhtml
from examples.generator.ofd import ofd_from_pdf
from examples.generator.sheets import to_xls, to_xlsx

EXAMPLE = Path(__file__).parents[2] / "examples" / "reports" / "2025-faulty-city.pdf"
FORMS = ("docx", "doc", "rtf", "html", "mhtml", "md", "txt", "xlsx", "xls", "ofd", "pdf", "zip")
SECRET = "四二号保险柜的密码"
"""What stands in files that no report may lead to."""


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, packed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def exchanged(package: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A package with one part changed."""
    parts = _parts(package)
    return zipped({**parts, name: change(parts[name].decode() if name in parts else "")})


@cache
def good() -> Mapping[str, bytes]:
    """A report in every form."""
    truth, layout = make_report(14, "2021"), make_layout(2)
    lines = to_text(truth, layout, "tabs").decode().splitlines()
    rtf = (
        "{\\rtf1\\ansi\\ansicpg936\\uc1 "
        + "\\par ".join(line.replace("\t", "\\tab ") for line in lines)
        + "}"
    )
    made = {
        "docx": to_docx(truth, layout),
        "doc": word_file([par(line) for line in lines if line]),
        "rtf": rtf.encode("gb18030"),
        "html": to_html(truth, layout),
        "mhtml": to_mhtml(truth, layout),
        "md": to_markdown(truth, layout),
        "txt": to_text(truth, layout, "spaces"),
        "xlsx": to_xlsx(truth, layout),
        "xls": to_xls(truth, layout),
        "ofd": ofd_from_pdf(EXAMPLE.read_bytes(), "lines"),
        "pdf": EXAMPLE.read_bytes(),
    }
    made["zip"] = zipped({"年报/a.docx": made["docx"], "年报/b.html": made["html"]})
    return made


# --- what asks for something outside the file: `@` stands for the address

_ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "@"><!ENTITY % p SYSTEM "@"> %p;]>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _after_prolog(text: str, doctype: str) -> str:
    start = text.index("?>") + 2 if text.startswith("<?xml") else 0
    return text[:start] + doctype + text[start:]


def _into_body(page: str) -> str:
    things = (
        "<img src='@'><iframe src='@'></iframe><link rel=stylesheet href='@'><script src='@'></script><object data='@'></object>"
        "<embed src='@'><video src='@'></video><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='@' parse='text'/><base href='@'>"
    )
    return page.replace("</body>", things + "</body>").replace("<body", "<body background='@'", 1)


def _docx_links(text: str) -> str:
    kinds = ("image", "attachedTemplate", "aFChunk", "subDocument", "oleObject", "hyperlink", "frame")
    made = "".join(
        f'<Relationship Id="o{index}" Type="{_OFFICE}/{kind}" Target="@" TargetMode="External"/>'
        for index, kind in enumerate(kinds)
    )
    return text.replace("</Relationships>", made + "</Relationships>")


def reaching_out(address: str) -> dict[str, bytes]:
    """Files that ask for what is at `address`, by a name whose beginning is the form."""
    forms = good()
    pages = {name: forms[name].decode("utf-8", "replace") for name in ("html", "mhtml", "rtf")}
    frame = "<html><body><iframe src='@'></iframe></body></html>"
    fields = "{\\field{\\*\\fldinst INCLUDETEXT @}{\\fldrslt }}{\\field{\\*\\fldinst INCLUDEPICTURE @}{\\fldrslt }}{\\*\\template @}"
    document = "word/document.xml"
    made: dict[str, bytes | str] = {
        "docx-entity": exchanged(forms["docx"], document, lambda t: _after_prolog(t, _ENTITY).replace("</w:t>", "&e;</w:t>", 1)),
        "docx-links": exchanged(forms["docx"], "word/_rels/document.xml.rels", _docx_links),
        "docx-chunk": exchanged(forms["docx"], document, lambda t: t.replace("<w:body>", f'<w:body><w:altChunk xmlns:r="{_OFFICE}" r:id="o2"/>', 1)),
        "docx-field": exchanged(forms["docx"], document, lambda t: t.replace("<w:body>", '<w:body><w:p><w:fldSimple w:instr="INCLUDETEXT @"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>', 1)),
        "xlsx-entity": exchanged(forms["xlsx"], "xl/workbook.xml", lambda t: _after_prolog(t, _ENTITY).replace('name="', 'name="&e;', 1)),
        "xlsx-part": exchanged(forms["xlsx"], "xl/_rels/workbook.xml.rels", lambda t: t.replace("worksheets/sheet1.xml", "@")),
        "ofd-entity": exchanged(forms["ofd"], "OFD.xml", lambda t: _after_prolog(t, _ENTITY).replace("</", "&e;</", 1)),
        "ofd-page": exchanged(forms["ofd"], "OFD.xml", lambda t: t.replace("Doc_0/Document.xml", "@")),
        "html-things": _into_body(pages["html"]),
        "html-frame": frame,
        "html-entity": _ENTITY + pages["html"].replace("<body>", "<body>&e;", 1),
        "html-xhtml": '<?xml version="1.0"?>' + _ENTITY + "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>&e;</p></body></html>",
        "mhtml-things": _into_body(pages["mhtml"]).replace("Content-Location: ", "Content-Location: @"),
        "rtf-fields": pages["rtf"][:-1] + fields + "}" if pages["rtf"] else "",
        "md-things": forms["md"].decode() + "\n![a](@)\n<img src='@'><iframe src='@'></iframe>\n[a](@)\n",
        "zip-frame": zipped({"a.html": frame.replace("@", address), "b.html": _into_body(pages["html"]).replace("@", address)}),
    }  # fmt: skip
    return {name: _with_address(data, address) for name, data in made.items()}


def _with_address(data: bytes | str, address: str) -> bytes:
    if isinstance(data, str):
        return data.replace("@", address).encode()
    if not data.startswith(b"PK"):
        return data.replace(b"@", address.encode())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped(
            {name: archive.read(name).replace(b"@", address.encode()) for name in archive.namelist()}
        )


# --- what is far larger than it looks


def _bomb(name: str, others: Mapping[str, str | bytes], unit: bytes = b" ", head: bytes = b"") -> bytes:
    """A package of some kilobytes with a part of 300 MB."""
    out = io.BytesIO()
    chunk = unit * ((1 << 20) // len(unit))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, data in others.items():
            if other != name:
                archive.writestr(other, data)
        with archive.open(name, "w", force_zip64=True) as part:
            part.write(head)
            for _ in range(300):
                part.write(chunk)
    return out.getvalue()


def _parts(package: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def bombs() -> dict[str, bytes]:
    """Packages that unpack to far more than they are."""
    forms = good()
    page = next(name for name in _parts(forms["ofd"]) if name.endswith("Content.xml"))
    return {
        "docx": _bomb("word/document.xml", _parts(forms["docx"])),
        "docx-styles": _bomb("word/styles.xml", _parts(forms["docx"])),
        "xlsx": _bomb("xl/sharedStrings.xml", _parts(forms["xlsx"])),
        "ofd": _bomb(page, _parts(forms["ofd"])),
        "zip": _bomb("a.html", {}, b"<p>a</p>\n"),
    }


def exhausting() -> dict[str, bytes]:
    """Files that are small enough to be read and would cost much time or memory if read without bounds."""
    forms = good()
    title = "某某县2021年政府信息公开工作年度报告\n".encode()
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * 40}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    rows = "<w:tr>" + "<w:tc><w:p/></w:tc>" * 60 + "</w:tr>"
    wide = '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr><w:p/></w:tc></w:tr>'
    document = "word/document.xml"

    def body(xml: str) -> bytes:
        return exchanged(
            forms["docx"], document, lambda t: t[: t.index("<w:body>") + 8] + xml + "</w:body></w:document>"
        )

    def sheet(change: Callable[[str], str]) -> bytes:
        return exchanged(forms["xlsx"], "xl/worksheets/sheet1.xml", change)

    return {
        "docx-laughs": exchanged(forms["docx"], document, lambda t: _after_prolog(t, laughs + "]>").replace("</w:t>", "&i;</w:t>", 1)),
        "docx-cells": body("<w:tbl>" + rows * 3000 + "</w:tbl>"),
        "docx-spans": body("<w:tbl>" + wide * 2000 + "</w:tbl>"),
        "docx-nested": body("<w:tbl><w:tr><w:tc>" * 3000 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 3000),
        "docx-paragraphs": body("<w:p><w:r><w:t>一、总体情况</w:t></w:r></w:p>" * 90_000),
        "docx-one-line": body("<w:p><w:r><w:t>" + "第二十条第（一）项，1 2 3，" * 60_000 + "</w:t></w:r></w:p>"),
        "rtf-groups": b"{\\rtf1" + b"{" * 400_000,
        "rtf-rows": b"{\\rtf1 " + (b"\\trowd" + b"\\cellx9" * 60 + b"\\cell" * 60 + b"\\row ") * 3000 + b"}",
        "html-nested": b"<html><body>" + b"<div>" * 300_000 + b"x",
        "html-spans": b"<table>" + b"<tr><td rowspan=65534 colspan=1000>1</td></tr>" * 20_000 + b"</table>",
        "html-unclosed": b"<table><tr>" + b"<td>1" * 300_000,
        "html-attributes": b"<p " + b"a=1 " * 500_000 + b">x",
        "html-script": b"<script>" + b'var a = "' * 200_000,
        "mhtml-parts": b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n" + b"--B\r\nContent-Type: text/html\r\n\r\n<p>x\r\n" * 60_000,
        "md-bars": b"|" * 3_000_000,
        "md-brackets": b"# " + b"[" * 400_000 + b"](" * 100_000,
        "md-tables": ("| 规章 | 1 | 2 |\n|---|---|---|\n" * 60_000).encode(),
        "txt-digits": ("一、本年新收政府信息公开申请数量" + "0123456789" * 30_000).encode(),
        "txt-headings": ("一、总体情况\n" * 150_000).encode(),
        "txt-tabs": ("规章\t1\t2\t3\n" * 100_000).encode(),
        "txt-many-headings": title + ("三、收到和处理政府信息公开申请情况\n（一）予以公开 1 2 3 4 5 6 21\n" * 5_000).encode(),
        "txt-headings-before-figures": title + ("一、本年新收政府信息公开申请\n" + "1\n" * 12).encode() * 1_200,
        "txt-quotation-marks": title + ("“““““\n" * 8_000).encode(),
        "txt-digits-of-a-report": title + ("收到申请" + "9" * 6000 + "件，三、本年度办理结果 " + "8" * 9000 + "\n").encode() * 20,
        "html-paragraphs": b"<html><body>" + title + b"<p>x" * 12_000,
        "txt-years": ("2021年公开" * 300_000).encode(),
        "xlsx-far": sheet(lambda t: t.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')),
        "xlsx-merged": sheet(lambda t: t.replace("</sheetData>", "</sheetData><mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 3000 + "</mergeCells>")),
        "ofd-steps": exchanged(forms["ofd"], next(n for n in _parts(forms["ofd"]) if n.endswith("Content.xml")), lambda t: t.replace('DeltaX="', 'DeltaX="g 999999999 1 ')),
        "zip-countless": zipped({f"{number}.html": b"" for number in range(40_000)}),
    }  # fmt: skip


# --- what leads out of a package


def leading_out(secret: Path) -> dict[str, bytes]:
    """Files whose parts are said to lie where `secret` is."""
    forms = good()
    plain, up = secret.as_posix(), "../" * 12 + secret.as_posix().lstrip("/")
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=B\r\n\r\n--B\r\nContent-Type: text/html\r\n\r\n"
    made: dict[str, bytes] = {}
    for name, target in (
        ("absolute", plain),
        ("up", up),
        ("file", secret.as_uri()),
        ("back", up.replace("/", "\\")),
    ):
        frame = f"<html><body><iframe src='{target}'></iframe><frame src='{target}'></body></html>"
        for form, part, old in (
            ("docx", "_rels/.rels", "word/document.xml"),
            ("xlsx", "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml"),
            ("ofd", "OFD.xml", "Doc_0/Document.xml"),
        ):
            made[f"{form}-{name}"] = exchanged(forms[form], part, _exchange(old, target))
        made[f"html-{name}"] = frame.encode()
        made[f"mhtml-{name}"] = head + frame.encode() + b"\r\n--B--\r\n"
        made[f"md-{name}"] = f"# 报告\n\n{frame}\n".encode()
        parts = {target + ".txt": "x", target: SECRET[:3], "a/b.html": frame, f"{target}/c.html": frame}
        made[f"zip-{name}"] = zipped(parts)
    return made


def _exchange(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new)
