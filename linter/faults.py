"""Faults in what the user has set: a configuration, a profile, a baseline, a selector."""

from __future__ import annotations

# By name, so that nothing heavy is imported to tell them.
_SAID = {
    "UnknownSelector": "",
    "UnknownProfile": "",
    "ConfigFault": "配置有误：",
    "BaselineFault": "基线有误：",
    "RuleFault": "规则文件有误：",
}


def fault_words(error: BaseException) -> str | None:
    """What to tell the user of a fault in the settings; None for any other error."""
    said = _SAID.get(type(error).__name__)
    return None if said is None else f"{said}{error}"
