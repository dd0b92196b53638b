"""Where the time of a run went, for `check --timings`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linter.render.entry import Spent

_PARTS = {
    "reading": "读取 reading",
    "facts": "正文 facts",
    "judging": "规则 rules",
    "rendering": "输出 rendering",
}


def timing_lines(spent: Sequence[Spent]) -> Iterator[str]:
    """Milliseconds a file: the parts of the way, then each rule, the slowest first."""
    if not spent:
        return
    yield f"每份平均毫秒 · milliseconds a file, files: {len(spent)}"
    parts = {label: sum(getattr(one, part) for one in spent) for part, label in _PARTS.items()}
    for label, seconds in {**parts, "合计 total": sum(parts.values())}.items():
        yield _line(label, seconds, len(spent))
    rules: dict[str, float] = {}
    for one in spent:
        for name, seconds in one.rules.items():
            rules[name] = rules.get(name, 0) + seconds
    yield f"规则 · rules: {len(rules)}"
    for name in sorted(rules, key=rules.__getitem__, reverse=True):
        yield _line(name, rules[name], len(spent))


def _line(label: str, seconds: float, files: int) -> str:
    return f"{1000 * seconds / files:10.3f}  {label}"
