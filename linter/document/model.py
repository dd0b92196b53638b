"""What a document reader delivers: ordered blocks with their positions.

Nothing here knows of regulations, sections or rules.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple, TypeAlias


class Unreadable(Exception):
    """A file that cannot be read as a document; the message is one clear line without the path."""


class Elsewhere(Unreadable):
    """A page without the text itself, which stands at `targets`; `metadata` is what the page states of it."""

    def __init__(self, reason: str, targets: tuple[str, ...], metadata: Mapping[str, str]) -> None:
        super().__init__(reason)
        self.targets = targets
        self.metadata = metadata


class Location(NamedTuple):
    """Where a block or cell stands in its file. Every number counts from 1; None is unknown.

    `page` and `box` are for paged formats; `box` is (left, top, right, bottom) in points from the
    page's upper left corner. `line` and `column` are for text formats, `column` in characters.
    `paragraph` counts paragraphs outside tables, `table` counts tables, `row` and `cell` are the
    physical position inside that table.
    """

    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    column: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    cell: int | None = None


NOWHERE = Location()


class Line(NamedTuple):
    """One physical line as it stands in the file, blanks and tabs kept, without its line end."""

    text: str
    location: Location = NOWHERE


class Paragraph(NamedTuple):
    """A run of text. `text` has broken lines rejoined; `lines` are the physical lines it came from.

    For formats with paragraphs of their own (DOCX, HTML) `lines` holds one entry for each forced
    line break. `number` is an automatic list number already rendered and contained in `text`.
    `style` gives what the file says of its role: "title", "heading1" … "heading9", or "".
    """

    text: str
    lines: tuple[Line, ...] = ()
    location: Location = NOWHERE
    style: str = ""
    number: str = ""
    bold: bool = False
    centered: bool = False


class Cell(NamedTuple):
    r"""One cell of a physical grid; a merged cell is one Cell with its spans.

    `row` and `column` count from 0 within the table, `text` keeps line breaks as "\n". `doubt` says in
    Chinese why the text may be misread.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    location: Location = NOWHERE
    doubt: str = ""


class Table(NamedTuple):
    """A grid as found in the file: one fragment for each page in paged formats.

    Cells are sorted by row, then column; a covered position has no Cell of its own. `source` says
    where the columns come from: "ruled" (drawn lines), "aligned" (the places of words on a page),
    "markup" (HTML, DOCX, Markdown) or "tabs".
    `edges` are the left and right edge in points, for telling whether a fragment continues another.
    """

    cells: tuple[Cell, ...]
    row_count: int
    column_count: int
    source: str = "markup"
    location: Location = NOWHERE
    edges: tuple[float, float] | None = None

    @property
    def slots(self) -> dict[tuple[int, int], Cell]:
        """Each grid position (row, column) that a cell covers → that cell."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.row, cell.row + cell.row_span)
            for column in range(cell.column, cell.column + cell.column_span)
        }

    def row(self, index: int) -> tuple[Cell, ...]:
        """The cells that begin in row `index`, left to right."""
        return tuple(cell for cell in self.cells if cell.row == index)


class Picture(NamedTuple):
    """A picture in the flow of the text; `alt` is its description, if any."""

    alt: str = ""
    location: Location = NOWHERE


Block: TypeAlias = Paragraph | Table | Picture


class Link(NamedTuple):
    """A hyperlink: the text shown, the address it leads to, and where it stands."""

    text: str
    target: str
    location: Location = NOWHERE


REMARK = "gongkai"
"""The word, with a colon after it, by which a comment in a file speaks to this program."""


class Remark(NamedTuple):
    """A comment in the file that speaks to this program: a Word comment, or one in the source of a page
    or text, which nobody sees. `author` is who wrote it where the file says so; `location` is that of the
    paragraph, table or cell that it is fixed to or that follows it, `line` that of the source on which it
    is written."""

    text: str
    kind: Literal["inline", "comment"]
    location: Location = NOWHERE
    author: str = ""
    line: int | None = None


class Document(NamedTuple):
    """A file, read. `reader` names the format module; `notes` say in Chinese what was guessed,
    dropped or found in the file that a reader of the verdicts should know (for example unresolved
    tracked changes). `metadata` holds what the file states of itself: keys "title", "published" and
    "made" (YYYY-MM-DD), "publisher", "index", "number", "validity". `pages` is None for formats
    without pages; `scanned_pages` are those with no text layer that were not read, `recognised_pages`
    those whose text comes from the recognition of a picture and may have wrong characters. `lossy` is
    true for conversions in which blank cells leave no trace (plain text of a PDF). `remarks` are the
    comments meant for this program, in their order.
    """

    reader: str
    blocks: tuple[Block, ...]
    links: tuple[Link, ...] = ()
    notes: tuple[str, ...] = ()
    metadata: Mapping[str, str] = {}
    pages: int | None = None
    scanned_pages: tuple[int, ...] = ()
    recognised_pages: tuple[int, ...] = ()
    lossy: bool = False
    remarks: tuple[Remark, ...] = ()
