"""Who gets an answer, and what a browser may do with it."""

from __future__ import annotations

import pytest

pytest.importorskip("starlette")
pytest.importorskip("python_multipart")

from served import JSON, ORIGIN, REPORT, judged, site

from linter.web.guard import Address, is_loopback, is_ours

SENT = {"files": ("报告.md", REPORT)}


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:8765", "[::1]:8765"])
def test_the_server_answers_under_its_own_names(host: str) -> None:
    with site() as client:
        assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example:8765", "127.0.0.1", "127.0.0.1:80", "localhost:8766", "", ":8765"),
        *(
            "127.0.0.1.evil.example:8765",
            "evil.example#localhost:8765",
            "localhost:8765:8765",
            "0.0.0.0:8765",
        ),
    ],
)
def test_a_name_that_another_lets_point_here_gets_nothing(host: str) -> None:
    with site() as client:
        answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "drop" not in answer.text


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "http://evil.example",
        "http://127.0.0.1:9999",
        "https://127.0.0.1:8765",
        "http://localhost:8765",
    ],
)
def test_only_our_own_pages_may_write(origin: str | None) -> None:
    with site() as client:
        (item,) = judged(client, ("报告.md", REPORT))
        client.headers.pop("origin")
        headers = {**JSON, **({"origin": origin} if origin else {})}
        assert client.post("/files", files=SENT, headers=headers).status_code == 403
        assert client.post("/clear", headers=headers).status_code == 403
        assert client.post(f"/files/{item['token']}/remove", headers=headers).status_code == 403
        assert len(client.get("/files").json()) == 1


def test_every_answer_is_protected() -> None:
    with site() as client:
        (item,) = judged(client, ("报告.md", REPORT))
        page = f"/files/{item['token']}"
        answers = [
            client.get(address, headers=headers)
            for address in (
                "/",
                "/files",
                page,
                page + "/workbook",
                "/static/web.js",
                "/nothing",
                "/static/x",
            )
            for headers in ({}, {"host": "evil.example"})
        ]
        answers.append(client.post("/files", content=b"", headers={"origin": "null"}))
        answers.append(client.post("/files", content=b""))
    for answer in answers:
        policy = dict(part.split(" ", 1) for part in answer.headers["content-security-policy"].split("; "))
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers


def test_no_page_has_style_or_script_of_its_own() -> None:
    with site() as client:
        (item,) = judged(client, ("报告.md", REPORT))
        pages = [
            client.get("/").text,
            client.get(f"/files/{item['token']}").text,
            client.get("/nothing").text,
        ]
    for page in pages:
        assert "<style" not in page
        assert " style=" not in page
        assert " on" not in {part[:3] for part in page.split('"')}
        assert page.count("<script") == page.count('<script src="/static/web.js"')


def test_a_server_on_every_address_takes_figures_but_no_foreign_names() -> None:
    everywhere = Address("0.0.0.0", 8000)
    assert is_ours("192.168.3.7:8000", everywhere)
    assert is_ours("[fe80::1]:8000", everywhere)
    assert not is_ours("evil.example:8000", everywhere)
    assert everywhere.url == "http://localhost:8000/"


def test_the_port_of_http_may_be_left_out() -> None:
    assert is_ours("localhost", Address("127.0.0.1", 80))
    assert is_ours("[::1]", Address("::1", 80))
    assert not is_ours("localhost", Address("127.0.0.1", 8000))


def test_loopback_is_told_from_the_rest() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.0.1", "::1", "localhost")))
    assert not any(map(is_loopback, ("0.0.0.0", "::", "192.168.1.2", "example.org")))
    assert Address("127.0.0.1", 8765).url == ORIGIN + "/"
