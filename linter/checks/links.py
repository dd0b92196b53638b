"""Links whose shown address and true target differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from linter.checks.kind import Kind, nothing_to_verify
from linter.checks.outcome import Outcome, Place, Verdict
from linter.checks.texts import pattern
from linter.report.model import Report

_HOST = r"(?ai:(?:[a-z][a-z0-9+.-]*://)?((?:[a-z0-9-]+\.)+[a-z]{2,})(?::\d+)?(?:[/?#]\S*)?)"
_FILE = r"(?ai:\.(?:docx?|wps|pdf|ofd|xlsx?|et|s?html?|aspx?|jsp|php|zip|rar|jpe?g|png|gif|txt)$)"
_MAIL = r"(?ai:[\w.+-]+@((?:[a-z0-9-]+\.)+[a-z]{2,}))"


class Parameters(NamedTuple):
    """No parameters."""


def check(parameters: Parameters, report: Report) -> Iterator[Verdict]:
    """A failure for each pair of addresses that differ, once; a pass for each that agrees."""
    del parameters
    seen: set[tuple[str, str]] = set()
    for link in report.links:
        shown, target = address(link.text), address(link.target)
        if shown is None or target is None or (shown, target) in seen:
            continue
        seen.add((shown, target))
        place = Place(location=link.location, excerpt=link.text.strip())
        if shown == target:
            yield Verdict(Outcome.PASS, place)
        else:
            arguments = {"shown": shown, "target": target}
            yield Verdict(Outcome.FAIL, place, arguments, item=f"{shown}→{target}")


def address(text: str) -> str | None:
    """The host that a text names if it is an address and nothing else; a mail address as a whole.

    Scheme, `www.` and what follows the host do not count.
    """
    bare = text.strip().strip("<>（）()[]【】,，。;；“”\"'").removeprefix("mailto:").split("?subject")[0]
    if mail := pattern(_MAIL).fullmatch(bare):
        return mail[0].lower()
    found = pattern(_HOST).fullmatch(bare)
    if found is None or (pattern(_FILE).search(found[1]) and "://" not in bare):
        return None
    return found[1].lower().removeprefix("www.")


KIND = Kind(
    name="links",
    parameters=Parameters,
    arguments=frozenset({"shown", "target"}),
    check=check,
    verify=nothing_to_verify,
)
