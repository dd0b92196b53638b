# ruff: noqa: E501
"""What a page states of itself: the block of particulars in the forms that content systems give it."""

from __future__ import annotations

import pytest
from test_html import CONTENT, FOOT, MENU, PASSAGES, TITLE, paragraphs, tables

from linter.document.html import read_html

ITEMS = {
    "索 引 号": "YX0101-2024-00003",
    "信息分类": "政府信息公开年报",
    "发布机构": "云溪县水务局",
    "成文日期": "2024年01月15日",
    "发布日期": "2024-01-22",
    "文　　号": "",
    "有 效 性": "有效",
    "名　　称": TITLE,
}
EXPECTED = {
    "index": "YX0101-2024-00003",
    "publisher": "云溪县水务局",
    "made": "2024-01-15",
    "published": "2024-01-22",
    "validity": "有效",
}


def as_table(items: dict[str, str]) -> str:
    pairs = [f"<td><b>{label}：</b></td><td>{value}</td>" for label, value in items.items()]
    return (
        "<table class='xxgk_table'>"
        + "".join(f"<tr>{''.join(pairs[i : i + 2])}</tr>" for i in range(0, len(pairs), 2))
        + "</table>"
    )


FORMS = {
    "a table, labels and values in cells of their own": as_table,
    "a table, label and value in one cell": lambda items: (
        "<table><tr>" + "</tr><tr>".join(f"<td>{k}：{v}</td>" for k, v in items.items()) + "</tr></table>"
    ),
    "a definition list": lambda items: (
        "<dl>" + "".join(f"<dt>{k}：</dt><dd>{v}</dd>" for k, v in items.items()) + "</dl>"
    ),
    "list items": lambda items: (
        "<ul class='info'>"
        + "".join(f"<li><strong>{k}：</strong><span>{v}</span></li>" for k, v in items.items())
        + "</ul>"
    ),
    "boxes": lambda items: "".join(
        f"<div class='row'><div class='k'>{k}:</div><div class='v'>{v}</div></div>" for k, v in items.items()
    ),
    "labels in brackets": lambda items: "".join(
        f"<div><span>[{k}]</span><span>{v}</span></div>" for k, v in items.items()
    ),
    "spans on one line": lambda items: (
        "<div>" + "　".join(f"<span>{k}：{v}</span>" for k, v in items.items()) + "</div>"
    ),
    "labels without colons": lambda items: (
        "<table><tr>"
        + "</tr><tr>".join(f"<th>{k}</th><td>{v}</td>" for k, v in items.items())
        + "</tr></table>"
    ),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("place", ["above the title", "below the title", "in the article", "at the end"])
def test_the_block_of_particulars(form: object, place: str) -> None:
    assert callable(form)
    block = form(ITEMS)
    parts = dict.fromkeys(("above the title", "below the title", "in the article", "at the end"), "") | {
        place: block
    }
    document = read_html(
        f"<html><head><title>{TITLE}-云溪县人民政府</title></head><body><ul>{MENU}</ul>"
        f"<div class='content'>{parts['above the title']}<h1 class='title'>{TITLE}</h1>{parts['below the title']}"
        f"<div id='zoom'>{parts['in the article']}{CONTENT}</div>{parts['at the end']}</div>{FOOT}</body></html>"
    )
    assert {key: document.metadata.get(key) for key in EXPECTED} == EXPECTED
    assert "number" not in document.metadata
    assert document.metadata["title"] == TITLE
    assert [part for part in paragraphs(document) if part in PASSAGES] == PASSAGES
    assert len(tables(document)) == 1
    assert not [text for text in paragraphs(document) if "YX0101" in text]


def test_a_fragment_with_its_particulars() -> None:
    document = read_html(f"{as_table(ITEMS)}<h1>{TITLE}</h1>{CONTENT}")
    assert document.metadata["published"] == "2024-01-22"
    assert len(tables(document)) == 1


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("PubDate", "2024-01-22 10:00"),
        ("pubdate", "2024/1/22"),
        ("publishdate", "20240122"),
        ("PubDate", "2024年1月22日"),
    ],
)
def test_the_day_in_the_meta_tags(tag: str, value: str) -> None:
    document = read_html(
        f"<html><head><meta name='{tag}' content='{value}'></head><body>{CONTENT}</body></html>"
    )
    assert document.metadata["published"] == "2024-01-22"


def test_two_days_of_publication_give_the_earlier_and_are_said() -> None:
    page = f"<html><head><meta name='PubDate' content='2025-06-01 09:00'></head><body><h1>{TITLE}</h1><p>发布日期：2024-01-22 来源：云溪县水务局</p>{CONTENT}</body></html>"
    document = read_html(page)
    assert document.metadata["published"] == "2024-01-22"
    assert any("2025-06-01" in note for note in document.notes)


def test_a_day_of_making_is_no_day_of_publication() -> None:
    document = read_html(f"<h1>{TITLE}</h1><p>成文日期：2024-01-15　文号：云水〔2024〕3号</p>{CONTENT}")
    assert "published" not in document.metadata
    assert (document.metadata["made"], document.metadata["number"]) == ("2024-01-15", "云水〔2024〕3号")


def test_sentences_of_the_report_are_no_particulars() -> None:
    document = read_html(f"<h1>{TITLE}</h1><p>发布机构：各类信息均由本机关发布。</p>{CONTENT}")
    assert any("各类信息" in text for text in paragraphs(document))
