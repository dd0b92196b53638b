"""HTML: an editor's fragment, a whole page of a content-management system, a paste from Word."""

from __future__ import annotations

import random
from html import escape
from typing import Literal

from examples.generator.grids import Grid, GridCell, table_grids
from examples.generator.html_table import cell_spans, table_html
from examples.generator.layout import Borders, Layout
from examples.generator.truth import Part, Prose, Truth
from examples.generator.wording import caption, closing_lines, title_lines

HtmlKind = Literal["fragment", "page", "word", "print"]
KINDS: tuple[HtmlKind, ...] = ("fragment", "page", "word")


def to_html(truth: Truth, layout: Layout, kind: HtmlKind | None = None) -> bytes:
    """The report as HTML bytes. `print` is a page meant for printing to PDF.

    A Word paste is GB18030 declared as gb2312; the others are UTF-8.
    """
    form = kind or KINDS[layout.seed % len(KINDS)]
    if form == "word":
        return _word(truth, layout).encode("gb18030")
    content = "\n".join(_content(truth, layout, turned=form == "print" and layout.landscape))
    if form == "fragment":
        return f"<div>\n{content}\n</div>\n".encode()
    if form == "print":
        return _printable(content, layout).encode()
    return _page(truth, content, layout).encode()


def _linked(text: str, truth: Truth) -> str:
    shown, target = truth.link
    quoted = escape(text)
    if shown and shown in text:
        return quoted.replace(
            escape(shown), f'<a href="{escape(target)}" target="_blank">{escape(shown)}</a>'
        )
    return quoted


def _content(truth: Truth, layout: Layout, *, turned: bool) -> list[str]:
    """The body; `turned`: the sections with tables 三 and 四 stand on pages of their own kind."""
    out = [f'<h1 style="text-align:center">{"<br>".join(map(escape, title_lines(truth, layout)))}</h1>']
    indent = ("", "　　", "&nbsp;&nbsp;&nbsp;&nbsp;")[layout.seed % 3]
    out += [f"<p>{indent}{_linked(text, truth)}</p>" for text in truth.lead]
    for part in truth.sections:
        wide = turned and part.key in {"applications", "disputes"}
        out += ['<div class="wide">'] if wide else []
        out += _part(part, truth, layout, indent)
        out += ["</div>"] if wide else []
    out += [f'<p style="text-align:right">{escape(text)}</p>' for text in closing_lines(truth)]
    return out


def _heading(text: str, layout: Layout, indent: str) -> str:
    if layout.headings == "style":
        return f"<h2>{escape(text)}</h2>"
    if layout.headings == "bold":
        return f"<p>{indent}<strong>{escape(text)}</strong></p>"
    return f'<p>{indent}<span style="font-family:黑体">{escape(text)}</span></p>'


def _part(part: Part, truth: Truth, layout: Layout, indent: str) -> list[str]:
    out = [_heading(part.heading, layout, indent)]
    for item in part.body:
        if not isinstance(item, Prose):
            out += [f'<p style="text-align:right">{line}</p>' for line in caption(item.key, layout)]
            out += [table_html(grid, layout) for grid in table_grids(truth.tables[item.key], layout)]
        elif item.role == "subheading" and layout.headings == "style":
            out.append(f"<h3>{escape(item.text)}</h3>")
        else:
            out.append(f"<p>{indent}{escape(item.text)}</p>")
    return out


def _page(truth: Truth, content: str, layout: Layout) -> str:
    """A whole page: navigation, other years' reports beside the article, a footer."""
    rng = random.Random(f"page {layout.seed}")
    place, organ = truth.organ.place, truth.organ.name
    others = "".join(
        f'<li><a href="/zfxxgk/nb/{year}.html">{organ}{year}年政府信息公开工作年度报告</a>'
        f"<span>{year + 1}-01-2{year % 9}</span></li>"
        for year in range(truth.year - 4, truth.year + 1)
    )
    menu = "".join(
        f'<li><a href="/{index}/">{name}</a></li>'
        for index, name in enumerate(("首页", "要闻动态", "政务公开", "办事服务", "互动交流", f"走进{place}"))
    )
    articles = "".join(
        f'<li><a href="/a{rng.randint(1, 999)}.html">{text}</a></li>'
        for text in ("办事指南更新公告", "热点问题解答汇总", "本月政务公开要点")
    )
    day = truth.signature[1].isoformat() if truth.signature else f"{truth.year + 1}-01-20"
    meta = f'<meta name="ArticleTitle" content="{truth.title}"><meta name="PubDate" content="{day} 09:30">'
    numbers = f"网站标识码：99{rng.randint(10000000, 99999999)}　备案号：虚构备字{rng.randint(100, 999)}号"
    layout_table = rng.random() < 0.3
    article = f'<table width="100%"><tr><td>{content}</td></tr></table>' if layout_table else content
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8">'
        f"<title>{truth.title}_{place}人民政府</title>{meta}"
        "<script>var visits = 1024; document.title;</script><style>td{padding:2px}</style></head><body>"
        f'<div class="header"><a href="/">{place}人民政府门户网站</a></div><ul class="nav">{menu}</ul>'
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; 政府信息公开年报</div>'
        f'<div class="side"><h3>历年年报</h3><ul>{others}</ul><h3>推荐阅读</h3><ul>{articles}</ul></div>'
        f'<div class="main"><div class="info">发布日期：{day}　来源：{organ}　字体：[大 中 小]</div>'
        f'<div class="TRS_Editor">{article}</div>'
        '<div class="tools"><a href="#">打印</a> <a href="#">关闭</a></div></div>'
        f'<div class="footer"><p>主办：{place}人民政府办公室　承办：{place}大数据中心</p>'
        f"<p>{numbers}　电话：12345</p></div></body></html>"
    )


