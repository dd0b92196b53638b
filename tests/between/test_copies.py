"""Reports copied from other organs: found whatever was changed in them, and nothing else; with any number."""

from __future__ import annotations

import builtins
import random
from typing import Any

import pytest

from linter.checks.kinds import CORPUS_KINDS
from linter.checks.outcome import Finding
from linter.checks.rulebook import Rule, load_rulebook
from linter.corpus.judge import judge_corpus, with_findings
from linter.corpus.model import Corpus, Filing
from linter.corpus.nearness import MissingLibrary, near_texts
from linter.corpus.own_names import expression, own_names
from linter.corpus.record import Record, from_json, to_json
from linter.corpus.roster import Roster, Unit
from linter.render.check_json import findings_and_open

pytest.importorskip("rensa", reason="needs the extra corpus")

SIGNS = "".join(chr(0x4E00 + 37 * step) for step in range(300))


def rule(name: str) -> Rule:
    found = load_rulebook().find(name)
    assert found
    return found


COPIED = rule("copied-from-other-unit")


def sentences(seed: int, count: int = 12) -> list[str]:
    """Sentences that no other seed gives."""
    rng = random.Random(seed)
    return ["".join(rng.choices(SIGNS, k=30)) + "。" for _ in range(count)]


def corpus(*reports: tuple[str, int, list[str], str | None], units: Any = ()) -> Corpus:
    """Reports, each an organ, a year, the sentences of its first section, and when it was published."""
    roster = Roster(units or [Unit(name, "department") for name in dict.fromkeys(r[0] for r in reports)])
    filings = []
    for name, year, text, published in reports:
        record = Record(f"{name}{year}", "", issuer=name, year=year, edition="2021", published=published)
        record = record._replace(texts={"overview": ("".join(text),)}, certainty="full")
        filings.append(Filing(roster.by_name[name], year, "in-time", record=from_json(to_json(record))))
    return Corpus(roster, tuple(sorted({r[1] for r in reports})), tuple(filings))


def found(given: Corpus) -> dict[tuple[str, int], Finding]:
    judged = judge_corpus(given, [COPIED])
    assert not judged.errors
    return {key: one.findings[0] for key, one in judged.of.items() if one.findings}


JIA, YI = "甲山县教育局", "乙水县教育局"
EARLY, LATE = "2024-01-10", "2024-01-25"


def test_a_copy_with_other_names_and_figures_is_found_at_the_later_report() -> None:
    first = [f"2023年，甲山县教育局公开信息 {n} 条，{text}" for n, text in enumerate(sentences(1), 30)]
    second = [f"2023年，乙水县教育局公开信息 {n} 条，{text}" for n, text in enumerate(sentences(1), 70)]
    (key,) = (got := found(corpus((JIA, 2023, first, EARLY), (YI, 2023, second, LATE))))
    assert key == (YI, 2023)
    assert "100% 的文字与甲山县教育局 2023 年度的报告相同" in got[key].message


@pytest.mark.parametrize(("kept", "expected"), [(12, True), (9, True), (8, True), (4, False), (1, False)])
def test_it_takes_more_than_half(kept: int, expected: bool) -> None:
    text = [*sentences(1)[:kept], *sentences(2)[kept:]]
    assert bool(found(corpus((JIA, 2023, sentences(1), EARLY), (YI, 2023, text, LATE)))) is expected


def test_sentences_in_another_order_are_copied_all_the_same() -> None:
    text = sentences(1)[::-1]
    assert found(corpus((JIA, 2023, sentences(1), EARLY), (YI, 2023, text, LATE)))


def test_where_no_day_tells_which_was_first_both_are_named() -> None:
    assert len(found(corpus((JIA, 2023, sentences(1), None), (YI, 2023, sentences(1), None)))) == 2


def test_what_everybody_writes_is_nobodys() -> None:
    usual = sentences(99, 20)
    reports = [
        (f"{sign}山县教育局", 2023, [*usual, *sentences(n, 8)], EARLY) for n, sign in enumerate(SIGNS[:60])
    ]
    assert found(corpus(*reports)) == {}


