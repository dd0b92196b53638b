"""How much of a text stands in another one, word for word but for figures.

A letter counts as repeated where it belongs to a run of letters (`RUN` long, as the checks of theses by
Chinese universities have it) that the other text has, too. Figures count as equal, so that a text with the
years and numbers changed is still the same; cited titles and the phrases that everybody writes are no text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

RUN = 13
_TITLE = re.compile(r"《[^《》]*》(?:（[^（）]*）)?")
_FIGURE = re.compile(r"\d+(?:[.,，]\d+)*[%％]?")
_SENTENCE_END = re.compile(r"(?<=[。；！？])|\n")
_HEADING = re.compile(r"[（(]?[一二三四五六七八九十\d]+[)）、.．]")
_LONGEST_HEADING = 30


class Repeated(NamedTuple):
    """`share` of the letters of a text that another has, too, out of `letters`; the sentences that are
    (nearly) all repeated, as printed."""

    share: float
    letters: int
    sentences: tuple[str, ...]


def repeated(text: Sequence[str], other: Sequence[str], stock: Iterable[str] = ()) -> Repeated:
    """What of the paragraphs `text` the paragraphs `other` have, too. `stock` are regular expressions of
    phrases that do not count."""
    runs = {
        plain[at : at + RUN]
        for paragraph in prose_of(other)
        for plain in [bare(paragraph, stock)]
        for at in range(len(plain) - RUN + 1)
    }
    letters = marked = 0
    found: list[str] = []
    for paragraph in prose_of(text):
        sentences = sentences_of(paragraph)
        plain = [bare(sentence, stock) for sentence in sentences]
        covered = _covered("".join(plain), runs)
        letters += len(covered)
        marked += sum(covered)
        begin = 0
        for sentence, part in zip(sentences, plain, strict=True):
            share = sum(covered[begin : begin + len(part)])
            begin += len(part)
            if len(part) >= RUN and share * 10 >= len(part) * 9:
                found.append(sentence.strip())
    return Repeated(marked / letters if letters else 0.0, letters, tuple(found))


def sentences_of(paragraph: str) -> list[str]:
    """The sentences of a paragraph, as printed."""
    return [sentence for sentence in _SENTENCE_END.split(paragraph) if sentence.strip()]


def bare(sentence: str, stock: Iterable[str]) -> str:
    """The letters that count, each figure as one 0."""
    text = _TITLE.sub("", sentence)
    for phrase in stock:
        text = _compiled(phrase).sub("", text)
    text = _FIGURE.sub("0", text)
    return "".join(letter for letter in text if letter.isalnum())


@lru_cache(maxsize=512)
def _compiled(phrase: str) -> re.Pattern[str]:
    return re.compile(phrase)


def prose_of(text: Sequence[str]) -> list[str]:
    """The paragraphs that are no headings."""
    return [paragraph for paragraph in text if not _is_heading(paragraph.strip())]


def _is_heading(paragraph: str) -> bool:
    short = len(paragraph) <= _LONGEST_HEADING and not paragraph.endswith(("。", "；", "！", "？"))
    return short and _HEADING.match(paragraph) is not None


def _covered(plain: str, runs: set[str]) -> list[bool]:
    """For each letter whether it belongs to a run that the other text has."""
    covered = [False] * len(plain)
    for at in range(len(plain) - RUN + 1):
        if plain[at : at + RUN] in runs:
            covered[at : at + RUN] = [True] * RUN
    return covered
