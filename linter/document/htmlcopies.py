"""A page that holds its text twice: one copy for the screen, others for printing or for phones."""

from __future__ import annotations

from collections.abc import Sequence

from linter.document.model import Block, Paragraph, Table

_LONG = 20
_FEWEST = 4
_FEWEST_WITHOUT_TABLE = 8
_BETWEEN = 3
"""Blocks that may part two copies: a heading of the second, a button."""
_MOST_COPIES = 4
_SAID = "网页中同一正文出现不止一次（如打印版、手机版），内容相同，只读取一份"


def without_copies(blocks: Sequence[Block]) -> tuple[list[Block], tuple[str, ...]]:
    """The blocks with further copies of them dropped, and a note that says so.

    Only a copy goes that repeats all that stands before it, block by block: where the two differ
    anywhere, both are text of the page.
    """
    kept = list(blocks)
    for _ in range(_MOST_COPIES):
        copy = _copy(kept)
        if copy is None:
            break
        del kept[copy]
    return kept, (_SAID,) if len(kept) < len(blocks) else ()


def _copy(blocks: Sequence[Block]) -> slice | None:
    """Where the second copy of a text stands."""
    keys = [_key(block) for block in blocks]
    again = _first_again(keys)
    if again is None:
        return None
    first, second = again
    before = after = 0
    while first > before and keys[first - before - 1] == keys[second - before - 1]:
        before += 1
    apart = second - first
    while (
        after < apart - before and second + after < len(keys) and keys[first + after] == keys[second + after]
    ):
        after += 1
    span = slice(second - before, second + after)
    if apart - before - after > _BETWEEN or before >= apart:
        return None
    long = sum(len(key) >= _LONG for key in keys[span])
    tables = any(isinstance(block, Table) for block in blocks[span])
    return span if long >= (_FEWEST if tables else _FEWEST_WITHOUT_TABLE) else None


def _first_again(keys: Sequence[str]) -> tuple[int, int] | None:
    """Where the first long text stands that comes again, and where it does."""
    seen: dict[str, int] = {}
    for index, key in enumerate(keys):
        if len(key) >= _LONG and index != seen.setdefault(key, index):
            return seen[key], index
    return None


def _key(block: Block) -> str:
    """What tells a block from others."""
    if isinstance(block, Table):
        return "\x01".join(cell.text for cell in block.cells)
    return "".join(block.text.split()) if isinstance(block, Paragraph) else ""
