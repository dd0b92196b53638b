"""How one figure may have come about where another was right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from linter.checks.outcome import Number
from linter.checks.wording import number_text


class Slip(NamedTuple):
    """A likely slip in Chinese and English; empty where none fits."""

    zh: str = ""
    en: str = ""


def digit_slip(printed: Number, meant: Number) -> Slip:
    """Digits swapped, a digit dropped or one too many."""
    one, other = number_text(printed), number_text(meant)
    if not (isinstance(printed, int) and isinstance(meant, int)):
        return Slip()
    if meant < 0 or one == other or len(other) < 2:
        return Slip()
    if sorted(one) == sorted(other):
        return Slip(
            f"可能是 {other} 的数字顺序颠倒，写成了 {one}", f"perhaps {other} with its digits swapped"
        )
    if len(other) == len(one) + 1 and _without_one(other, one):
        return Slip(f"可能是 {other} 漏了一位数字，写成了 {one}", f"perhaps {other} with a digit dropped")
    if len(one) == len(other) + 1 and _without_one(one, other):
        return Slip(f"可能是 {other} 多了一位数字，写成了 {one}", f"perhaps {other} with a digit too many")
    return Slip()


def sum_slip(parts: Iterable[Number], whole: Number, others: Iterable[Number] = ()) -> Slip:
    """Why parts may not add up to their whole; `others` are figures near by that were not counted."""
    values = list(parts)
    difference = whole - sum(values)
    if difference > 0 and difference in set(others):
        text = number_text(difference)
        return Slip(
            f"同一句中另有一个 {text}，可能漏计", f"another {text} in the sentence may have been left out"
        )
    for value in values:
        found = digit_slip(value, value + difference)
        if found.zh and value >= 10:
            return found
    if difference < 0 and values.count(-difference) == 1:
        text = number_text(-difference)
        return Slip(f"{text} 这一项可能重复计算", f"the part of {text} may have been counted twice")
    return digit_slip(whole, whole - difference)


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
