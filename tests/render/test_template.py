"""Text templates run without Jinja give what Jinja gives."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import jinja2
import pytest
from made_report import judgement, report

from linter.render import template, text
from linter.render.entry import Entry, Settings, entry_of
from linter.render.program import run
from linter.render.reduce import reduce
from linter.resources import resource_folder


def reduced(source: str) -> Any:
    return reduce(template.environment().parse(source))


TEXTS = [
    path
    for path in sorted(resource_folder("templates").glob("*.j2"))
    if path.name.endswith((".txt.j2", "report.md.j2", "run.md.j2"))
]


@pytest.mark.parametrize("path", TEXTS, ids=lambda p: p.name)
def test_every_shipped_text_template_reduces(path: Any) -> None:
    assert reduced(path.read_text(encoding="utf-8")) is not None


@pytest.mark.parametrize("settings", [Settings(), Settings("en", color=True, columns=60)])
def test_reports_come_out_as_by_jinja(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def rendered() -> str:
        made = report()
        judged = judgement(made)
        entry = entry_of(made, judged, text.render_report(made, judged, settings))
        return "".join(text.render_run([entry, Entry("b", reason="坏")], settings))

    direct = rendered()
    monkeypatch.setattr(text, "render", template.render_by_jinja)
    assert rendered() == direct


@pytest.mark.parametrize(
    "source",
    [
        "{{ a ~ b.c }}{% if not a %}x{% else %}y{% endif %}",
        "{% for i in items %}\n  {{ i + 1 }},\n{% endfor %}\n",
        "{{ (items + [9]) | join('; ') }} {{ 'p' if b.c else 'q' }} {{ f(a, 'z') }}",
    ],
)
def test_programs_give_what_jinja_gives(source: str) -> None:
    values = {"a": "甲", "b": {"c": 0}, "items": [1, 2], "f": lambda x, y: x + y}
    assert run(reduced(source), values) == template.environment().from_string(source).render(values)


@pytest.mark.parametrize(
    "source",
    ["{% macro m() %}{% endmacro %}", "{{ x | upper }}", "{% for a in b %}{{ loop.index }}{% endfor %}"],
)
def test_what_programs_cannot_say_is_left_to_jinja(source: str) -> None:
    assert reduced(source) is None


def test_a_missing_name_is_an_error_in_both() -> None:
    with pytest.raises(KeyError):
        run(reduced("{{ missing }}"), {})
    with pytest.raises(jinja2.UndefinedError):
        template.environment().from_string("{{ missing }}").render()


def test_text_output_does_not_load_jinja() -> None:
    code = (
        "import sys; from linter.render import text, entry; "
        "list(text.render_run([], entry.Settings())); sys.exit('jinja2' in sys.modules)"
    )
    list(text.render_run([], Settings()))  # fills the cache
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
