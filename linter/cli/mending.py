"""One file of `gongkai fix`: read, mended or annotated, shown or written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple

from linter.document.model import Unreadable
from linter.files import Source

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.lint import Selection, Stated
    from linter.mend.fix import Fixed
    from linter.report.model import Report


class Mending(NamedTuple):
    """What to do with each file. Without `in_place` and `output` the result stands beside the file."""

    annotate: bool
    show_diff: bool
    in_place: bool
    output: str | None
    force: bool
    unsafe: bool
    stated: Stated
    selection: Selection
    lang: Literal["zh", "en"]


class MendedFile(NamedTuple):
    """What to say of a file. `severities` are those of the findings that are left in what was written;
    `to_mend` says that fixes were shown and not made."""

    lines: tuple[str, ...]
    severities: frozenset[str] = frozenset()
    trouble: bool = False
    to_mend: bool = False


class _Refused(Exception):
    """Why a file is not written: one line."""


def mend_file(source: Source, mending: Mending) -> MendedFile:
    """Mend or annotate one file; what goes wrong becomes one line that names the file and the reason."""
    from linter.mend.annotate import NotAnnotated
    from linter.mend.fix import NotFixed
    from linter.render.excerpt import harmless

    try:
        data = _bytes_of(source)
        done = (
            _annotated(source.path, data, mending) if mending.annotate else _fixed(source.path, data, mending)
        )
    except (Unreadable, NotAnnotated, NotFixed, _Refused) as reason:
        said = " ".join(str(reason).split())
        return MendedFile((harmless(f"{source.path}: {said}"),), trouble=True)
    return done._replace(lines=tuple(harmless(line) for line in done.lines))


def _bytes_of(source: Source) -> bytes:
    from linter.document.registry import BINARY_LIMIT

    if source.fault:
        raise Unreadable(source.fault)
    if source.inside:
        raise _Refused("压缩包里的文件不能修改，请解压后再试")
    if source.partners:
        raise _Refused("这个网页与它的附件合为一份报告，请写出文件名，逐个处理")
    try:
        with Path(source.path).open("rb") as file:
            return file.read(BINARY_LIMIT + 1)
    except FileNotFoundError:
        raise Unreadable("文件不存在") from None
    except OSError as error:
        raise Unreadable(f"无法打开（{error.strerror or type(error).__name__}）") from None


def _read(path: str, data: bytes, mending: Mending) -> tuple[Report, Judgement]:
    from linter.lint import lint, read

    report = read(Source(path, data), mending.stated)
    return report, lint(report, mending.selection, mending.lang)


def _annotated(path: str, data: bytes, mending: Mending) -> MendedFile:
    from linter.mend.annotate import annotate, without_annotations

    target = _target(path, "reviewed", mending)
    data = without_annotations(data)
    report, judgement = _read(path, data, mending)
    _write(annotate(data, report, judgement, mending.lang), target)
    count = len(judgement.findings)
    said = (
        f"{path} → {target}: {count} finding(s) noted"
        if mending.lang == "en"
        else f"{path} → {target}：批注 {count} 处问题"
    )
    return MendedFile((said,), _severities(judgement))


def _fixed(path: str, data: bytes, mending: Mending) -> MendedFile:
    from linter.mend.fix import fixed

    result = fixed(data, lambda now: _read(path, now, mending), unsafe=mending.unsafe)
    if mending.show_diff:
        _, judgement = _read(path, data, mending)
        lines = tuple(_diff(path, data, result, mending.lang)) if result.data != data else ()
        return MendedFile(lines, _severities(judgement), to_mend=bool(lines))
    changed = result.data != data
    if changed or mending.output:
        target = _target(path, "fixed", mending)
        _write(result.data, target)
        where = path if str(target) == path else f"{path} → {target}"
    else:
        where = path
    return MendedFile(tuple(_told(where, result, mending.lang)), _severities(result.judgement))


def _severities(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.severity for finding in judgement.findings)


# --- Where it goes


def _target(path: str, word: str, mending: Mending) -> Path:
    """Where the result is written. Raises _Refused where something would be overwritten unasked."""
    given = Path(path)
    if mending.in_place:
        return given
    target = Path(mending.output) if mending.output else given.with_name(f"{given.stem}.{word}{given.suffix}")
    if target.exists() and target.samefile(given):
        raise _Refused("结果会覆盖原文件；要改原文件请用 --in-place")
    if target.exists() and not mending.force:
        raise _Refused(f"{target} 已存在；要覆盖请加 --force")
    return target


def _write(data: bytes, target: Path) -> None:
    from linter.output import write_whole

    try:
        write_whole([data], target)
    except OSError as error:
        raise _Refused(f"不能写入 {target}（{error.strerror or error}）") from None


# --- What is said


def _told(where: str, result: Fixed, lang: str) -> Iterator[str]:
    from linter.render.place import position_words

    count, left = len(result.rewordings), len(result.judgement.findings)
    if lang == "en":
        yield f"{where}: {count} place(s) mended, {left} finding(s) left"
    else:
        yield f"{where}：修改 {count} 处，还有 {left} 处问题需要人工处理"
    for change in result.rewordings:
        at = position_words(change.location, lang)
        yield f"  {at}{': ' if lang == 'en' else '：'}{_inline(change.before)} → {_inline(change.after)}"


def _inline(text: str) -> str:
    from linter.render.excerpt import plain, shorten

    return shorten(plain(text), 60) or "（空）"


def _diff(path: str, data: bytes, result: Fixed, lang: str) -> Iterator[str]:
    """A unified diff: of the source where the file is text, of paragraphs and cells in a Word file."""
    from difflib import unified_diff

    from linter.document.charset import decode
    from linter.render.place import position_words

    reader = result.report.document.reader
    if reader != "docx":
        old, new = decode(data)[0].splitlines(), decode(result.data)[0].splitlines()
        yield from (line.rstrip("\n") for line in unified_diff(old, new, path, path, lineterm=""))
        return
    yield f"--- {path}"
    yield f"+++ {path}"
    for change in result.rewordings:
        yield f"@@ {position_words(change.location, lang)} @@"
        yield from (f"-{line}" for line in change.before.split("\n"))
        yield from (f"+{line}" for line in change.after.split("\n"))
