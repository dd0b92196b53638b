"""Text of a report that stands in the report of another organ, but for names, places and figures."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from linter.checks.kind import Problem
from linter.checks.likeness import Repeated, bare, prose_of, repeated, sentences_of
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import bad_expression
from linter.checks.wording import quoted, section_name
from linter.corpus.kind import Beside, CorpusKind, Said
from linter.report.norm import SECTION_KEYS

if TYPE_CHECKING:
    from linter.corpus.filed import Filed
    from linter.corpus.model import Corpus

_SHOWN = 3
_LEAST_LIKENESS = 0.22
_ALIGNED = 5
_SLOTS = 1 << 22


class Parameters(NamedTuple):
    """A report fails where more than `share` of the letters of one of its `sections` stand in the same
    section of another organ's, `stock` phrases left out; sections of fewer than `least` letters are not
    judged.

    Sentences that more than one in `common` of the reports have word for word, and more than
    `common_least` of them, count as stock, too.
    """

    sections: tuple[str, ...]
    share: float
    least: int
    stock: tuple[str, ...] = ()
    common: int = 10
    common_least: int = 50


class _Copied(NamedTuple):
    """What a section has from that of another organ's report."""

    section: str
    source: Filed
    found: Repeated


def check(parameters: Parameters, corpus: Corpus) -> Iterator[Said]:
    """One verdict for each report that has enough text."""
    from linter.corpus.filed import filed_in, in_order

    filed = in_order(filed_in(corpus))
    judged: dict[int, Verdict] = {}
    copied: dict[int, list[_Copied]] = {}
    for section in parameters.sections:
        _search(_Section(parameters, corpus, section, filed), judged, copied)
    for at, verdict in sorted(judged.items()):
        unit, year = filed[at].unit.name, filed[at].year
        yield _failed(unit, year, copied[at]) if at in copied else Said(unit, year, verdict)


