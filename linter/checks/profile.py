"""Profiles: which rules hold, how severe they are, with which limits, and what they cost in a score.

The ladder 法定 ⊂ 规范 ⊂ 示范 takes rules by their level. A local pack is a file that extends one of
these, or another pack (docs/profiles.md). Where several sources say something of one rule, the most
exact wins: code or name over code prefix, prefix over group, group over level; of equally exact ones
the nearer to the user, a pack before what it extends.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

from linter.checks.kind import values
from linter.checks.kinds import EVERY_KIND
from linter.checks.outcome import Severity
from linter.checks.rulebook import (
    LEVELS,
    Compiled,
    Rule,
    Rulebook,
    RuleFault,
    Words,
    compiled,
    exactness,
    profile_files,
)
from linter.compiled import parse_yaml

_SUFFIXES = (".yaml", ".yml")
_LONGEST_CHAIN = 9


class UnknownProfile(Exception):
    """A name that is neither a profile nor a file; the message says what there is."""


class Change(NamedTuple):
    """What a profile changes of the rules that `selector` names; None and empty where nothing."""

    selector: str
    severity: Severity | None = None
    check: Mapping[str, Any] = {}
    clause: Words | None = None


class Deduction(NamedTuple):
    """What a score loses by the findings of `rules`: `points` for each finding or once a report, at
    most `cap`, for reports of these kinds of issuers (all where empty). Without `auto`, or without rules,
    a person decides."""

    about: Words
    rules: tuple[str, ...]
    points: float
    per: Literal["report", "finding"] = "report"
    cap: float | None = None
    issuer_kinds: tuple[str, ...] = ()
    auto: bool = True


class Profile(NamedTuple):
    """One profile file. `source` is the document that demands it, `full` the full mark of its score;
    `blank_as_zero` None leaves it to the profile that it extends."""

    path: Path
    name: Words
    title: Words
    extends: str | None = None
    source: Words | None = None
    levels: tuple[str, ...] = ()
    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    blank_as_zero: bool | None = None
    full: float | None = None
    deductions: tuple[Deduction, ...] = ()


class Profiled(NamedTuple):
    """The rules under a profile: all with its changes, and the codes of those that it holds. `chain` is
    what it extends, the first first, with itself at the end."""

    rulebook: Rulebook
    held: frozenset[str]
    chain: tuple[Profile, ...]

    @property
    def profile(self) -> Profile:
        """The profile itself."""
        return self.chain[-1]

    @property
    def blank_as_zero(self) -> bool:
        """Whether a blank cell counts as 0 in identities."""
        said = (p.blank_as_zero for p in reversed(self.chain) if p.blank_as_zero is not None)
        return next(said, False)


class Decision(NamedTuple):
    """Whether a profile holds a rule, by which of its selectors ("" for its level)."""

    held: bool
    profile: Profile
    selector: str = ""


def load_profile(name: str) -> Profiled:
    """The rules under the profile of that name, Chinese or English, or of that file.

    Raises UnknownProfile, RuleFault for a faulty file, OSError for one that cannot be read.
    """
    shipped = _shipped(name)
    local = [] if shipped else _local_chain(_file(name))
    content = compiled(local)
    return profiled(content, shipped or local[-1])


def shipped_profiles() -> tuple[Profiled, ...]:
    """The rules under every shipped profile; those that others extend first."""
    content = compiled()
    found = [profiled(content, path) for path, _ in content.profiles]
    return tuple(sorted(found, key=lambda one: (len(one.chain), one.profile.source is not None)))


def every_rule(profiles: Sequence[Profiled]) -> Rulebook:
    """The shipped rules with those that `profiles` add, each as its own file states it."""
    packs = {one.profile.path for one in profiles}
    return compiled().rulebook(packs)


def profiled(content: Compiled, path: Path) -> Profiled:
    """The rules under the profile file `path`."""
    files = dict(content.profiles)
    paths = chain_of(path, files)
    chain = tuple(profile_of(one, files[one]) for one in paths)
    return resolve(content.rulebook(paths), chain)


def chain_of(path: Path, files: Mapping[Path, Any]) -> list[Path]:
    """A profile file and what it extends, the first first; `files` is the content of all."""
    paths = [path]
    while extends := files[paths[0]].get("extends"):
        paths.insert(0, base_of(paths[0], extends))
    return paths


def base_of(path: Path, extends: str) -> Path:
    """The file of the profile that the profile `path` extends: a shipped one, or one beside it."""
    return _shipped(extends) or path.parent / extends


def resolve(rulebook: Rulebook, chain: Sequence[Profile]) -> Profiled:
    """The rules as the profiles of `chain` leave them."""
    rules = rulebook.rules
    if any(profile.changes for profile in chain):
        rules = tuple(_changed(rule, chain) for rule in rules)
    held = (rule.code for rule in rules if (last := decision(rule, chain)) and last.held)
    return Profiled(Rulebook(rules), frozenset(held), tuple(chain))


def decision(rule: Rule, chain: Sequence[Profile]) -> Decision | None:
    """What the profiles decide of a rule; None where none names it."""
    found: list[tuple[int, int, Decision]] = []
    for depth, profile in enumerate(chain):
        if rule.level in profile.levels or rule.path == profile.path:
            found.append((1, depth, Decision(True, profile)))
        for held, selectors in ((True, profile.enable), (False, profile.disable)):
            for selector in selectors:
                if exact := exactness(rule, selector):
                    found.append((exact, depth, Decision(held, profile, selector)))
    return max(found, key=lambda one: one[:2])[2] if found else None


def _changed(rule: Rule, chain: Sequence[Profile]) -> Rule:
    """The rule with the changes of the profiles. A rule with other limits rests on who set them."""
    found = [
        (exact, depth, change, profile)
        for depth, profile in enumerate(chain)
        for change in profile.changes
        if (exact := exactness(rule, change.selector))
    ]
    for _, _, change, profile in sorted(found, key=lambda one: one[:2]):
        clause = change.clause or (profile.source if change.check else None)
        rule = rule._replace(
            severity=change.severity or rule.severity,
            parameters=rule.parameters._replace(**values(EVERY_KIND[rule.kind], change.check)),
            clause=clause or rule.clause,
        )
    return rule


def profile_of(path: Path, data: Mapping[str, Any]) -> Profile:
    """A profile from its validated YAML."""
    scoring = data.get("scoring", {})
    return Profile(
        path=path,
        name=Words(**data["name"]),
        title=Words(**data["title"]),
        extends=data.get("extends"),
        source=_words(data.get("source")),
        levels=tuple(data.get("levels", ())),
        enable=tuple(data.get("enable", ())),
        disable=tuple(data.get("disable", ())),
        changes=tuple(
            Change(selector, said.get("severity"), said.get("check", {}), _words(said.get("clause")))
            for selector, said in data.get("set", {}).items()
        ),
        blank_as_zero=data.get("blank_as_zero"),
        full=scoring.get("full"),
        deductions=tuple(_deduction(**said) for said in scoring.get("deductions", ())),
    )


def _deduction(
    about: Mapping[str, str], rules: Sequence[str] = (), issuer_kinds: Sequence[str] = (), **said: Any
) -> Deduction:
    return Deduction(Words(**about), tuple(rules), issuer_kinds=tuple(issuer_kinds), **said)


def _words(said: Mapping[str, str] | None) -> Words | None:
    return Words(**said) if said else None


def _shipped(name: str) -> Path | None:
    """The shipped profile of that name."""
    wanted = name.strip().lower()
    for path in profile_files():
        if wanted == path.stem:
            return path
    named = (path for path in profile_files() if wanted == parse_yaml(path.read_bytes())["name"]["zh"])
    return next(named, None)


def _file(name: str) -> Path:
    path = Path(name)
    if path.suffix in _SUFFIXES or path.is_file():
        if not path.is_file():
            raise UnknownProfile(f"没有配置文件 {name}；{_what_there_is()}")
        return path
    raise UnknownProfile(f"没有配置“{name}”；{_what_there_is()}")


def _what_there_is() -> str:
    profiles = [profile_of(path, parse_yaml(path.read_bytes())) for path in profile_files()]
    # The ladder from below, then the packs.
    profiles.sort(key=lambda one: LEVELS.index(one.levels[0]) if one.levels else len(LEVELS))
    listed = "、".join(f"{one.name.zh}（{one.name.en}）" for one in profiles)
    return f"可用的有：{listed}；或者自己的 .yaml 文件"


def _local_chain(path: Path) -> list[Path]:
    """The files of the user's own of which the last extends the one before. Raises RuleFault."""
    chain = [path]
    while True:
        extends, line = _extended(chain[0])
        if _shipped(extends):
            return chain
        below = base_of(chain[0], extends)
        if not below.is_file():
            raise RuleFault(chain[0], line, f"extends 写的“{extends}”不存在；{_what_there_is()}")
        if len(chain) >= _LONGEST_CHAIN or any(below.samefile(one) for one in chain):
            raise RuleFault(
                chain[0], line, f"extends 写的“{extends}”又回到了这里，应以法定、规范或示范为起点"
            )
        chain.insert(0, below)


def _extended(path: Path) -> tuple[str, int]:
    """What a file of the user's own extends, and on which line it says so."""
    from linter.checks.validation import line_of, parse

    source = path.read_bytes()
    data = parse(path, source)
    extends = data.get("extends") if isinstance(data, dict) else None
    if not isinstance(extends, str):
        raise RuleFault(path, 1, f"配置文件应写明 extends：以哪一个配置为基础；{_what_there_is()}")
    return extends, line_of(source, ("extends",))


def memberships(rule: Rule, profiles: Sequence[Profiled]) -> Iterator[Profile]:
    """The profiles that hold a rule."""
    return (one.profile for one in profiles if rule.code in one.held)
