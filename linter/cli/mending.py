"""One file of `gongkai fix`: read, mended or annotated, shown or written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from linter.document.model import Unreadable
from linter.files import Source

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.lint import Job
    from linter.mend.fix import Fixed
    from linter.render.entry import Lang
    from linter.report.model import Report


class Mending(NamedTuple):
    """What to do with each file, read and judged as `job` says. Without `in_place` and `output` the result
    stands beside the file; `brief` has one line said of it, without what was changed."""

    annotate: bool
    show_diff: bool
    in_place: bool
    output: str | None
    force: bool
    unsafe: bool
    brief: bool
    job: Job

    @property
    def lang(self) -> Lang:
        """The language of what is said and of notes."""
        return self.job.settings.lang


class MendedFile(NamedTuple):
    """What to say of a file. `severities` are those of the findings that are left in what was written;
    `to_mend` says that fixes were shown and not made; `asides` are for the reader, not for a program."""

    lines: tuple[str, ...]
    severities: frozenset[str] = frozenset()
    trouble: bool = False
    to_mend: bool = False
    asides: tuple[str, ...] = ()


_NOTHING = {"zh": "{path}：没有可以自动修改的地方", "en": "{path}: nothing to mend"}


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
    lines, asides = (tuple(harmless(line) for line in said) for said in (done.lines, done.asides))
    return done._replace(lines=lines, asides=asides)


def _bytes_of(source: Source) -> bytes:
    from linter.document.registry import BINARY_LIMIT, os_reason

    if source.fault:
        raise Unreadable(source.fault)
    if source.inside:
        raise _Refused("压缩包里的文件不能修改，请解压后再试")
    if source.partners:
        raise _Refused("这个网页与它的附件合为一份报告，请写出文件名，逐个处理")
    try:
        with Path(source.path).open("rb") as file:
            return file.read(BINARY_LIMIT + 1)
    except OSError as error:
        raise Unreadable(os_reason(error)) from None


def _read(path: str, data: bytes, mending: Mending) -> tuple[Report, Judgement]:
    from linter.lint import judged

    return judged(mending.job, Source(path, data))


def _annotated(path: str, data: bytes, mending: Mending) -> MendedFile:
    from linter.mend.annotate import annotate, without_annotations

    data = without_annotations(data)
    report, judgement = _read(path, data, mending)
    target = _target(path, "reviewed", report.document.reader, mending)
    _write(annotate(data, report, judgement, mending.lang), target)
    count = len(judgement.findings)
    if mending.lang == "en":
        said = f"{path} → {target}: {count} finding(s) noted"
    else:
        said = f"{path} → {target}：" + (f"批注 {count} 处问题" if count else "没有发现问题，副本中没有批注")
    return MendedFile((said + _aside(judgement, mending.lang),), _severities(judgement))


def _fixed(path: str, data: bytes, mending: Mending) -> MendedFile:
    from linter.mend.fix import fixed

    result = fixed(data, lambda now: _read(path, now, mending), unsafe=mending.unsafe)
    if mending.show_diff:
        _, judgement = _read(path, data, mending)
        lines = tuple(_diff(path, data, result, mending.lang)) if result.data != data else ()
        said = () if lines else (_NOTHING[mending.lang].format(path=path),)
        return MendedFile(lines, _severities(judgement), to_mend=bool(lines), asides=said)
    changed = result.data != data
    if changed or mending.output:
        target = _target(path, "fixed", result.report.document.reader, mending)
        _write(result.data, target)
        where = path if str(target) == path else f"{path} → {target}"
    else:
        where = path
    return MendedFile(tuple(_told(where, result, mending)), _severities(result.judgement))


def _severities(judgement: Judgement) -> frozenset[str]:
    return frozenset(finding.severity for finding in judgement.findings)


# --- Where it goes


_ENDINGS = {
    "docx": (".docx",),
    "html": (".html", ".htm"),
    "markdown": (".md", ".markdown", ".txt"),
    "text": (".txt", ".md"),
    "pdf": (".pdf",),
}
"""What the name of a result may end with, by its reader, besides what the file's own ends with."""


def _target(path: str, word: str, reader: str, mending: Mending) -> Path:
    """Where the result is written; in a folder under the name it would have beside the file.

    Raises _Refused where something would be overwritten unasked, or a name would tell another format.
    """
    given = Path(path)
    if mending.in_place:
        return given
    beside = given.with_name(f"{given.stem}.{word}{given.suffix}")
    target = Path(mending.output) if mending.output else beside
    if target.is_dir():
        target /= beside.name
    own = given.suffix.lower()
    # Word opens no file with macros that is named like one without.
    fitting = (own,) if own in (".docm", ".dotx") else (own, *_ENDINGS.get(reader, ()))
    if target.suffix.lower() not in fitting:
        raise _Refused(f"结果与原文件格式相同，不能写成 {target}；文件名请以 {given.suffix} 结尾")
    if target.exists() and target.samefile(given):
        raise _Refused("结果会覆盖原文件；要改原文件请用 --in-place")
    if target.exists() and not mending.force:
        raise _Refused(f"{target} 已存在；要覆盖请加 --force")
    return target


def _write(data: bytes, target: Path) -> None:
    from linter.output import why_not_written, write_whole

    try:
        write_whole([data], target)
    except OSError as error:
        raise _Refused(f"不能写入 {target}：{why_not_written(target, error)}") from None


# --- What is said


def _told(where: str, result: Fixed, mending: Mending) -> Iterator[str]:
    """One line of what was done and what is left; unless it is to be brief, then each change."""
    from linter.render.place import position_words

    lang, judgement = mending.lang, result.judgement
    count, left = len(result.rewordings), len(judgement.findings)
    if lang == "en":
        mended = f"{count} place(s) mended" if count else "nothing to mend"
        yield f"{where}: {mended}, {left} finding(s) left{_aside(judgement, lang)}"
    else:
        mended = f"修改 {count} 处" if count else "没有可以自动修改的地方"
        rest = f"还有 {left} 处问题需要人工处理，可用 gongkai check 查看" if left else "没有其他问题"
        yield f"{where}：{mended}，{rest}{_aside(judgement, lang)}"
    for change in () if mending.brief else result.rewordings:
        at = position_words(change.location, lang)
        yield f"  {at}{': ' if lang == 'en' else '：'}{_inline(change.before)} → {_inline(change.after)}"


def _aside(judgement: Judgement, lang: str) -> str:
    """What is left and does not count."""
    from linter.render.text import uncounted_words

    said = uncounted_words(len(judgement.suppressed), len(judgement.known), lang)
    return f" ({said})" if said and lang == "en" else f"（{said}）" if said else ""


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
