"""The formula in words, as every card prints it and docs/score.md explains it."""

from __future__ import annotations

from linter.score.formula import Formula


def formula_lines(formula: Formula, lang: str) -> list[str]:
    """What the formula does, a sentence a line."""
    titles = {one.key: one.title.of(lang) for one in formula.dimensions}
    cap, compared = formula.compared.cap, formula.compared.points
    severity, level = formula.severity, formula.level
    share = f"{formula.least_share:.0%}"
    if lang == "en":
        parts = ", ".join(f"{titles[one.key]} {one.points}" for one in formula.dimensions)
        return [
            f"Formula, version {formula.version}. Full mark {formula.full}: {parts}.",
            "Counted are obligations (rules that apply and could be decided), not messages: a rule is met if it "
            "applied and failed nowhere in the report, and costs the same however often it failed.",
            f"Weight of an obligation = severity (error {severity['error']}, warning {severity['warning']}, "
            f"info {severity['info']}) × level (statutory {level['statutory']}, standard {level['standard']}, "
            f"exemplary {level['exemplary']}, local {level['local']}); the profile says which rules hold and how "
            "severe they are.",
            "An obligation not met costs: points of the dimension × its weight ÷ all decided weight of the "
            "dimension, cut off after two places.",
            "What is undecided costs nothing and gains nothing. The points of a dimension of which nothing could be "
            "decided go to the others by their points.",
            "A rule whose findings were all set aside with a reason costs nothing.",
            f"After that, each rule on several reports (other years, other units, parents and children) that failed "
            f"costs {compared['error']} (error) or {compared['warning']} (warning) points, at most {cap} in all; the "
            "score is never below 0. The score of the report itself is the same in any corpus.",
            "A report not published has 0 points.",
            f"Not ranked: reports of which fewer than {formula.least_decided} obligations or less than {share} of the "
            "applicable weight could be decided, or that are hardly readable.",
        ]
    parts = "、".join(f"{titles[one.key]} {one.points} 分" for one in formula.dimensions)
    return [
        f"评分办法第 {formula.version} 版。满分 {formula.full} 分：{parts}。",
        "看义务是否做到，不数提示的条数：一条规则适用于这份报告、能够判定，并且没有一处违反，就是做到；违反一处和违反多处，扣分相同。",
        f"一项义务的权重＝级别（错误 {severity['error']}、警告 {severity['warning']}、提示 {severity['info']}）"
        f"×层次（法定 {level['statutory']}、规范 {level['standard']}、示范 {level['exemplary']}、地方 {level['local']}）；"
        "哪些规则适用、各是什么级别，由所选的配置决定。",
        "没有做到的义务扣分＝该维度的满分×这项义务的权重÷该维度全部已判定义务的权重，两位小数，尾数舍去。",
        "未能判定的不扣分，也不得分；某一维度没有能判定的义务时，它的分值按比例归入其他维度。",
        "问题都已说明理由搁置的规则，不扣分。",
        f"与其他报告（上年、其他单位、上下级）比对才能发现的，在此之后另扣：每条规则错误 {compared['error']} 分、"
        f"警告 {compared['warning']} 分，合计以 {cap} 分为限，总分不低于 0 分。报告本身得分不受其他报告影响。",
        "没有发布年度报告的，得 0 分。",
        f"能够判定的义务不足 {formula.least_decided} 项或不足适用权重 {share} 的，以及大部分没有读准的，不参加排名。",
    ]
