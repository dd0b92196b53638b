"""The headings of a report that may be top-level, and which numbering each belongs to.

A report may hold several numberings: its own 一 … 六, a list 一、二、三 in the prose of a section, a
table of contents. Headings that continue one another form a chain; the chain with the weightiest
section headings is the report's own. What is plainly a list inside it is left out here; the rest is
decided by the least-cost repair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from linter.document.model import Table
from linter.report.flow import Item, Piece, Text
from linter.report.headings import (
    Heading,
    NumeralStyle,
    bracketed_heading,
    fold_title,
    heading_key,
    listed_numbers,
    wordings,
)
from linter.report.norm import section_specs
from linter.report.tables.labels import tables_named_by

# How much a heading's wording speaks for its being the section's: the cost of leaving it out.
_WEIGHTS = {"title": 8, "alias": 8, "variant": 6, "similar": 5, "part": 4, "keyword": 3, "unknown": 2}
_LONGEST_CONTENTS_LINE = 60
_FEWEST_SECTIONS = 3  # fewer named are no numbering of their own
_MOST_ENTRIES = 400  # no report has more; a hostile file may


class Entry(NamedTuple):
    """A heading at item `index`, over `span` items; `chain` numbers the numbering it belongs to.

    `below`: it is a row in the lower part of the grid at `index`.
    """

    index: int  # type: ignore[assignment]  # hides a method of tuples
    span: int
    text: Text
    heading: Heading
    chain: int = 0
    below: bool = False

    @property
    def weight(self) -> int:
        """The cost of not taking it for a section's heading."""
        weight = _WEIGHTS[self.heading.match]
        if self.heading.number is None or self.heading.style == "arabic":
            weight -= 3
        return max(1, weight)


class Outline(NamedTuple):
    """The headings in order, without table of contents and lists.

    `own` is the report's own chain, `style` how its numerals are written.
    """

    entries: tuple[Entry, ...]
    own: int | None
    style: NumeralStyle = ""

    def is_top_level(self, entry: Entry) -> bool:
        """Whether a heading is a section's even where the structure has no place for it.

        One that is neither of the report's own numbering nor worded as the norm words it is a
        list's.
        """
        heading = entry.heading
        if heading.number is None or heading.contents:
            return False
        return entry.chain == self.own or (heading.standard and heading.style == self.style)


def read_outline(items: Sequence[Item]) -> Outline:
    """The headings that may be top-level."""
    entries = _without_contents(items, _headings(items))
    entries = _chained(_without_list_items(items, entries))
    if not entries:
        return Outline((), None)
    own = _own_chain(entries)
    style = next(entry.heading.style for entry in entries if entry.chain == own)
    return Outline(tuple(_without_lists(entries, own, style)), own, style)


def _headings(items: Sequence[Item]) -> list[Entry]:
    entries: list[Entry] = []
    skip = -1
    for index, item in enumerate(items):
        if len(entries) >= _MOST_ENTRIES:
            break
        if not isinstance(item, Text):
            entries.extend(_rows_as_headings(item, index))
            continue
        heading = heading_key(item.text) if index > skip else None
        if heading is None or (heading.match == "unknown" and _is_torn_label(items, index)):
            continue
        whole = None if heading.match in {"title", "alias"} else _continued(items, index)
        if whole is None:
            entries.append(Entry(index, 1, item, heading))
        else:
            entries.append(Entry(index, 2, *whole))
            skip = index + 1
    if any(entry.heading.number is not None for entry in entries):
        # Among numbered headings a bare 存在的问题 is a sub-heading.
        entries = [
            entry for entry in entries if entry.heading.number is not None or entry.heading.match != "part"
        ]
    return _bracketed(items) or entries if len(_sections(entries)) < _FEWEST_SECTIONS else entries


def _sections(entries: Iterable[Entry]) -> set[str]:
    return {entry.heading.key for entry in entries if entry.heading.key is not None}


