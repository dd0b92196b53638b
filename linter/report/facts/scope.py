"""Whose figure it is: this organ's, the whole region's, or a part's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from linter.report.facts.model import Scope
from linter.report.facts.tokens import Token

_NOT_A_SUBJECT = (
    "按",
    "根据",
    "经",
    "向",
    "在",
    "对",
    "协调",
    "指导",
    "督促",
    "组织",
    "配合",
    "要求",
    "报",
    "从",
    "与",
    "围绕",
    "依托",
    "通过",
    "贯彻",
    "落实",
    "结合",
    "依据",
    "会同",
    "联合",
    "监督",
    "推动",
    "把",
    "将",
)
_SHORT = (("人民政府", "政府"), ("办公室", "办"), ("办公厅", "办"), ("街道办事处", "街道"), ("委员会", "委"))
_TOWNS = ("镇政府", "乡政府", "街道", "苏木政府")
_REGIONS = ("市", "县", "区", "旗", "省", "州", "盟")


class Subject(NamedTuple):
    """A scope with the words that say it."""

    scope: Scope
    text: str | None = None


OWN = Subject("self")


def subject_of(tokens: Iterable[Token], text: str, issuer: str | None) -> Subject | None:
    """The organ or region that the words name, or None where they name none."""
    region: str | None = None
    own: str | None = None
    for token in tokens:
        words = text[token.start : token.end]
        if token.terminal == "PART":
            return Subject("part", words)
        if token.terminal == "UNIT":
            if words.startswith(_NOT_A_SUBJECT):
                continue
            if _is_region_of(words, issuer):
                region = region or words
                continue
            if region is None and own is None and not is_issuer(words, issuer):
                return Subject("part", words)
            own = own or words
        elif token.terminal == "REGION":
            region = region or words
        elif token.terminal == "SELF":
            own = own or words
    if region is not None:
        return Subject("region", region)
    return Subject("self", own) if own is not None else None


def _is_region_of(name: str, issuer: str | None) -> bool:
    """Whether `name` is the region that the issuing government governs."""
    return name.endswith(_REGIONS) and issuer in {name + "人民政府", name + "政府"}


def is_issuer(name: str, issuer: str | None) -> bool:
    """Whether `name` (市政府办公室) is a short form of the issuer's name (某市人民政府办公室)."""
    if issuer is None:
        return False
    short, full = _shortened(name.lstrip("以由")), _shortened(issuer)
    if len(short) < 2:
        return False
    forms = {full}
    if full.endswith(_REGIONS):
        forms |= {full + "政府", full + "管委"}
    elif full.endswith(_TOWNS):
        forms.add(full.removesuffix("政府"))
    return any(form.endswith(short) or short.endswith(form) for form in forms)


def _shortened(name: str) -> str:
    name = name.strip("“”\"'")
    for long, short in _SHORT:
        name = name.replace(long, short)
    return name.removesuffix("会") if name.endswith("管委会") else name
