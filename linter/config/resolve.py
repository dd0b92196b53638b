"""What a file is judged by: the command line over the configuration over what is preset."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.config.globs import matches, real_folder
from linter.config.layer import Layer, config_file, layers_of, meant
from linter.config.lines import Keys
from linter.lint import DEFAULT_PROFILE, Selection, Stated
from linter.suppress.model import PlacePattern, Suppression

if TYPE_CHECKING:
    from linter.checks.profile import Profiled
    from linter.checks.rulebook import Selectors

_WILD = "*?["


class Given(NamedTuple):
    """What the command line says of every file; None and empty where nothing."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    profile: str | None = None
    stated: Stated = Stated()


class Configured(NamedTuple):
    """How the settings of a file are found. `file` is the configuration that the user names; without it
    the nearest one holds, or none at all where `isolated`."""

    given: Given = Given()
    file: str | None = None
    isolated: bool = False

    def layers(self, path: str) -> tuple[Layer, ...]:
        """The configuration of the file or folder `path`, the nearest last. Raises ConfigFault."""
        if self.isolated:
            return ()
        if self.file is not None:
            return layers_of(Path(self.file).resolve())
        at = Path(path)
        folder = real_folder(path if at.is_dir() else str(at.parent))
        found = config_file(folder)
        return layers_of(found) if found else ()

    def pinned(self, folder: str) -> Configured:
        """The same for files that come from elsewhere: what holds in `folder` holds for all of them."""
        layers = self.layers(folder)
        return self._replace(file=str(layers[-1].path)) if layers else self._replace(isolated=True)

    def of(self, path: str) -> FileSettings:
        """What the file `path` is judged by. Raises ConfigFault, and what a faulty profile raises."""
        layers = self.layers(path)
        stated_profile = profile_of(layers)
        _check_rules(layers, stated_profile)
        profile = self.given.profile or stated_profile
        given = self.given
        stated = Stated(
            *(_stated(name, getattr(given.stated, name.replace("-", "_")), layers) for name in _STATED)
        )._replace(previous=given.stated.previous)
        below = (*map(_selectors, layers), *_per_file(layers, path))
        return FileSettings(
            layers,
            Selection(given.select, given.ignore, given.extend_select, profile, tuple(filter(_says, below))),
            stated,
            tuple(_suppressions(layers, path)),
        )


class FileSettings(NamedTuple):
    """What one file is judged by. `layers` are the configuration files read, the nearest last."""

    layers: tuple[Layer, ...]
    selection: Selection
    stated: Stated
    suppressions: tuple[Suppression, ...]


_STATED = ("year", "edition", "issuer-kind", "published")


def value(layers: Sequence[Layer], name: str) -> tuple[Any, Layer | None]:
    """What the nearest layer that states `name` says, and which it is; None where none does."""
    stating = (layer for layer in reversed(layers) if name in layer.table)
    layer = next(stating, None)
    return (layer.table[name], layer) if layer else (None, None)


def beside(layer: Layer, name: str) -> str:
    """A path that a configuration gives from its own folder."""
    return os.path.normpath(layer.path.parent / name)


def baseline_file(layers: Sequence[Layer]) -> str | None:
    """The baseline that the configuration names."""
    name, layer = value(layers, "baseline")
    return beside(layer, name) if layer else None


def is_excluded(layers: Sequence[Layer], path: str) -> bool:
    """Whether the configuration has the file passed over."""
    patterns, layer = value(layers, "exclude")
    return layer is not None and any(matches(one, path, layer.path.parent) for one in patterns)


def _stated(name: str, own: Any, layers: Sequence[Layer]) -> Any:
    return value(layers, name)[0] if own is None else own


def profile_of(layers: Sequence[Layer]) -> str:
    """The profile that the configuration names; a file lies beside the configuration."""
    name, layer = value(layers, "profile")
    if layer is None:
        return DEFAULT_PROFILE
    path = beside(layer, name)
    return path if Path(path).is_file() or name.endswith((".yaml", ".yml")) else name


def _selectors(layer: Layer) -> Selectors:
    from linter.checks.rulebook import Selectors

    select, ignore, extend = (
        tuple(layer.table.get(key, ())) for key in ("select", "ignore", "extend-select")
    )
    return Selectors(select, ignore, extend, str(layer.path), own=False)


