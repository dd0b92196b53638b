"""The tables of a store."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

FORM = "1"
"""The form of the tables, kept in `about`."""

TABLES = MetaData()

about = Table("about", TABLES, Column("key", String(40), primary_key=True), Column("value", Text))

records = Table(
    "records",
    TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("digest", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("issuer", Text),
    Column("year", Integer),
    Column("made", String(32), nullable=False),
    Column("body", LargeBinary, nullable=False),
)
"""Judged reports, by what they were made of and by which rules; `body` is the record as compressed JSON."""

figures = Table(
    "figures",
    TABLES,
    Column("record", Integer, ForeignKey("records.id"), primary_key=True),
    Column("table", String(40), primary_key=True),
    Column("row", String(60), primary_key=True),
    Column("column", String(60), primary_key=True),
    Column("value", String(40), nullable=False),
    sqlite_with_rowid=False,
)
"""The figures of the standard tables as written; `row` is "" where a table has no row keys."""

runs = Table(
    "runs",
    TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started", String(32), nullable=False),
    Column("finished", String(32), nullable=False),
    Column("version", String(40), nullable=False),
    Column("profile", Text, nullable=False),
    Column("summary", Text, nullable=False),
)
"""Runs that came to their end."""

filings = Table(
    "filings",
    TABLES,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("unit", String(200), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("status", String(20), nullable=False),
    Column("due", String(10)),
    Column("published", String(10)),
    Column("path", Text),
    Column("digest", String(64)),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("open", Integer, nullable=False),
    Column("cells", Text, nullable=False),
    Index("filings_by_unit", "unit", "year"),
)
"""What each unit owed and filed as a run found it; `cells` are the totals that a history shows, as JSON."""

findings = Table(
    "findings",
    TABLES,
    Column("run", Integer, ForeignKey("runs.id"), primary_key=True),
    Column("unit", String(200), primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("fingerprint", String(40), nullable=False),
    Column("code", String(20), nullable=False),
    Column("name", String(80), nullable=False),
    Column("severity", String(10), nullable=False),
    Column("message", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("findings_by_fingerprint", "fingerprint"),
)
"""The findings of a run; `body` is the whole as compressed JSON."""

decisions = Table(
    "decisions",
    TABLES,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("fingerprint", String(40), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", String(32), nullable=False),
    Index("decisions_by_fingerprint", "fingerprint"),
)
"""What people decided of findings; the last one of a fingerprint holds."""
