"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from linter.checks import (
    agreement,
    announcement,
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
    links,
    mention,
    numbering,
    organs,
    presence,
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
        cell_state,
        cell_value,
        content,
        date_order,
        deadline,
        deviation,
        forbidden,
        format,
        identity,
        links,
        mention,
        numbering,
        organs,
        presence,
        together,
        year_mention,
    )
}