def test_a_report_that_many_copied_is_compared_once_with_each() -> None:
    texts = ["".join(sentences(1))] * 500 + ["".join(sentences(2))]
    near = list(near_texts(texts, 0.2))
    assert near[0] == near[-1] == []
    assert all([each.at for each in found] == [0] for found in near[1:-1])


def test_of_a_text_that_many_copied_each_copy_is_found() -> None:
    reports = [
        (f"{sign}山县教育局", 2023, sentences(1), f"2024-01-{n:02}") for n, sign in enumerate(SIGNS[:9], 1)
    ]
    assert len(found(corpus(*reports))) == 8


def test_the_names_of_an_organ_are_those_above_it_too() -> None:
    city, county = (
        Unit("大江市人民政府", "government"),
        Unit("甲山县人民政府", "government", "大江市人民政府"),
    )
    bureau = Unit("甲山县教育局", "department", "甲山县人民政府", ("甲山教体局",))
    names = own_names(bureau, Roster([city, county, bureau]))
    assert {
        "甲山县教育局",
        "县教育局",
        "教育局",
        "教育",
        "甲山县",
        "甲山",
        "大江市",
        "大江",
        "甲山教体局",
    } <= set(names)
    assert "人民政府" not in names and "" not in names
    assert expression(names).startswith("大江市人民政府") or expression(names).startswith("甲山县人民政府")


def test_findings_have_the_shape_of_all_others_and_stay_the_same() -> None:
    given = corpus((JIA, 2023, sentences(1), EARLY), (YI, 2023, sentences(1), LATE))
    said = [findings_and_open(judge_corpus(given, [COPIED]).of[YI, 2023]) for _ in range(2)]
    assert said[0] == said[1]
    (finding,) = said[0]["findings"]
    assert finding["fingerprint"] and finding["clause"] and finding["hint"]
    assert finding["location"]["section"] == "overview"
    assert finding["location"]["excerpt"] in "".join(sentences(1))


def test_the_order_of_the_files_changes_nothing() -> None:
    reports = [(f"{sign}山县教育局", 2023, sentences(n // 2), None) for n, sign in enumerate(SIGNS[:8])]
    assert found(corpus(*reports)) == found(corpus(*reports[::-1]))


def test_without_the_library_one_line_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name == "rensa":
            raise ImportError(name)
        return really(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    given = corpus((JIA, 2023, sentences(1), EARLY))
    with pytest.raises(MissingLibrary, match=r'pip install "gongkai-lint\[corpus\]"'):
        judge_corpus(given, [COPIED])


def test_a_rule_that_breaks_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        raise ValueError("kaputt")

    kind = CORPUS_KINDS["same_tables"]
    monkeypatch.setitem(CORPUS_KINDS, "same_tables", kind._replace(check=broken))
    given = corpus((JIA, 2023, sentences(1), EARLY), (YI, 2023, sentences(1), LATE))
    judged = judge_corpus(given, [rule("tables-of-other-unit"), COPIED])
    assert [error.name for error in judged.errors] == ["tables-of-other-unit"]
    assert judged.of[YI, 2023].findings


def test_filings_get_what_is_said_of_them_beside_their_own() -> None:
    given = corpus((JIA, 2023, sentences(1), EARLY), (YI, 2023, sentences(1), LATE))
    own = {"A001": {"pass": 3}, COPIED.code: {"not-applicable": 1}}
    given = given._replace(filings=tuple(filing._replace(outcomes=own) for filing in given.filings))
    first, second = with_findings(given, judge_corpus(given, [COPIED])).filings
    assert first.findings == () and first.outcomes[COPIED.code] == {"pass": 1}
    assert [finding["name"] for finding in second.findings] == [COPIED.name]
    assert second.outcomes == {"A001": {"pass": 3}, COPIED.code: {"fail": 1}}
