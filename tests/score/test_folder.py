"""The folder: whole or not at all, closed in itself, every lost point linked to its finding."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html
from making import board_of, filing_of, finding, made_corpus, record_with, write

from linter.corpus.model import Corpus
from linter.corpus.roster import Roster, Unit
from linter.score.board import Asked, Board, card_name
from linter.score.folder import FolderFault
from linter.score.letters import TemplateFault

EVIL = "<script>alert(1)</script>\"'=1+1"


def pages(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def evil_corpus() -> Corpus:
    board = board_of(made_corpus(1))
    said = {**finding(board.rules["A001"], excerpt=EVIL), "message": EVIL, "hint": EVIL, "clause": EVIL}
    record = record_with({"A001": {"fail": 1}}, (said,), path=EVIL, title=EVIL)
    unit = Unit(EVIL, "department")
    return Corpus(Roster([unit]), (2024,), (filing_of(record, unit=unit),))


def test_every_link_leads_to_a_file_and_a_place_that_are_there(score_folder: Path) -> None:
    anchors = {path: set(html.parse(str(path)).xpath("//@id")) for path in pages(score_folder)}
    for path in pages(score_folder):
        for link in html.parse(str(path)).xpath("//@href | //@src"):
            name, _, anchor = unquote(link).partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.exists(), (path, link)
            assert not anchor or anchor in anchors[target], (path, link)


def test_nothing_is_loaded_from_elsewhere_and_no_page_has_script_or_style_of_its_own(
    score_folder: Path,
) -> None:
    for path in pages(score_folder):
        text = path.read_text("utf-8")
        assert "://" not in re.sub(r"\b[a-z]+=\"?http://www.w3.org[^\"]*", "", text)
        tree = html.fromstring(text.encode())
        assert tree.xpath("//@style | //style | //script[not(@src)] | //@onclick") == []
        assert "default-src 'none'" in str(tree.xpath("string(//meta[@http-equiv]/@content)"))


def test_the_items_printed_on_every_card_add_up_to_the_score_printed_on_it(score_folder: Path) -> None:
    cards = 0
    for path in (score_folder / "units").iterdir():
        tree = html.parse(str(path))
        for article in tree.xpath("//article[.//p[@class='big']]"):
            printed = article.xpath(".//p[@class='big']/strong")[0].text.strip()
            sheets = article.xpath(".//h3[contains(., '扣分明细')]/following-sibling::div[1]//tr[td]")
            if printed == "—":
                assert sheets == []
                continue
            figures = [row.xpath("td")[0].text_content().strip().replace("−", "-") for row in sheets]
            assert str(sum(map(Decimal, figures[:-1]))) == figures[-1] == printed
            assert "评分办法第 1 版" in tree.getroot().text_content()
            cards += 1
    assert cards > 50


def test_every_lost_point_is_linked_to_its_finding_and_names_its_clause(
    score_folder: Path, scored: Board
) -> None:
    linked = 0
    for unit in scored.corpus.roster.units:
        tree = html.parse(str(score_folder / "units" / card_name(unit)))
        for row in tree.xpath("//table[contains(@class, 'items')]//tr[td/code]"):
            assert row.xpath(".//a[starts-with(@href, '#y')]"), row.text_content()
            assert row.xpath("td")[-1].text_content().strip()
            linked += 1
    assert linked > 100


def test_what_a_report_says_is_text_everywhere(tmp_path: Path) -> None:
    folder = write(board_of(evil_corpus(), asked=Asked(title=EVIL)), tmp_path / "out")
    for path in pages(folder):
        tree = html.parse(str(path))
        assert [script.get("src") for script in tree.xpath("//script")] in (
            ["assets/score.js"],
            ["../assets/score.js"],
        )
    for path in (folder / "data").glob("*.csv"):
        for row in csv.reader(path.read_text("utf-8-sig").splitlines()):
            assert not any(cell.startswith(("=", "@", "+")) for cell in row), path


def test_csv_and_json_say_what_the_cards_say(score_folder: Path, scored: Board) -> None:
    data = json.loads((score_folder / "data" / "scores.json").read_text("utf-8"))
    assert (data["schema"], data["formula"]["version"]) == (1, "1")
    totals = {(one["unit"], one["year"]): one["total"] for one in data["scores"]}
    summed: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    with (score_folder / "data" / "items.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            summed[row["unit"], int(row["year"])] += Decimal(row["points"])
    assert {key: str(total) for key, total in summed.items()} == {
        key: total for key, total in totals.items() if total is not None
    }
    assert len(totals) == len(scored.corpus.filings)


def test_the_same_corpus_gives_the_same_bytes(scored: Board, score_folder: Path, tmp_path: Path) -> None:
    first, again = content(score_folder), content(write(scored, tmp_path / "again"))
    assert first.keys() == again.keys()
    assert [name for name in first if first[name] != again[name]] == []


def test_a_folder_is_replaced_only_when_asked_and_only_one_of_this_program(tmp_path: Path) -> None:
    board = board_of(made_corpus(2))
    target = write(board, tmp_path / "out")
    with pytest.raises(FolderFault, match="--force"):
        write(board, target)
    (target / "old.html").write_text("old")
    write(board, target, force=True)
    assert not (target / "old.html").exists()
    foreign = tmp_path / "mine"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("mine")
    with pytest.raises(FolderFault, match="其他文件"):
        write(board, foreign, force=True)
    assert (foreign / "letter.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["mine", "out"]


def test_what_cannot_be_finished_leaves_nothing_and_keeps_what_was_there(tmp_path: Path) -> None:
    board = board_of(made_corpus(2))
    target = write(board, tmp_path / "out")
    before = content(target)
    own = tmp_path / "letters"
    own.mkdir()
    (own / "notice.md.j2").write_text("{{ nothing_of_that_name }}", "utf-8")
    (own / "circular.md.j2").write_text("{% if %}", "utf-8")
    with pytest.raises(TemplateFault, match="circular"):
        write(board, target, own, force=True)
    assert content(target) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letters", "out"]


def test_in_english_no_page_has_a_chinese_word_of_its_own(tmp_path: Path) -> None:
    board = board_of(made_corpus(12), asked=Asked(lang="en"))
    folder = write(board, tmp_path / "out")
    text = html.parse(str(folder / "index.html")).getroot().text_content()
    for word in ("排名", "总分", "热力图", "评分办法", "未发布", "应发布"):
        assert word not in text


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path: Path) -> None:
    unit = Unit("青禾县教育局", "department")
    broken = record_with({}, path="坏.pdf", reason="文件已损坏")
    filing = filing_of(None, "unreadable", unit=unit, others=(broken,))
    folder = write(board_of(Corpus(Roster([unit]), (2024,), (filing,))), tmp_path / "out")
    for page in (folder / "index.html", folder / "units" / card_name(unit)):
        assert "文件已损坏" in page.read_text("utf-8")


def test_a_year_without_any_report_and_a_corpus_of_one_are_written(tmp_path: Path) -> None:
    unit = Unit("青禾县教育局", "department")
    corpus = Corpus(Roster([unit]), (2024,), (filing_of(None, "missing", unit=unit),))
    folder = write(board_of(corpus), tmp_path / "out")
    assert "未发布，得 0 分" in (folder / "index.html").read_text("utf-8")
    assert len(list((folder / "整改通知2024").iterdir())) == 1
