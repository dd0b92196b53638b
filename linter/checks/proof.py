"""Why a relation fails or stays open: the formula in figures, the unknown cells, blanks as zero."""

from __future__ import annotations

from collections.abc import Sequence

from linter.checks.cells import EMPTY_STATES, CellKey, describe, evidence_of, spec_of
from linter.checks.outcome import Evidence, Number
from linter.checks.relation import Instance, Side, Term, broken, known, size
from linter.checks.wording import column_name, number_text, row_name
from linter.report.model import StandardTable, State, TableCell

_BROKEN = {"=": "≠", "<=": ">", ">=": "<"}


def side_text(instance: Instance, side: Side) -> tuple[str, str]:
    """One side's sum in Chinese and English; with unknown cells the least it can be."""
    text = number_text(known(instance, side))
    if all(term.cell.value is not None for term in instance.terms if term.side == side):
        return text, text
    return f"至少 {text}", f"at least {text}"


def evidence_for(instance: Instance) -> Evidence:
    """The formula with the figures put in; a side with unknown cells counts at its least."""
    left, right = known(instance, "left"), known(instance, "right")
    return Evidence(
        formula=formula(instance),
        left=left,
        right=right,
        difference=left - right,
        cells=tuple(evidence_of(instance.table, term.key) for term in instance.terms),
    )


def formula(instance: Instance) -> str:
    """The broken relation in figures: `1 + 0 + 0 + 1 = 2 ≠ 0`."""
    sign = _BROKEN[instance.relation]
    left = [term for term in instance.terms if term.side == "left"]
    right = [term for term in instance.terms if term.side == "right"]
    return f"{_sum_text(left, 1)} {sign} {_sum_text(right, -1)}"


def _sum_text(terms: list[Term], direction: int) -> str:
    shown = terms
    if len(terms) > 8:
        shown = [term for term in terms if term.cell.value != 0] or terms[:1]
    text = ""
    for term in shown:
        negative = term.weight * direction < 0
        joint = (" - " if negative else " + ") if text else ("-" if negative else "")
        text += joint + _figure(term.cell)
    if len(terms) == 1:
        return text
    result: Number = 0
    for term in terms:
        result += (term.cell.value or 0) * term.weight * direction
    equal = "≥" if any(term.cell.value is None for term in terms) else "="
    return f"{text} {equal} {number_text(result)}"


def _figure(cell: TableCell) -> str:
    if cell.value is not None:
        return number_text(cell.value)
    return {
        State.BLANK: "空",
        State.PLACEHOLDER: cell.text.strip() or "空",
        State.TEXT: f"“{cell.text.strip()[:12]}”",
        State.LOST: "（原文缺失）",
    }.get(cell.state, "（无此格）")


def open_reason(instances: Sequence[Instance]) -> tuple[str, str]:
    """Why relations over one table are open, and what follows where their blanks are read as zero."""
    table = instances[0].table
    unknown = {term.key for instance in instances for term in instance.unknown()}
    reason, reason_en = unknown_reason(table, [key for key in table.cells if key in unknown])
    readings = []
    for instance in instances:
        terms = instance.unknown()
        if all(term.cell.state in EMPTY_STATES for term in terms):
            readings.append(zero_reading(instance, terms))
    failing = [reading for reading in readings if reading[0]]
    zh, en = [], []
    if likely := [read for instance in instances if (read := likely_reading(instance))]:
        zh.append("；".join(dict.fromkeys(said for said, _ in likely)))
        en.append("; ".join(dict.fromkeys(said for _, said in likely)))
    if len(instances) > 1:
        zh.append(f"共 {len(instances)} 处勾稽关系")
        en.append(f"{len(instances)} identities")
    if failing and len(instances) == 1:
        zh.append(failing[0][0])
        en.append(failing[0][1])
    elif failing:
        zh.append(f"其中 {len(failing)} 处空格按 0 计不成立")
        en.append(f"{len(failing)} of them do not hold with blanks as zero")
    elif len(readings) == len(instances):
        zh.append("空格按 0 计成立")
        en.append("holds with blanks as zero")
    if not zh:
        return reason, reason_en
    return f"{reason}（{'，'.join(zh)}）", f"{reason_en} ({', '.join(en)})"


