"""The outputs for other programs: golden files, the schemas of their readers, and hostile reports.

`GONGKAI_GOLDEN=write pytest tests/render` writes the golden files anew; look at the difference.
"""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree
from made_report import HOSTILE, judgement, report
from test_outputs import UNREADABLE, same_as_golden

from linter.checks.outcome import Judgement, Outcome, RuleError, Suppressed
from linter.document.model import Location
from linter.render import check_renderer
from linter.render.entry import Entry, Settings, entry_of
from linter.render.markdown import escaped
from linter.report.model import Report

SCHEMAS = Path(__file__).parent.parent / "schemas"
SUFFIXES = {
    "jsonl": "jsonl",
    "sarif": "sarif",
    "junit": "xml",
    "github": "github.txt",
    "gitlab": "gitlab.json",
    "markdown": "md",
    "csv": "csv",
}
# What a spreadsheet, a shell log, a page and XML might obey.
NASTY = '=1+1\n::error::x,%0A|<b>@all</b>]]>"`\x0b\u2028\x85\udc80'


def judged(made: Report) -> Judgement:
    """The findings of `judgement`, two of them known and set aside; rules that hold, do not apply, broke."""
    found = judgement(made)
    known, aside, *new = found.findings
    return found._replace(
        findings=tuple(new),
        known=(known,),
        suppressed=(Suppressed(aside, "系统导出，已人工核对", "config", "gongkai.toml:7"),),
        baselined=True,
        outcomes={
            ("A001", Outcome.PASS): 7,
            ("A002", Outcome.NOT_APPLICABLE): 1,
            ("T3-102", Outcome.PASS): 6,
            ("T3-102", Outcome.FAIL): 1,
        },
    )


def run_of(form: str, made: Report, found: Judgement, *more: Entry, settings: Settings | None = None) -> str:
    chosen = settings or Settings()
    renderer = check_renderer(form)
    entry = entry_of(made, found, renderer.render_report(made, found, chosen))
    return "".join(renderer.render_run([entry, *more], chosen))


def rendered(form: str, *more: Entry, lang: Any = "zh") -> str:
    made = report()
    return run_of(form, made, judged(made), *more, settings=Settings(lang))


def nasty(form: str) -> str:
    """A report and a file name that speak in the format's own marks."""
    made = report()._replace(path=f"年 报/{NASTY}.md", issuer=NASTY)
    found = judged(made)
    findings = tuple(
        finding._replace(
            message=NASTY,
            hint=NASTY,
            place=finding.place._replace(location=Location(line=3, column=2), excerpt=HOSTILE),
        )
        for finding in found.findings
    )
    suppressed = (Suppressed(findings[0], NASTY, "inline"),)
    changed = found._replace(
        findings=findings, suppressed=suppressed, errors=(RuleError("A003", "x", NASTY),)
    )
    return run_of(form, made, changed, Entry(NASTY, reason=NASTY))


def as_written(text: str) -> str:
    """What comes to lie in the file."""
    from linter.output import encoded

    return encoded(text).decode()


def validate_sarif(log: Any) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(log)


def sarif(*more: Entry) -> Any:
    log = json.loads(rendered("sarif", *more))
    validate_sarif(log)
    return log["runs"][0]


def validate_junit(text: str) -> Any:
    suites = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(suites)
    for suite in suites:
        for kind, count in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.get(count) == str(len(suite.findall(f"testcase/{kind}")))
        assert suite.get("tests") == str(len(suite))
    return suites


