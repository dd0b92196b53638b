"""A site for tests of its HTTP contract: files are judged in the server's own threads, which is quicker."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from typing import Any

from starlette.testclient import TestClient

from linter.files import Source
from linter.lint import Job
from linter.web.app import make_app
from linter.web.guard import Address
from linter.web.judging import Judged, judge_upload
from linter.web.uploads import Limits

ADDRESS = Address("127.0.0.1", 8765)
ORIGIN = "http://127.0.0.1:8765"
JSON = {"accept": "application/json"}
REPORT = "# 青川县教育局2024年政府信息公开工作年度报告\n\n## 一、总体情况\n\n平稳。\n".encode()


class Here:
    def judge(self, job: Job, source: Source) -> Judged:
        return judge_upload(job, source)

    def close(self) -> None:
        pass


@contextmanager
def site(limits: Limits = Limits(), job: Job = Job()) -> Iterator[TestClient]:  # noqa: B008
    app = make_app(job, ADDRESS, limits, 2, Here())
    with TestClient(app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False) as client:
        yield client


def sent(client: TestClient, *files: tuple[str, bytes]) -> Any:
    """The answer to an upload by the script."""
    return client.post("/files", files=[("files", file) for file in files], headers=JSON)


def judged(client: TestClient, *files: tuple[str, bytes]) -> list[dict[str, str]]:
    """The files sent, when all of them are done."""
    tokens = [item["token"] for item in sent(client, *files).json()]
    until = monotonic() + 30
    while monotonic() < until:
        states = {item["token"]: item for item in client.get("/files").json()}
        if all(states[token]["state"] == "done" for token in tokens):
            return [states[token] for token in tokens]
        sleep(0.02)
    raise AssertionError("not judged in time")
