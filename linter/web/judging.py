"""One uploaded file judged: its article for the page, and what can be downloaded of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from linter.checks.outcome import RuleError
from linter.lint import Job, entry_or_reason, for_file, judged, ruleset_for
from linter.render.entry import Entry, entry_of
from linter.web.annotating import annotated
from linter.web.words import web_words

if TYPE_CHECKING:
    from linter.checks.outcome import Judgement
    from linter.files import Source
    from linter.report.model import Report

CopyKind = Literal["annotated", "workbook", "page"]


class Copy(NamedTuple):
    """A file to download: its name, its content."""

    kind: CopyKind
    name: str
    data: bytes


class Judged(NamedTuple):
    """What came of one file: the entry, whose body is the article for the page, and the downloads.

    `unannotated` says why the file itself is not among these with notes.
    """

    entry: Entry
    copies: tuple[Copy, ...] = ()
    unannotated: str = ""


def judge_upload(job: Job, source: Source) -> Judged:
    """`source` read, judged and rendered. What cannot be read is an entry with the reason."""
    made: list[Judged] = []

    def work(source: Source) -> Entry:
        own = for_file(job, source.path)
        report, judgement = judged(own, source)
        marked = annotated(source.data or b"", report, judgement, own.settings.lang)
        copies = tuple(_copies(own, source.path, marked.data, report, judgement))
        entry = entry_of(report, judgement, _article(own, report, judgement))
        made.append(Judged(entry, copies, marked.reason))
        return entry

    entry = entry_or_reason(source, work)
    return made[0] if made else Judged(entry)


def _article(job: Job, report: Report, judgement: Judgement) -> str:
    """Findings beside the tables, each with its rule explained."""
    from linter.checks.rulebook import load_texts
    from linter.render.html import article_values
    from linter.render.rules import rule_words
    from linter.render.template import render

    told = {finding.code for finding in judgement.findings}
    rules = [rule for rule in ruleset_for(job.selection).rules if rule.code in told]
    texts = load_texts(rules)
    return render(
        "web_report.html.j2",
        {
            **article_values(report, judgement, job.settings.lang),
            "web": web_words(job.settings.lang),
            "rules": {rule.code: rule_words(rule, texts[rule.code], job.settings.lang) for rule in rules},
        },
    )


def _copies(
    job: Job, path: str, marked: bytes | None, report: Report, judgement: Judgement
) -> Iterator[Copy]:
    from linter.render.findings_workbook import findings_workbook
    from linter.render.html import render_report, render_run

    name = PurePosixPath(path)
    word = web_words(job.settings.lang)
    if marked is not None:
        yield Copy("annotated", f"{name.stem}.{word['name_annotated']}{name.suffix}", marked)
    workbook = findings_workbook(report, judgement, job.settings.lang)
    yield Copy("workbook", f"{name.stem}.{word['name_findings']}.xlsx", workbook)
    settings = job.settings
    entry = entry_of(report, judgement, render_report(report, judgement, settings))
    page = "".join(render_run([entry], settings)).encode("utf-8", "backslashreplace")
    yield Copy("page", f"{name.stem}.{word['name_findings']}.html", page)


def packed(judged: Judged) -> list[bytes]:
    """`judged` as messages to another process: plain data, for what reads foreign files is not trusted
    with more."""
    head = {
        "entry": judged.entry._replace(spent=None)._asdict(),
        "copies": [[copy.kind, copy.name] for copy in judged.copies],
        "unannotated": judged.unannotated,
    }
    text = json.dumps(head, ensure_ascii=True)
    return [text.encode(), *(copy.data for copy in judged.copies)]


def unpacked(receive: Callable[[], bytes]) -> Judged:
    """The same from the messages, one by one."""
    said: Mapping[str, Any] = json.loads(receive())
    copies = tuple(Copy(kind, name, receive()) for kind, name in said["copies"])
    errors = tuple(RuleError(*error) for error in said["entry"]["errors"])
    return Judged(Entry(**{**said["entry"], "errors": errors}), copies, said["unannotated"])
