"""The topics of 条例 (2007) art. 32 in a report of the years before 2019."""

from __future__ import annotations

from collections.abc import Sequence

from linter.report.model import Section
from linter.report.norm import pre_2019_topics
from linter.report.wording import fold


def read_topics(sections: Sequence[Section]) -> dict[str, Section]:
    """Topic key → the first section whose heading names it.

    A heading may name several topics (依申请公开和收费情况).
    """
    topics: dict[str, Section] = {}
    for topic, words in pre_2019_topics().items():
        for section in sections:
            title = fold(section.title)
            if any(fold(word) in title for word in words):
                topics[topic] = section
                break
    return topics
