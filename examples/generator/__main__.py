"""Writes the example reports: `python -m examples.generator [FOLDER]`.

The Word, HTML, Markdown and text files are the same byte for byte on every run. PDFs are made by
LibreOffice, which stamps them with the time; existing ones are kept unless `--pdf` is given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from examples.generator import (
    Layout,
    Truth,
    make_layout,
    make_report,
    to_docx,
    to_html,
    to_markdown,
    to_text,
    with_defects,
)
from examples.generator.defects import Defect
from examples.generator.pdf import pdfs_from_docx, printable
from examples.generator.truth import OrganKind, TableEdition

FOLDER = Path(__file__).resolve().parents[1] / "reports"


@dataclass(frozen=True, slots=True)
class Example:
    """One committed example: what it is, how it looks, what is wrong with it."""

    name: str
    seed: int
    edition: TableEdition
    kind: OrganKind
    defects: tuple[str, ...] = ()
    layout: Layout | None = None

    def made(self) -> tuple[Truth, Layout, list[Defect]]:
        """The report, its layout and its defects."""
        truth = make_report(self.seed, self.edition, self.kind)
        faulty, defects = with_defects(truth, self.seed, self.defects)
        return faulty, self.layout or make_layout(self.seed), defects


_PLAIN = replace(
    make_layout(0),
    groups="merged",
    stacked=False,
    vertical="none",
    labels="plain",
    brackets="full",
    point=".",
    digits="plain",
    continued="no",
    caption=False,
    page="A4",
    font="Noto Serif CJK SC",
    extras=frozenset(),
)

EXAMPLES = (
    Example("good-office.docx", 22, "2021", "office", layout=replace(_PLAIN, headings="numbered")),
    Example(
        "faulty-bureau.docx",
        29,
        "2021",
        "department",
        ("wrong-total", "blank-row", "unsplit-other", "renamed-row", "missing-period", "link-mismatch"),
    ),
    Example(
        "faulty-government.html",
        35,
        "2021",
        "government",
        ("wrong-dispute-total", "split-section", "stale-year"),
    ),
    Example("good-township.html", 46, "2019", "township"),
    Example(
        "faulty-subdistrict.md",
        58,
        "2019",
        "subdistrict",
        ("half-empty-procurement", "placeholder", "numbering-gap", "template-leftover"),
    ),
    Example("good-bureau.md", 57, "2021", "department"),
    Example(
        "faulty-office.txt",
        74,
        "2019",
        "office",
        ("changed-cell", "missing-contact", "superseded-basis", "empty-section"),
    ),
    Example("faulty-text.docx", 114, "2021", "department", ("wrong-figure-in-text",), layout=_PLAIN),
    Example("good-government.txt", 74, "2021", "government"),
    Example(
        "faulty-city.pdf",
        80,
        "2021",
        "government",
        ("wrong-dispute-total", "in-force-below-issued", "blank-cell", "announced-sections"),
        layout=_PLAIN,
    ),
    Example("good-bureau.pdf", 91, "2019", "department", layout=replace(_PLAIN, split_disclosure=True)),
)

WRITERS: Mapping[str, Callable[[Truth, Layout], bytes]] = {
    ".docx": to_docx,
    ".html": lambda truth, layout: to_html(truth, layout, "page"),
    ".md": to_markdown,
    ".txt": lambda truth, layout: to_text(truth, layout, "tabs", "utf-8"),
}


def file_name(example: Example) -> str:
    """`2023-faulty-bureau.docx`."""
    return f"{example.made()[0].year}-{example.name}"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
@click.option("--pdf", is_flag=True, help="Make the PDFs anew, too (needs LibreOffice).")
def main(folder: Path, pdf: bool) -> None:
    """Write the example reports into FOLDER."""
    folder.mkdir(parents=True, exist_ok=True)
    to_print: dict[str, bytes] = {}
    for example in EXAMPLES:
        truth, layout, defects = example.made()
        path = folder / file_name(example)
        if path.suffix == ".pdf":
            if pdf or not path.exists():
                to_print[path.stem] = to_docx(truth, printable(layout))
        else:
            path.write_bytes(WRITERS[path.suffix](truth, layout))
        click.echo(f"{path.name}: {truth.title}; {_told(defects)}")
    for name, data in (pdfs_from_docx(to_print) if to_print else {}).items():
        (folder / f"{name}.pdf").write_bytes(data)


def _told(defects: list[Defect]) -> str:
    return "faults: " + ", ".join(defect.rule for defect in defects) if defects else "no fault"


if __name__ == "__main__":
    main()
