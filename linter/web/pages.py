"""The pages as HTML: templates `web_*.html.j2`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from linter import __version__
from linter.document.registry import SUPPORTED_SUFFIXES
from linter.render.template import render
from linter.web.desk import Item
from linter.web.uploads import Limits, Refused, megabytes
from linter.web.words import web_words

if TYPE_CHECKING:
    from linter.render.entry import Lang

_SEVERITIES = ("error", "warning", "info", "open")
_PICTURES = (".png", ".jpg", ".jpeg")


def desk_page(items: Sequence[Item], limits: Limits, lang: Lang) -> str:
    """Where files are dropped, and the list of those that were."""
    word = web_words(lang)
    return render(
        "web_desk.html.j2",
        {
            **_frame(lang),
            "private": word["private"].format(minutes=round(limits.minutes)),
            "formats": word["formats"].format(limit=megabytes(limits.file_bytes)),
            "accept": ",".join(sorted({*SUPPORTED_SUFFIXES, *_PICTURES})),
            "items": [_item(item, lang) for item in items],
            "pending": any(item.state != "done" for item in items),
            "limits": limits,
            "too_large": word["refused_file_size"].format(name="{name}", limit=megabytes(limits.file_bytes)),
        },
    )


def result_page(item: Item, items: Sequence[Item], lang: Lang) -> str:
    """What came of one file. `items` are the others of the same browser."""
    judged = item.judged
    place = items.index(item) if item in items else -1
    counts = {severity: getattr(judged.entry, severity) for severity in _SEVERITIES} if judged else {}
    return render(
        "web_result.html.j2",
        {
            **_frame(lang),
            "item": _item(item, lang),
            "before": _item(items[place - 1], lang) if place > 0 else None,
            "after": _item(items[place + 1], lang) if 0 <= place < len(items) - 1 else None,
            "pending": judged is None,
            "reason": judged.entry.reason if judged else "",
            "article": judged.entry.body if judged else "",
            "errors": judged.entry.errors if judged else (),
            "unannotated": judged.unannotated if judged else "",
            "counts": {severity: count for severity, count in counts.items() if count and severity != "open"},
        },
    )


def row(item: Item, lang: Lang) -> str:
    """One file of the list."""
    return render("web_row.html.j2", {**_frame(lang), "item": _item(item, lang)})


def said_of(item: Item, lang: Lang) -> str:
    """What came of a file, in a few words: for who hears the page."""
    word = web_words(lang)
    return word["comma"].join(text for _, text in _counts(item, lang))


def refused_page(refused: Refused, lang: Lang) -> str:
    """Why nothing was taken."""
    return _message("refused_title", refusal(refused, lang), lang)


def gone_page(lang: Lang) -> str:
    """What is there for an address that is not."""
    return _message("gone_title", web_words(lang)["gone"], lang)


def refusal(refused: Refused, lang: Lang) -> str:
    """The line that tells why nothing was taken."""
    return web_words(lang)[refused.key].format(**refused.arguments)


def _message(title: str, text: str, lang: Lang) -> str:
    return render("web_message.html.j2", {**_frame(lang), "title": web_words(lang)[title], "text": text})


def _frame(lang: Lang) -> dict[str, Any]:
    return {
        "word": web_words(lang),
        "lang": "en" if lang == "en" else "zh-CN",
        "version": __version__,
        "pending": False,
    }


def _item(item: Item, lang: Lang) -> Mapping[str, Any]:
    entry = item.judged.entry if item.judged else None
    return {
        "token": item.token,
        "name": item.name,
        "suffix": PurePosixPath(item.name).suffix.lstrip(".").upper()[:5],
        "size": _size(item.size),
        "state": item.state,
        "title": entry.title if entry else None,
        "reason": entry.reason if entry else "",
        "counts": _counts(item, lang),
        "copies": [copy.kind for copy in item.judged.copies] if item.judged else [],
    }


def _counts(item: Item, lang: Lang) -> list[tuple[str, str]]:
    """What a file's state is: a class and words for each number, or one for a state without numbers."""
    word = web_words(lang)
    if item.judged is None:
        return [("busy", word[f"state_{item.state}"])]
    entry = item.judged.entry
    if entry.reason:
        return [("error", word["said_failed"])]
    found = [
        (severity, word[f"count_{severity}"].format(count=getattr(entry, severity)))
        for severity in _SEVERITIES
        if getattr(entry, severity)
    ]
    faults = entry.error or entry.warning or entry.info
    return found if faults else [("clean", word["said_clean"]), *found]


def _size(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{-(-size // 1024)} KB"
