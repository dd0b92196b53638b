"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from linter.checks import (
    agreement,
    announcement,
    cell_state,
    cell_value,
    condition,
    content,
    deviation,
    forbidden,
    format,
    heading_level,
    identity,
    links,
    mention,
    numbering,
    picture,
    presence,
    printed,
    sequence,
    together,
    unit,
    year_mention,
)
from linter.checks.kind import Kind

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND
    for module in (
        agreement,
        announcement,
        cell_state,
        cell_value,
        condition,
        content,
        deviation,
        forbidden,
        format,
        heading_level,
        identity,
        links,
        mention,
        numbering,
        picture,
        presence,
        printed,
        sequence,
        together,
        unit,
        year_mention,
    )
}