def table(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(("form", "suffix"), SUFFIXES.items())
def test_output_is_as_agreed(form: str, suffix: str, lang: Any) -> None:
    same_as_golden(f"check.{lang}.{suffix}", rendered(form, UNREADABLE, lang=lang))


# JSON lines


def test_every_line_is_complete_in_itself_and_says_what_it_is() -> None:
    lines = [json.loads(line) for line in rendered("jsonl", UNREADABLE).splitlines()]
    assert [line["type"] for line in lines] == [
        *["finding"] * 3, "known", "suppressed", *["open"] * 4, "unreadable",
    ]  # fmt: skip
    for line in lines[:-1]:
        assert {"path", "title", "issuer", "year", "code", "name", "location"} <= set(line)
    assert lines[0]["evidence"]["difference"] == 1
    assert lines[4]["suppression"]["reason"] == "系统导出，已人工核对"


def test_a_line_has_the_keys_of_the_json_contract() -> None:
    made = report()
    found = judgement(made)
    line = json.loads(run_of("jsonl", made, found).splitlines()[0])
    finding = json.loads(check_renderer("json").render_report(made, found, Settings()))["findings"][0]
    assert finding.items() <= line.items()


def test_a_report_without_anything_to_say_gives_no_line() -> None:
    assert run_of("jsonl", report(), Judgement((), ())) == ""


# SARIF


def test_sarif_has_the_four_kinds_and_only_failures_have_a_level() -> None:
    results = sarif()["results"]
    assert {result["kind"] for result in results} == {"fail", "open", "pass", "notApplicable"}
    for result in results:
        assert (result["level"] == "none") == (result["kind"] != "fail")
    held = {
        result["ruleId"]: result["kind"] for result in results if result["kind"] in ("pass", "notApplicable")
    }
    assert held == {"A001": "pass", "A002": "notApplicable"}


def test_sarif_tells_new_from_known_and_what_was_set_aside() -> None:
    failures = [result for result in sarif()["results"] if result["kind"] == "fail"]
    assert [result.get("baselineState") for result in failures] == ["new", "new", "new", "unchanged", None]
    assert failures[-1]["suppressions"][0] == {
        "kind": "external",
        "justification": "系统导出，已人工核对",
        "properties": {"where": "gongkai.toml:7"},
    }
    assert all(result["suppressions"] == [] for result in sarif()["results"] if result != failures[-1])


def test_sarif_without_a_baseline_has_no_baseline_state() -> None:
    made = report()
    assert "baselineState" not in run_of("sarif", made, judgement(made))


def test_sarif_gives_each_failure_a_fingerprint() -> None:
    for result in sarif()["results"]:
        if result["kind"] == "fail":
            assert result["partialFingerprints"] == {"gongkaiFinding/v1": "0123456789abcdef"}


def test_sarif_points_at_lines_where_there_are_lines_and_else_at_the_cell() -> None:
    by_rule = {result["ruleId"]: result["locations"][0] for result in sarif()["results"]}
    assert by_rule["C-101"]["physicalLocation"]["region"] == {"startLine": 1}
    cell = by_rule["T4-101"]
    assert "region" not in cell["physicalLocation"]
    assert cell["logicalLocations"][0]["fullyQualifiedName"] == "disputes/litigation_after_review.total"
    assert "复议后起诉" in cell["logicalLocations"][0]["name"]
    assert cell["properties"] == {"page": 8, "table": 7, "row": 3, "cell": 15}


def test_sarif_describes_the_rules_that_it_names() -> None:
    run = sarif()
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert {result["ruleId"] for result in run["results"]} == set(rules)
    told = rules["A001"]
    assert told["name"] == "applications-balance"
    assert told["defaultConfiguration"] == {"level": "error"}
    assert told["properties"]["group"] == "arithmetic"
    assert "勾稽关系" in told["fullDescription"]["text"]
    assert told["properties"]["clause"] in told["help"]["text"]


def test_sarif_names_a_rule_that_the_profile_does_not_know() -> None:
    rules = {rule["id"]: rule for rule in sarif()["tool"]["driver"]["rules"]}
    assert rules["T4-101"] == {"id": "T4-101", "name": "disputes-total"}


def test_sarif_tells_what_could_not_be_read_and_how_the_run_ended() -> None:
    invocation = sarif(UNREADABLE)["invocations"][0]
    assert (invocation["exitCode"], invocation["executionSuccessful"]) == (2, False)
    assert "文件不完整或已损坏" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    assert sarif()["invocations"][0]["exitCode"] == 1


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("年报/a b.md", {"uri": "%E5%B9%B4%E6%8A%A5/a%20b.md", "uriBaseId": "%SRCROOT%"}),
        ("../100%#?.md", {"uri": "../100%25%23%3F.md", "uriBaseId": "%SRCROOT%"}),
        ("a:b.md", {"uri": "a%3Ab.md", "uriBaseId": "%SRCROOT%"}),
        ("/else where/c.md", {"uri": "file:///else%20where/c.md"}),
        (str(Path.cwd() / "in" / "d.md"), {"uri": "in/d.md", "uriBaseId": "%SRCROOT%"}),
        ("坏\udcff.md", {"uri": "%E5%9D%8F%FF.md", "uriBaseId": "%SRCROOT%"}),
    ],
)
def test_sarif_writes_paths_as_uris_from_the_current_folder(path: str, address: Any) -> None:
    made = report()._replace(path=path)
    log = json.loads(run_of("sarif", made, judged(made)))
    validate_sarif(log)
    assert log["runs"][0]["artifacts"][0]["location"] == address
    first = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert first["artifactLocation"] == address


