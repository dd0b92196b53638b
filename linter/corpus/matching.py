"""Whose report a file is: by the issuer it names, by alias, else by the folder it lies in.

Nothing is guessed silently: what fits no unit, or several, is said with the reason.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal, NamedTuple

from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit

How = Literal["manifest", "issuer", "alias", "folder", "file-name"]

_PLAIN_ENDINGS = ("人民政府", "政府")


class Match(NamedTuple):
    """The unit of a report and how it was told; None with the reason where it was not."""

    unit: Unit | None
    how: How | None = None
    reason: str = ""


def match(record: Record, roster: Roster, stated: str | None = None) -> Match:
    """The unit that `record` belongs to; `stated` is the one that a manifest gives for its file."""
    if stated is not None:
        return _as_stated(record, roster, stated)
    if record.issuer:
        return _by_issuer(record, record.issuer, roster)
    by_path = _by_path(record.path, roster)
    if by_path is None:
        return Match(None, reason="报告没有写明机关，文件名和文件夹也看不出")
    return Match(*by_path)


def _as_stated(record: Record, roster: Roster, stated: str) -> Match:
    unit = roster.by_name.get(stated) or _tell(stated, roster)
    if unit is None:
        return Match(None, reason=f"清单写的“{stated}”不在名录中")
    if record.issuer and _tell(record.issuer, roster) not in (None, unit):
        return Match(None, reason=f"清单写的是“{stated}”，报告的机关却是“{record.issuer}”")
    return Match(unit, "manifest")


def _by_issuer(record: Record, issuer: str, roster: Roster) -> Match:
    """By the name in the report; where several are called so, by the folder as well."""
    units = roster.by_any_name.get(issuer, ())
    if len(units) == 1:
        return Match(units[0], "issuer" if units[0].name == issuer else "alias")
    if not units:
        return Match(None, reason=f"名录中没有“{issuer}”")
    by_path = _by_path(record.path, roster)
    fitting = [unit for unit in units if by_path and by_path[0] in (unit, roster.by_name.get(unit.parent))]
    if len(fitting) == 1:
        return Match(fitting[0], "folder")
    return Match(None, reason=f"“{issuer}”可能是 {'、'.join(unit.name for unit in units)} 中的一个")


def _tell(issuer: str, roster: Roster) -> Unit | None:
    return _only(roster.by_any_name.get(issuer, ()))


def _only(units: tuple[Unit, ...]) -> Unit | None:
    return units[0] if len(units) == 1 else None


def _by_path(path: str, roster: Roster) -> tuple[Unit, How] | None:
    """The unit whose name the file's name contains, else that of the innermost folder that is one's."""
    name = PurePath(path).stem
    inside = [unit for unit in roster.units for called in (unit.name, *unit.aliases) if called in name]
    longest = max((len(unit.name) for unit in inside), default=0)
    best = tuple(dict.fromkeys(unit for unit in inside if len(unit.name) == longest))
    if len(best) == 1:
        return best[0], "file-name"
    for part in reversed(PurePath(path).parts[:-1]):
        unit = _only(roster.by_any_name.get(part, ()))
        if unit is not None:
            return unit, "folder"
    return None
