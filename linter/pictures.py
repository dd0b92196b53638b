"""Pictures found in folders and zips: which are pages of a report, and which pages belong together.

Pictures beside a document, or below a web page, illustrate it or were saved with it. What was scanned page
by page is numbered: `1.jpg`, `2.jpg`, `3.jpg` are one report, `甲局.jpg` and `乙局.jpg` are two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from pathlib import PurePath

PICTURES = frozenset({".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff"})
_WEB = frozenset({".html", ".htm", ".mht", ".mhtml", ".xhtml", ".shtml"})
_NUMBERED = re.compile(r"(.*?)(\d{1,4})[)）]?", re.S)


def parted(names: Sequence[str], pictures: Sequence[str]) -> tuple[list[str], list[tuple[str, ...]]]:
    """Files found, without the pictures that are reports, and these as tuples of pages.

    `names` are of kinds that are taken whatever lies beside them, `pictures` only where no document does.
    """
    documents = [name for name in names if PurePath(name).suffix.lower() not in PICTURES]
    beside = {PurePath(name).parent for name in documents}
    webs = {PurePath(name).parent for name in documents if PurePath(name).suffix.lower() in _WEB}
    free = [
        name
        for name in sorted({*names, *pictures} - set(documents))
        if PurePath(name).parent not in beside and webs.isdisjoint(PurePath(name).parents)
    ]
    return [name for name in names if name not in set(free)], _in_reports(free)


def _in_reports(pictures: Sequence[str]) -> list[tuple[str, ...]]:
    """The pictures as reports, each with its pages in order; single ones are reports of one page."""
    series: dict[tuple[PurePath, str, str], dict[int, str]] = defaultdict(dict)
    single: list[tuple[str, ...]] = []
    for name in pictures:
        path = PurePath(name)
        numbered = _NUMBERED.fullmatch(path.stem)
        pages = series[path.parent, numbered[1], path.suffix.lower()] if numbered else {}
        if numbered is None or int(numbered[2]) in pages:
            single.append((name,))
        else:
            pages[int(numbered[2])] = name
    reports = single
    for pages in series.values():
        numbers = sorted(pages)
        # Pages are counted from the first on without a gap; years and numbers of other kinds are not.
        if numbers[0] in (0, 1) and numbers == list(range(numbers[0], numbers[-1] + 1)):
            reports.append(tuple(pages[number] for number in numbers))
        else:
            reports += [(pages[number],) for number in numbers]
    return sorted(reports)
