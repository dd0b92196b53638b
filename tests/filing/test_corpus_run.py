"""A run over many reports: what was seeded is found, nothing else, and the same however it is run."""

import shutil
from pathlib import Path

from provinces import ENGINE, corpus_of, names, province, put, truth_of, with_figure

from examples.generator import make_layout, to_docx
from examples.generator.province import expected, strangers
from linter.corpus.collect import collect
from linter.corpus.corpus_json import corpus_json
from linter.corpus.roster import read_roster
from linter.corpus.run import Wanted, local_engine, run
from linter.supervised import Watch


def test_the_faults_seeded_in_a_province_are_those_found() -> None:
    made, folder = province()
    corpus = corpus_of(folder / "年报", folder / "名录.csv")
    wanted = expected(made)
    for kind in ("late", "missing", "undated"):
        found = {(each.unit.name, each.year) for each in corpus.filings if each.status == kind}
        assert found == wanted[kind], kind
    for kind in ("carry-over-mismatch", "stock-flow-mismatch", "two-versions-differ"):
        assert wanted[kind], kind
        found = {
            (each.unit.name, each.year)
            for each in corpus.filings
            if kind in {finding["name"] for finding in each.findings}
        }
        assert found == wanted[kind], kind
    assert {each.record.issuer for each in corpus.unmatched} == {each.issuer for each in strangers(made)}
    assert corpus.unreadable == ()


def test_the_result_is_the_same_byte_for_byte_whatever_the_number_of_processes() -> None:
    _, folder = province()
    roster = read_roster(folder / "名录.csv")
    items = collect([str(folder / "年报")])
    one, many = (
        "".join(corpus_json(run(items, roster, Wanted(), local_engine(Watch(jobs))))) for jobs in (1, 3)
    )
    assert one == many


def test_last_year_is_looked_at_even_where_only_this_year_is_asked_for(tmp_path: Path) -> None:
    before, after = truth_of("云浦县财政局", 2022), truth_of("云浦县财政局", 2023)
    carried = before.tables["applications"].number("carried_out", "natural_person")
    put(before, tmp_path / "2022.html")
    put(
        with_figure(after, "applications", "carried_in", "natural_person", carried + 1),
        tmp_path / "2023.html",
    )
    items = collect([str(tmp_path)])
    corpus = run(items, None, Wanted(years=(2023,)), ENGINE)
    assert [filing.year for filing in corpus.filings] == [2023]
    assert "carry-over-mismatch" in names(corpus, "云浦县财政局", 2023)


def test_what_is_said_across_years_counts_as_an_outcome(tmp_path: Path) -> None:
    for year in (2022, 2023):
        put(truth_of("云浦县财政局", year), tmp_path / f"{year}.html")
    first, second = corpus_of(tmp_path).filings
    assert first.outcomes["Y001"] == {"not-applicable": 1}
    assert sum(second.outcomes["Y001"].values()) == 7
    assert "not-applicable" not in second.outcomes["Y001"]


def test_a_copy_of_the_same_file_is_no_other_version(tmp_path: Path) -> None:
    path = put(truth_of("云浦县财政局", 2023), tmp_path / "a.html")
    shutil.copy(path, tmp_path / "b.html")
    (filing,) = corpus_of(tmp_path).filings
    assert [Path(each.path).name for each in filing.others] == ["b.html"]
    assert filing.outcomes["Y008"] == {"not-applicable": 1}


def test_two_versions_that_differ_are_found_with_file_and_figures(tmp_path: Path) -> None:
    truth = truth_of("云浦县财政局", 2023)
    put(truth, tmp_path / "网页.html")
    put(with_figure(truth, "disclosure", "licensing", "decisions", 987654), tmp_path / "附件.html")
    (filing,) = corpus_of(tmp_path).filings
    (finding,) = [each for each in filing.findings if each["name"] == "two-versions-differ"]
    assert "987654" in finding["message"]
    assert finding["location"]["cell"] == "decisions"


def test_a_bad_file_costs_only_itself(tmp_path: Path) -> None:
    put(truth_of("云浦县财政局", 2023), tmp_path / "a.html")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    corpus = corpus_of(tmp_path)
    assert [filing.status for filing in corpus.filings] == ["in-time"]
    assert [Path(each.path).name for each in corpus.unreadable] == ["b.pdf"]


def test_a_page_and_its_attachment_that_differ_are_found_in_one_check(tmp_path: Path) -> None:
    truth = truth_of("云浦县财政局", 2023)
    put(truth, tmp_path / "年报.html")
    other = with_figure(truth, "disclosure", "licensing", "decisions", 987654)
    (tmp_path / "年报.docx").write_bytes(to_docx(other, make_layout(1)))
    corpus = corpus_of(tmp_path)
    assert len(corpus.filings) == 1
    assert "two-versions-differ" in names(corpus, "云浦县财政局", 2023)
