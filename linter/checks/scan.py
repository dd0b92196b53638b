"""Pages without text: a scan cannot be searched."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.wording import joined
from linter.document.model import Location
from linter.report.model import Report


class Parameters(NamedTuple):
    """No parameters."""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """One verdict for a document that has pages. A page or two of pictures is no scan: it fails where
    at least half of the pages have no text."""
    del parameters
    document = report.document
    if not document.pages:
        return
    scanned = tuple(sorted((*document.scanned_pages, *document.recognised_pages)))
    if 2 * len(scanned) < document.pages:
        yield Verdict(Outcome.PASS)
        return
    arguments = {
        "pages": joined(map(str, scanned)),
        "pages.en": joined(map(str, scanned), "en"),
        "count": str(len(scanned)),
        "total": str(document.pages),
    }
    yield Verdict(Outcome.FAIL, Place(location=Location(page=scanned[0])), arguments)


KIND = Kind(
    name="scan",
    parameters=Parameters,
    arguments=frozenset({"pages", "count", "total"}),
    check=check,
    verify=nothing_to_verify,
)
