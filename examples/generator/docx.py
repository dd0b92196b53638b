"""Word documents, written as XML in a zip: deterministic byte for byte."""

from __future__ import annotations

import io
import random
import zipfile

from examples.generator.docx_parts import (
    CONTENT_TYPES,
    NUMBERING,
    PACKAGE_RELATIONS,
    SETTINGS,
    document_relations,
    document_xml,
    header_xml,
    page_footer,
    section_properties,
    styles_xml,
    text_box,
)
from examples.generator.docx_runs import Runs
from examples.generator.docx_table import table_xml
from examples.generator.grids import table_grids
from examples.generator.layout import Layout
from examples.generator.truth import Part, Prose, Truth
from examples.generator.wording import caption, closing_lines, title_lines

_EPOCH = (1980, 1, 1, 0, 0, 0)


def to_docx(truth: Truth, layout: Layout) -> bytes:
    """The report as a Word document."""
    body = "".join(_body(truth, layout))
    files = {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "word/document.xml": document_xml(body),
        "word/styles.xml": styles_xml(layout),
        "word/numbering.xml": NUMBERING,
        "word/settings.xml": SETTINGS,
        "word/footer1.xml": page_footer(layout),
        "word/header1.xml": header_xml("内部校对稿样" if "header-footer" in layout.extras else ""),
        "word/_rels/document.xml.rels": document_relations(truth.link[1]),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, text.encode())
    return buffer.getvalue()


def _body(truth: Truth, layout: Layout) -> list[str]:
    runs = Runs(random.Random(f"docx {layout.seed}"), layout, truth.link)
    out = [_title(truth, layout, runs)]
    out += [runs.paragraph(text, indent=True) for text in truth.lead]
    numbered = layout.headings == "numbered" and [part.number for part in truth.sections] == list(
        range(1, len(truth.sections) + 1)
    )
    turned = False
    for part in truth.sections:
        wide = layout.landscape and part.key in {"applications", "disputes"}
        if wide != turned:
            out.append(f"<w:p><w:pPr>{section_properties(layout, landscape=turned)}</w:pPr></w:p>")
            turned = wide
        out += _part(part, truth, layout, runs, numbered=numbered, wide=wide)
    out += [runs.paragraph(text, align="right") for text in closing_lines(truth)]
    out.append(section_properties(layout, landscape=turned))
    return out


def _title(truth: Truth, layout: Layout, runs: Runs) -> str:
    lines = title_lines(truth, layout)
    if "text-box-title" in layout.extras:
        return text_box(lines)
    if len(lines) == 2 and layout.seed % 2:
        return "".join(runs.paragraph(line, style="Title", align="center", plain=True) for line in lines)
    return runs.paragraph("\n".join(lines), style="Title", align="center", plain=True)


def _part(part: Part, truth: Truth, layout: Layout, runs: Runs, *, numbered: bool, wide: bool) -> list[str]:
    out = [_heading(part, layout, runs, numbered=numbered)]
    counted = 0
    for item in part.body:
        if not isinstance(item, Prose):
            out += [runs.paragraph(line, align="right", plain=True) for line in caption(item.key, layout)]
            for grid in table_grids(truth.tables[item.key], layout):
                out.append(table_xml(grid, layout, runs, wide=wide))
                out.append("<w:p/>")
        elif (
            item.role == "subheading"
            and numbered
            and item.text.startswith(f"（{'一二三四五六七八九'[counted]}）")
        ):
            counted += 1
            out.append(runs.paragraph(item.text[3:], list_level=1, plain=True))
        elif item.role == "subheading":
            out.append(
                runs.paragraph(item.text, style="Heading2" if layout.headings == "style" else "", plain=True)
            )
        else:
            out.append(runs.paragraph(item.text, indent=True))
    return out


def _heading(part: Part, layout: Layout, runs: Runs, *, numbered: bool) -> str:
    if numbered:
        return runs.paragraph(part.title, list_level=0, bold=True, plain=True)
    style = "Heading1" if layout.headings == "style" else ""
    return runs.paragraph(part.heading, style=style, bold=layout.headings == "bold", plain=True)
