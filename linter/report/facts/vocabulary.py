"""The vocabulary of the prose, from grammars/quantities.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

from linter.compiled import load_yaml

_PART = re.compile(r"\[([^\]]*)\]|\(([^)]*)\)|([^\[(]+)")


class Word(NamedTuple):
    """A wording with its terminal (of narrative.lark, or of the words that make a PHRASE) and its class."""

    text: str
    terminal: str
    name: str


class Meaning(NamedTuple):
    """A key and the classes whose words, all in one phrase, mean it."""

    key: str
    family: str
    classes: frozenset[str]


class Vocabulary(NamedTuple):
    """`words` by their text; `lengths` of those that begin with two signs (or are one), the longest first;
    `meanings` in order."""

    words: Mapping[str, Word]
    lengths: Mapping[str, tuple[int, ...]]
    meanings: tuple[Meaning, ...]


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, expanded once a process."""
    source = load_yaml("grammars", "quantities.yaml")
    found: dict[str, Word] = {}
    for terminal, classes in source["words"].items():
        for name, wordings in classes.items():
            for wording in wordings:
                for text in expand(wording):
                    found.setdefault(text, Word(text, terminal, name))
    lengths: dict[str, set[int]] = {}
    for text in found:
        lengths.setdefault(text[:2], set()).add(len(text))
    meanings = tuple(
        Meaning(key, family, frozenset(classes))
        for family, keys in source["families"].items()
        for key, alternatives in keys.items()
        for classes in alternatives
    )
    longest = {start: tuple(sorted(sizes, reverse=True)) for start, sizes in lengths.items()}
    return Vocabulary(found, longest, meanings)


def expand(wording: str) -> Iterator[str]:
    """Every text that a wording stands for: [a|b] may be left out, (a|b) is a choice."""
    choices: list[tuple[str, ...]] = []
    for found in _PART.finditer(wording):
        optional, choice, plain = found.groups()
        if optional is not None:
            choices.append(("", *optional.split("|")))
        elif choice is not None:
            choices.append(tuple(choice.split("|")))
        else:
            choices.append((plain,))
    return map("".join, product(*choices))
