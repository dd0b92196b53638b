"""The rules: loaded from YAML, refused where faulty, selected by code, prefix, name or group.

The files are validated when their content is new to this machine; after that their compiled form is
kept, and loading only converts. What a check needs is compiled apart from the texts that only people
read, because every run pays for the one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from linter import __version__
from linter.checks.kind import build
from linter.checks.kinds import EVERY_KIND
from linter.checks.outcome import Severity
from linter.compiled import kept, parse_yaml
from linter.resources import resource_folder

EDITIONS = ("2019", "2021", "pre-2019")
ISSUER_KINDS = ("government", "office", "department", "township", "subdistrict", "other")
LEVELS = ("statutory", "standard", "exemplary", "local")

# Part of the cache's key: raise it when the form of packed rules changes.
_FORM = 3

EXACT = 100
"""The exactness of a selector that is the code or the name of a rule."""


class RuleFault(Exception):
    """A file of rules that is refused: the file, the line (from 1), and the reason with what is right."""

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
    """One obligation, as far as a check needs it. `path` is the file that states it."""

    code: str
    name: str
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
    level: str = "statutory"
    mandatory: bool = False
    path: Path = Path()


class RuleTexts(NamedTuple):
    """What people read about a rule. `cases` are its tests as they stand in the YAML, `rests_on` the
    clauses of rules/norm/clauses.yaml, `covers` the entries of the catalogue of candidates that it
    carries out."""

    title: Words
    explanation: Words
    wrong: str
    right: str
    covers: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    cases: tuple[Mapping[str, Any], ...] = ()


class Rulebook(NamedTuple):
    """Rules, by code. `groups` are the names of the families of rules."""

    rules: tuple[Rule, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups in the order of their codes."""
        return tuple(dict.fromkeys(rule.group for rule in self.rules))

    def find(self, name: str) -> Rule | None:
        """The rule of that code or name, in any case."""
        wanted = name.strip().lower()
        return next((r for r in self.rules if wanted in (r.code.lower(), r.name)), None)


class Compiled(NamedTuple):
    """The content of the files, validated: rules packed for checks, the rest as plain data."""

    rules: tuple[tuple[Path, Any], ...]
    profiles: tuple[tuple[Path, Any], ...]

    def rulebook(self, packs: Collection[Path] = ()) -> Rulebook:
        """The shipped rules and those that the profile files `packs` add."""
        files = [*self.rules, *((path, data) for path, data in self.profiles if path in packs)]
        rules = (rule for path, data in files for rule in _rules(path, data))
        return Rulebook(tuple(sorted(rules, key=lambda rule: rule.code)))


def load_rulebook() -> Rulebook:
    """The shipped rules, whatever their level. Raises RuleFault."""
    return compiled().rulebook()


def load_texts(rules: Iterable[Rule]) -> dict[str, RuleTexts]:
    """What people read about `rules`, by code."""
    texts = {}
    for path in dict.fromkeys(rule.path for rule in rules):
        for entry in parse_yaml(path.read_bytes()).get("rules", ()):
            texts[entry["code"]] = RuleTexts(
                title=Words(**entry["title"]),
                explanation=Words(**entry["explanation"]),
                wrong=entry["wrong"],
                right=entry["right"],
                covers=tuple(entry.get("covers", ())),
                rests_on=tuple(entry.get("rests_on", ())),
                cases=tuple(entry["cases"]),
            )
    return texts


def profile_files() -> list[Path]:
    """The shipped profiles."""
    return sorted((resource_folder("rules") / "profiles").glob("*.yaml"))


def compiled(local: Sequence[Path] = ()) -> Compiled:
    """The shipped rules and profiles, and the profile files `local` of the user.

    Raises RuleFault for a faulty file, OSError for one that cannot be read.
    """
    rules = {path: path.read_bytes() for path in sorted(resource_folder("rules").glob("*.yaml"))}
    profiles = {path: path.read_bytes() for path in [*profile_files(), *local]}
    content = kept(_identity({**rules, **profiles}), lambda: _validated(rules, profiles))
    return Compiled(
        tuple(zip(rules, content["rules"], strict=True)),
        tuple(zip(profiles, content["profiles"], strict=True)),
    )


def _validated(rules: Mapping[Path, bytes], profiles: Mapping[Path, bytes]) -> dict[str, Any]:
    """The content of the files without what only people read. Raises RuleFault."""
    from linter.checks.profile_validation import validate_profiles
    from linter.checks.validation import validate

    read = validate(rules)
    validate_profiles(read, profiles)
    return {
        "rules": [packed(parse_yaml(source)) for source in rules.values()],
        "profiles": [packed(parse_yaml(source)) for source in profiles.values()],
    }


def packed(data: dict[str, Any]) -> dict[str, Any]:
    """The content of a file with its rules as `_unpacked` wants them: what checks need, without names,
    since every run reads it."""
    if "rules" not in data:
        return data
    # The rules of a profile bind only where it is chosen.
    level = "local" if "title" in data else "statutory"
    return {**data, "rules": [_packed(entry, level) for entry in data["rules"]]}


def _packed(entry: Mapping[str, Any], level: str) -> list[Any]:
    check = {key: value for key, value in entry["check"].items() if key != "kind"}
    words = ((entry[key]["zh"], entry[key]["en"]) for key in ("clause", "message", "hint"))
    return [
        entry["code"],
        entry["name"],
        entry["severity"],
        entry.get("editions", EDITIONS),
        entry.get("issuer_kinds", ISSUER_KINDS),
        entry["basis"],
        entry["check"]["kind"],
        check,
        *words,
        entry.get("level", level),
        entry.get("mandatory", False),
    ]