def test_sarif_of_a_run_without_files_is_valid() -> None:
    validate_sarif(json.loads("".join(check_renderer("sarif").render_run([], Settings()))))


# JUnit


def test_junit_has_a_suite_a_file_and_a_case_a_rule() -> None:
    first, second = validate_junit(rendered("junit", UNREADABLE))
    assert first.get("name") == "青川/办公室.docx"
    ended = {case.get("name").split()[0]: [child.tag for child in case] for case in first}
    assert ended == {
        "A001": [],
        "C-101": ["failure"],
        "F-104": ["skipped"],
        "T3-101": ["skipped"],
        "T3-102": ["failure"],
        "T3-103": ["skipped"],
        "T4-101": ["failure"],
    }
    assert second.find("testcase/error").get("message") == "文件不完整或已损坏"


def test_junit_gives_the_reason_of_what_is_skipped_and_the_proof_of_what_fails() -> None:
    (suite,) = validate_junit(rendered("junit"))
    told = {case.get("name").split()[0]: case[0] for case in suite if len(case)}
    assert "这一列有没能读出的格" in told["T3-103"].get("message")
    assert "系统导出" in told["T3-101"].get("message")
    assert "16 + 0 = 16 ≠ 15 = 15 + 0" in told["T3-102"].text
    assert told["T3-102"].get("type") == "error"


def test_junit_fails_a_rule_with_a_finding_even_where_others_of_it_are_undecided_or_set_aside() -> None:
    made = report()
    found = judged(made)
    code = found.open[0].code
    again = found._replace(findings=(found.findings[0]._replace(code=code),))
    (suite,) = validate_junit(run_of("junit", made, again))
    assert [case[0].tag for case in suite if case.get("name").startswith(code)] == ["failure"]


def test_junit_shows_a_rule_that_broke_as_an_error() -> None:
    made = report()
    broken = Judgement((), (), (RuleError("A001", "applications-balance", "除以零"),))
    (suite,) = validate_junit(run_of("junit", made, broken))
    assert suite.find("testcase/error").get("message") == "除以零"


# GitHub and GitLab


def test_github_annotates_the_gravest_first_and_only_what_counts() -> None:
    commands = [line for line in rendered("github", UNREADABLE).splitlines() if line.startswith("::")]
    assert [line.split(" ")[0] for line in commands] == ["::error", "::error", "::notice", "::error"]
    assert commands[2].startswith("::notice file=青川/办公室.docx,line=1,title=C-101 missing-title::")