_UNDRAWN = "table,td,th {border:none}"
_BORDERS: dict[Borders, str] = {
    "full": "td,th {border:var(--line) solid #000}",
    "dotted": "td,th {border:var(--line) dotted #000}",
    "dashed": "td,th {border:var(--line) dashed #555}",
    "white": "td,th {border:var(--line) solid #fff;background:#dde6f0}",
    "horizontal": f"{_UNDRAWN}td,th {{border:solid #000;border-width:var(--line) 0}}",
    "vertical": f"{_UNDRAWN}td,th {{border:solid #000;border-width:0 var(--line)}}",
    "cells": f"{_UNDRAWN}td,th {{background:#eef2f7}}",
    "none": _UNDRAWN,
    "outer": f"{_UNDRAWN}table {{border:var(--line) solid #000}}",
    "zebra": f"{_UNDRAWN}tr:nth-child(even) {{background:#eee}}",
    "three-line": f"{_UNDRAWN}table {{border-top:2px solid #000;border-bottom:2px solid #000}}"
    "tr:first-child td,tr:first-child th {border-bottom:var(--line) solid #000}",
}


def _printable(content: str, layout: Layout) -> str:
    size = {"A4": "A4", "Letter": "letter", "A3": "A3", "16K": "184mm 260mm"}[layout.page]
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告</title><style>'
        f"@page {{size:{size};margin:{layout.margins // 80}mm}}"
        f"@page wide {{size:{size} landscape}} .wide {{page:wide}}"
        f":root {{--line:{layout.line / 8}pt}}"
        f'body {{font-family:"{layout.latin}","{layout.font}";font-size:{layout.size / 2}pt;line-height:1.5}}'
        "table {border-collapse:collapse;width:100%} "
        f"td,th {{padding:1.5pt {layout.padding / 20}pt}}"
        f"{_BORDERS[layout.borders]}td,th {{vertical-align:{layout.valign.replace('center', 'middle')}}}"
        f"</style></head><body>{content}</body></html>"
    )


_MSO = 'class="MsoNormal" style="mso-margin-top-alt:auto;text-indent:21.0pt;mso-char-indent-count:2.0"'
_SPAN = "<span lang=\"EN-US\" style='font-size:10.5pt;font-family:宋体;mso-bidi-font-family:宋体'>{}</span>"


def _word(truth: Truth, layout: Layout) -> str:
    """A page as Word saves it: mso styles, o:p, spans around everything."""
    title = _pasted("\n".join(title_lines(truth, layout)), layout)
    out = [f"<p {_MSO} align=center><b>{title}</b><o:p></o:p></p>"]
    out += [f"<p {_MSO}>{_linked(text, truth)}<o:p></o:p></p>" for text in truth.lead]
    for part in truth.sections:
        out.append(f"<p {_MSO}><b>{_pasted(part.heading, layout)}</b><o:p></o:p></p>")
        for item in part.body:
            if isinstance(item, Prose):
                out.append(f"<p {_MSO}>{_pasted(item.text, layout)}<o:p></o:p></p>")
            else:
                out += [f"<p {_MSO} align=right>{line}</p>" for line in caption(item.key, layout)]
                out += [_word_table(grid, layout) for grid in table_grids(truth.tables[item.key], layout)]
                out.append(f"<p {_MSO}><o:p>&nbsp;</o:p></p>")
    out += [f"<p {_MSO} align=right>{_pasted(text, layout)}</p>" for text in closing_lines(truth)]
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:w="urn:schemas-microsoft-com:office:word">\n'
        '<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><title>年报</title>'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"
        '<style><!-- p.MsoNormal {mso-style-parent:"";margin:0cm;} --></style></head>\n'
        f"<body lang=ZH-CN><div class=Section1>\n{chr(10).join(out)}\n</div></body></html>\n"
    )


def _pasted(text: str, layout: Layout) -> str:
    """Text as Word pastes it: in several spans, cut anywhere."""
    rng = random.Random(f"paste {layout.seed} {text}")
    pieces = []
    for line in text.split("\n"):
        cut = rng.randint(1, len(line)) if len(line) > 1 else len(line)
        pieces.append(
            _SPAN.format(escape(line[:cut])) + (_SPAN.format(escape(line[cut:])) if line[cut:] else "")
        )
    return "<br>".join(pieces)


def _word_table(grid: Grid, layout: Layout) -> str:
    rows = []
    for row in range(grid.row_count):
        cells = "".join(_word_cell(cell, layout) for cell in grid.cells if cell.row == row)
        rows.append(f"<tr style='mso-yfti-irow:{row};height:14.25pt'>{cells}</tr>")
    return f"<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0>{chr(10).join(rows)}</table>"


def _word_cell(cell: GridCell, layout: Layout) -> str:
    spans = cell_spans(cell).replace('"', " " if layout.seed % 5 == 0 else "")
    inner = _pasted(cell.text, layout) if cell.text else ""
    mark = "<o:p></o:p>" if cell.text else "<o:p>&nbsp;</o:p>"
    return (
        f"<td{spans} style='border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt'>"
        f"<p class=MsoNormal align=center>{inner}{mark}</p></td>"
    )
