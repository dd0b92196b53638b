"""What every page of a folder needs: the corpus with its standings, and where each unit's card lies."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from linter.checks.rulebook import Rule, RuleTexts, load_texts
from linter.corpus.model import Corpus
from linter.corpus.roster import Unit
from linter.render.entry import Lang
from linter.score.scoring import Scheme
from linter.score.standing import Standing, YearStanding, standings
from linter.score.words import score_words


class Asked(NamedTuple):
    """What the user asks of the folder: its title, the language, who sends the letters and when (left to be
    filled in where empty)."""

    title: str = ""
    lang: Lang = "zh"
    sender: str = ""
    date: str = ""


class Board:
    """A corpus, scored."""

    def __init__(self, corpus: Corpus, scheme: Scheme, asked: Asked) -> None:
        self.corpus, self.scheme, self.asked = corpus, scheme, asked
        self.word: Mapping[str, str] = score_words(asked.lang)
        self.years: tuple[YearStanding, ...] = standings(corpus, scheme)
        self.rules: Mapping[str, Rule] = scheme.rules

    @property
    def lang(self) -> Lang:
        """The language of every page."""
        return self.asked.lang

    @property
    def title(self) -> str:
        """What the folder is called."""
        return self.asked.title or self.word["overview"]

    @property
    def latest(self) -> YearStanding:
        """The last year."""
        return self.years[-1]

    @cached_property
    def texts(self) -> Mapping[str, RuleTexts]:
        """What people read about the rules, by code."""
        return load_texts(self.rules.values())

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The families of the rules that decide something of some report, in their order."""
        seen = {code for year in self.years for one in year.standings for code in one.states}
        return tuple(dict.fromkeys(rule.group for code, rule in self.rules.items() if code in seen))

    @cached_property
    def of_unit(self) -> Mapping[str, tuple[Standing, ...]]:
        """The standings of each unit, the latest year first."""
        found: dict[str, list[Standing]] = {unit.name: [] for unit in self.corpus.roster.units}
        for year in reversed(self.years):
            for one in year.standings:
                found.setdefault(one.filing.unit.name, []).append(one)
        return {name: tuple(every) for name, every in found.items()}

    def rule_title(self, code: str) -> str:
        """The title of a rule; "" where the profile does not know it."""
        return self.texts[code].title.of(self.lang) if code in self.texts else ""

    def group_title(self, group: str) -> str:
        """What a family of rules is called."""
        return self.word.get(f"group_{group}", group)

    def apart_words(self, one: Standing) -> str:
        """Why a report is not ranked; "" where it is."""
        if not one.apart:
            return ""
        formula = self.scheme.formula
        share = f"{formula.least_share * 100:.0f}"
        return self.word[f"apart_{one.apart}"].format(decided=formula.least_decided, share=share)


def card_name(unit: Unit) -> str:
    """The file of a unit's card: the same in every run, whatever the roster."""
    return "u" + hashlib.blake2b(unit.name.encode(), digest_size=6).hexdigest() + ".html"
