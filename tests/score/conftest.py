"""A corpus written to a folder once for all tests of what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import board_of, made_corpus, write

from linter.score.board import Board


@pytest.fixture(scope="session")
def board() -> Board:
    return board_of(made_corpus(24), "suqian-scoring")


@pytest.fixture(scope="session")
def folder(board: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(board, tmp_path_factory.mktemp("score") / "评分")
