"""What people decided of findings. A decision belongs to a fingerprint, so it outlives any run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from linter.corpus.model import Decided, Decision
from linter.store import schema
from linter.store.connection import Store
from linter.store.fault import StoreFault
from linter.store.records import written_now

DECISIONS: tuple[Decided, ...] = get_args(Decided)


def decide(store: Store, fingerprint: str, decision: Decided, reason: str, by: str) -> str:
    """Put the decision into the store, and give the message of the finding it is about.

    Raises StoreFault where no run ever had such a finding.
    """
    from sqlalchemy import select

    of_it = schema.findings.c.fingerprint == fingerprint
    with store.writing() as connection:
        latest = select(schema.findings.c.message).where(of_it).order_by(schema.findings.c.run.desc())
        message: str | None = connection.execute(latest.limit(1)).scalar()
        if message is None:
            raise StoreFault(f"{store.name} 里没有指纹为“{fingerprint}”的问题")
        connection.execute(
            schema.decisions.insert().values(
                fingerprint=fingerprint, decision=decision, reason=reason, by=by, made=written_now()
            )
        )
    return message


def decisions_of(store: Store) -> Mapping[str, Decision]:
    """The decision that holds for each fingerprint."""
    from sqlalchemy import select

    kept = schema.decisions
    with store.reading() as connection:
        rows = connection.execute(
            select(kept.c.fingerprint, kept.c.decision, kept.c.reason, kept.c.by, kept.c.made).order_by(
                kept.c.id
            )
        )
        return {fingerprint: Decision(*rest) for fingerprint, *rest in rows}
