"""The search for reports copied from other organs: time and memory as the corpus grows, recall and precision.

`python -m benchmarks.corpus_copies [--sizes 100,1000,10000]`. Each size runs in a process of its own, so that
the peak of memory is its own. Records are made in memory: invented counties with bureaus of the same names,
prose of random sentences between stock sentences that all have. One in twenty is a copy: word for word (with
the organ's own name), of last year's report with the year changed, or with 70 % of its letters copied.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
from time import perf_counter

from linter.checks.outcome import Outcome
from linter.checks.rulebook import load_rulebook
from linter.corpus.judge import judge_corpus
from linter.corpus.model import Corpus, Filing
from linter.corpus.record import Record
from linter.corpus.roster import Roster, Unit

RULE = "copied-from-other-unit"
KINDS = ("verbatim", "year changed", "70 % overlap")
BUREAUS = ("教育局", "财政局", "民政局", "水利局", "卫生健康局", "交通运输局", "市场监督管理局", "司法局")
SIGNS = "".join(chr(0x4E00 + 37 * step) for step in range(400))
STOCK = (
    "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻党的二十大精神。",
    "根据《中华人民共和国政府信息公开条例》的规定编制本部分。",
    "主要领导亲自抓、分管领导具体抓，形成齐抓共管的工作格局。",
)


def sentence(rng: random.Random) -> str:
    """A sentence that nobody else writes."""
    parts = ("".join(rng.choices(SIGNS, k=rng.randint(6, 14))) for _ in range(rng.randint(2, 4)))
    return "，".join(parts) + f"{rng.randint(2, 900)} 件。"


def prose(rng: random.Random, name: str, year: int) -> list[str]:
    """A section: stock, what is the organ's own, its name and year."""
    own = [sentence(rng) for _ in range(rng.randint(10, 18))]
    return [f"{year}年，{name}" + own[0], *STOCK[:2], *own[1:], STOCK[2]]


def copied(source: list[str], rng: random.Random, share: float) -> list[str]:
    """About `share` of the letters of a text, the rest of one's own."""
    whole = sum(len(part) for part in source if part not in STOCK)
    result: list[str] = []
    taken = 0
    for part in source:
        if part in STOCK:
            result.append(part)
        elif taken < share * whole:
            taken += len(part)
            result.append(part)
        else:
            result.append(sentence(rng))
    return result


def corpus_of(size: int, seed: int) -> tuple[Corpus, dict[tuple[str, int], str]]:
    """Reports of two years, and which of them are copies of which kind."""
    rng = random.Random(seed)
    signs = [a + b for a in SIGNS[:100] for b in SIGNS[100:200]]
    rng.shuffle(signs)
    places = [f"{signs[number]}县" for number in range(size // (2 * len(BUREAUS)) + 1)]
    units = [Unit(place + bureau, "department") for place in places for bureau in BUREAUS][: size // 2]
    texts: dict[tuple[str, int], list[str]] = {}
    seeded: dict[tuple[str, int], str] = {}
    filings = []
    for number, (year, unit) in enumerate((year, unit) for year in (2022, 2023) for unit in units):
        key = (unit.name, year)
        texts[key] = prose(rng, unit.name, year)
        if number % 20 == 19:
            kind = KINDS[number // 20 % 3] if year == 2023 else KINDS[number // 20 % 2 * 2]
            of = year - 1 if kind == "year changed" else year
            at_hand = [u.name for u in units if u is not unit and (u.name, of) in texts]
            other = rng.choice([name for name in at_hand if (name, of) not in seeded])
            source = [part.replace(other, unit.name).replace(str(of), str(year)) for part in texts[other, of]]
            texts[key] = copied(source, rng, 0.7) if kind == "70 % overlap" else source
            seeded[key] = kind
        day = f"{year + 1}-01-{20 if key in seeded else 10}"
        record = Record(
            f"{number}.docx", str(number), issuer=unit.name, year=year, edition="2021", published=day
        )
        record = record._replace(texts={"overview": ("".join(texts[key]),)}, certainty="full")
        filings.append(Filing(unit, year, "in-time", record=record))
    return Corpus(Roster(units), (2022, 2023), tuple(filings)), seeded


def measure(size: int, seed: int) -> dict[str, float]:
    """Seconds, MiB of memory that the search adds, recall by kind and precision for one size."""
    corpus, seeded = corpus_of(size, seed)
    rule = next(rule for rule in load_rulebook().rules if rule.name == RULE)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = perf_counter()
    judged = judge_corpus(corpus, [rule])
    seconds = perf_counter() - began
    assert not judged.errors, judged.errors
    found = {key for key, one in judged.of.items() if (rule.code, Outcome.FAIL) in one.outcomes}
    result: dict[str, float] = {"size": size, "seconds": seconds, "copies": len(seeded)}
    result["added"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    for kind in KINDS:
        meant = {key for key, of in seeded.items() if of == kind}
        result[kind] = len(meant & found) / len(meant) if meant else 1.0
    result["precision"] = len(found & set(seeded)) / len(found) if found else 1.0
    return result


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="100,300,1000,3000,10000")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", type=int, help="measure one size and print it as JSON")
    args = parser.parse_args()
    if args.one:
        print(json.dumps(measure(args.one, args.seed)))
        return
    print("reports  copies  seconds  ms/report  added MiB  " + "  ".join(KINDS) + "  precision")
    for size in map(int, args.sizes.split(",")):
        command = [sys.executable, "-m", "benchmarks.corpus_copies", "--one", str(size)]
        command += ["--seed", str(args.seed)]
        got = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        recall = "  ".join(f"{got[kind]:{len(kind)}.1%}" for kind in KINDS)
        each = 1000 * got["seconds"] / size
        cost = f"{size:7}  {got['copies']:6}  {got['seconds']:7.2f}  {each:9.2f}  {got['added']:9.0f}"
        print(f"{cost}  {recall}  {got['precision']:9.1%}", flush=True)


if __name__ == "__main__":
    main()
