"""From the pieces in the flow to the three standard tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from linter.document.model import Picture
from linter.report.flow import Item, Piece, Text
from linter.report.model import Edition, StandardTable
from linter.report.norm import TABLE_EDITIONS, TABLE_KEYS, LineSpec, TableEdition, TableSpec, table_spec
from linter.report.tables.aligned import Aligned, FoundRow, align_rows
from linter.report.tables.assembled import (
    LOST_ROW,
    OTHER_ARRANGEMENT,
    absent_table,
    assemble,
    assemble_disputes,
    lost_table,
    undecided,
)
from linter.report.tables.disputes import align_disputes
from linter.report.tables.disputes_by_labels import place_by_labels
from linter.report.tables.joined import join_grids
from linter.report.tables.labels import compact, fold, table_words
from linter.report.tables.undrawn import NOT_MET, is_whole, with_unsure_lost

# Formats in which a page end may swallow rows without a trace.
_LOSSY_SOURCES = frozenset({"tabs", "ruled", "aligned"})


def layout_of(items: Sequence[Item]) -> TableEdition | None:
    """The edition that the tables in the flow look like, or None where nothing tells."""
    return _looks_like([_words_of(item) for item in items if isinstance(item, Piece)])


def _looks_like(words: Sequence[str]) -> TableEdition | None:
    text = "\n".join(words)
    score = {edition: sum(word in text for word in _only_in(edition)) for edition in TABLE_EDITIONS}
    if score["2019"] == score["2021"]:
        return None
    return "2019" if score["2019"] > score["2021"] else "2021"


def read_tables(items: Sequence[Item], edition: Edition | None) -> dict[str, StandardTable]:
    """The standard tables of a report judged by `edition`; tables not in the flow have found=False.

    For an edition without standard tables only those found are returned. A table is laid out by what
    it looks like itself, else by what the others look like, else by the edition.
    """
    pieces = {
        key: [item for item in items if isinstance(item, Piece) and item.table == key] for key in TABLE_KEYS
    }
    words = {key: [_words_of(piece) for piece in found] for key, found in pieces.items()}
    others = _looks_like([word for found in words.values() for word in found])
    by_year: TableEdition = "2019" if edition == "2019" else "2021"
    specs = {key: table_spec(key, _looks_like(words[key]) or others or by_year) for key in TABLE_KEYS}
    unbounded = any(_ran_together(piece) for found in pieces.values() for piece in found)
    together = [
        key
        for key, found in pieces.items()
        if unbounded and found and all(piece.grid is None for piece in found)
    ]
    tables = _read_together({specs[key]: pieces[key] for key in together}) if together else {}
    for key, spec in specs.items():
        if key in tables:
            continue
        if pieces[key]:
            tables[key] = _read(spec, items, pieces[key])
        elif edition in TABLE_EDITIONS:
            tables[key] = absent_table(spec)
    return {key: tables[key] for key in TABLE_KEYS if key in tables}


def _read_together(pieces: Mapping[TableSpec, Sequence[Piece]]) -> dict[str, StandardTable]:
    """The tables whose cells ran together, read where the text decides."""
    from linter.report.tables.together import find_rows, read_together, writes_zeros

    found = [find_rows(spec, parts, known_rows(spec.key)) for spec, parts in pieces.items()]
    filled = writes_zeros(found)
    return {table.spec.key: read_together(table, filled=filled) for table in found}


def _ran_together(piece: Piece) -> bool:
    if piece.grid is not None:
        return False
    from linter.report.tables.textlines import ran_together

    return ran_together(piece)


def begins_torn(piece: Piece) -> bool:
    """Whether the piece lacks the beginning of its table: neither header nor first row stands in it."""
    words = _words_of(piece)
    spec = table_spec(piece.table, "2021")
    first = spec.blocks[0]
    opening = [first.title, *(column.label for column in first.columns)]
    opening += [first.rows[0].label] if first.rows else ["行政复议", "行政诉讼"]
    if piece.table == "disclosure":
        old = table_spec(piece.table, "2019").blocks[0]
        opening += [column.label for column in old.columns]
    return not any(fold(word) in words for word in opening if word and fold(word) not in ("其他", "总计"))


def _read(spec: TableSpec, items: Sequence[Item], pieces: Sequence[Piece]) -> StandardTable:
    grids = [piece.grid for piece in pieces if piece.grid is not None]
    location = pieces[0].location
    if not grids:
        from linter.report.tables.textlines import read_text_table

        return read_text_table(spec, pieces, known_rows(spec.key))
    joined = join_grids(grids, known_rows(spec.key), table_words(spec.key))
    if spec.key == "disputes":
        row, columns = align_disputes(spec, joined)
        if row is None:
            row, columns = place_by_labels(spec, joined), ()
        if any(grid.source == "aligned" for grid in grids):
            columns = ()  # names of columns without lines may be mixed up with those above them
        return (
            assemble_disputes(spec, row, columns, location)
            if row
            else lost_table(spec, OTHER_ARRANGEMENT, location)
        )
    aligned = align_rows(spec, joined, known_rows(spec.key))
    if any(grid.source == "aligned" for grid in grids):
        whole = is_whole(aligned.rows, spec)
        rows = aligned.rows if whole else with_unsure_lost(aligned.rows)
        gaps = dict.fromkeys(range(len(rows) + 1), NOT_MET)
        return undecided(assemble(spec, rows, aligned.headers, gaps, location), NOT_MET)
    gaps = _gaps(spec, items, pieces, grids[0].source, aligned)
    return assemble(spec, aligned.rows, aligned.headers, gaps, location)


def _gaps(
    spec: TableSpec, items: Sequence[Item], pieces: Sequence[Piece], source: str, aligned: Aligned
) -> dict[int, str]:
    """Where rows may have been lost by the source: places in the row sequence, with the reason."""
    gaps: dict[int, str] = {}
    rows: Sequence[FoundRow] = aligned.rows
    if not rows:
        return {0: LOST_ROW}
    if begins_torn(pieces[0]):
        gaps[0] = "表格开头（表头和前几行）在原文件或其转换中丢失"
    if source in _LOSSY_SOURCES:
        for index in range(1, len(rows)):
            if rows[index].fragment != rows[index - 1].fragment:
                gaps[index] = "换页处的行在原文件或其转换中丢失"
    if _is_followed_by_torn_table(items, pieces[-1]):
        gaps[len(rows)] = "表格末尾的行在原文件或其转换中丢失"
    return gaps


def _is_followed_by_torn_table(items: Sequence[Item], piece: Piece) -> bool:
    place = next(index for index, item in enumerate(items) if item is piece)
    for item in items[place + 1 :]:
        if isinstance(item, Piece):
            return item.table != piece.table and begins_torn(item)
        if not isinstance(item, Picture) and not (isinstance(item, Text) and not item.text.strip()):
            return False
    return False


def _words_of(piece: Piece) -> str:
    if piece.grid is not None:
        return "\n".join([fold(cell.text) for cell in piece.grid.cells])
    return fold(compact("".join(line.text for line in piece.lines)))


@cache
def _only_in(edition: str) -> frozenset[str]:
    """The folded labels that only this edition's tables have."""
    other = _labels("2019" if edition == "2021" else "2021")
    return frozenset(word for word in _labels(edition) if not any(word in theirs for theirs in other))


def _labels(edition: str) -> frozenset[str]:
    lines: list[LineSpec] = []
    for key in ("disclosure", "applications"):
        for block in table_spec(key, edition).blocks:
            lines.extend((*block.columns, *block.rows))
    words = {fold(line.label) for line in lines}
    return frozenset(word for word in words if len(word) >= 5)


@cache
def known_rows(key: str) -> tuple[LineSpec, ...]:
    """The rows of a standard table in any edition, in order, the newest edition's wording first."""
    rows = _row_specs(key, "2021")
    before: LineSpec | None = None
    for row in _row_specs(key, "2019"):
        if row.key not in [known.key for known in rows]:
            keys = [known.key for known in rows]
            rows.insert(keys.index(before.key) + 1 if before else 0, row)
        before = row
    return tuple(rows)


def _row_specs(key: str, edition: str) -> list[LineSpec]:
    return [row for block in table_spec(key, edition).blocks for row in block.rows]