def unknown_reason(table: StandardTable, keys: Sequence[CellKey]) -> tuple[str, str]:
    """Why the relation is open, naming the unknown cells by what is wrong with them."""
    zh: list[str] = []
    en: list[str] = []
    words = (
        (State.BLANK, "空白", "blank"),
        (State.PLACEHOLDER, "填的是符号", "a placeholder"),
        (State.TEXT, "不是数字", "not a number"),
        (State.LOST, "在原文或转换中丢失", "lost in the source or its conversion"),
        (State.ABSENT, "报告中没有", "not in the report"),
    )
    for state, said, said_en in words:
        found = [key for key in keys if table.cells[key].state == state]
        if found:
            zh.append(f"{describe(table, found)}{said}")
            en.append(f"{describe(table, found, 'en')} {said_en}")
            reasons = {table.cells[key].reason for key in found} - {None}
            if state == State.LOST and len(reasons) == 1:
                zh[-1] += f"（{reasons.pop()}）"
    return "；".join(zh) + "，无法核对", "; ".join(en) + ": cannot be checked"


def likely_reading(instance: Instance) -> tuple[str, str] | None:
    """Whether a relation holds with the figures that doubtful cells seem to show, and if not, which
    one other digit would explain it. None where something else is unknown, too."""
    unknown = instance.unknown()
    if not unknown or any(term.cell.likely is None for term in unknown):
        return None
    difference = known(instance, "left") - known(instance, "right")
    for term in unknown:
        difference += (term.cell.likely or 0) * term.weight
    if not broken(instance.relation, difference, difference):
        return "按识别的数字计成立", "holds with the figures as recognised"
    gap = number_text(size(difference))
    zh, en = [f"按识别的数字计差 {gap}"], [f"off by {gap} with the figures as recognised"]
    if instance.relation == "=":
        for term in unknown:
            read = term.cell.likely or 0
            should: Number = read - difference * term.weight
            if _one_digit_apart(number_text(read), number_text(should)):
                zh.append(f"“{number_text(read)}”若为“{number_text(should)}”则成立")
                en.append(f"would hold if “{number_text(read)}” is “{number_text(should)}”")
    return "，".join(zh), ", ".join(en)


def _one_digit_apart(read: str, meant: str) -> bool:
    """Whether one misread, missed or added digit makes the one figure of the other."""
    if len(read) == len(meant):
        return sum(a != b for a, b in zip(read, meant, strict=True)) == 1
    longer, shorter = (read, meant) if len(read) > len(meant) else (meant, read)
    return len(longer) == len(shorter) + 1 and any(
        longer[:index] + longer[index + 1 :] == shorter for index in range(len(longer))
    )


def zero_reading(instance: Instance, unknown: list[Term]) -> tuple[str, str]:
    """What is wrong if the blanks are zero, and what would settle it; empty where nothing is."""
    low, high = known(instance, "left"), known(instance, "right")
    difference = low - high
    if not broken(instance.relation, difference, difference):
        return "", ""
    gap = number_text(size(difference))
    zh = [f"空格按 0 计则差 {gap}"]
    en = [f"with blanks read as zero it is off by {gap}"]
    options, options_en = _settling(instance, unknown, difference)
    if options:
        zh.append("，或".join(options))
        en.append(", or ".join(options_en))
    return "；".join(zh), "; ".join(en)


def _settling(instance: Instance, unknown: list[Term], difference: Number) -> tuple[list[str], list[str]]:
    """The values that would settle an equality whose blanks are read as zero."""
    if instance.relation != "=":
        return [], []
    zh: list[str] = []
    en: list[str] = []
    # A blank adds to its own side, so only the blanks of the smaller side can close the gap.
    fitting = [term for term in unknown if (term.weight > 0) == (difference < 0)]
    gap = number_text(size(difference))
    if len(fitting) == 1:
        name = "此格" if len(unknown) == 1 else _name(instance, fitting[0])
        zh.append(f"{name}应为 {gap}")
        en.append(f"{'this cell' if len(unknown) == 1 else name} should be {gap}")
    elif fitting:
        zh.append(f"空格合计应为 {gap}")
        en.append(f"the blanks should add up to {gap}")
    for side, weight in (("right", -1), ("left", 1)):
        terms = [term for term in instance.terms if term.side == side]
        if len(terms) == 1 and terms[0].cell.value is not None:
            should: Number = terms[0].cell.value - difference * weight
            if should > 0:
                name = _name(instance, terms[0])
                zh.append(f"{name}应为 {number_text(should)}")
                en.append(f"{name} should be {number_text(should)}")
    return zh, en


def _name(instance: Instance, term: Term) -> str:
    """A term in the words of the axis along which the relation runs."""
    spec = spec_of(instance.table)
    row, column = term.key
    if instance.along == "rows":
        return row_name(spec, row)
    return column_name(spec, row, column).split("·")[-1]
