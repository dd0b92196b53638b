"""RTF → Document: paragraphs, tables with their merges, links; what is not shown is left out.

Written after the RTF Specification 1.9.1. Government ".doc" files are now and then RTF.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from linter.document.celledges import EdgeCell, Merge, table_of
from linter.document.model import Block, Document, Line, Link, Location, Paragraph, Picture, Unreadable

MOST_GROUPS = 2_000
"""Groups open at the same time; deeper nesting is no document of a word processor."""
MOST_CELLS = 50_000

_TOKEN = re.compile(
    rb"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])|(?P<brace>[{}])|(?P<end>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.S,
)
# Groups whose words are not part of the text.
_UNSEEN = frozenset(
    word
    for line in (
        "fonttbl colortbl stylesheet info header headerl headerr headerf footer footerl footerr footerf",
        "footnote annotation atnid atnauthor atnref atntime atndate xe tc object objdata themedata pict",
        "colorschememapping latentstyles datastore listtable listoverridetable rsidtbl generator filetbl",
        "revtbl bkmkstart bkmkend fldinst nonshppict nonesttables nesttableprops pgdsctbl sp shprslt",
    )
    for word in line.split()
)
# Groups marked to be skipped by those who do not know them, and known here.
_STARRED = frozenset({"shppict", "shpinst", "fldrslt"})
_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CODE_PAGES = {936: "gb18030", 950: "cp950", 932: "cp932", 65001: "utf-8"}
_CHARSETS = {134: "gb18030", 136: "cp950", 128: "cp932"}
_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "page": "\n",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": "\u3000",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n"}
_TARGET = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]{1,1000})"')


class _State(NamedTuple):
    """What a group changes and its end restores.

    `unseen`: a group that is no part of the text; `hidden`: text that is not shown, or deleted;
    `instruction`: the code of a field; `field`: how many fields are open; `number`: an automatic number.
    """

    unseen: bool = False
    hidden: bool = False
    instruction: bool = False
    number: bool = False
    encoding: str = ""
    skip: int = 1
    bold: bool = False
    field: int = 0


def read_rtf(data: bytes) -> Document:
    """Read an RTF file from its bytes. Raises Unreadable where it is cut off or no RTF."""
    if data.lstrip()[:5] != b"{\\rtf":
        raise Unreadable("不是有效的 RTF 文件")
    return _Reader().read(data.lstrip())


class _Reader:
    """The walk through the tokens of one file."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.notes: list[str] = []
        self._state = _State()
        self._states: list[_State] = []
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._bytes = bytearray()
        self._text: list[str] = []
        self._number: list[str] = []
        self._to_skip = 0
        self._starts_group = False
        self._star = False
        self._style = ""
        self._centered = self._bold = False
        self._in_table = False
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[EdgeCell]] = []
        self._edges: list[tuple[float, Merge, Merge]] = []
        self._left = 0.0
        self._merge: tuple[Merge, Merge] = ("", "")
        self._paragraphs = self._tables = self._count = 0
        self._fields: list[tuple[str, list[str]]] = []
        self._instructions: list[str] = []
        self._deleted = self._closed = False

    def read(self, data: bytes) -> Document:
        """The document of a file's bytes."""
        at = 0
        while found := _TOKEN.match(data, at):
            at = found.end() + self._take(found)
            if self._closed:
                break
        if not self._closed:
            raise Unreadable("RTF 文件不完整（缺少结尾），可能没有下载或复制完整")
        self._end_paragraph()
        self._end_table()
        if self._deleted:
            self.notes.append("文件中有未接受的修订：已删除的文字未读取，插入的文字按正文读取")
        if not self.blocks:
            raise Unreadable("RTF 文件中没有文字")
        return Document("rtf", tuple(self.blocks), tuple(self.links), tuple(self.notes))

    def _take(self, token: re.Match[bytes]) -> int:
        """Carry out a token; returns how many bytes of raw data follow it."""
        if word := token["word"]:
            number = int(token["number"]) if token["number"] else None
            if word == b"bin":
                return max(0, number or 0)
            self._word(word.decode(), number)
        elif token["brace"]:
            self._brace(token["brace"])
        elif token["hex"]:
            self._byte(int(token["hex"], 16))
        elif token["symbol"]:
            self._symbol(token["symbol"].decode("latin-1"))
        else:
            for value in token["text"] or b"":
                self._byte(value)
        return 0

    # --- groups --------------------------------------------------------------------------------

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._star = False
        self._to_skip = 0
        if brace == b"{":
            if len(self._states) >= MOST_GROUPS:
                raise Unreadable("内容嵌套过深，无法读取")
            self._states.append(self._state)
            self._starts_group = True
            return
        ended, self._state = self._state, self._states.pop()
        self._closed = not self._states
        if ended.instruction and not self._state.instruction and self._fields:
            target = _TARGET.search("".join(self._instructions))
            self._fields[-1] = (target[1] if target else "", self._fields[-1][1])
            self._instructions.clear()
        if ended.field > self._state.field and self._fields:
            address, words = self._fields.pop()
            if address and "".join(words).strip():
                location = Location(paragraph=self._paragraphs + 1)
                self.links.append(Link("".join(words).strip(), address, location))

    # --- control words -------------------------------------------------------------------------

    def _word(self, word: str, value: int | None) -> None:
        self._flush()
        opening, self._starts_group = self._starts_group, False
        if opening and (word in _UNSEEN or (self._star and word not in _STARRED)):
            if word == "pict" and not self._state.unseen and not self._in_table:
                self.blocks.append(Picture(location=Location(paragraph=self._paragraphs + 1)))
            self._state = self._state._replace(unseen=True, instruction=word == "fldinst")
        elif word == "listtext" and opening:
            self._state = self._state._replace(number=True)
        elif word == "shptxt":
            self._end_paragraph()
        elif word == "u" and value is not None:
            self._put(chr(value % 65536))
            self._to_skip = self._state.skip
        elif word in _CHARACTERS:
            self._put(_CHARACTERS[word])
        elif not self._setting(word, value) and not self._state.unseen:
            self._layout(word, value)

    def _setting(self, word: str, value: int | None) -> bool:
        """Carry out what changes how characters are read; False where the word is none of these."""
        state = self._state
        if word in _PAGES:
            self._page = _PAGES[word]
        elif word == "ansicpg":
            self._page = _CODE_PAGES.get(value or 0, f"cp{value}")
        elif word == "fcharset":
            self._fonts[self._font] = _CHARSETS.get(value or 0, "")
        elif word == "f":
            self._font = value or 0
            self._state = state._replace(encoding=self._fonts.get(self._font, ""))
        elif word == "uc":
            self._state = state._replace(skip=min(max(value or 0, 0), 8))
        elif word == "field":
            self._fields.append(("", []))
            self._state = state._replace(field=state.field + 1)
        elif word in ("v", "deleted"):
            self._deleted |= word == "deleted" and value != 0
            self._state = state._replace(hidden=value != 0)
        elif word in ("b", "plain"):
            self._state = state._replace(bold=word == "b" and value != 0)
        else:
            return False
        return True

    def _layout(self, word: str, value: int | None) -> None:
        """Paragraphs and rows of tables."""
        if word == "par":
            self._end_paragraph()
        elif word in ("cell", "nestcell"):
            self._end_cell(nested=word == "nestcell")
        elif word == "row":
            self._end_row()
        elif word == "pard":
            self._style, self._centered, self._in_table = "", False, False
        elif word == "qc":
            self._centered = True
        elif word == "outlinelevel":
            self._style = f"heading{value + 1}" if value is not None and 0 <= value < 9 else ""
        elif word == "intbl":
            self._in_table = True
        else:
            self._row_property(word, value)

    def _row_property(self, word: str, value: int | None) -> None:
        if word == "trowd":
            self._edges, self._merge, self._left = [], ("", ""), 0.0
        elif word == "trleft":
            self._left = float(value or 0)
        elif word in ("clmgf", "clmrg"):
            self._merge = ("first" if word == "clmgf" else "continues", self._merge[1])
        elif word in ("clvmgf", "clvmrg"):
            self._merge = (self._merge[0], "first" if word == "clvmgf" else "continues")
        elif word == "cellx":
            self._edges.append((float(value or 0), *self._merge))
            self._merge = ("", "")

    # --- characters ----------------------------------------------------------------------------

    def _symbol(self, symbol: str) -> None:
        self._flush()
        if symbol == "*":
            self._star = True
            return
        self._starts_group = False
        if symbol in ("\n", "\r"):
            self._end_paragraph()
        else:
            self._put(_SYMBOLS.get(symbol, symbol))

    def _byte(self, value: int) -> None:
        self._starts_group = False
        if self._to_skip:
            self._to_skip -= 1
        else:
            self._bytes.append(value)

    def _flush(self) -> None:
        if self._bytes:
            encoding = self._state.encoding or self._page
            try:
                text = bytes(self._bytes).decode(encoding, "replace")
            except LookupError:
                text = bytes(self._bytes).decode("gb18030", "replace")
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        if self._state.instruction:
            self._instructions.append(text)
        if self._state.unseen or self._state.hidden:
            return
        if self._state.number:
            self._number.append(text)
            return
        self._text.append(text)
        self._bold |= self._state.bold
        if self._fields:
            self._fields[-1][1].append(text)

    # --- blocks --------------------------------------------------------------------------------

    def _taken(self) -> str:
        self._flush()
        text = _joined(self._text)
        self._text.clear()
        return text

    def _taken_number(self) -> str:
        number = _joined(self._number).strip()
        self._number.clear()
        return number

    def _end_paragraph(self) -> None:
        text = self._taken()
        number = self._taken_number()
        bold, self._bold = self._bold, False
        if self._in_table:
            self._cell.append(number + text + "\n")
            return
        self._end_table()
        if not text.strip():
            return
        self._paragraphs += 1
        location = Location(paragraph=self._paragraphs)
        lines = tuple(Line(line, location) for line in (number + text).split("\n"))
        whole = "".join(line.text for line in lines)
        self.blocks.append(
            Paragraph(whole, lines, location, self._style, number, bold=bold, centered=self._centered)
        )

    def _end_cell(self, *, nested: bool) -> None:
        text = "".join((*self._cell, self._taken_number(), self._taken()))
        if nested:
            self._cell = [text, " "]
            return
        self._count += 1
        if self._count > MOST_CELLS:
            raise Unreadable("表格过大，不像一份年度报告，未读取")
        self._cells.append(text.strip("\n"))
        self._cell = []

    def _end_row(self) -> None:
        row: list[EdgeCell] = []
        left = self._left
        for text, (right, along, down) in zip(self._cells, self._edges, strict=False):
            row.append(EdgeCell(left, right, text, along, down))
            left = right
        if row:
            self._rows.append(row)
        self._cells = []

    def _end_table(self) -> None:
        rows, self._rows = self._rows, []
        if rows and (table := table_of(rows, self._tables + 1)) is not None:
            self._tables += 1
            self.blocks.append(table)


def _joined(pieces: list[str]) -> str:
    """Text whose characters outside the basic plane came as two surrogates."""
    text = "".join(pieces)
    if any("\ud800" <= sign <= "\udfff" for sign in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
