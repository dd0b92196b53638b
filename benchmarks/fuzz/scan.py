"""Broken pictures for the reader of scans: `python -m benchmarks.fuzz.scan [--minutes 10] [--seed 1]`.

A picture of a page is written in every format, and as the page of a PDF, and then mutated: bytes changed,
cut out, doubled, cut off, set to extreme numbers, its stated size made huge. Whatever is not a Document or
`Unreadable` with one line is written to the folder given, as are files that take longer than 10 s a page.
"""

from __future__ import annotations

import io
import random
import resource
import time
import zlib
from pathlib import Path

import click

from examples.generator.scan import scanned_pages
from linter.document.model import Unreadable
from linter.document.registry import read_document

_EXAMPLE = Path(__file__).parents[2] / "examples" / "reports" / "2025-faulty-city.pdf"
_EXTREMES = (b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\x40\0")


def seeds() -> list[bytes]:
    page = next(iter(scanned_pages(_EXAMPLE.read_bytes(), 3)))
    part = page.crop((0, 0, page.width, page.height // 8))
    made = []
    for form, options in (
        ("PNG", {}),
        ("JPEG", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
        ("TIFF", {"compression": "jpeg"}),
    ):
        out = io.BytesIO()
        part.save(out, form, **options)
        made.append(out.getvalue())
    fax = io.BytesIO()
    part.convert("1").save(fax, "TIFF", compression="group4")
    colour, pdf = io.BytesIO(), io.BytesIO()
    part.convert("RGBA").save(colour, "PNG")
    part.save(pdf, "PDF", resolution=150)
    blank = io.BytesIO()
    part.resize((8_000, 9_000)).point(lambda value: 255 * (value > 255)).convert("1").save(blank, "PNG")
    return [*made, fax.getvalue(), colour.getvalue(), pdf.getvalue(), blank.getvalue()]


def resized(data: bytes, chance: random.Random) -> bytes:
    """The data with a huge or tiny size in its head, where it has one that is easily found."""
    size = chance.choice((1, 3, 49, 8_000, 30_000, 65_535))
    if data.startswith(b"\x89PNG"):
        head = bytearray(data[12:29])
        at = chance.choice((4, 8))
        head[at : at + 4] = size.to_bytes(4, "big")
        return data[:12] + bytes(head) + zlib.crc32(head).to_bytes(4, "big") + data[33:]
    if data.startswith(b"BM"):
        at = chance.choice((18, 22))
        return data[:at] + size.to_bytes(4, "little") + data[at + 4 :]
    if data.startswith(b"\xff\xd8") and (frame := data.find(b"\xff\xc0")) > 0:
        at = frame + chance.choice((5, 7))
        return data[:at] + size.to_bytes(2, "big") + data[at + 2 :]
    if data.startswith(b"%PDF"):
        name = chance.choice((b"/Width ", b"/Height ", b"/MediaBox [ 0 0 "))
        return data.replace(name, name + str(size).encode(), 1)
    return data


def mutated(data: bytes, chance: random.Random) -> bytes:
    if chance.random() < 0.15:
        data = resized(data, chance)
        if chance.random() < 0.5:
            return data
    if chance.random() < 0.05:
        return data[: chance.randrange(8, len(data))]
    piece = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        # Heads (and the directory at a TIFF's end) hold what a decoder trusts.
        near = chance.choice((64, 512, len(piece)))
        at = chance.randrange(min(near, len(piece)))
        if chance.random() < 0.3:
            at = len(piece) - 1 - at
        kind = chance.randrange(4)
        if kind == 0:
            piece[at] = chance.randrange(256)
        elif kind == 1:
            piece[at : at + 4] = chance.choice(_EXTREMES)
        elif kind == 2:
            del piece[at : at + chance.randint(1, 40)]
        else:
            piece[at:at] = piece[at : at + chance.randint(1, 40)]
        if len(piece) < 8:
            break
    return bytes(piece)


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--found", type=click.Path(path_type=Path), default=Path("found"), show_default=True)
def main(minutes: float, seed: int, found: Path) -> None:
    """Reads broken pictures for a while and keeps those that break something."""
    chance = random.Random(seed)
    good = seeds()
    end = time.monotonic() + 60 * minutes
    count = refused = bad = 0
    while time.monotonic() < end:
        data = mutated(chance.choice(good), chance)
        count += 1
        started = time.process_time()
        fault, pages = "", 1
        try:
            pages = read_document(data, "scan.png").pages or 1
        except Unreadable as reason:
            refused += 1
            fault = "two-lines" if "\n" in str(reason) else ""
        except Exception as error:
            fault = type(error).__name__
        if time.process_time() - started > 10 * pages:
            fault = "slow"
        if fault:
            bad += 1
            found.mkdir(parents=True, exist_ok=True)
            (found / f"{fault}-{count}.bin").write_bytes(data)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{count} files, {refused} refused, {bad} broke something; memory at most {memory} MB")


if __name__ == "__main__":
    main()
