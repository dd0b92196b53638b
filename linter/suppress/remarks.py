"""Remarks in a report as suppressions: `gongkai: ignore CODE 理由`, for the whole file `ignore-file`."""

from __future__ import annotations

import datetime as dt
import re

from linter.document.model import Location, Remark
from linter.suppress.model import Suppression

_REMARK = re.compile(r"gongkai\s*[:：]\s*(ignore-file|ignore)(?![\w-])[\s:：]*(.*)", re.I | re.S)
_RULE = r"(?:[A-Za-z][A-Za-z0-9-]*|全部)"
_RULES = re.compile(rf"({_RULE}(?:\s*[,，、]\s*{_RULE})*)(?![A-Za-z0-9-])")
_DAY = r"\s*(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})(?!\d)\s*日?"
# The day stands behind the reason, or between the rules and the reason; elsewhere it is part of the reason.
_UNTIL_LAST = re.compile(rf"[\s,，;；(（]*(?:until|有效期至|截至|至){_DAY}[)）\s。]*$", re.I)
_UNTIL_FIRST = re.compile(rf"[(（]?(?:until|有效期至|至){_DAY}[)）\s,，;；:：。]*", re.I)


def suppression_of(remark: Remark, lang: str = "zh") -> Suppression:
    """What a remark asks to be set aside; `fault` is what cannot be understood of it."""
    where, location = remark.author, remark.location
    if remark.line is not None:
        where = f"line {remark.line}" if lang == "en" else f"第 {remark.line} 行"
        location = Location(line=remark.line, column=1)
    said = Suppression((), "", remark.kind, where, target=remark.location, location=location)
    found = _REMARK.match(remark.text.strip())
    rules = _RULES.match(found[2]) if found else None
    if found is None or rules is None:
        return said._replace(fault=" ".join(remark.text.split())[:60])
    if found[1].lower() == "ignore-file":
        said = said._replace(target=None)
    reason = found[2][rules.end() :].strip(" \t\r\n\u3000:：-—,，")
    until = None
    if day := _UNTIL_LAST.search(reason) or _UNTIL_FIRST.match(reason):
        reason = (reason[: day.start()] + reason[day.end() :]).strip()
        try:
            until = dt.date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return said._replace(fault=day[0].strip())
    names = tuple(part.strip() for part in re.split("[,，、]", rules[1]))
    return said._replace(rules=names, reason=" ".join(reason.split()), until=until)
