"""A run over files: its sources, what it says on the way, where its output goes, how it ends."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linter.exits import CLEAN, FINDINGS, SEVERITIES, exit_code

if TYPE_CHECKING:
    from linter.cache import Cache
    from linter.files import Source
    from linter.render.entry import Compared, Entry, Spent

# From this many files on, a run shows how far it has come.
_LONG_RUN = 10


class Run:
    """The entries of a run as they come, with what the exit code needs of them. `spent` is the time of
    each file, where it was measured, `compared` what each has to do with the baseline, where there is one.
    Results that `cache` keeps are taken from it."""

    def __init__(
        self,
        work: Callable[[Source], Entry],
        sources: Sequence[Source],
        jobs: int,
        cache: Cache | None = None,
    ) -> None:
        self._work = work
        self._cache = cache
        self._sources = sources
        self._jobs = jobs or os.cpu_count() or 1
        self._worst: set[str] = set()
        self._trouble = False
        self._advance: Callable[[int], None] = lambda count: None
        self.spent: list[Spent] = []
        self.compared: list[Compared] = []

    def __iter__(self) -> Iterator[Entry]:
        from linter.lint import run
        from linter.render.excerpt import harmless

        entries = self._cache.entries if self._cache else run
        for entry in entries(self._work, self._sources, self._jobs):
            if entry.reason:
                self._trouble = True
                click.echo(f"{harmless(entry.path)}: {harmless(entry.reason)}", err=True)
            for error in entry.errors:
                self._trouble = True
                said = f"{entry.path}: 规则 {error.code} {error.name} 出错：{error.reason}"
                click.echo(harmless(said), err=True)
            self._worst.update(severity for severity in SEVERITIES if getattr(entry, severity))
            if entry.compared:
                self.compared.append(entry.compared)
            if entry.spent:
                self.spent.append(entry.spent)
            self._advance(1)
            yield entry

    def progress(self, hidden: bool) -> Any:
        """A context in which a long run shows on the terminal how far it has come."""
        from contextlib import nullcontext

        if hidden or len(self._sources) < _LONG_RUN or not sys.stderr.isatty():
            return nullcontext()
        bar = click.progressbar(length=len(self._sources), label="检查", file=sys.stderr)
        self._advance = bar.update
        return bar

    def exit_code(self, fail_on: str, *, on_stale: bool = False) -> int:
        """0, 1 or 2 as design.md §6 says; 1 as well where the baseline is stale and that counts."""
        from linter.render.entry import stale

        code = exit_code(self._worst, self._trouble, fail_on)
        return FINDINGS if code == CLEAN and on_stale and stale(self.compared) else code


def sources_of(paths: Iterable[str], stdin_filename: str | None, output: str | None) -> list[Source]:
    """The files of the run. Exits with a usage error where the output would overwrite one of them."""
    from linter.document.registry import BINARY_LIMIT, SUPPORTED_SUFFIXES
    from linter.files import STDIN, Source, files_of, find_sources

    given = list(paths)
    stdin = None
    if STDIN in given:
        # One byte over the limit is enough for the reader to refuse it.
        data = sys.stdin.buffer.read(BINARY_LIMIT + 1)
        stdin = Source(stdin_filename or STDIN, data)
    sources = find_sources(given, SUPPORTED_SUFFIXES, stdin)
    if output is not None and any(same_file(output, path) for source in sources for path in files_of(source)):
        raise click.UsageError(f"输出文件 {output} 同时是要检查的文件，请换一个名字")
    return sources


def same_file(one: str, other: str) -> bool:
    """Whether both names are of one file that is there."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return False


def write(pieces: Iterable[str], output: str | None, form: str, color: bool) -> None:
    """Send the output to the file, or to the screen. Exits with a usage error where it cannot."""
    from linter.output import nowhere, why_not_written, write_bytes, write_file, write_text

    if output is not None:
        try:
            write_file(pieces, Path(output))
        except OSError as error:
            raise click.UsageError(f"不能写入 {output}：{why_not_written(Path(output), error)}") from None
        return
    try:
        if form == "text":
            write_text(pieces, color)
        else:
            write_bytes(pieces)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        # What could not be written is not tried again when the program ends.
        sys.stdout = nowhere()
        raise click.UsageError(f"结果不能写到屏幕或管道：{error.strerror or error}") from None


def wants_color(choice: str, output: str | None) -> bool:
    """Whether text has colour: on a terminal unless the user or NO_COLOR says otherwise."""
    if choice == "auto":
        return output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return choice == "always"


def columns_for(output: str | None) -> int:
    """The width to lay text out in: the terminal's within reason, 80 elsewhere."""
    if output is not None:
        return 80
    columns = _columns_around() if os.environ.get("PRE_COMMIT") else _columns_of(sys.stdout)
    return max(40, min(columns, 100))


def _columns_of(stream: Any) -> int:
    from shutil import get_terminal_size

    return get_terminal_size().columns if stream.isatty() else 80


def _columns_around() -> int:
    """The columns of the terminal that the run belongs to: pre-commit shows there what a hook said, but
    runs it in a terminal of its own that knows no size."""
    try:
        with Path("/dev/tty").open() as terminal:
            return os.get_terminal_size(terminal.fileno()).columns or 80
    except OSError:
        return 80
