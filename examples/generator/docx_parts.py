"""The fixed parts of a Word package, and page geometry."""

from __future__ import annotations

from xml.sax.saxutils import escape

from examples.generator.layout import Layout

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PAGES = {"A4": (11906, 16838), "Letter": (12240, 15840), "A3": (16838, 23811), "16K": (10433, 14742)}

CONTENT_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD_TYPE}.numbering+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{_WORD_TYPE}.footer+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD_TYPE}.header+xml"/></Types>'
)
PACKAGE_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
SETTINGS = f'{_HEAD}<w:settings xmlns:w="{_W}"><w:compat/></w:settings>'
NUMBERING = (
    f'{_HEAD}<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="0">'
    '<w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="%1、"/><w:lvlJc w:val="left"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/>'
    '<w:lvlText w:val="（%2）"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def document_xml(body: str) -> str:
    """`word/document.xml` around `body`."""
    spaces = {
        "w": _W,
        "r": _R,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
    }
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in spaces.items())
    return f"{_HEAD}<w:document {declared}><w:body>{body}</w:body></w:document>"


def document_relations(target: str) -> str:
    """The document's relations, among them the hyperlink to `target`."""
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rIdStyles" Type="{_R}/styles" Target="styles.xml"/>'
        f'<Relationship Id="rIdNumbers" Type="{_R}/numbering" Target="numbering.xml"/>'
        f'<Relationship Id="rIdSettings" Type="{_R}/settings" Target="settings.xml"/>'
        f'<Relationship Id="rIdFooter" Type="{_R}/footer" Target="footer1.xml"/>'
        f'<Relationship Id="rIdHeader" Type="{_R}/header" Target="header1.xml"/>'
        f'<Relationship Id="rIdLink" Type="{_R}/hyperlink" Target="{escape(target)}" TargetMode="External"/>'
        "</Relationships>"
    )


def page_footer(layout: Layout) -> str:
    """A footer with the page number, if the layout has one."""
    mark = {"none": None, "dashes": "- ", "plain": ""}[layout.page_numbers]
    if mark is None:
        return f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p/></w:ftr>'
    around = f'<w:r><w:t xml:space="preserve">{mark}</w:t></w:r>' if mark else ""
    back = f'<w:r><w:t xml:space="preserve">{mark[::-1]}</w:t></w:r>' if mark else ""
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    number = f'<w:pPr><w:jc w:val="center"/></w:pPr>{around}{field}{back}'
    return f'{_HEAD}<w:ftr xmlns:w="{_W}"><w:p>{number}</w:p></w:ftr>'


def header_xml(text: str) -> str:
    """A page header with `text`."""
    content = f"<w:r><w:t>{escape(text)}</w:t></w:r>" if text else ""
    return f'{_HEAD}<w:hdr xmlns:w="{_W}"><w:p>{content}</w:p></w:hdr>'


def _page(layout: Layout, *, landscape: bool) -> tuple[int, int]:
    width, height = _PAGES[layout.page]
    return (height, width) if landscape else (width, height)


def text_width(layout: Layout, *, landscape: bool) -> int:
    """The width between the margins, in twips."""
    return _page(layout, landscape=landscape)[0] - 2 * layout.margins


def section_properties(layout: Layout, *, landscape: bool) -> str:
    """Page size, orientation and margins of the section that ends here."""
    width, height = _page(layout, landscape=landscape)
    turned = ' w:orient="landscape"' if landscape else ""
    margins = " ".join(f'w:{side}="{layout.margins}"' for side in ("top", "right", "bottom", "left"))
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader"/>'
        '<w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar {margins} w:header="600" w:footer="600" w:gutter="0"/></w:sectPr>'
    )


def styles_xml(layout: Layout) -> str:
    """Default font and size, title and heading styles."""
    font = f'<w:rFonts w:ascii="{layout.latin}" w:hAnsi="{layout.latin}" w:eastAsia="{layout.font}"/>'
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        for level in (1, 2)
    )
    return (
        f'{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{font}'
        f'<w:sz w:val="{layout.size}"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/>'
        '<w:pPr><w:jc w:val="center"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>{heads}</w:styles>'
    )


def text_box(lines: tuple[str, ...]) -> str:
    """A paragraph with a text box, in the modern form and the fallback for old readers."""
    inner = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{escape(line)}</w:t></w:r></w:p>'
        for line in lines
    )
    box = f"<w:txbxContent>{inner}</w:txbxContent>"
    shape = (
        '<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="5400000" cy="900000"/>'
        '<wp:docPr id="1" name="标题框"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        '<wps:wsp><wps:cNvSpPr txBox="1"/>'
        '<wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="5400000" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{shape}</mc:Choice>'
        '<mc:Fallback><w:pict><v:shape style="width:425pt;height:70pt">'
        f"<v:textbox>{box}</v:textbox></v:shape></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