def _identity(sources: Mapping[Path, bytes]) -> bytes:
    """All that the verdict on the files depends on: the checks, the norm, the files."""
    norm = (resource_folder("grammars") / "tables.yaml").read_bytes()
    checks = [
        (name, *(getattr(part, "_fields", ()) for part in (kind.parameters, *kind.nested.values())))
        for name, kind in EVERY_KIND.items()
    ]
    files = (path.name.encode() + b"\n" + source for path, source in sources.items())
    return b"\0".join((f"rules {_FORM} of {__version__} {checks}".encode(), norm, *files)) + b"\0"


def _rules(path: Path, data: Mapping[str, Any]) -> Iterable[Rule]:
    for entry in data.get("rules", ()):
        yield _unpacked(path, data["family"], data["group"], entry)


def _unpacked(path: Path, family: str, group: str, entry: Sequence[Any]) -> Rule:
    code, name, severity, editions, kinds, basis, kind, check, clause, message, hint, level, mandatory = entry
    return Rule(
        code,
        name,
        severity,
        EDITIONS if len(editions) == len(EDITIONS) else tuple(editions),
        ISSUER_KINDS if len(kinds) == len(ISSUER_KINDS) else tuple(kinds),
        family,
        group,
        Words(*clause),
        basis,
        kind,
        build(EVERY_KIND[kind], check),
        Words(*message),
        Words(*hint),
        level,
        mandatory,
        path,
    )


class Selectors(NamedTuple):
    """What one place says of the choice of rules. An empty `select` leaves the choice as it was.

    `source` names the place for people; `own` is the reader's own view (the command line), which also
    mandatory rules obey.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    source: str = ""
    own: bool = True


class Choice(NamedTuple):
    """Whether a rule is run, and why: the key and the selector of `by` that decided last (None where the
    profile did), or that it is mandatory against the selector that would have left it out."""

    rule: Rule
    on: bool
    by: Selectors | None = None
    key: str = ""
    selector: str = ""
    mandatory: bool = False


def choices(
    rulebook: Rulebook, layers: Sequence[Selectors] = (), held: Collection[str] | None = None
) -> tuple[Choice, ...]:
    """Every rule, with whether it is run: of those that the profile holds (codes `held`; all where None),
    what each of `layers` leaves or adds, the last of which has the last word.

    `select` takes the rules that it names and no other; `extend_select` adds, `ignore` takes away. Within
    a layer the more exact selector wins: code or name over code prefix, the longer over the shorter,
    prefix over group. A rule named by its code or name is taken though the profile does not hold it;
    `extend_select` takes any. Raises UnknownSelector for what the reader states; configuration files are
    checked where they are read, by the profile that they name themselves.
    """
    for layer in (one for one in layers if one.own):
        for selector in (*layer.select, *layer.ignore, *layer.extend_select):
            if reason := unknown_selector(rulebook.rules, selector):
                raise UnknownSelector(f"{reason}；gongkai rules 列出全部规则")
    return tuple(_choice(rule, layers, held is None or rule.code in held) for rule in rulebook.rules)


def _choice(rule: Rule, layers: Sequence[Selectors], held: bool) -> Choice:
    choice = Choice(rule, held)
    for layer in layers:
        taken, selector = _exactest(rule, layer.select)
        if layer.select:
            key = "select"
            wanted = taken if held or taken == EXACT else 0
        else:
            key, wanted = "", 1 if choice.on else 0
        added, adding = _exactest(rule, layer.extend_select)
        if added > wanted:
            key, selector, wanted = "extend-select", adding, added
        unwanted, leaving = _exactest(rule, layer.ignore)
        if unwanted and unwanted >= wanted:
            key, selector, wanted = "ignore", leaving, 0
        if not key:
            continue
        kept = rule.mandatory and held and not wanted and not layer.own
        choice = Choice(rule, wanted > 0 or kept, layer, key, selector, kept)
    return choice


def _exactest(rule: Rule, selectors: Sequence[str]) -> tuple[int, str]:
    """How exactly the most exact of `selectors` fits the rule, and which it is."""
    return max(((exactness(rule, selector), selector) for selector in selectors), default=(0, ""))


def select_rules(
    rulebook: Rulebook,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    extend_select: Sequence[str] = (),
    held: Collection[str] | None = None,
) -> tuple[Rule, ...]:
    """The rules to run by one layer of selectors. Raises UnknownSelector."""
    layer = Selectors(tuple(select), tuple(ignore), tuple(extend_select))
    return tuple(choice.rule for choice in choices(rulebook, [layer], held) if choice.on)


def unknown_selector(rules: Sequence[Rule], selector: str) -> str | None:
    """Why a selector is refused, with what is right; None where it fits a rule."""
    if any(exactness(rule, selector) for rule in rules):
        return None
    groups = "、".join(dict.fromkeys(rule.group for rule in rules))
    return (
        f"没有规则“{selector}”：请写规则代码（如 {rules[0].code}）、代码前缀（如 {rules[0].family}）、"
        f"名称（如 {rules[0].name}）或类别（{groups}）"
    )


def exactness(rule: Rule, selector: str) -> int:
    """0 where the selector does not fit the rule; else the larger, the more exactly it fits."""
    wanted = selector.strip().lower()
    code = rule.code.lower()
    if wanted in (code, rule.name):
        return EXACT
    if wanted and code.startswith(wanted):
        return 10 + len(wanted)
    if wanted == rule.group:
        return 5
    return 2 if wanted in ("all", "全部") else 0
