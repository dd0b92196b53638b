"""What all tests share: the examples' generator in reach, and how property tests draw.

They draw anew on a developer's machine and the same examples each time in CI. Time is measured in
benchmarks/, not here: no example has a deadline.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from linter.score.board import Board

sys.path.insert(0, str(Path(__file__).parents[1]))
settings.register_profile("drawn", deadline=None)
settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "drawn")


@pytest.fixture(scope="session")
def scored() -> Board:
    """A corpus of 24 units and three years, scored (tests/score)."""
    from making import board_of, made_corpus

    return board_of(made_corpus(24), "suqian-scoring")


@pytest.fixture(scope="session")
def score_folder(scored: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `gongkai score` writes of it."""
    from making import write

    return write(scored, tmp_path_factory.mktemp("score") / "评分")
