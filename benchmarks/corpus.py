"""A corpus of synthetic reports in every format, kept in a cache folder outside the repository."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import examples.generator
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
from examples.generator.defects import kinds_for
from examples.generator.html_wrapped import to_mhtml, to_script_page
from examples.generator.layout import half_ruled, unruled, various
from examples.generator.ofd import MANNERS, ofd_from_pdf
from examples.generator.pdf import (
    converted,
    pdfs_from_docx,
    pdfs_from_html,
    printable,
    program,
    writable_as_doc,
)
from examples.generator.scan import scan_of
from examples.generator.scanwear import WEARS, worn_scan_of
from examples.generator.sheets import to_xls, to_xlsx
from examples.generator.truth import TableEdition

# Defects that leave the front matter and the sections alone: what is measured is the reading of cells.
_CELL_DEFECTS = (
    "blank-cell",
    "blank-row",
    "blank-column",
    "blank-block",
    "placeholder",
    "annotated",
    "text-in-cell",
    "missing-row",
    "renamed-row",
    "unsplit-other",
    "changed-cell",
    "edition-mismatch",
)
FORMATS = (
    "docx",
    "doc",
    "html",
    "html-script",
    "mhtml",
    "md",
    "text-tabs",
    "text-spaces",
    "text-cells",
    "text-pdf",
    "text-together",
    "text-bars",
    "text-repeated",
    "pdf-libreoffice",
    "pdf-chromium",
    "pdf-libreoffice-half",
    "pdf-chromium-half",
    "pdf-libreoffice-unruled",
    "pdf-chromium-unruled",
    "ofd-libreoffice",
    "ofd-chromium",
    "xlsx",
    "xls",
    "scan-libreoffice",
    "scan-chromium",
    "scan-worn",
    "pdftotext-libreoffice",
    "pdftotext-layout-libreoffice",
    "pdftotext-chromium",
    "pdftotext-layout-chromium",
)
RULINGS: Mapping[str, Callable[[Layout], Layout]] = {"half": half_ruled, "unruled": unruled}
"""What else than full lines a printed table may have between its cells."""
SUFFIXES = {
    "docx": ".docx",
    "doc": ".doc",
    "html": ".html",
    "html-script": ".html",
    "mhtml": ".mht",
    "md": ".md",
    "xlsx": ".xlsx",
    "xls": ".xls",
}
_PRINTED = {"pdf": ".pdf", "scan": ".pdf", "ofd": ".ofd"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One document of the corpus with its truth; `defects` are the kinds seeded into it."""

    name: str
    truth: Truth
    layout: Layout
    path: Path
    defects: tuple[str, ...]


def default_folder() -> Path:
    """The cache folder used where none is given."""
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "gongkai-lint" / "corpus"


