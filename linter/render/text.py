"""Findings as text for a terminal or a file; the layout is `templates/report.txt.j2` and `run.txt.j2`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from linter.checks.outcome import Finding, Judgement, OpenItem, Related, Suspect
from linter.checks.wording import number_text
from linter.exits import SEVERITIES
from linter.render.entry import Entry, Settings, ranked, tally
from linter.render.excerpt import harmless, plain, underlined, width, wrap
from linter.render.place import cell_words, open_groups, place_words, where_words
from linter.render.table_excerpt import table_excerpt
from linter.render.template import render
from linter.render.words import words
from linter.report.model import Report

# Marks that also exist in GBK, so that no terminal in use shows a replacement for them.
_MARKS = {"error": "×", "warning": "△", "info": "○"}
_STYLES = {
    "error": "1;31",
    "warning": "1;33",
    "info": "1;36",
    "open": "1;35",
    "good": "1;32",
    "strong": "1",
    "faint": "2",
}
_MOST_PLACES = 3
_MOST_RELATED = 4


def render_report(report: Report, judgement: Judgement, settings: Settings) -> str:
    """The head of one report, its findings by severity, and what stayed open."""
    lang = settings.lang
    return render(
        "report.txt.j2",
        {
            **_functions(settings),
            "word": words(lang),
            "path": harmless(report.path),
            "head": head_words(report, lang),
            "title": plain(report.title.value) if report.title else words(lang)["untitled"],
            "unread": unread_words(report, lang),
            "notes": [plain(note) for note in report.reading.notes],
            "findings": [_finding(finding, report, settings) for finding in ranked(judgement.findings)],
            "open": _open_groups(judgement.open, report, lang),
            "uncounted": uncounted_words(len(judgement.suppressed), len(judgement.known), lang),
            "open_count": words(lang)["count_open"].format(count=len(judgement.open)),
        },
    )


def render_run(entries: Iterable[Entry], settings: Settings) -> Iterator[str]:
    """Each report as it comes, then the summary."""
    seen: list[Entry] = []
    for entry in entries:
        seen.append(entry)
        if entry.body:
            yield entry.body
    total = tally(seen)
    word = words(settings.lang)
    counts = {severity: getattr(total, severity) for severity in (*SEVERITIES, "open")}
    functions = _functions(settings)
    yield render(
        "run.txt.j2",
        {
            **functions,
            "word": word,
            "files": word["summary_files"].format(files=total.files - total.unreadable),
            "unreadable": word["summary_unreadable"].format(count=total.unreadable)
            if total.unreadable
            else "",
            "counts": list(_count_lines(counts, functions["style"], settings)),
            "uncounted": uncounted_words(total.suppressed, total.known, settings.lang),
            "clean": not (total.error or total.warning or total.info or total.unreadable),
        },
    )


def _count_lines(
    counts: Mapping[str, int], style: Callable[[str, str], str], settings: Settings
) -> Iterator[str]:
    """The counts that are not 0 behind each other, in lines within the columns."""
    word = words(settings.lang)
    line, used = "", 0
    for kind, count in counts.items():
        said = word[f"count_{kind}"].format(count=count)
        if not count:
            continue
        if line and used + width(word["comma"] + said + word["comma"]) > settings.columns:
            yield line + word["comma"].rstrip()
            line, used = "", 0
        between = word["comma"] if line else ""
        line += between + style(said, kind)
        used += width(between + said)
    if line:
        yield line


def head_words(report: Report, lang: str) -> list[str]:
    """Issuer, year, edition and how surely the report was read, in words."""
    word = words(lang)
    return [
        plain(report.issuer) if report.issuer else word["issuer_unknown"],
        word["of_year"].format(year=report.year) if report.year else word["year_unknown"],
        word[f"edition_{report.edition}"] if report.edition else word["edition_unknown"],
        f"{report.reading.reader} {word[f'certainty_{report.reading.certainty}']}",
    ]


def uncounted_words(suppressed: int, known: int, lang: str) -> str:
    """How many findings are set aside, and how many the baseline knows; "" where there are none."""
    word = words(lang)
    counts = (("count_suppressed", suppressed), ("count_known", known))
    return word["comma"].join(word[key].format(count=count) for key, count in counts if count)


def unread_words(report: Report, lang: str) -> str:
    """That the report was not read in full, and what to do; "" where it was."""
    word = words(lang)
    certainty = report.reading.certainty
    if certainty == "full":
        return ""
    advice = word[f"advice_{_advice(report)}"]
    return word[f"unread_{certainty}"] + word["semicolon"] + advice + ("." if lang == "en" else "。")


def _advice(report: Report) -> str:
    """Which advice helps: a scan and a text need another file, a PDF or OFD the file it was made of."""
    if report.document.scanned_pages:
        return "scan"
    if report.reading.reader in ("text", "markdown"):
        return "text"
    return "paged" if report.document.pages else "other"


def _functions(settings: Settings) -> dict[str, Any]:
    return {"style": _styled if settings.color else _unstyled, "fill": partial(_fill, settings.columns)}


def _styled(text: str, style: str) -> str:
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def _unstyled(text: str, style: str) -> str:
    return text


def _fill(columns: int, label: str, text: str) -> str:
    """`text` behind `label`, in lines within `columns`, the further ones under the first."""
    indent = width(label)
    return label + ("\n" + " " * indent).join(wrap(text, columns - indent))


def _finding(finding: Finding, report: Report, settings: Settings) -> dict[str, Any]:
    lang = settings.lang
    label = f"{_MARKS[finding.severity]} {words(lang)[finding.severity]}"
    return {
        "severity": finding.severity,
        "label": label,
        "gap": "  " if width(f"{label}  {finding.code} {finding.name}") <= settings.columns else "\n  ",
        "place": where_words(finding.place, report, lang),
        "message": plain(finding.message),
        "formula": plain(finding.evidence.formula) if finding.evidence and finding.evidence.formula else "",
        "excerpt": _excerpt(finding, report, settings),
        "suspects": [suspect_words(suspect, report, lang) for suspect in finding.suspects],
        "related": [_related(related, report, lang) for related in finding.related[:_MOST_RELATED]],
        "related_more": _more(len(finding.related) - _MOST_RELATED, lang),
        "clause": plain(finding.clause),
        "hint": plain(finding.hint),
        "code": finding.code,
        "name": finding.name,
    }


def _more(count: int, lang: str) -> str:
    return words(lang)["more"].format(count=count) if count > 0 else ""


def _related(related: Related, report: Report, lang: str) -> str:
    return plain(related.message) or f"{related.name} {place_words(related.place, report, lang)}"


def suspect_words(suspect: Suspect, report: Report, lang: str) -> str:
    """A suspect in words: the cell, what it says, what it should say, how that may have come about."""
    word = words(lang)
    parts = [cell_words(suspect.cell, report)]
    if suspect.cell.text:
        parts.append(word["suspect_printed"].format(text=plain(suspect.cell.text)))
    if suspect.suggestion is not None:
        parts.append(word["suspect_should"].format(value=number_text(suspect.suggestion)))
    said = word["comma"].join(parts)
    if not suspect.slip:
        return said
    return f"{said} ({plain(suspect.slip)})" if lang == "en" else f"{said}（{plain(suspect.slip)}）"


def _excerpt(finding: Finding, report: Report, settings: Settings) -> list[str]:
    """The place as it stands in the report: cells of the table, or the words with the fault marked."""
    room = settings.columns - 4
    if finding.place.table and (lines := table_excerpt(finding, report, room)):
        return lines
    if not finding.place.excerpt:
        return []
    marked = sorted((plain(value) for value in finding.arguments.values()), key=len, reverse=True)
    excerpt = plain(finding.place.excerpt)
    fitting = [word for word in marked if word and word != excerpt and word in excerpt][:1]
    return underlined(excerpt, fitting, room)


def _open_groups(items: Iterable[OpenItem], report: Report, lang: str) -> list[dict[str, Any]]:
    """Open items in words, with the first of their places."""
    return [
        {
            "reason": plain(group.reason),
            "places": list(group.places[:_MOST_PLACES]),
            "more": _more(len(group.places) - _MOST_PLACES, lang),
            "rules": words(lang)["list"].join(group.rules),
        }
        for group in open_groups(items, report, lang)
    ]
