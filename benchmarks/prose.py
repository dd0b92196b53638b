"""Recall and precision of the reading of prose, per kind of fact, over the labelled sentences.

python -m benchmarks.prose             the figures
python -m benchmarks.prose reports     of tests/report/facts/labelled/reports.yaml only
python -m benchmarks.prose --misses    and each sentence read otherwise than labelled
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import yaml

from linter.report.facts import Fact, read_facts
from linter.report.model import Passage, Section

LABELLED = Path(__file__).parent.parent / "tests" / "report" / "facts" / "labelled"
_KINDS = {
    "share",
    "rate",
    "growth",
    "decline",
    "level",
    "last_year",
    "none",
    "all_done",
    "in_time",
    "all_upheld",
}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"<\s*([\d.]+)")


Table = Mapping[str, Mapping[str, Mapping[str, int | float]]]


class Label(NamedTuple):
    """What is compared of a fact; `whole` is the value of the fact it is a part of."""

    kind: str
    key: str
    value: Decimal | None
    unit: str | None
    approximate: bool
    scope: str
    whole: Decimal | None


class Example(NamedTuple):
    """A labelled sentence with what it stands in.

    `table` are the cells of the report's tables that stand beside it (table → row → column → figure), where
    any are given, and `agrees` says whether what it states is in agreement with them.
    """

    text: str
    section: str
    issuer: str
    year: int
    labels: tuple[Label, ...]
    table: Table
    agrees: bool | None


def examples(name: str = "*") -> Iterator[Example]:
    """The labelled sentences, of the file `name` only where one is given."""
    for path in sorted(LABELLED.glob(f"{name}.yaml")):
        yield from _examples_of(path)


def _examples_of(path: Path) -> Iterator[Example]:
    for group in yaml.load(path.read_text("utf-8"), Loader=_LOADER):
        for given in group["sentences"]:
            line, table, agrees = (
                (given, {}, None)
                if isinstance(given, str)
                else (given["says"], given["table"], given["agrees"])
            )
            text, _, labels = line.partition("=>")
            facts = tuple(_label(part) for part in labels.split(";") if part.strip())
            yield Example(
                text.strip(), group["section"], group["issuer"], group["year"], facts, table, agrees
            )


def _label(text: str) -> Label:
    whole = _WHOLE.search(text)
    words = _WHOLE.sub("", text).split()
    kind = words.pop(0) if words[0] in _KINDS else "count"
    key = words.pop(0)
    scope = words.pop()[1:] if words and words[-1].startswith("@") else "self"
    value = words.pop(0) if words else None
    unit = words.pop(0) if words else None
    assert not words, text
    return Label(
        kind,
        key,
        Decimal(value.lstrip("~")) if value else None,
        unit,
        bool(value and value.startswith("~")),
        scope,
        Decimal(whole[1]) if whole else None,
    )


def found_in(example: Example) -> tuple[Label, ...]:
    """What is read of a sentence, as labels."""
    section = Section(example.section, "", None, "", passages=(Passage(example.text),))
    facts = read_facts((section,), example.issuer, example.year)
    return tuple(_as_label(fact, facts) for fact in facts)


def _as_label(fact: Fact, facts: tuple[Fact, ...]) -> Label:
    value = fact.value
    whole = facts[fact.whole].value if fact.whole is not None else None
    return Label(
        fact.claim or fact.kind,
        fact.quantity or "?",
        Decimal(value.value) if value else None,
        ("%" if value.percent else value.unit) if value else None,
        value.approximate if value else False,
        fact.scope,
        Decimal(whole.value) if whole else None,
    )


def group_of(label: Label) -> str:
    """The kind of fact that a label belongs to."""
    if label.kind != "count":
        return label.kind
    return "other things" if label.key == "?" else label.key.split(".")[0]


class Score(NamedTuple):
    """Facts labelled, found, and found as labelled, per kind; and what was read otherwise.

    `agreeing` sentences agree with a table given beside them. `misread` facts are found with a key, of this
    organ or region, that no label gives: what a rule could accuse falsely.
    """

    labelled: Counter[str]
    found: Counter[str]
    right: Counter[str]
    misses: tuple[tuple[Example, tuple[Label, ...], tuple[Label, ...]], ...]
    sentences: int
    agreeing: int
    misread: int


def measure(name: str = "*") -> Score:
    """Read every labelled sentence, of one file where its name is given."""
    labelled, found, right = Counter[str](), Counter[str](), Counter[str]()
    misses: list[tuple[Example, tuple[Label, ...], tuple[Label, ...]]] = []
    count = agreeing = misread = 0
    for example in examples(name):
        count += 1
        agreeing += bool(example.agrees)
        wanted, read = Counter(example.labels), Counter(found_in(example))
        both = wanted & read
        for counter, labels in ((labelled, wanted), (found, read), (right, both)):
            for label, number in labels.items():
                counter[group_of(label)] += number
        known = {label._replace(whole=None) for label in wanted}
        misread += sum(
            label.key != "?" and label.scope != "part" and label._replace(whole=None) not in known
            for label in (read - both).elements()
        )
        if wanted != read:
            misses.append((example, tuple((wanted - both).elements()), tuple((read - both).elements())))
    return Score(labelled, found, right, tuple(misses), count, agreeing, misread)


def main() -> None:
    begin = time.perf_counter()
    names = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    score = measure(*names[:1])
    took = time.perf_counter() - begin
    print(f"{'kind of fact':<16}{'labelled':>10}{'found':>8}{'right':>8}{'recall':>9}{'precision':>11}")
    for kind in sorted(score.labelled | score.found):
        _row(kind, score.labelled[kind], score.found[kind], score.right[kind])
    _row("all", score.labelled.total(), score.found.total(), score.right.total())
    keyed = [sum(n for kind, n in c.items() if kind != "other things") for c in score[:3]]
    _row("without others", *keyed)
    print(f"read as another figure of a table, and not of a part: {score.misread}")
    print(f"{score.agreeing} of the sentences agree with a table beside them")
    print(f"{score.sentences} sentences in {took * 1000:.0f} ms")
    if "--misses" in sys.argv:
        for example, missing, wrong in score.misses:
            print(f"\n{example.text}")
            for sign, labels in (("-", missing), ("+", wrong)):
                for label in labels:
                    print(f"  {sign} {' '.join(str(part) for part in label)}")


def _row(kind: str, labelled: int, found: int, right: int) -> None:
    recall = f"{right / labelled:.1%}" if labelled else "–"
    precision = f"{right / found:.1%}" if found else "–"
    print(f"{kind:<16}{labelled:>10}{found:>8}{right:>8}{recall:>9}{precision:>11}")


if __name__ == "__main__":
    main()
