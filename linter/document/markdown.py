"""Markdown as converters and people write it: a line scanner, not a full parser.

Headings, bold lines, pipe tables, tab-separated tables, inline HTML tables, links. Emphasis marks and
escapes are taken out of the text; what is not understood stays text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from linter.document.lines import BLANKS, split_lines
from linter.document.model import Block, Cell, Document, Line, Link, Paragraph, Picture, Table, Unreadable
from linter.document.tabs import tab_runs
from linter.document.text import split_head, text_blocks, titled, without_page_numbers
from linter.document.wrap import Shape, measure

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+(.*?))?(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}(={3,}|-{3,})[ \t]*")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`]*")
_QUOTE = re.compile(r"^ {0,3}(?:>[ \t]?)+")
_BULLET = re.compile(r"^[ \t]*[-*+][ \t]+(?=\S)")
_TABLE_RULE = re.compile(r"[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_HTML_TABLE = re.compile(r"<table\b", re.I)
_HTML_TABLE_OPENING = re.compile(
    r"\s*(?:<(?:html|body|div|center|section|figure|p)\b[^>]*>\s*)*<table\b", re.I
)
_HTML_TABLE_END = re.compile(r"</table\s*>", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[([^\[\]]{0,500})\]\(([^()\s]{0,2000})(?:\s{1,9}\"[^\"]{0,500}\")?\)")
_LINK = re.compile(
    r"\[([^\[\]]{1,2000})\]\(<?([^()\s<>]{0,2000}(?:\([^()]{0,200}\)[^()\s<>]{0,200})?)>?(?:\s{1,9}\"[^\"]{0,500}\")?\)"
    r"|<((?:https?://|mailto:|www\.)[^\s<>]{1,2000}|[\w.+-]{1,99}@[\w-]{1,99}(?:\.[\w-]{1,99}){1,9})>"
)
_TAG = re.compile(
    r"<(?:br\s*/?|/?(?:span|font|u|b|i|strong|em|sup|sub|center|p|div|a|o:p)(?:\s[^<>]*)?/?)>", re.I
)
_STRONG = re.compile(r"\*\*(?=\S)(.{1,2000}?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.{1,2000}?)(?<=\S)__(?!\w)")
_EMPHASIS = re.compile(
    r"(?<![*\\])\*(?![*\s])([^*\n]{1,2000}?)(?<![\s\\])\*(?!\*)|(?<!\w)_(?![_\s])([^_\n]{1,2000}?)(?<!\s)_(?!\w)"
)
_CODE = re.compile(r"(?<!`)(`{1,9})(?!`)(.{1,2000}?)(?<!`)\1(?!`)")
_ALL_BOLD = re.compile(r"(?:\*\*[^*]+\*\*|__[^_]+__)[\s。：:，]*")
_GUARD = "\ue000"


@dataclass
class _Reading:
    """What has been read so far."""

    shape: Shape
    blocks: list[Block] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    tables: int = 0


def read_markdown(text: str) -> Document:
    """Read Markdown. Raises Unreadable where nothing is printed in it."""
    lines = split_lines(text)
    head, lines = split_head(lines)
    lines = without_page_numbers(lines)
    reading = _Reading(measure([line for line in lines if "\t" not in line.text and "|" not in line.text]))
    _scan(lines, reading)
    if not reading.blocks:
        raise Unreadable("文件是空的，没有文字")
    title = head.get("title")
    return Document(
        reader="markdown",
        blocks=tuple(titled(title, reading.blocks) if title else reading.blocks),
        links=tuple(reading.links),
        metadata={key: statement for key, (statement, _) in head.items()},
        pages=lines[-1].location.page,
        lossy=not any(isinstance(block, Table) for block in reading.blocks),
    )


def _scan(lines: Sequence[Line], reading: _Reading) -> None:
    runs = {run.start: run.end for run in tab_runs(lines)}
    pending: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        end = _table_end(lines, index, runs)
        if end is not None:
            _flush(pending, reading)
            _read_table(lines[index:end], index in runs, reading)
            index = end
            continue
        bare = line.text.strip(BLANKS)
        image = _IMAGE.fullmatch(bare) if bare.startswith("![") else None
        if image:
            _flush(pending, reading)
            reading.blocks.append(Picture(image.group(1).strip(), line.location))
            index += 1
            continue
        fence = _FENCE.fullmatch(line.text)
        if fence:
            _flush(pending, reading)
            end = _fence_end(lines, index, fence.group(1))
            reading.blocks.extend(text_blocks(lines[index + 1 : end], reading.shape, reading.tables + 1))
            reading.tables = sum(isinstance(block, Table) for block in reading.blocks)
            index = end + 1
            continue
        heading = _ATX.fullmatch(line.text)
        underline = _SETEXT.fullmatch(lines[index + 1].text) if index + 1 < len(lines) else None
        if heading and (heading.group(2) or "").strip(BLANKS):
            _flush(pending, reading)
            _add_heading(line, heading.group(2), len(heading.group(1)), reading)
        elif underline and line.text.strip(BLANKS) and not pending and len(line.text) < 80:
            _add_heading(line, line.text, 1 if underline.group(1)[0] == "=" else 2, reading)
            index += 1
        elif heading or _RULE.fullmatch(line.text):
            _flush(pending, reading)
        else:
            pending.append(line)
        index += 1
    _flush(pending, reading)


def _table_end(lines: Sequence[Line], index: int, runs: dict[int, int]) -> int | None:
    """Where the table that begins at line `index` ends (exclusive), or None."""
    if index in runs:
        return runs[index]
    text = lines[index].text
    if _HTML_TABLE_OPENING.match(text):
        depth = 0
        for end in range(index, len(lines)):
            depth += len(_HTML_TABLE.findall(lines[end].text)) - len(_HTML_TABLE_END.findall(lines[end].text))
            if depth <= 0:
                return end + 1
        return len(lines)
    if "|" not in text:
        return None
    rules = [place for place in (index, index + 1) if place < len(lines) and _is_rule(lines[place].text)]
    if not rules:
        return None
    end = index
    while end < len(lines) and "|" in lines[end].text:
        end += 1
    return end


def _is_rule(text: str) -> bool:
    return "|" in text and _TABLE_RULE.fullmatch(text) is not None


def _read_table(lines: Sequence[Line], tabbed: bool, reading: _Reading) -> None:
    number = reading.tables + 1
    if tabbed:
        blocks: list[Block] = [
            block._replace(cells=tuple(cell._replace(text=_clean(cell.text)[0]) for cell in block.cells))
            if isinstance(block, Table)
            else block
            for block in text_blocks(lines, reading.shape, number)
        ]
    elif "|" in lines[0].text and not _HTML_TABLE_OPENING.match(lines[0].text):
        blocks = [_pipe_table(lines, number)]
    else:
        from linter.document.html import read_tables

        blocks = list(read_tables("\n".join(line.text for line in lines), lines[0].location, number))
    reading.blocks.extend(blocks)
    reading.tables += sum(isinstance(block, Table) for block in blocks)


def _pipe_table(lines: Sequence[Line], number: int) -> Table:
    cells: list[Cell] = []
    row = 0
    # Only the first rule parts head and body; a row of dashes below it holds placeholders.
    rule = next((place for place in (0, 1) if place < len(lines) and _is_rule(lines[place].text)), None)
    for place, line in enumerate(lines):
        if place == rule:
            continue
        for index, (text, column) in enumerate(_pipe_fields(line.text)):
            where = line.location._replace(column=column, table=number, row=row + 1, cell=index + 1)
            cells.append(Cell(row, index, text, location=where))
        row += 1
    width = max((cell.column for cell in cells), default=-1) + 1
    return Table(tuple(cells), row, width, "markup", lines[0].location._replace(table=number))


def _pipe_fields(text: str) -> list[tuple[str, int]]:
    """The fields of a table line with their columns (from 1); an escaped pipe is text."""
    start = len(text) - len(text.lstrip(BLANKS))
    end = len(text.rstrip(BLANKS))
    if text[start:end].startswith("|"):
        start += 1
    if text[start:end].endswith("|") and not text[start:end].endswith("\\|"):
        end -= 1
    fields = []
    begin = start
    for place in range(start, end + 1):
        if place == end or (text[place] == "|" and text[place - 1 : place] != "\\"):
            raw = text[begin:place]
            parts = re.split(r"<br\s*/?>", raw, flags=re.I)
            clean = "\n".join(_clean(part)[0].strip(BLANKS) for part in parts).strip("\n")
            fields.append((clean, begin + 1 + len(raw) - len(raw.lstrip(BLANKS)) if clean else begin + 1))
            begin = place + 1
    return fields


def _fence_end(lines: Sequence[Line], start: int, fence: str) -> int:
    for index in range(start + 1, len(lines)):
        core = lines[index].text.strip()
        if core.startswith(fence) and not core.strip(fence[0]):
            return index
    return len(lines)


def _add_heading(line: Line, text: str, level: int, reading: _Reading) -> None:
    clean, links = _clean(text)
    place = line.location
    reading.links.extend(link._replace(location=place) for link in links)
    reading.blocks.append(
        Paragraph(clean.strip(BLANKS), (Line(clean, place),), place, f"heading{level}", bold=_is_bold(text))
    )


def _flush(pending: list[Line], reading: _Reading) -> None:
    """Turn the lines of text gathered so far into paragraphs; a bold line stands for itself."""
    clean: list[Line] = []
    bold: set[int | None] = set()
    for line in pending:
        text = _QUOTE.sub("", line.text, count=1) if line.text.lstrip().startswith(">") else line.text
        text = _BULLET.sub("", text, count=1)
        if _is_bold(text):
            bold.add(line.location.line)
        plain, links = _clean(text)
        reading.links.extend(link._replace(location=line.location) for link in links)
        clean.append(Line(plain, line.location))
    pending.clear()
    start = 0
    for index, line in enumerate(clean):
        if line.location.line in bold:
            reading.blocks.extend(text_blocks(clean[start:index], reading.shape, reading.tables + 1))
            reading.blocks.extend(block._replace(bold=True) for block in _alone(line, reading.shape))
            start = index + 1
    reading.blocks.extend(text_blocks(clean[start:], reading.shape, reading.tables + 1))


def _alone(line: Line, shape: Shape) -> list[Paragraph]:
    return [block for block in text_blocks([line], shape) if isinstance(block, Paragraph)]


def _is_bold(text: str) -> bool:
    return _ALL_BOLD.fullmatch(text.strip(BLANKS)) is not None


def _clean(text: str) -> tuple[str, list[Link]]:
    """`text` without its marks, and the links in it (their location is that of the line)."""
    if not any(mark in text for mark in "*_`[<\\&"):
        return text, []
    links: list[Link] = []
    kept: list[str] = []

    def keep(piece: str) -> str:
        kept.append(piece)
        return f"{_GUARD}{len(kept) - 1}{_GUARD}"

    text = text.replace(_GUARD, "")
    text = _ESCAPE.sub(lambda found: keep(found.group(1)), text)
    text = _CODE.sub(lambda found: keep(found.group(2)), text)
    text = _IMAGE.sub(lambda found: found.group(1), text)

    def shown(found: re.Match[str]) -> str:
        text, target, address = found.groups()
        links.append(Link(text or address, target or address))
        return text or keep(address)

    text = _LINK.sub(shown, text)
    text = _TAG.sub("", text)
    text = _STRONG.sub(lambda found: found.group(1) or found.group(2), text)
    text = _EMPHASIS.sub(lambda found: found.group(1) or found.group(2), text)
    text = _entities(text).replace("**", "")
    if kept:
        restore = re.compile(f"{_GUARD}(\\d+){_GUARD}")
        text = _replace_all(restore, text, kept)
        links = [
            Link(
                _strip_marks(_replace_all(restore, link.text, kept)), _replace_all(restore, link.target, kept)
            )
            for link in links
        ]
    else:
        links = [Link(_strip_marks(link.text), link.target) for link in links]
    return text, links


def _strip_marks(text: str) -> str:
    return text.replace("**", "").strip(BLANKS)


def _replace_all(pattern: re.Pattern[str], text: str, kept: Sequence[str]) -> str:
    return pattern.sub(lambda found: kept[int(found.group(1))], text)


def _entities(text: str) -> str:
    if "&" not in text:
        return text
    import html

    return html.unescape(text)