def _bracketed(items: Sequence[Item]) -> list[Entry]:
    """The headings of a report that numbers its sections （一） to （六）; empty for any other."""
    entries: list[Entry] = []
    for index, item in enumerate(items):
        heading = bracketed_heading(item.text) if isinstance(item, Text) else None
        if isinstance(item, Text) and heading is not None and len(entries) < _MOST_ENTRIES:
            entries.append(Entry(index, 1, item, heading))
    return entries if len(_sections(entries)) > _FEWEST_SECTIONS else []


def _without_list_items(items: Sequence[Item], entries: Sequence[Entry]) -> list[Entry]:
    """The headings without the items of a list inside a section that happen to be worded like one.

    The list counts anew from 一; its items before this one are prose.
    """
    by_index: dict[int, list[Entry]] = {}
    for entry in entries:
        by_index.setdefault(entry.index, []).append(entry)
    kept: list[Entry] = []
    last = counted = 0
    for index, item in enumerate(items):
        here = by_index.get(index, [])
        for entry in here:
            number = entry.heading.number
            if entry.heading.style != "chinese" or number is None:
                kept.append(entry)
            elif number == 1 and last and not (_is_at_home(entry) or entry.heading.standard):
                counted = 1
                kept.append(entry)
            elif 0 < counted == number - 1 and _is_list_item(entry, entries, kept, last):
                counted = number
            else:
                last, counted = number, 0
                kept.append(entry)
        if isinstance(item, Text) and last and not here:
            for number in listed_numbers(item.text):
                counted = number if number in {1, counted + 1} else counted
    return kept


def _is_list_item(entry: Entry, entries: Sequence[Entry], kept: Sequence[Entry], last: int) -> bool:
    """Whether a heading that goes on with a list in the prose is an item of it: the sections are
    beyond its number and its wording is another's, or a later heading is the section of that number."""
    number = entry.heading.number or 0
    if number <= last:
        others = (*kept, *(other for other in entries if other.index > entry.index))
        return entry.heading.key is None or entry.heading.key in _sections(filter(_is_at_home, others))
    return not _is_at_home(entry) and any(
        other.index > entry.index and other.heading.number == number and _is_at_home(other)
        for other in entries
    )


def _is_at_home(entry: Entry) -> bool:
    """Whether a heading has the number of the section it names."""
    return any(
        spec.key == entry.heading.key and spec.number == entry.heading.number for spec in section_specs()
    )


def _rows_as_headings(item: Item, index: int) -> Iterator[Entry]:
    """Section headings that were drawn as a row over the whole width of a table."""
    grid = item.grid if isinstance(item, Piece) else item
    if not isinstance(grid, Table):
        return
    for cell in grid.cells:
        if (
            cell.column == 0
            and cell.column_span == grid.column_count
            and len(cell.text) < _LONGEST_CONTENTS_LINE
        ):
            heading = heading_key(cell.text)
            if heading is not None and heading.standard and heading.number is not None:
                text = Text(cell.text, location=cell.location)
                yield Entry(index, 1, text, heading, below=cell.row > 0)


def _is_torn_label(items: Sequence[Item], index: int) -> bool:
    """Whether a text and the next one are together a label of a table, as a page without lines leaves it."""
    texts = [item.text for item in items[index : index + 2] if isinstance(item, Text)]
    return len(texts) == 2 and len(texts[1]) <= 24 and bool(tables_named_by("".join(texts)))


def _continued(items: Sequence[Item], index: int) -> tuple[Text, Heading] | None:
    """A heading broken over two lines, where both together are a known wording."""
    first = items[index]
    second = items[index + 1] if index + 1 < len(items) else None
    if not isinstance(first, Text) or not isinstance(second, Text) or len(second.text) > 24:
        return None
    heading = heading_key(first.text + second.text)
    if heading is None or fold_title(heading.title) not in wordings() or heading.key is None:
        return None
    whole = first._replace(text=first.text + second.text, lines=(*first.lines, *second.lines))
    return whole, heading


