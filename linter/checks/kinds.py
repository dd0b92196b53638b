"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from linter.checks import (
    agreement,
    announcement,
    cell_state,
    cell_value,
    content,
    deviation,
    forbidden,
    format,
    identity,
    links,
    mention,
    numbering,
    other_scope,
    presence,
    table_claims,
    table_figures,
    table_none,
    together,
    unmentioned,
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
        content,
        deviation,
        forbidden,
        format,
        identity,
        links,
        mention,
        numbering,
        other_scope,
        presence,
        table_claims,
        table_figures,
        table_none,
        together,
        unmentioned,
        year_mention,
    )
}
