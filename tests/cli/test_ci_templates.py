"""The GitHub Action and the GitLab template: valid, every input used, their commands run as they stand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from linter.render import CHECK_FORMATS

ROOT = Path(__file__).parent.parent.parent
ACTION = ROOT / "action.yml"
GITLAB = ROOT / "ci" / "gitlab.yml"
REPORTS = ROOT / "examples" / "reports"
FAULTY, GOOD = "2021-faulty-bureau.docx", "2024-good-office.docx"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def steps() -> dict[str, Any]:
    return {step["name"]: step for step in loaded(ACTION)["runs"]["steps"]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of reports, and before it a folder with `gongkai` as it would be installed."""
    commands = tmp_path / "bin"
    commands.mkdir()
    gongkai = commands / "gongkai"
    gongkai.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m linter "$@"\n', encoding="utf-8")
    gongkai.chmod(0o755)
    reports = tmp_path / "repository" / "年报 全县"
    reports.mkdir(parents=True)
    for name in (FAULTY, GOOD):
        shutil.copy(REPORTS / name, reports / name)
    return tmp_path / "repository"


def shell(script: str, folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """`script` as a runner calls bash."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PATH": f"{folder.parent / 'bin'}:{os.environ['PATH']}",
        **variables,
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def step(name: str, folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """A step of the action with `inputs`, its others at their defaults."""
    chosen = {key: str(spec.get("default", "")) for key, spec in loaded(ACTION)["inputs"].items()}
    chosen.update({key.replace("_", "-"): value for key, value in inputs.items()})
    found = steps()[name]
    values = {key: chosen[word.split(".")[1].rstrip("} ")] for key, word in found["env"].items()}
    return shell(found["run"], folder, **values)


@pytest.mark.parametrize(
    ("schema", "path"),
    [("github-actions", ACTION), ("gitlab-ci", GITLAB)],
    ids=["github", "gitlab"],
)
def test_the_files_follow_the_schemas_of_their_readers(schema: str, path: Path) -> None:
    pytest.importorskip("check_jsonschema")
    transform = ["--data-transform", "gitlab-ci"] if schema == "gitlab-ci" else []
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *transform]
    result = subprocess.run([*command, str(path)], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr


def test_every_input_of_the_action_is_used_and_told() -> None:
    text = ACTION.read_text(encoding="utf-8")
    guide = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for name in loaded(ACTION)["inputs"]:
        assert f"inputs.{name} " in text
        assert f"`{name}`" in guide


def test_no_input_is_put_into_a_script() -> None:
    """What a pull request names must not become part of a command: inputs reach scripts as variables."""
    for found in steps().values():
        assert "${{" not in found.get("run", "")


def test_the_action_installs_the_version_that_is_used() -> None:
    assert steps()["Install gongkai-lint"]["run"].endswith('"$GITHUB_ACTION_PATH"')


def test_the_action_annotates_and_fails_on_findings(folder: Path) -> None:
    result = step("gongkai check", folder, paths=f"\n年报 全县/{FAULTY}\n\n年报 全县/{GOOD}\n")
    assert result.returncode == 1
    assert f"::error file=年报 全县/{FAULTY},title=" in result.stdout
    assert "共检查 2 份" in result.stdout


@pytest.mark.parametrize(
    ("inputs", "code"),
    [
        ({"paths": f"年报 全县/{GOOD}"}, 0),
        ({"paths": "年报 全县", "fail_on": "never"}, 0),
        ({"paths": "没有.docx"}, 2),
        ({"paths": "年报 全县", "profile": "法定", "lang": "en"}, 1),
        ({"paths": "$(touch hacked)"}, 2),
    ],
)
def test_the_action_ends_as_the_check_does(inputs: dict[str, str], code: int, folder: Path) -> None:
    assert step("gongkai check", folder, **inputs).returncode == code
    assert not (folder / "hacked").exists()


@pytest.mark.parametrize(("inputs", "code"), [({}, 0), ({"fail_on": "error"}, 1)])
def test_the_action_leaves_to_the_configuration_what_is_not_said(
    inputs: dict[str, str], code: int, folder: Path
) -> None:
    (folder / "gongkai.toml").write_text('fail-on = "never"\nlang = "en"', encoding="utf-8")
    result = step("gongkai check", folder, paths="年报 全县", **inputs)
    assert result.returncode == code
    assert "undecided" in result.stdout


def test_the_action_writes_sarif_without_failing(folder: Path) -> None:
    result = step("SARIF", folder, paths="年报 全县", sarif_file="gongkai.sarif")
    assert result.returncode == 0
    run = json.loads((folder / "gongkai.sarif").read_text(encoding="utf-8"))["runs"][0]
    assert run["invocations"][0]["exitCode"] == 1


@pytest.mark.parametrize(
    ("options", "paths", "code"),
    [
        ("", ".", 1),
        ("--fail-on never", ".", 0),
        ("--fail-on warning --profile 示范", ".", 1),
        ("", "没有", 2),
    ],
)
def test_the_gitlab_job_writes_its_reports_and_ends_as_the_check_does(
    options: str, paths: str, code: int, folder: Path
) -> None:
    job = loaded(GITLAB)["gongkai-check"]
    given = {**job["variables"], "GONGKAI_OPTIONS": options, "GONGKAI_PATHS": paths}
    assert shell("\n".join(job["script"]), folder, **given).returncode == code
    for name in job["artifacts"]["reports"].values():
        assert (folder / name).stat().st_size > 0
    issues = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text(encoding="utf-8"))
    assert issues[0]["location"]["path"] == (f"年报 全县/{FAULTY}" if paths == "." else "没有")


def guide_snippets() -> list[Any]:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    return [yaml.safe_load(part.partition("```")[0]) for part in text.split("```yaml\n")[1:]]


def test_the_guide_names_hooks_inputs_and_variables_that_exist() -> None:
    hooks, workflow, included = guide_snippets()
    manifest = {hook["id"] for hook in loaded(ROOT / ".pre-commit-hooks.yaml")}
    assert {hook["id"] for hook in hooks["repos"][0]["hooks"]} <= manifest
    used = workflow["jobs"]["gongkai"]["steps"][1]["with"]
    assert set(used) <= set(loaded(ACTION)["inputs"])
    assert (ROOT / included["include"][0]["local"]).exists()
    assert set(included["gongkai-check"]["variables"]) <= set(loaded(GITLAB)["gongkai-check"]["variables"])


def test_the_guide_tells_every_format_in_both_languages() -> None:
    text = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
    for form in CHECK_FORMATS:
        assert text.count(f"| `{form}` |") == 2, form
