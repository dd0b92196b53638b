"""Broken PDFs for their reader: `python -m benchmarks.fuzz.pdf [--minutes 10] [--seed 1]`.

PDFs of two producers, their tables ruled and not, are mutated in their bytes, or in what one of their
streams says after it was unpacked (numbers to extremes, operators cut out, doubled and exchanged).
Whatever is not a Document or `Unreadable` with one line is kept in the folder given, as are files that
take longer than 10 s a page; the file that is being read always is, since a fault in pdfium ends the
process.
"""

from __future__ import annotations

import random
import re
import resource
import signal
import time
import zlib
from pathlib import Path

import click

from benchmarks.corpus import corpus, default_folder
from examples.generator.pdf import Absent
from linter.document.model import Unreadable
from linter.document.pdf import read_pdf

_FORMS = ("pdf-chromium", "pdf-libreoffice", "pdf-chromium-unruled", "pdf-libreoffice-half")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?")
_EXTREMES = (b"0", b"-1", b"1e9", b"-99999", b"0.00001", b"2147483648", b"65536", b"99999999999999999999")
_OPERATORS = (
    b" q ",
    b" Q ",
    b" BT ",
    b" ET ",
    b" re f ",
    b" S ",
    b" h ",
    b" 0 0 0 0 0 0 cm ",
    b" Do ",
    b" n ",
)
_MOST_SECONDS = 120


def seeds() -> list[bytes]:
    """Two PDFs of each kind that can be made here."""
    made = []
    for form in _FORMS:
        try:
            made += [sample.path.read_bytes() for sample in corpus(form, 2, default_folder())]
        except Absent:
            continue
    return made


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The file with a few faults, in its bytes or inside a stream."""
    if chance.random() < 0.5:
        return _with_faulty_bytes(data, chance)
    streams = list(_STREAM.finditer(data))
    chance.shuffle(streams)
    for found in streams[: chance.randint(1, 3)]:
        try:
            text = zlib.decompress(found[1])
        except zlib.error:
            continue
        packed = zlib.compress(_with_faulty_numbers(text, chance))
        # What stands behind moves, so that pdfium must find the objects anew.
        data = data.replace(found[1], packed, 1)
    return data


def _with_faulty_bytes(data: bytes, chance: random.Random) -> bytes:
    piece = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(piece))
        if chance.random() < 0.5:  # outside the streams: objects, references, the end of the file
            objects = [found.start() for found in re.finditer(rb" obj|/[A-Z][a-z]+ |xref|trailer", piece)]
            at = min(chance.choice(objects) + chance.randint(0, 24), len(piece) - 1) if objects else at
        kind = chance.randrange(5)
        if kind == 0:
            piece[at] = chance.randrange(256)
        elif kind == 1:
            found = _NUMBER.search(piece, at)
            if found:
                piece[found.start() : found.end()] = chance.choice(_EXTREMES)
        elif kind == 2:
            del piece[at : at + chance.randint(1, 60)]
        elif kind == 3:
            piece[at:at] = piece[at : at + chance.randint(1, 60)]
        else:
            other = chance.randrange(len(piece))
            piece[at : at + 20] = piece[other : other + 20]
        if len(piece) < 64:
            break
    return bytes(piece)


def _with_faulty_numbers(text: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 20)):
        at = chance.randrange(len(text) + 1)
        kind = chance.randrange(5)
        if kind < 2:
            if found := _NUMBER.search(text, at):
                number = chance.choice(_EXTREMES) if kind else b"%d" % chance.randint(-2000, 2000)
                text = text[: found.start()] + number + text[found.end() :]
        elif kind == 2:
            text = text[:at] + text[at + chance.randint(1, 200) :]
        elif kind == 3:
            text = text[:at] + text[at : at + chance.randint(1, 400)] * chance.randint(1, 50) + text[at:]
        else:
            text = text[:at] + chance.choice(_OPERATORS) + text[at:]
    return text


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--found", type=click.Path(path_type=Path), default=Path("found"), show_default=True)
def main(minutes: float, seed: int, found: Path) -> None:
    """Reads broken PDFs for a while and keeps those that break something."""
    chance = random.Random(seed)
    good = seeds()
    found.mkdir(parents=True, exist_ok=True)
    current = found / f"current-{seed}.pdf"
    end = time.monotonic() + 60 * minutes
    count = refused = bad = 0
    slowest = 0.0
    while time.monotonic() < end:
        data = mutated(chance.choice(good), chance)
        current.write_bytes(data)
        count += 1
        fault = ""
        signal.alarm(_MOST_SECONDS)
        started = time.process_time()
        pages = 1
        try:
            pages = read_pdf(data).pages or 1
        except Unreadable as reason:
            refused += 1
            fault = "two-lines" if "\n" in str(reason) else ""
        except Exception as error:
            fault = type(error).__name__
        spent = time.process_time() - started
        signal.alarm(0)
        slowest = max(slowest, spent / pages)
        if spent > 10 * pages:
            fault = "slow"
        if fault:
            bad += 1
            (found / f"{fault}-{seed}-{count}.pdf").write_bytes(data)
    current.unlink()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{count} files, {refused} refused, {bad} broke something; "
        f"slowest {slowest:.1f} s a page; memory at most {memory} MB"
    )


if __name__ == "__main__":
    main()
