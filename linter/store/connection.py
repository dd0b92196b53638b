"""A store opened: an SQLite file or a PostgreSQL database, and its faults in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.store.fault import StoreFault

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import URL

_BUSY_SECONDS = 60
_LOCK = 20190512
"""Any number, the same in all runs: it keeps two of them from making the tables at once."""
_PASSING = (
    ("is full", "磁盘已满"),
    ("No space left", "磁盘已满"),
    ("disk I/O error", "写入磁盘出错，磁盘可能已满"),
    ("is locked", "一直被另一个程序占用"),
)
"""What may befall a run in its middle, by the words of the database."""
_LASTING = (
    ("readonly database", "只读，不能写入"),
    ("read-only", "只读，不能写入"),
    ("unable to open", "打不开：文件夹不存在、只读，或没有权限"),
    ("not a database", "不是结果库"),
    ("malformed", "文件已损坏"),
    ("authentication failed", "用户名或密码不对"),
    ("ermission denied", "没有权限"),
    ("does not exist", "没有这个数据库或用户"),
)
_RESUME = "；已存入的结果不会丢失，排除后重新运行即可接着做"


class Store(NamedTuple):
    """An open store; `name` is how messages call it."""

    engine: Engine
    name: str

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """A transaction: all that is done inside is kept, or nothing. Raises StoreFault."""
        with faults(self.name), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """A connection to read from. Raises StoreFault."""
        with faults(self.name), self.engine.connect() as connection:
            yield connection


@contextmanager
def opened(place: str, *, new: bool = True) -> Iterator[Store]:
    """The store at `place`, a file or a postgresql:// address; its tables are made where they are missing.

    Raises StoreFault where it cannot be used, or is not there and is not to be made (`new`).
    """
    try:
        import sqlalchemy
    except ModuleNotFoundError:
        raise StoreFault('保存结果需要另外安装：pip install "gongkai-lint[store]"') from None
    url = _url(place, new)
    name = f"结果库 {place if url.drivername == 'sqlite' else url.render_as_string(hide_password=True)}"
    try:
        engine = sqlalchemy.create_engine(url, **_settings(url))
    except ModuleNotFoundError:
        raise StoreFault('使用 PostgreSQL 需要另外安装：pip install "gongkai-lint[postgres]"') from None
    if url.drivername == "sqlite":
        sqlalchemy.event.listen(engine, "connect", _tuned)
    store = Store(engine, name)
    try:
        _prepare(store)
        yield store
    finally:
        engine.dispose()


def _url(place: str, new: bool) -> URL:
    import sqlalchemy
    from sqlalchemy.engine import URL

    scheme, parted, _ = place.partition("://")
    if not parted:
        if not new and not Path(place).is_file():
            raise StoreFault(f"没有结果库 {place}")
        return URL.create("sqlite", database=place)
    if scheme not in ("postgresql", "postgres"):
        raise StoreFault(f"结果库 {scheme}:// 不支持；可以用 SQLite 文件，或 postgresql:// 地址")
    try:
        return sqlalchemy.make_url(place).set(drivername="postgresql+psycopg")
    except (sqlalchemy.exc.ArgumentError, ValueError):
        raise StoreFault("结果库的地址应写作 postgresql://用户:密码@主机:端口/库名") from None


def _settings(url: URL) -> dict[str, Any]:
    if url.drivername == "sqlite":
        return {"connect_args": {"timeout": _BUSY_SECONDS}}
    return {"connect_args": {"connect_timeout": 10}, "pool_pre_ping": True}


def _tuned(connection: Any, record: Any) -> None:
    """Several runs at once: with the log beside the file, readers and one writer do not wait for each
    other."""
    del record
    import sqlite3

    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
    except sqlite3.OperationalError:
        # A file system without shared memory keeps the older way.
        return


def _prepare(store: Store) -> None:
    from sqlalchemy import select, text
    from sqlalchemy.schema import CreateIndex, CreateTable

    from linter.store.schema import FORM, TABLES, about

    with store.writing() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
        for table in TABLES.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
            for index in sorted(table.indexes, key=lambda index: str(index.name)):
                connection.execute(CreateIndex(index, if_not_exists=True))
        insert_new(connection, about, [{"key": "form", "value": FORM}])
        form = connection.execute(select(about.c.value).where(about.c.key == "form")).scalar()
    if form != FORM:
        raise StoreFault(f"{store.name} 是另一个版本的 gongkai 建的（{form}），请换一个")


def insert_new(connection: Any, table: Any, rows: list[dict[str, Any]]) -> None:
    """Insert the rows whose key is not there yet."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    connection.execute(insert(table).on_conflict_do_nothing(), rows)


@contextmanager
def faults(name: str) -> Iterator[None]:
    """What the database refuses inside becomes a StoreFault."""
    from sqlalchemy.exc import DBAPIError

    try:
        yield
    except DBAPIError as error:
        said = " ".join(str(error.orig).split())
        passing = _worded(said, _PASSING)
        lasting = _worded(said, _LASTING)
        if not (passing or lasting) and (
            error.connection_invalidated or "onnect" in said or "server" in said
        ):
            passing = f"连不上数据库，或连接中断（{said}）"
        told = passing + _RESUME if passing else lasting or said
        raise StoreFault(f"{name}：{told}") from None


def _worded(said: str, reasons: tuple[tuple[str, str], ...]) -> str:
    return next((zh for words, zh in reasons if words in said), "")
