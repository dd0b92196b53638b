"""Mutated texts and Markdown files: none may crash the reader, take long or come out as another report.

`python -m benchmarks.fuzz.text --minutes 10`; an input that breaks something is kept in `--keep`.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from pathlib import Path

import click

from examples.generator import make_layout, make_report, to_markdown, to_text
from examples.generator.text import TextKind
from examples.generator.truth import TableEdition
from linter.document.model import Unreadable
from linter.document.registry import read_document
from linter.render.extract_json import render_report
from linter.report.read import read_report

_KINDS: tuple[TextKind, ...] = ("tabs", "spaces", "cells", "pdf", "together", "bars", "repeated")
_SNIPPETS = (
    "\t",
    "|",
    "\n",
    "\r",
    "\f",
    "\x00",
    "0" * 200,
    "1" * 300,
    "　",
    "|---|---|",
    "# ",
    "<table>",
    "</td>",
    "（",
    "1 2 0 0",
    "合计",
    "总计",
    "三、",
    "\ufeff",
    "\u200b",
    "\U0001f600",
    "٣",
    "²",
    "１２",
    "0,0.",
    "-" * 50,
    "行政复议行政诉讼",
    "一、本年新收政府信息公开申请数量",
    "第二十条第（一）项",
)
_SLOW = 10.0


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), default=Path("/tmp/fuzz-text"), show_default=True)
def main(minutes: float, seed: int, keep: Path) -> None:
    """Feeds mutated texts to the reader until the time is over."""
    keep.mkdir(parents=True, exist_ok=True)
    end = time.monotonic() + 60 * minutes
    tried = broken = refused = 0
    slowest = 0.0
    while time.monotonic() < end:
        rng = random.Random(f"{seed} {tried}")
        data, name = _mutated(rng)
        started = time.process_time()
        try:
            render_report(read_report(read_document(data, name), name))
        except Unreadable as reason:
            refused += 1
            if "\n" in str(reason) or not str(reason):
                broken += _kept(keep, tried, data, "the reason is not one line")
        except Exception:
            broken += _kept(keep, tried, data, traceback.format_exc())
        spent = time.process_time() - started
        if spent > _SLOW:
            broken += _kept(keep, tried, data, f"took {spent:.1f} s")
        slowest = max(slowest, spent)
        tried += 1
    print(f"{tried} files, {refused} refused, {broken} broken, slowest {slowest:.2f} s")
    sys.exit(int(broken > 0))


def _kept(keep: Path, number: int, data: bytes, why: str) -> int:
    (keep / f"{number:06d}.bin").write_bytes(data)
    print(f"{number}: {why}", flush=True)
    return 1


def _mutated(rng: random.Random) -> tuple[bytes, str]:
    edition: TableEdition = rng.choice(("2019", "2021"))
    truth, layout = make_report(rng.randrange(300), edition), make_layout(rng.randrange(300))
    if rng.random() < 0.3:
        data, name = to_markdown(truth, layout), "a.md"
    else:
        data, name = to_text(truth, layout, rng.choice(_KINDS), "utf-8"), "a.txt"
    text = data.decode("utf-8", "replace")
    for _ in range(rng.randrange(1, 30)):
        text = _mutate(text, rng)
    out = text.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace")
    if rng.random() < 0.3:
        raw = bytearray(out)
        for _ in range(rng.randrange(1, 50)):
            raw[rng.randrange(len(raw))] = rng.randrange(256)
        out = bytes(raw)
    return out or b" ", name


def _mutate(text: str, rng: random.Random) -> str:
    """One cut, insertion, repetition, exchange or blanking."""
    start = rng.randrange(len(text) + 1)
    end = min(len(text), start + rng.choice((1, 3, 20, 200, 2000)))
    match rng.randrange(6):
        case 0:
            return text[:start] + text[end:] or " "
        case 1:
            return text[:start] + rng.choice(_SNIPPETS) + text[start:]
        case 2:
            return text[:end] + text[start:end] * rng.randrange(1, 8) + text[end:]
        case 3:
            other = rng.randrange(len(text) + 1)
            return text[:other] + text[start:end] + text[other:]
        case 4:
            return text[:start] + text[start:end].replace("\n", "") + text[end:]
        case _:
            return text[:start] + text[start:end].replace("\t", " ") + text[end:]


if __name__ == "__main__":
    main()
