"""Whether the figures of a list can make up a whole, in any consistent reading of the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from linter.checks.outcome import Number

_MOST = 40  # figures of a list; a longer one is no list of parts


def adds_up(
    values: Sequence[Number], wholes: Collection[Number], heads: Sequence[bool], ends: Sequence[bool]
) -> bool:
    """Whether some reading of `values` makes one of `wholes`.

    A list may divide its whole twice (by applicant, then by result): every division must make the
    whole. A figure marked in `heads` may be followed by its own parts (不予公开 3件、国家秘密 1件、
    内部信息 2件), which are not added again. A figure marked in `ends` may begin something else, so
    that the list ends before it.
    """
    if len(values) > _MOST:
        return True
    return any(_reaches(values, heads, 0, whole, whole, ends) for whole in wholes)


def _reaches(
    values: Sequence[Number], heads: Sequence[bool], at: int, left: Number, whole: Number, ends: Sequence[bool]
) -> bool:
    if left < 0:
        return False
    if at == len(values):
        return left == 0
    if left == 0 and at:
        if ends[at]:
            return True
        if whole and _reaches(values, heads, at, whole, whole, ends):
            return True
    value = values[at]
    if _reaches(values, heads, at + 1, left - value, whole, ends):
        return True
    if not heads[at] or not value:
        return False
    run: Number = 0
    for end in range(at + 1, len(values)):
        run += values[end]
        if run == value and end > at + 1:
            if _reaches(values, heads, end + 1, left - value, whole, ends):
                return True
        if run > value:
            break
    return False
