"""The committed example reports are those of the generator, and each is judged as its name says."""

import io
import zipfile

import pytest
from whole import judged, names, serious

from examples.generator.__main__ import EXAMPLES, FOLDER, WRITERS, Example, file_name


def identify(example: Example) -> str:
    return example.name


def content(data: bytes) -> object:
    """Bytes, or of a zip its files: compression differs between builds of zlib."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(info.filename, info.date_time, archive.read(info)) for info in archive.infolist()]


@pytest.mark.parametrize("example", [e for e in EXAMPLES if not e.name.endswith(".pdf")], ids=identify)
def test_the_committed_file_is_what_the_generator_writes(example: Example) -> None:
    truth, layout, _ = example.made()
    path = FOLDER / file_name(example)
    assert content(path.read_bytes()) == content(WRITERS[path.suffix](truth, layout))


@pytest.mark.parametrize("example", EXAMPLES, ids=identify)
def test_an_example_has_the_faults_it_is_said_to_have_and_a_good_one_none(example: Example) -> None:
    path = FOLDER / file_name(example)
    judgement = judged(path.name, path.read_bytes())
    if not example.defects:
        assert serious(judgement) == []
    for defect in example.made()[2]:
        assert names(judgement) & set(defect.rules), defect


def test_no_file_lies_in_the_folder_that_the_generator_does_not_know() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {file_name(example) for example in EXAMPLES}
