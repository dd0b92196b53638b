"""The rules: loaded from YAML, refused where faulty, selected by code, prefix, name or group.

The shipped files are validated when their content is new to this machine; after that their compiled
form is kept, and loading only converts. Files of the user are always validated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from linter import __version__
from linter.checks.kind import build
from linter.checks.kinds import KINDS
from linter.checks.outcome import Severity
from linter.compiled import kept, parse_yaml
from linter.resources import resource_folder

EDITIONS = ("2019", "2021", "pre-2019")
ISSUER_KINDS = ("government", "office", "department", "township", "subdistrict", "other")


class RuleFault(Exception):
    """A rule file that is refused: the file, the line (from 1), and the reason with what is right."""

    def __init__(self, path: Path, line: int, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}")
        self.path, self.line, self.reason = path, line, reason


class UnknownSelector(Exception):
    """A selector that fits no rule; the message says which and what there is."""


class Words(NamedTuple):
    """The same text in Chinese and in English."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        """The text in `lang`."""
        return self.en if lang == "en" else self.zh


class Rule(NamedTuple):
    """One obligation. `cases` are its tests as they stand in the YAML, `rests_on` the clauses of
    rules/norm/clauses.yaml, `covers` the entries of the catalogue of candidates that it carries out."""

    code: str
    name: str
    title: Words
    severity: Severity
    editions: tuple[str, ...]
    issuer_kinds: tuple[str, ...]
    family: str
    group: str
    clause: Words
    basis: str
    kind: str
    parameters: Any
    message: Words
    hint: Words
    explanation: Words
    wrong: str
    right: str
    level: str = "statutory"
    mandatory: bool = False
    covers: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()
    path: Path = Path()


class Rulebook(NamedTuple):
    """All rules, by code. `groups` are the names of the families of rules."""

    rules: tuple[Rule, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of their codes."""
        return tuple(dict.fromkeys(rule.group for rule in self.rules))

    def find(self, name: str) -> Rule | None:
        """The rule of that code or name, in any case."""
        wanted = name.strip().lower()
        return next((r for r in self.rules if wanted in (r.code.lower(), r.name)), None)


def load_rulebook(extra: Sequence[Path] = ()) -> Rulebook:
    """The shipped rules and those of the user's files or folders.

    Raises RuleFault for a faulty file, OSError for one that cannot be read.
    """
    shipped = sorted(resource_folder("rules").glob("*.yaml"))
    sources = {path: path.read_bytes() for path in shipped}
    added = [path for item in extra for path in (sorted(item.glob("*.yaml")) if item.is_dir() else [item])]
    if added:
        sources |= {path: path.read_bytes() for path in added}
        contents = _validated(sources)
    else:
        contents = kept(_identity(sources), lambda: _validated(sources))
    rules = [rule for path, data in zip(sources, contents, strict=True) for rule in _rules(path, data)]
    return Rulebook(tuple(sorted(rules, key=lambda rule: rule.code)))


def _validated(sources: Mapping[Path, bytes]) -> list[Any]:
    """The content of each file. Raises RuleFault."""
    from linter.checks.validation import validate

    validate(sources)
    return [parse_yaml(source) for source in sources.values()]


def _identity(sources: Mapping[Path, bytes]) -> bytes:
    """All that the verdict on the shipped rules depends on: the checks, the norm, the files."""
    norm = (resource_folder("grammars") / "tables.yaml").read_bytes()
    checks = [
        (name, *(getattr(part, "_fields", ()) for part in (kind.parameters, *kind.nested.values())))
        for name, kind in KINDS.items()
    ]
    files = (path.name.encode() + b"\n" + source for path, source in sources.items())
    return b"\0".join((f"rules of {__version__} {checks}".encode(), norm, *files)) + b"\0"


def _rules(path: Path, data: Mapping[str, Any]) -> Iterable[Rule]:
    for entry in data["rules"]:
        yield convert(path, data["family"], data["group"], entry)


def convert(path: Path, family: str, group: str, entry: Mapping[str, Any]) -> Rule:
    """A rule from its validated YAML."""
    check = dict(entry["check"])
    kind = check.pop("kind")
    return Rule(
        code=entry["code"],
        name=entry["name"],
        title=Words(**entry["title"]),
        severity=entry["severity"],
        editions=tuple(entry.get("editions", EDITIONS)),
        issuer_kinds=tuple(entry.get("issuer_kinds", ISSUER_KINDS)),
        family=family,
        group=group,
        clause=Words(**entry["clause"]),
        basis=entry["basis"],
        kind=kind,
        parameters=build(KINDS[kind], check),
        message=Words(**entry["message"]),
        hint=Words(**entry["hint"]),
        explanation=Words(**entry["explanation"]),
        wrong=entry["wrong"],
        right=entry["right"],
        level=entry.get("level", "statutory"),
        mandatory=entry.get("mandatory", False),
        covers=tuple(entry.get("covers", ())),
        rests_on=tuple(entry.get("rests_on", ())),
        cases=tuple(entry.get("cases", ())),
        path=path,
    )


def select_rules(
    rulebook: Rulebook,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
) -> tuple[Rule, ...]:
    """The rules to run: those of `select` (all where empty) and of `extend_select`, without those of
    `ignore`. The more exact selector wins: code or name over code prefix, prefix over group.

    Raises UnknownSelector.
    """
    chosen = []
    for rule in rulebook.rules:
        wanted = max([_exactness(rule, s) for s in (*select, *extend_select)], default=0)
        unwanted = max([_exactness(rule, s) for s in ignore], default=0)
        if not select:
            wanted = max(wanted, 1)
        if wanted > unwanted:
            chosen.append(rule)
    for selector in (*select, *ignore, *extend_select):
        if not any(_exactness(rule, selector) for rule in rulebook.rules):
            raise UnknownSelector(
                f"没有规则“{selector}”：请写规则代码（如 {rulebook.rules[0].code}）、"
                f"代码前缀（如 {rulebook.rules[0].family}）、名称（如 {rulebook.rules[0].name}）"
                f"或类别（{'、'.join(rulebook.groups)}）；gongkai rules 列出全部规则"
            )
    return tuple(chosen)


def _exactness(rule: Rule, selector: str) -> int:
    """0 where the selector does not fit the rule; else the larger, the more exactly it fits."""
    wanted = selector.strip().lower()
    code = rule.code.lower()
    if wanted in (code, rule.name):
        return 100
    if wanted and code.startswith(wanted):
        return 10 + len(wanted)
    if wanted == rule.group:
        return 5
    return 2 if wanted in ("all", "全部") else 0
