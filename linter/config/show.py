"""What holds for a file, where it is said, and why each rule is on or off: `check --show-settings`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from linter.checks.profile import Profiled, decision, load_profile
from linter.checks.rulebook import Choice, Selectors
from linter.config.keys import KEYS
from linter.config.layer import Layer, shown
from linter.config.resolve import Configured, FileSettings, is_excluded, value
from linter.lint import choices_for
from linter.render.words import words

_LISTED = ("extend", "per-file-ignores", "suppress")


def settings_text(path: str, configured: Configured, own: Mapping[str, Any], lang: str) -> str:
    """The settings of the file `path` as text. `own` is what the command line states, by the keys of a
    configuration. Raises what a faulty configuration raises."""
    return "\n".join(_lines(path, configured.of(path), own, words(lang))) + "\n"


def _lines(path: str, said: FileSettings, own: Mapping[str, Any], word: Mapping[str, str]) -> Iterator[str]:
    yield path
    files = word["list"].join(shown(layer.path) for layer in said.layers)
    yield f"{word['settings_files']}{word['colon']}{files or word['settings_no_file']}"
    yield f"{word['settings']}{word['colon_last']}"
    for name, key in KEYS.items():
        if name not in _LISTED:
            stated, origin = _setting(name, key.default, said.layers, own, word)
            yield f"  {name} = {_written(stated, word)}  · {origin}"
    if is_excluded(said.layers, path):
        yield f"  {word['settings_excluded']}"
    for one in said.suppressions:
        yield f"  suppress {'、'.join(one.rules)}{word['colon']}{one.reason}  · {one.where}"
    profiled = load_profile(said.selection.profile)
    every = choices_for(said.selection, profiled)
    on = sum(choice.on for choice in every)
    yield word["settings_rules"].format(on=on, off=len(every) - on) + word["colon_last"]
    for choice in every:
        mark = "+" if choice.on else "-"
        yield f"  {mark} {choice.rule.code} {choice.rule.name}  · {_why(choice, profiled, said.layers, word)}"


def _setting(
    name: str, preset: Any, layers: Sequence[Layer], own: Mapping[str, Any], word: Mapping[str, str]
) -> tuple[Any, str]:
    if name in own:
        return own[name], word["settings_own"]
    stated, layer = value(layers, name)
    return (preset, word["settings_preset"]) if layer is None else (stated, layer.at((name,)))


def _written(stated: Any, word: Mapping[str, str]) -> str:
    if stated is None or stated in ((), []):
        return word["settings_unset"]
    if isinstance(stated, bool):
        return str(stated).lower()
    return ", ".join(map(str, stated)) if isinstance(stated, list | tuple) else str(stated)


def _why(choice: Choice, profiled: Profiled, layers: Sequence[Layer], word: Mapping[str, str]) -> str:
    """Which statement decided of a rule, and where it stands."""
    if choice.by is None:
        return _by_profile(choice, profiled, word)
    where, key = _where(choice.by, choice.key, choice.selector, layers, word)
    if choice.mandatory:
        return word["settings_mandatory"].format(where=where)
    if not choice.selector:
        return f"{word['settings_not_selected']} · {where}"
    return f"{key} = {choice.selector} · {where}"


def _by_profile(choice: Choice, profiled: Profiled, word: Mapping[str, str]) -> str:
    found = decision(choice.rule, profiled.chain)
    level = word[f"level_{choice.rule.level}"]
    if found is None:
        return word["settings_not_held"].format(profile=profiled.profile.name.zh, level=level)
    named = word["settings_profile"].format(profile=found.profile.name.zh)
    if found.selector:
        return f"{named} {'enable' if found.held else 'disable'} = {found.selector}"
    return f"{named} {word['level']} {level}"


def _where(
    by: Selectors, key: str, selector: str, layers: Sequence[Layer], word: Mapping[str, str]
) -> tuple[str, str]:
    """Where a layer of selectors stands, and by which key."""
    if by.own:
        return word["settings_own"], f"--{key}"
    name, _, pattern = by.source.partition("\n")
    layer = next(one for one in layers if one.path == Path(name))
    if pattern:
        return layer.at(("per-file-ignores", pattern), selector), f"per-file-ignores “{pattern}”"
    return layer.at((key,), selector or None), key