@cache
def source_hash() -> str:
    """A hash of the generator's source and the norm's wording: a changed generator makes a new corpus."""
    package = Path(examples.generator.__file__).parent
    digest = hashlib.blake2b(digest_size=6)
    for file in [*sorted(package.glob("*.py")), *sorted((package.parents[1] / "grammars").glob("*.yaml"))]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def made(index: int) -> tuple[Truth, Layout, tuple[str, ...]]:
    """What document `index` of the corpus says and looks like; every other one has a fault in a table."""
    edition: TableEdition = "2021" if index % 4 < 2 else "2019"
    truth, layout = make_report(index, edition), various(make_layout(index))
    kinds = [kind for kind in _CELL_DEFECTS if kind in kinds_for(edition)]
    if index % 2 == 0:
        return truth, layout, ()
    kind = kinds[index // 2 % len(kinds)]
    return with_defects(truth, index, [kind])[0], layout, (kind,)


def corpus(form: str, count: int, folder: Path) -> list[Sample]:
    """`count` documents of one format, from the cache or made now. Raises `Absent` for PDFs and DOCs."""
    base = folder / source_hash() / form
    base.mkdir(parents=True, exist_ok=True)
    samples = []
    for index in range(count):
        truth, layout, defects = made(index)
        ruled = RULINGS.get(form.rsplit("-", 1)[-1])
        layout = ruled(layout) if ruled else layout
        path = base / f"{index:04d}{_suffix(form)}"
        samples.append(Sample(f"{form} {index}", truth, layout, path, defects))
    missing = [sample for sample in samples if not sample.path.exists()]
    if missing:
        _make(form, missing, folder, count)
    return samples


def _suffix(form: str) -> str:
    return _PRINTED.get(form.split("-", maxsplit=1)[0]) or SUFFIXES.get(form, ".txt")


def _make(form: str, missing: list[Sample], folder: Path, count: int) -> None:
    writers: Mapping[str, Callable[[Truth, Layout], bytes]] = {
        "docx": to_docx,
        "html": to_html,
        "html-script": to_script_page,
        "mhtml": to_mhtml,
        "md": to_markdown,
        "xlsx": to_xlsx,
        "xls": to_xls,
        "text-tabs": lambda truth, layout: to_text(truth, layout, "tabs"),
        "text-spaces": lambda truth, layout: to_text(truth, layout, "spaces"),
        "text-cells": lambda truth, layout: to_text(truth, layout, "cells"),
        "text-pdf": lambda truth, layout: to_text(truth, layout, "pdf"),
        "text-together": lambda truth, layout: to_text(truth, layout, "together"),
        "text-bars": lambda truth, layout: to_text(truth, layout, "bars"),
        "text-repeated": lambda truth, layout: to_text(truth, layout, "repeated"),
    }
    if form in writers:
        for sample in missing:
            sample.path.write_bytes(writers[form](sample.truth, sample.layout))
    elif form == "doc":
        documents = {s.path.stem: to_docx(s.truth, writable_as_doc(s.layout)) for s in missing}
        _keep(missing, converted(documents, "docx", "doc"))
    elif form.startswith("pdf-libreoffice"):
        documents = {s.path.stem: to_docx(s.truth, printable(s.layout)) for s in missing}
        _keep(missing, pdfs_from_docx(documents))
    elif form.startswith("pdf-chromium"):
        _keep(
            missing,
            pdfs_from_html((s.path.stem, to_html(s.truth, printable(s.layout), "print")) for s in missing),
        )
    elif form.startswith("ofd-"):
        _ofds_of_pdfs(form, missing, folder, count)
    elif form == "scan-worn":
        pdfs = {s.path.stem: s.path for s in corpus("pdf-libreoffice", count, folder)}
        for sample in missing:
            seed = int(sample.path.stem)
            manner = list(WEARS)[seed % len(WEARS)]
            sample.path.write_bytes(worn_scan_of(pdfs[sample.path.stem].read_bytes(), seed, manner))
    elif form.startswith("scan-"):
        printed = corpus(form.replace("scan", "pdf"), count, folder)
        pdfs = {sample.path.stem: sample.path for sample in printed}
        for sample in missing:
            name = sample.path.stem
            sample.path.write_bytes(scan_of(pdfs[name].read_bytes(), int(name)))
    else:
        _texts_of_pdfs(form, missing, folder, count)


def _keep(samples: list[Sample], data: Mapping[str, bytes]) -> None:
    for sample in samples:
        sample.path.write_bytes(data[sample.path.stem])


def _ofds_of_pdfs(form: str, missing: list[Sample], folder: Path, count: int) -> None:
    pdfs = {sample.path.stem: sample.path for sample in corpus(f"pdf-{form[4:]}", count, folder)}
    for sample in missing:
        manner = MANNERS[int(sample.path.stem) % len(MANNERS)]
        sample.path.write_bytes(ofd_from_pdf(pdfs[sample.path.stem].read_bytes(), manner))


def _texts_of_pdfs(form: str, missing: list[Sample], folder: Path, count: int) -> None:
    pdftotext = program("pdftotext")
    producer = form.rsplit("-", 1)[1]
    pdfs = {sample.path.stem: sample.path for sample in corpus(f"pdf-{producer}", count, folder)}
    options = ["-layout"] if "layout" in form else []
    for sample in missing:
        command = [pdftotext, *options, str(pdfs[sample.path.stem]), str(sample.path)]
        subprocess.run(command, check=True, timeout=60)
