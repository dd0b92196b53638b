"""Dates as web pages and crawlers state them."""

from __future__ import annotations

import datetime as dt
import re

_DATE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")


def iso_date(text: str) -> str | None:
    """The first date in `text` (2020-01-31, 2020年1月31日, 2020/1/31 …) as YYYY-MM-DD, or None."""
    for found in _DATE.finditer(text):
        try:
            return dt.date(*map(int, found.groups())).isoformat()
        except ValueError:
            continue
    return None
