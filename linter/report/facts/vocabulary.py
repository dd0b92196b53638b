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
    """`words` by their first two signs (or the only one), the longest first; `meanings` in order."""

    words: Mapping[str, tuple[Word, ...]]
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
    index: dict[str, list[Word]] = {}
    for word in sorted(found.values(), key=lambda word: -len(word.text)):
        index.setdefault(word.text[:2], []).append(word)
    meanings = tuple(
        Meaning(key, family, frozenset(classes))
        for family, keys in source["families"].items()
        for key, alternatives in keys.items()
        for classes in alternatives
    )
    return Vocabulary({start: tuple(words) for start, words in index.items()}, meanings)


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