def test_gitlab_issues_have_what_gitlab_wants() -> None:
    made = report()
    twice = judged(made)
    issues = json.loads(run_of("gitlab", made, twice, UNREADABLE))
    for issue in issues:
        assert set(issue) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert issue["location"]["lines"]["begin"] >= 1
    assert [issue["severity"] for issue in issues] == ["major", "major", "info", "critical"]


def test_gitlab_keeps_the_same_report_in_two_files_apart() -> None:
    one, other = report(), report()._replace(path="青川/办公室.pdf")
    prints = [json.loads(run_of("gitlab", made, judged(made)))[0]["fingerprint"] for made in (one, other)]
    assert prints[0] != prints[1]


# Markdown and CSV


def test_markdown_folds_what_does_not_count() -> None:
    text = rendered("markdown", UNREADABLE)
    assert text.index("❌ 错误") < text.index("<summary>未能判定 4 项") < text.index("系统导出")
    assert "基线中已有的问题 1 处，不计" in text


def test_csv_has_a_row_for_everything_said() -> None:
    rows = table(rendered("csv", UNREADABLE))
    assert [row["类型"] for row in rows] == [
        *["问题"] * 3, "基线中已有", "已说明理由，不计", *["未能判定"] * 4, "不能读取",
    ]  # fmt: skip
    assert rows[0]["编制机关"] == "青川县人民政府办公室"
    assert rows[4]["原因"] == "系统导出，已人工核对"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "\t=", " ="])
def test_csv_cells_are_never_formulas(start: str) -> None:
    made = report()._replace(issuer=f'{start}HYPERLINK("x")')
    for row in table(run_of("csv", made, judged(made))):
        assert row["编制机关"].startswith("'")


# Hostile reports


def test_nothing_in_a_report_breaks_the_form() -> None:
    for line in filter(None, as_written(nasty("jsonl")).split("\n")):
        json.loads(line)
    validate_sarif(json.loads(as_written(nasty("sarif"))))
    validate_junit(nasty("junit"))
    json.loads(as_written(nasty("gitlab")))
    assert {len(row) for row in csv.reader(io.StringIO(nasty("csv"), newline=""))} == {17}


def as_github_reads(line: str) -> tuple[str, dict[str, str], str]:
    """A workflow command taken apart as the runner does: name, properties, message."""
    command, _, message = line.removeprefix("::").partition("::")
    name, _, properties = command.partition(" ")
    pairs = dict(part.split("=", 1) for part in properties.split(","))

    def decoded(text: str) -> str:
        for code, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            text = text.replace(code, character)
        return text

    return name, {key: decoded(value) for key, value in pairs.items()}, decoded(message)


def test_a_report_gives_github_no_commands_of_its_own() -> None:
    *commands, last = nasty("github").removesuffix("\n").split("\n")
    assert len(commands) == 4
    for line in commands:
        name, properties, message = as_github_reads(line)
        assert name in ("error", "warning", "notice")
        assert set(properties) <= {"file", "line", "col", "title"}
        assert "=1+1 ::error::x,%0A|<b>@all</b>]]>" in properties["file"]
        assert "=1+1 ::error::x,%0A|<b>@all</b>]]>" in message.replace("\n", " ")
    assert not last.startswith("::")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("&lt;b&gt;", "&amp;lt;b&amp;gt;"),
        ("a|b*c*_d_`e`", r"a\|b\*c\*\_d\_\`e\`"),
        ("- 项", r"\- 项"),
        ("# 标题", r"\# 标题"),
        ("1. 项", "1\u200b. 项"),
        ("2024年1.5万", "2024年1.5万"),
        ("[x](http://a.example.cn)", r"\[x\](http://a.example.cn)"),
    ],
)
def test_markdown_has_no_markup_from_a_report(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_markdown_shows_a_report_as_text() -> None:
    text = nasty("markdown")
    assert "<b>" not in text
    assert "@all" not in text
    assert "<script>" not in text