def _without_contents(items: Sequence[Item], entries: list[Entry]) -> list[Entry]:
    """The headings without those of a table of contents: lines that come again as headings below."""
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        later = entries[place + 1 :]
        again = any(_same(entry, other) for other in later)
        if not (again and (entry.heading.contents or _neighbours(items, entries, place) >= 3)):
            kept.append(entry)
    return kept


def _same(one: Entry, other: Entry) -> bool:
    if one.heading.key is not None:
        return one.heading.key == other.heading.key and one.heading.part == other.heading.part
    return fold_title(one.heading.title) == fold_title(other.heading.title)


def _neighbours(items: Sequence[Item], entries: Sequence[Entry], place: int) -> int:
    """How many headings stand in a row, nothing but short lines between, around this one."""
    count = 1
    for step in (-1, 1):
        at = place
        while 0 <= at + step < len(entries):
            low, high = sorted((entries[at].index, entries[at + step].index))
            between = items[low + 1 : high]
            if any(not isinstance(item, Text) or len(item.text) > _LONGEST_CONTENTS_LINE for item in between):
                break
            if any(item.text.rstrip().endswith(("。", "；")) for item in between if isinstance(item, Text)):
                break
            count += 1
            at += step
    return count


class _Chain:
    """A numbering still open: its number so far, how it is written, its weightiest heading."""

    def __init__(self, name: int, last: int, style: str, weight: int) -> None:
        self.name, self.last, self.style, self.weight = name, last, style, weight


def _chained(entries: Sequence[Entry]) -> list[Entry]:
    """Each heading with its chain: it goes on with an open numbering, or opens one inside it."""
    chained: list[Entry] = []
    open_chains: list[_Chain] = []
    opened = 0
    for entry in entries:
        number = entry.heading.number
        if number is None:
            chained.append(entry._replace(chain=open_chains[0].name if open_chains else 0))
            continue
        place = _continued_chain(open_chains, entry, number)
        if place is None:
            open_chains.append(_Chain(opened, number, entry.heading.style, entry.weight))
            opened += 1
        else:
            del open_chains[place + 1 :]
            chain = open_chains[place]
            chain.last, chain.weight = number, max(chain.weight, entry.weight)
        chained.append(entry._replace(chain=open_chains[-1].name))
    return chained


def _continued_chain(open_chains: Sequence[_Chain], entry: Entry, number: int) -> int | None:
    """The place of the open chain that a heading goes on with; None where it opens a new one."""
    alike = [
        place
        for place in range(len(open_chains) - 1, -1, -1)
        if open_chains[place].style == entry.heading.style
    ]
    following = [place for place in alike if open_chains[place].last + 1 == number]
    if following and entry.heading.standard:
        return max(following, key=lambda place: (open_chains[place].weight, place))
    if following:
        return following[0]
    if number == 1 or not alike:
        return None
    # A jump or a repeated number: the chain whose last number is nearest below.
    return min(
        alike, key=lambda place: (open_chains[place].last > number, abs(number - open_chains[place].last))
    )


def _own_chain(entries: Sequence[Entry]) -> int:
    weights: Counter[int] = Counter()
    for entry in entries:
        weights[entry.chain] += entry.weight if entry.heading.key is not None else 0
    return max(weights, key=lambda chain: (weights[chain], -chain))


def _without_lists(entries: Sequence[Entry], own: int, style: NumeralStyle) -> list[Entry]:
    """The headings without those of lists inside the report's own numbering."""
    places = [place for place, entry in enumerate(entries) if entry.chain == own]
    sections = {entry.heading.key for entry in entries if entry.chain == own}
    styled = [bool(entry.text.style or entry.text.bold) for entry in entries if entry.chain == own]
    mostly_styled = sum(styled) * 3 > len(styled) * 2
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        key = entry.heading.key
        inside = places[0] < place < places[-1]
        worded = entry.heading.standard and entry.heading.style in {style, ""}
        if entry.chain != own:
            if key is None or (inside and not worded and (key in sections or not entry.heading.standard)):
                continue
        elif key is None and mostly_styled and not (entry.text.style or entry.text.bold):
            continue
        kept.append(entry)
    return kept
