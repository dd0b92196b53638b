"""Every kind of check, by the name that rules use."""

from __future__ import annotations

from linter.checks import (
    agreement,
    announcement,
    cell_state,
    cell_value,
    content,
    denial,
    deviation,
    figure_cell,
    figure_needs,
    figure_order,
    figure_step,
    forbidden,
    format,
    growth,
    identity,
    links,
    mention,
    numbering,
    parts_sum,
    percentage,
    presence,
    promised,
    shares_sum,
    stated_twice,
    together,
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
        denial,
        deviation,
        figure_cell,
        figure_needs,
        figure_order,
        figure_step,
        forbidden,
        format,
        growth,
        identity,
        links,
        mention,
        numbering,
        parts_sum,
        percentage,
        presence,
        promised,
        shares_sum,
        stated_twice,
        together,
        year_mention,
    )
}
