"""Characters that only look like the ordinary ones: ⾏ for 行. Every reader's text goes through here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from linter.document.model import Block, Document, Paragraph, Table

_STAND_INS = re.compile("[\u2e80-\u2fdf\uf900-\ufb06\ufe10-\ufe48\U0002f800-\U0002fa1f]")


def with_ordinary_characters(document: Document) -> Document:
    """The document with every such character replaced; positions stay, one stands for one."""
    if not _STAND_INS.search("\n".join(_texts(document))):
        return document
    return document._replace(
        blocks=tuple(map(_ordinary_block, document.blocks)),
        links=tuple(link._replace(text=ordinary(link.text)) for link in document.links),
        metadata={key: ordinary(value) for key, value in document.metadata.items()},
    )


def ordinary(text: str) -> str:
    """The text with ordinary characters for those that only look like them."""
    return text.translate(ordinary_characters())


def _texts(document: Document) -> Iterator[str]:
    yield from document.metadata.values()
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block.text
        elif isinstance(block, Table):
            for cell in block.cells:
                yield cell.text


def _ordinary_block(block: Block) -> Block:
    if isinstance(block, Paragraph):
        lines = tuple(line._replace(text=ordinary(line.text)) for line in block.lines)
        return block._replace(text=ordinary(block.text), lines=lines, number=ordinary(block.number))
    if isinstance(block, Table):
        return block._replace(cells=tuple(cell._replace(text=ordinary(cell.text)) for cell in block.cells))
    return block


@cache
def ordinary_characters() -> dict[int, str]:
    """Radicals and compatibility code points that stand for an ordinary character.

    Fonts that share a glyph between 行 and its radical make a PDF say ⾏, and so does what is copied out
    of it. Full-width punctuation is left as it is; its vertical forms become the upright ones.
    """
    import unicodedata

    ranges = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB07), range(0x2F800, 0x2FA20))
    table = {code: unicodedata.normalize("NFKC", chr(code)) for span in ranges for code in span}
    pairs = (
        "⺁厂⺈刀⺊卜⺌小⺍小⺗心⺘手⺙攵⺝月⺟母⺠民⺡水⺣火⺤爪⺨犬⺫目⺬示⺭示⺮竹⺯糸⺰纟⺲罒⺳网⺶羊⺷羊⺸羊⺹老⺼肉⺾艹⺿艹⻀艹⻁虎⻂衣⻃西⻄西⻅见"
        "⻆角⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻐钅⻑長⻒镸⻓长⻔门⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻟飠⻠饣⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻲亀⻳龟⼾户"
        "︐，︑、︒。︓：︔；︕！︖？︗【︘】︙…︰：︱—︲–︵（︶）︷｛︸｝︹〔︺〕︻【︼】︽《︾》︿〈﹀〉﹁「﹂」﹃『﹄』﹇［﹈］"
    )
    table.update({ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)})
    return {code: text for code, text in table.items() if text != chr(code)}
