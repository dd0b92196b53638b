"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from linter.checks import (
    agreement,
    announcement,
    aspects,
    calendar_day,
    cell_state,
    cell_value,
    content,
    date_order,
    deadline,
    deviation,
    forbidden,
    format,
    identity,
    length,
    links,
    mention,
    misplaced_item,
    numbering,
    organs,
    paired_lists,
    personal,
    presence,
    repetition,
    scan,
    self_reference,
    together,
    year_mention,
)
from linter.checks.kind import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        agreement,
        announcement,
        calendar_day,
        aspects,
        cell_state,
        cell_value,
        content,
        date_order,
        deadline,
        deviation,
        forbidden,
        format,
        identity,
        length,
        links,
        mention,
        misplaced_item,
        numbering,
        organs,
        paired_lists,
        personal,
        presence,
        repetition,
        scan,
        self_reference,
        together,
        year_mention,
    )
}
