"""Mutated .doc files: `python -m benchmarks.fuzz.doc [--minutes 10]`.

Each file must be read or refused within ten seconds and 1 GiB. What breaks this is kept in a folder.
The files are those of the benchmarks' corpus; their streams are mutated and packed again, or the
file as a whole is.
"""

from __future__ import annotations

import os
import random
import resource
import signal
import struct
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

import click

from benchmarks.corpus import corpus, default_folder
from examples.generator.ole import compound_file
from linter.document.model import Table, Unreadable
from linter.document.olecontainer import Container
from linter.document.registry import read_document

_STREAMS = ("WordDocument", "0Table", "1Table", "Data")
_TELLING = (0, 1, 2, 7, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF)
_SECONDS = 10


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--kept", type=click.Path(path_type=Path), default=Path("fuzz-doc"), show_default=True)
def main(minutes: float, seed: int, kept: Path) -> None:
    """Reads mutated .doc files and keeps those that break the reader."""
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    signal.signal(signal.SIGALRM, _late)
    chance = random.Random(seed)
    files = [sample.path.read_bytes() for sample in corpus("doc", 24, default_folder())]
    os.environ["PATH"] = ""  # LibreOffice is not what is tried here
    opened = [
        {name: data for name in _STREAMS if (data := Container(file).read(name)) is not None}
        for file in files
    ]
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        index = chance.randrange(len(files))
        if chance.random() < 0.25:
            data = _mutated(files[index], chance)
        else:
            streams = dict(opened[index])
            name = chance.choice(list(streams))
            streams[name] = _mutated(streams[name], chance)
            data = compound_file(streams)
        started = time.monotonic()
        outcome = _outcome(data)
        took = time.monotonic() - started
        if took > slowest and took > 1:
            kept.mkdir(exist_ok=True)
            (kept / f"slow-{took:.1f}.doc").write_bytes(data)
        slowest = max(slowest, took)
        outcomes[outcome.split(":")[0]] += 1
        if outcome.startswith("broke"):
            kept.mkdir(exist_ok=True)
            (kept / f"{seed}-{sum(outcomes.values())}.doc").write_bytes(data)
            print(outcome, flush=True)
    print(dict(outcomes), f"slowest {slowest:.2f} s,", end=" ")
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    sys.exit(int(outcomes["broke"] > 0))


def _outcome(data: bytes) -> str:
    signal.alarm(_SECONDS)
    try:
        document = read_document(data, "a.doc")
        for block in document.blocks:
            if isinstance(block, Table):
                _ = block.slots
    except Unreadable as reason:
        return "refused" if "\n" not in str(reason) else "broke: several lines"
    except Exception:
        return "broke: " + traceback.format_exc()[-600:]
    finally:
        signal.alarm(0)
    return "read"


def _late(*_: object) -> None:
    raise TimeoutError("too slow")


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with a few changes; the head, where most structures are told of, is met more often."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 12))):
        limit = len(changed) if chance.random() < 0.6 else min(len(changed), 1200)
        at = chance.randrange(max(1, limit - 4))
        kind = chance.randrange(6)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            changed[at : at + 4] = struct.pack("<I", chance.choice(_TELLING))
        elif kind == 2:
            changed[at : at + 2] = struct.pack("<H", chance.choice(_TELLING) & 0xFFFF)
        elif kind == 3:
            start = chance.randrange(len(changed))
            piece = changed[start : start + chance.randrange(1, 64)]
            changed[at : at + len(piece)] = piece
        elif kind == 4 and chance.random() < 0.2:
            del changed[at + 1 :]
        else:
            (value,) = struct.unpack_from("<I", changed.ljust(at + 4, b"\0"), at)
            changed[at : at + 4] = struct.pack("<I", (value + chance.choice((-1, 1, 2, 256))) & 0xFFFFFFFF)
    return bytes(changed)


if __name__ == "__main__":
    main()