def _says(selectors: Selectors) -> bool:
    return bool(selectors.select or selectors.ignore or selectors.extend_select)


def _per_file(layers: Sequence[Layer], path: str) -> Iterator[Selectors]:
    """What is ignored of this file, a layer for each pattern that it fits."""
    for layer in layers:
        for pattern, ignored in layer.table.get("per-file-ignores", {}).items():
            if matches(pattern, path, layer.path.parent):
                from linter.checks.rulebook import Selectors

                yield Selectors(ignore=tuple(ignored), source=f"{layer.path}\n{pattern}", own=False)


def _suppressions(layers: Sequence[Layer], path: str) -> Iterator[Suppression]:
    """The suppressions that speak of this file."""
    for layer in layers:
        for index, said in enumerate(layer.table.get("suppress", ())):
            pattern = said.get("file", "**")
            if matches(pattern, path, layer.path.parent):
                yield Suppression(
                    rules=(said["rule"],),
                    reason=said["reason"].strip(),
                    kind="config",
                    where=layer.at(("suppress", index)),
                    until=said.get("until"),
                    place=PlacePattern(**said["place"]) if "place" in said else None,
                    certain=not any(mark in pattern for mark in _WILD) and "file" in said,
                )


def _check_rules(layers: tuple[Layer, ...], profile: str) -> None:
    """Refuse selectors that name no rule, and those that would silence a mandatory one."""
    if not layers:
        return
    sound = (profile, _changed(profile), *((layer.path, layer.text) for layer in layers))
    if sound in _SOUND:
        return
    from linter.checks.rulebook import choices, unknown_selector

    profiled = load_of(layers, profile)
    for layer in layers:
        for keys, selector in _named(layer):
            if reason := unknown_selector(profiled.rulebook.rules, selector):
                names = (
                    name for rule in profiled.rulebook.rules for name in (rule.name, rule.code, rule.group)
                )
                near = meant(selector, list(dict.fromkeys(names)))
                raise layer.fault(keys, f"{reason}{near}", selector)
        for selectors in (_selectors(layer), *_every_ignored(layer)):
            for choice in choices(profiled.rulebook, [selectors], profiled.held):
                if choice.mandatory and choice.key == "ignore":
                    said = f"{choice.rule.code} {choice.rule.name}"
                    raise layer.fault(
                        (selectors.source,) if selectors.source in layer.table else ("ignore",),
                        f"“{choice.selector}”包括 {said}，它是必须执行的规则（mandatory），不能停用；"
                        "请只写其他规则的代码或名称",
                        choice.selector,
                    )
    _SOUND.add(sound)


def _changed(profile: str) -> int:
    """When a profile that is a file was changed; 0 for the shipped ones."""
    try:
        return Path(profile).stat().st_mtime_ns
    except OSError:
        return 0


# Configurations found sound, by what they say and the profile.
_SOUND: set[tuple[object, ...]] = set()


def load_of(layers: Sequence[Layer], profile: str) -> Profiled:
    """The rules under the profile; one that is not there is the fault of the configuration naming it."""
    from linter.checks.profile import UnknownProfile, load_profile

    try:
        return load_profile(profile)
    except UnknownProfile as error:
        name, layer = value(layers, "profile")
        if layer is None or profile not in (name, beside(layer, name)):
            raise
        raise layer.fault(("profile",), str(error)) from None


def _named(layer: Layer) -> Iterator[tuple[Keys, str]]:
    """Every selector in a configuration, with where it stands."""
    for key in ("select", "ignore", "extend-select"):
        for selector in layer.table.get(key, ()):
            yield (key,), selector
    for pattern, ignored in layer.table.get("per-file-ignores", {}).items():
        for selector in ignored:
            yield ("per-file-ignores", pattern), selector
    for index, said in enumerate(layer.table.get("suppress", ())):
        yield ("suppress", index, "rule"), said["rule"]


def _every_ignored(layer: Layer) -> Iterator[Selectors]:
    from linter.checks.rulebook import Selectors

    for ignored in layer.table.get("per-file-ignores", {}).values():
        yield Selectors(ignore=tuple(ignored), source="per-file-ignores", own=False)