class _Section:
    """One section of all reports that have enough of it, as its sentences' letters."""

    def __init__(self, parameters: Parameters, corpus: Corpus, key: str, filed: Sequence[Filed]) -> None:
        self.parameters, self.roster, self.key, self.filed = parameters, corpus.roster, key, filed
        self.letters: dict[int, tuple[str, ...]] = {}
        for at, each in enumerate(filed):
            if paragraphs := each.record.texts.get(key):
                stock = self.stock(each)
                lines = (bare(s, stock) for p in prose_of(paragraphs) for s in sentences_of(p))
                self.letters[at] = tuple(line for line in lines if line)
        self.usual = self._usual()
        own = {at: self.own_letters(at) for at in self.letters}
        self.letters = {at: self.letters[at] for at, text in own.items() if len(text) >= parameters.least}

    def stock(self, *filed: Filed) -> tuple[str, ...]:
        """What does not count in these reports: their organs' names, and the stock phrases."""
        from linter.corpus.own_names import expression, own_names

        names = {name for each in filed for name in own_names(each.unit, self.roster)}
        named = expression(sorted(names, key=lambda name: (-len(name), name)))
        return (named, *self.parameters.stock) if named else self.parameters.stock

    def _usual(self) -> bytearray:
        """For each slot of hashes whether its sentences are ones that everybody writes. A table of fixed
        size, so that its memory does not grow with the corpus."""
        counts = array("I", bytes(4 * _SLOTS))
        for lines in self.letters.values():
            for slot in {_slot(line) for line in lines}:
                counts[slot] += 1
        most = max(self.parameters.common_least, len(self.letters) // self.parameters.common)
        if len(self.letters) <= most:
            return bytearray()
        usual = bytearray(_SLOTS)
        for lines in self.letters.values():
            for line in lines:
                slot = _slot(line)
                usual[slot] = counts[slot] > most
        return usual

    def own_letters(self, at: int) -> str:
        """The letters of a report without the sentences that everybody writes."""
        return "".join(line for line in self.letters[at] if not self._is_usual(line))

    def own_paragraphs(self, at: int) -> list[str]:
        """The printed paragraphs without those sentences."""
        each, found = self.filed[at], list[str]()
        paragraphs = prose_of(each.record.texts[self.key])
        if not self.usual:
            return paragraphs
        stock = self.stock(each)
        for paragraph in paragraphs:
            kept = (s for s in sentences_of(paragraph) if not self._is_usual(bare(s, stock)))
            found.append("".join(kept))
        return found

    def _is_usual(self, line: str) -> bool:
        return bool(self.usual) and bool(self.usual[_slot(line)])


def _slot(line: str) -> int:
    return crc32(line.encode()) % _SLOTS


def _search(section: _Section, judged: dict[int, Verdict], copied: dict[int, list[_Copied]]) -> None:
    """Put what is judged by its place among the reports, and what each has of others."""
    from linter.corpus.filed import related, surely_later
    from linter.corpus.nearness import near_texts

    places, filed = list(section.letters), section.filed
    near = near_texts((section.own_letters(at) for at in places), _LEAST_LIKENESS)
    for at, alike in zip(places, near, strict=True):
        judged[at] = _without_copy(filed[at], judged.get(at))
        others = [places[each.at] for each in alike]
        others = [other for other in others if not related(filed[at].unit, filed[other].unit)]
        for other in others[:_ALIGNED]:
            stock = section.stock(filed[at], filed[other])
            texts = section.own_paragraphs(at), section.own_paragraphs(other)
            for mine, theirs, (own, source) in ((at, other, texts), (other, at, texts[::-1])):
                if surely_later(filed[theirs], filed[mine]):
                    continue
                found = repeated(own, source, stock)
                if found.letters >= section.parameters.least and found.share > section.parameters.share:
                    copied.setdefault(mine, []).append(_Copied(section.key, filed[theirs], found))


def _without_copy(filed: Filed, before: Verdict | None) -> Verdict:
    if before is not None or filed.record.certainty != "poor":
        return before or Verdict(Outcome.PASS)
    reason, reason_en = "正文结构未能完全读出", "the structure of the text was not read surely enough"
    return Verdict(Outcome.OPEN, reason=reason, reason_en=reason_en)


def _failed(unit: str, year: int, copied: Sequence[_Copied]) -> Said:
    """The failure, led by what was copied most; what else there is stands beside it."""
    most, *rest = sorted(copied, key=lambda one: (-one.found.share, one.source.year, one.source.unit.name))
    first = most.found.sentences[0] if most.found.sentences else ""
    organs = len({one.source.unit.name for one in copied})
    arguments = {
        "section": section_name(most.section),
        "section.en": section_name(most.section, "en"),
        "percent": f"{most.found.share:.0%}",
        "letters": str(most.found.letters),
        "unit": most.source.unit.name,
        "unit_year": str(most.source.year),
        "more": f"（共与 {organs} 家相同）" if organs > 1 else "",
        "more.en": f" (in all, with {organs} organs)" if organs > 1 else "",
        "count": str(len(most.found.sentences)),
        "sentences": "、".join(map(quoted, most.found.sentences[:_SHOWN])),
    }
    place = Place(section=most.section, excerpt=first[:60] or None)
    return Said(unit, year, Verdict(Outcome.FAIL, place, arguments), tuple(map(_beside, rest)))


def _beside(one: _Copied) -> Beside:
    name, year, share = one.source.unit.name, one.source.year, f"{one.found.share:.0%}"
    return Beside(
        f"{section_name(one.section)}：{share} 与{name} {year} 年度的报告相同",
        f"{section_name(one.section, 'en')}: {share} as in {name} {year}",
        Place(section=one.section),
    )


def verify(parameters: Parameters, editions: Sequence[str]) -> Iterable[Problem]:
    """Unknown sections, and expressions that are none."""
    del editions
    for index, key in enumerate(parameters.sections):
        if key not in SECTION_KEYS:
            yield ("sections", index), f"没有部分“{key}”，应为 {'、'.join(SECTION_KEYS)} 之一"
    for index, phrase in enumerate(parameters.stock):
        if reason := bad_expression(phrase):
            yield ("stock", index), reason


KIND = CorpusKind(
    name="copied_text",
    parameters=Parameters,
    arguments=frozenset({"section", "percent", "letters", "unit", "unit_year", "more", "count", "sentences"}),
    check=check,
    verify=verify,
)
