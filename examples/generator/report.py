"""A whole synthetic report from a seed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

from examples.generator import prose
from examples.generator.figures import make_tables
from examples.generator.organs import make_contact, make_organ
from examples.generator.truth import Organ, OrganKind, TableEdition, TableTruth, Truth

_YEARS: dict[TableEdition, tuple[int, ...]] = {"2019": (2019, 2020), "2021": (2021, 2022, 2023, 2024, 2025)}
_KINDS: tuple[OrganKind, ...] = get_args(OrganKind)


def make_report(seed: int, edition: TableEdition, kind: OrganKind | None = None) -> Truth:
    """The faultless report of `seed`: the same for the same arguments, on every machine."""
    rng = random.Random(f"report {seed} {edition}")
    organ = make_organ(rng, rng.choice(_KINDS) if kind is None else kind)
    year = rng.choice(_YEARS[edition])
    tables = make_tables(rng, organ, edition)
    truth = written(rng, seed, organ, year=year, edition=edition, tables=tables)
    signed = _signature(rng, organ.name, organ.kind, year) if rng.random() < 0.75 else None
    return replace(truth, signature=signed)


def written(
    rng: random.Random,
    seed: int,
    organ: Organ,
    *,
    year: int,
    edition: TableEdition,
    tables: Mapping[str, TableTruth],
) -> Truth:
    """The report of an organ with these tables, unsigned; its prose says what they say."""
    channels = prose.make_channels(rng, organ)
    sections = prose.make_sections(rng, organ, year, edition=edition, tables=tables, channels=channels)
    contact = make_contact(rng, organ)
    address = f"http://www.{organ.pinyin}.example.cn/zfxxgk/"
    period, period_sentence = prose.make_period(rng, year)
    titles = tuple(part.title for part in sections)
    return Truth(
        seed=seed,
        edition=edition,
        year=year,
        organ=organ,
        title=prose.make_title(rng, organ, year),
        lead=prose.make_lead(
            rng, organ, year, titles=titles, contact=contact, address=address, period=period_sentence
        ),
        sections=sections,
        tables=tables,
        period=period,
        contact=contact,
        link=(address, address),
        signature=None,
        channels=channels,
    )


def _signature(rng: random.Random, name: str, kind: OrganKind, year: int) -> tuple[str, dt.date]:
    if kind == "government":
        return name, dt.date(year + 1, rng.choice((2, 3)), rng.randint(1, 28))
    return name, dt.date(year + 1, 1, rng.randint(6, 29))
