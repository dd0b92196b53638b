"""A corpus written to a folder once for all tests of what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from making import made_corpus

from linter.checks.profile import load_profile
from linter.corpus.model import Corpus
from linter.score.board import Asked, Board
from linter.score.folder import write_folder
from linter.score.letters import Letters
from linter.score.scoring import scheme_of


def board_of(corpus: Corpus, profile: str = "standard", asked: Asked | None = None) -> Board:
    return Board(corpus, scheme_of(load_profile(profile)), asked or Asked())


def write(board: Board, target: Path, letters: Path | None = None, *, force: bool = False) -> Path:
    write_folder(board, target, Letters(letters), force=force, advance=lambda count: None)
    return target


@pytest.fixture(scope="session")
def board() -> Board:
    return board_of(made_corpus(24), "suqian-scoring")


@pytest.fixture(scope="session")
def folder(board: Board, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(board, tmp_path_factory.mktemp("score") / "评分")
