"""A run with a local pack, a baseline, suppressions and a stale entry at once, in every output."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from linter.cli import main
from linter.render import CHECK_FORMATS

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "tests" / "schemas"
REASON = "系统导出，已人工核对"
CONFIG = f"""profile = "本县.yaml"
baseline = "基线.json"

[[suppress]]
rule = "missing-period"
reason = "{REASON}"
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two faulty reports. Of their findings those of groups A and S are in the baseline, with one that is
    there no more; the command runs in another folder."""
    reports = tmp_path / "年报"
    reports.mkdir()
    pack = re.search(r"```yaml\n(.*?)```", (ROOT / "docs" / "profiles.md").read_text(encoding="utf-8"), re.S)
    assert pack
    (reports / "本县.yaml").write_text(pack[1], encoding="utf-8")
    shutil.copy(ROOT / "examples/reports/2021-faulty-bureau.docx", reports / "a.docx")
    shutil.copy(ROOT / "examples/reports/2024-faulty-government.html", reports / "b.html")
    monkeypatch.chdir(tmp_path)
    known = str(reports / "基线.json")
    assert gongkai("baseline", known, "年报", "--select", "A,S", "--isolated").exit_code == 0
    (reports / "gongkai.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


def gongkai(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def check(form: str, *options: str) -> Result:
    return gongkai("check", "年报", "--format", form, *options)


def make_stale() -> None:
    """An entry of the baseline that its report has not any more."""
    path = Path("年报/基线.json")
    said = json.loads(path.read_text(encoding="utf-8"))
    (one,) = [one for one in said["findings"] if one["code"] == "A004"]
    said["findings"].append({**one, "fingerprint": "f" * 16})
    path.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def sarif(*options: str) -> tuple[Any, Result]:
    result = check("sarif", *options)
    log = json.loads(result.stdout)
    schema = json.loads((SCHEMAS / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(log)
    return log["runs"][0], result


def by_code(lines: Any, kind: str) -> set[str]:
    return {line["code"] for line in lines if line["type"] == kind}


def test_sarif_tells_new_known_and_suppressed_apart() -> None:
    run, _ = sarif()
    failures = [result for result in run["results"] if result["kind"] == "fail"]
    states: dict[Any, set[str]] = {}
    for result in failures:
        states.setdefault(result.get("baselineState"), set()).add(result["ruleId"])
    assert states["unchanged"] >= {"A003", "A004", "S002", "S008"}
    assert states["new"] >= {"C001", "Q001"}
    assert not (states["new"] | states["unchanged"]) & {"F003"}
    (aside,) = [result for result in failures if result["suppressions"]]
    assert (aside["ruleId"], aside.get("baselineState")) == ("F003", None)
    assert aside["suppressions"][0]["justification"] == REASON
    assert aside["suppressions"][0]["kind"] == "external"
    assert all(result["partialFingerprints"] for result in failures)


def test_sarif_has_the_texts_of_the_rules_of_a_local_pack() -> None:
    run, _ = sarif()
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert rules["Q001"]["shortDescription"]["text"] == "没有写政务公开专区"
    assert "政务公开专区设在哪里" in rules["Q001"]["help"]["text"]
    assert all("fullDescription" in rule for rule in rules.values())


@pytest.mark.parametrize("form", CHECK_FORMATS)
@pytest.mark.parametrize(
    ("stale", "options", "code"),
    [
        (False, (), 0),
        (False, ("--fail-on", "warning"), 1),
        (False, ("--fail-on-stale",), 0),
        (True, ("--fail-on", "never"), 0),
        (True, ("--fail-on", "never", "--fail-on-stale"), 1),
    ],
)
def test_the_exit_code_is_the_same_in_every_output(
    form: str, stale: bool, options: tuple[str, ...], code: int
) -> None:
    if stale:
        make_stale()
    result = check(form, *options)
    assert result.exit_code == code
    if form == "sarif":
        run = json.loads(result.stdout)["runs"][0]
        assert run["invocations"][0]["exitCode"] == code


def test_what_cannot_be_read_outweighs_a_stale_baseline() -> None:
    make_stale()
    Path("年报/c.docx").write_bytes(b"PK\x03\x04 broken")
    run, result = sarif("--fail-on-stale")
    assert (result.exit_code, run["invocations"][0]["exitCode"]) == (2, 2)
    assert run["invocations"][0]["executionSuccessful"] is False


def test_timings_change_nothing_of_what_counts() -> None:
    make_stale()
    assert check("json", "--timings").stdout == check("json").stdout
    assert check("json", "--timings", "--fail-on-stale").exit_code == 1


def test_junit_skips_what_does_not_count_and_says_why() -> None:
    suites = etree.fromstring(check("junit").stdout.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / "junit-10.xsd")).assertValid(suites)
    ended = {
        (suite.get("name"), case.get("name", "").split()[0]): [
            (child.tag, child.get("type")) for child in case
        ]
        for suite in suites
        for case in suite
    }
    assert ended["年报/a.docx", "A003"] == [("skipped", "known")]
    assert ended["年报/a.docx", "F003"] == [("skipped", "suppressed")]
    assert ended["年报/a.docx", "C001"] == [("failure", "warning")]
    assert ended["年报/b.html", "Q001"] == [("failure", "warning")]
    assert REASON in etree.tostring(suites, encoding="unicode")
    (told,) = {name for case in suites.iter("testcase") if (name := case.get("name", "")).startswith("Q001")}
    assert told == "Q001 qinghe-reading-place 没有写政务公开专区"


def test_json_lines_and_csv_say_of_each_finding_whether_it_counts() -> None:
    lines = [json.loads(line) for line in check("jsonl").stdout.splitlines()]
    assert by_code(lines, "known") >= {"A003", "A004", "S002", "S008"}
    assert by_code(lines, "suppressed") == {"F003"}
    assert not by_code(lines, "finding") & {"A003", "A004", "F003"}
    (aside,) = [line for line in lines if line["type"] == "suppressed"]
    assert aside["suppression"] == {"kind": "config", "reason": REASON, "where": "年报/gongkai.toml:4"}
    rows = list(csv.DictReader(io.StringIO(check("csv").stdout.removeprefix("\ufeff"), newline="")))
    (row,) = [row for row in rows if row["规则编号"] == "F003"]
    assert (row["类型"], row["原因"]) == ("已说明理由，不计", REASON)
    assert {row["类型"] for row in rows if row["规则编号"] == "A003"} == {"基线中已有"}


def test_annotations_show_only_what_counts() -> None:
    github = check("github").stdout
    assert "C001 blank-cell" in github
    assert not re.search("A003|A004|F003", github)
    assert github.splitlines()[-1].endswith("已豁免 1 处，基线中已有 5 处")
    issues = json.loads(check("gitlab").stdout)
    codes = {issue["check_name"].split()[0] for issue in issues}
    assert "Q001" in codes
    assert not codes & {"A003", "A004", "F003"}


@pytest.mark.parametrize("form", ["markdown", "html", "text"])
def test_pages_for_people_say_what_does_not_count(form: str) -> None:
    said = check(form).stdout
    assert "C001" in said
    if form != "text":
        assert REASON in said
    assert re.search("基线中已有", said)
    assert re.search("已豁免|已说明理由", said)
