"""Texts that are alike, found without comparing every one with every other: MinHash and LSH.

Each text is a set of runs of letters. Two texts that have half of all their runs in common meet in a bucket
of the index with 99.98 %, those with 40 % with 98.5 %, those with 5 % with 0.8 %.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

_SHINGLE = 8
_PERMUTATIONS, _BANDS, _SEED = 192, 64, 1
_SAME = 0.97

HOW_TO_INSTALL = '查找雷同报告需要另外安装：pip install "gongkai-lint[corpus]"'


class MissingLibrary(Exception):
    """The library of the extra `corpus` is not there; the message says how to get it."""


class Near(NamedTuple):
    """An earlier text with the share of runs that both have among those that either has, estimated."""

    at: int
    likeness: float


def near_texts(texts: Iterable[str], least: float) -> Iterator[list[Near]]:
    """For each text the earlier ones that are alike by at least `least`, the most alike first.

    Of texts that are the same but for a few letters only the first is compared with later ones, so that
    a text that everybody copied costs no more than another one.
    Raises MissingLibrary.
    """
    rensa = _library()
    index = rensa.RMinHashLSH(least, _PERMUTATIONS, _BANDS)
    digests: dict[int, array[int]] = {}
    for at, text in enumerate(texts):
        runs = {text[start : start + _SHINGLE] for start in range(len(text) - _SHINGLE + 1)}
        if not runs:
            yield []
            continue
        sketch = rensa.RMinHash(_PERMUTATIONS, _SEED)
        sketch.update(list(runs))
        digest = array("I", sketch.digest())
        found = [Near(other, _likeness(digest, digests[other])) for other in set(index.query(sketch))]
        found = sorted((near for near in found if near.likeness >= least), key=lambda n: (-n.likeness, n.at))
        yield found
        if not found or found[0].likeness < _SAME:
            index.insert(at, sketch)
            digests[at] = digest


def _likeness(one: array[int], other: array[int]) -> float:
    return sum(map(int.__eq__, one, other)) / _PERMUTATIONS


def _library() -> Any:
    try:
        import rensa
    except ImportError:
        raise MissingLibrary(HOW_TO_INSTALL) from None
    return rensa
