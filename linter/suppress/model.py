"""What somebody sets aside: of which rules, where, why and until when."""

from __future__ import annotations

import datetime as dt
from typing import Literal, NamedTuple

from linter.document.model import Location

Kind = Literal["config", "inline", "comment"]


class PlacePattern(NamedTuple):
    """A semantic place; None stands for any, `*` in a row or column for anything."""

    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None


class Suppression(NamedTuple):
    """Findings of rules (selectors) to set aside, with the reason.

    `place` is for those of the configuration, `target` for remarks, where None stands for the whole
    file. `where` says for people where it is written, `location` the same in the report. `certain`
    tells that it speaks of this report alone, so that it should find something here.
    """

    rules: tuple[str, ...]
    reason: str
    kind: Kind
    where: str
    until: dt.date | None = None
    place: PlacePattern | None = None
    target: Location | None = None
    location: Location | None = None
    certain: bool = True
    fault: str = ""
