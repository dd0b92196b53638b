"""Sections in the wordings of many organs: what rests on the absence of words accuses none of them."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from whole import rules, serious

from linter.checks.engine import judge

sys.path.insert(0, str(Path(__file__).parents[1] / "checks"))
from builder import given_report

WORDINGS = yaml.safe_load((Path(__file__).parent / "wordings.yaml").read_text(encoding="utf-8"))
NOTHING = {
    "applications": {"*": {"*": 0}},
    "disputes": {"*": 0},
}
RESULTS = (
    "（一）主动公开。公开信息8条。（二）依申请公开。申请0件。（三）管理。审核8条。（四）平台。网站。"
    "（五）监督保障。"
)


def _given() -> Iterator[Any]:
    for key in ("overview", "problems", "others"):
        for number, text in enumerate(WORDINGS["overviews" if key == "overview" else key]):
            yield pytest.param({"sections": {key: text}}, id=f"{key}-{number}")
    for number, text in enumerate(WORDINGS["results of governments"]):
        sections = {"overview": RESULTS + text}
        given = {"issuer": "青禾县人民政府", "issuer_kind": "government", "sections": sections}
        yield pytest.param(given, id=f"results-{number}")


@pytest.mark.parametrize("given", list(_given()))
def test_nothing_is_said_against_a_faultless_wording(given: dict[str, Any]) -> None:
    judgement = judge(given_report({**given, "cells": NOTHING}), rules())
    assert not judgement.errors
    assert serious(judgement) == []
