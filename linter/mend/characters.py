"""A stretch of a file as characters with their bytes: finding words in it, changing as few as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from linter.mend.xmlspans import Change


class Character(Protocol):
    """One character as it stands in the file, from `start` to `end` of the bytes."""

    @property
    def character(self) -> str:
        """The character itself."""

    @property
    def start(self) -> int:
        """Its first byte."""

    @property
    def end(self) -> int:
        """The byte after it."""


def occurrences(characters: Sequence[Character], found: str) -> Iterator[tuple[int, int]]:
    """From where to where among the characters the words `found` stand; blanks are not compared."""
    solid = [index for index, one in enumerate(characters) if not one.character.isspace()]
    text = "".join(characters[index].character for index in solid)
    wanted = "".join(found.split())
    at = text.find(wanted) if wanted else -1
    while at >= 0:
        yield solid[at], solid[at + len(wanted) - 1] + 1
        at = text.find(wanted, at + len(wanted))


def reworded(
    characters: Sequence[Character], replacement: str, encoded: Callable[[str], bytes]
) -> Iterator[Change]:
    """The changes that make the characters read `replacement`: those that stay keep their bytes, and so
    their formatting."""
    from difflib import SequenceMatcher

    # One unit a character: what is outside the basic plane must not be parted.
    old = [one.character for one in characters]
    for kind, first, last, begin, stop in SequenceMatcher(None, old, list(replacement), False).get_opcodes():
        if kind == "equal":
            continue
        new = encoded(replacement[begin:stop])
        if first == last:
            at = characters[first - 1].end if first else characters[0].start
            yield Change(at, at, new)
            continue
        if last - first == stop - begin:
            for index, character in zip(range(first, last), replacement[begin:stop], strict=True):
                yield Change(characters[index].start, characters[index].end, encoded(character))
            continue
        for index in range(first, last):
            yield Change(characters[index].start, characters[index].end, new if index == first else b"")
