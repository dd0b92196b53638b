"""The commands `gongkai rules` and `gongkai explain`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linter.cli.options import configuration_options, language_option, profile_option, selection_options
from linter.cli.plan import plan_of, selectors, usage_errors
from linter.cli.run import columns_for, write

if TYPE_CHECKING:
    from linter.checks.profile import Profiled
    from linter.checks.rulebook import Rule


@click.command(
    help="说明一条规则：含义、依据、错误写法、正确写法、怎么改。\n\n"
    "Explain a rule: meaning, clause, wrong and right example, how to mend.",
    epilog="""\b
例 Examples:
  gongkai explain disputes-total
  gongkai explain disputes-total --lang en
""",
)
@click.argument("rule", metavar="CODE|NAME")
@profile_option
@configuration_options
@language_option
@click.pass_context
def explain(context: click.Context, /, *, rule: str, profile: str | None, **options: Any) -> None:
    """Print one rule, as the profile of the command line or of the configuration here states it."""
    from linter.lint import DEFAULT_PROFILE
    from linter.render.rules import render_rule

    with usage_errors():
        plan = plan_of(context)
        own = _profiled(plan.profile if profile or plan.profile != DEFAULT_PROFILE else None)
        found = _rule(rule, own, only_there=profile is not None)
        text = render_rule(found, plan.lang, columns_for(None), own)
    write([text], output=None, form="text", color=False)


@click.command(
    help="列出规则；不写 --profile 时列出全部。\n\nList the rules: all of them, or those of a profile.",
    epilog="""\b
例 Examples:
  gongkai rules
  gongkai rules --profile 法定
  gongkai rules --select arithmetic --format json
""",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="输出格式 · output format",
)
@click.option("--output", "-o", metavar="FILE", help="结果写入文件 · write to FILE")
@selection_options
@language_option
def rules(
    *,
    form: str,
    output: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    extend_select: tuple[str, ...],
    profile: str | None,
    lang: str,
) -> None:
    """Print all rules, or those selected."""
    from linter.lint import Selection, ruleset_for
    from linter.render.rules import list_rules_json, list_rules_text

    named = selectors(select), selectors(ignore), selectors(extend_select)
    with usage_errors():
        chosen = _all_rules(*named) if profile is None else ruleset_for(Selection(*named, profile)).rules
    if form == "json":
        listing = list_rules_json(chosen, lang, _profiled(profile))
    else:
        listing = list_rules_text(chosen, lang, columns_for(output))
    write([listing], output, form, color=False)


def _all_rules(*named: tuple[str, ...]) -> tuple[Rule, ...]:
    """The selected rules, whatever the profile."""
    from linter.checks.rulebook import load_rulebook, select_rules

    return select_rules(load_rulebook(), *named)


def _profiled(profile: str | None) -> Profiled | None:
    """The rules under the profile, where one is named."""
    from linter.checks.profile import load_profile

    return load_profile(profile) if profile else None


def _rule(name: str, own: Profiled | None, *, only_there: bool) -> Rule:
    """The one rule of that code or name, also one of a pack. Exits with a usage error where it is none."""
    from linter.checks.profile import every_rule, shipped_profiles

    rule = own.rulebook.find(name) if own else None
    if rule is None and not only_there:
        rule = every_rule(shipped_profiles()).find(name)
    if rule is None:
        raise click.UsageError(f"“{name}”不是一条规则的代码或名称；gongkai rules 列出全部规则")
    return rule
