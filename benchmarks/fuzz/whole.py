# ruff: noqa: E501
"""Mutated files of one form through the whole linter: `python -m benchmarks.fuzz.whole docx [--minutes 10]`.

Each file is read, judged by every rule, and rendered in every output. What is a find: an exception, a rule
that breaks, a reason of several lines, more than ten seconds, more than 1 GiB, and any file opened for
writing, process started or address asked for on the way. A find is kept in the folder given, and printed.
"""

from __future__ import annotations

import faulthandler
import io
import os
import random
import resource
import signal
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.corpus import corpus, default_folder
from benchmarks.fuzz import doc, packages, text, web
from examples.generator.ole import compound_file
from examples.generator.pdf import converted
from linter.document.model import Unreadable
from linter.document.olecontainer import Container
from linter.document.registry import SUPPORTED_SUFFIXES
from linter.files import STDIN, Source, find_sources
from linter.lint import Selection, Stated, lint, read
from linter.render import CHECK_FORMATS, check_renderer
from linter.render.entry import Settings, entry_of
from linter.render.extract_json import render_report

Make = Callable[[random.Random], tuple[bytes, str]]

_SECONDS = 10
_RTF_WORDS = (
    b"{", b"}", b"\\", b"\\par ", b"\\cell ", b"\\row ", b"\\trowd ", b"\\intbl ", b"\\cellx99999999", b"\\cellx-5", b"\\bin999999999 ", b"\\uc9 ",
    b"\\u-99999?", b"\\'ff", b"\\clvmrg ", b"\\clmgf ", b"\\itap9 ", b"\\nestcell ", b"{\\field{\\*\\fldinst PAGE}{\\fldrslt ", b"{\\pict ", b"{\\listtext ",
    b"{\\*\\unknown ", b"\\ansicpg1 ", b"\\f99999 ", b"{" * 300, b"}" * 300, b"\\deleted ", b"\\v ",
)  # fmt: skip
_REACHING_OUT = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.mkdir", "os.rename", "os.remove", "urllib.", "ftplib.")  # fmt: skip


def makers() -> dict[str, Callable[[], Make]]:
    """For each form: what loads its good files and gives the maker of broken ones."""
    return {
        "docx": lambda: _packages("docx"),
        "xlsx": lambda: _packages("xlsx"),
        "ofd": lambda: _packages("ofd"),
        "xls": lambda: _streams("xls", ("Workbook",)),
        "doc": lambda: _streams("doc", ("WordDocument", "0Table", "1Table", "Data")),
        "rtf": _rtfs,
        "html": lambda: _pages(web.pages(), "html"),
        "mhtml": lambda: _pages(web.archives(web.pages()), "mht"),
        "text": lambda: text._mutated,
        "zip": _zips,
    }


def _files(*forms: str, count: int = 12) -> list[bytes]:
    return [s.path.read_bytes() for form in forms for s in corpus(form, count, default_folder())]


def _packages(kind: str) -> Make:
    forms = ("ofd-libreoffice", "ofd-chromium") if kind == "ofd" else (kind,)
    files = _files(*forms)

    def make(chance: random.Random) -> tuple[bytes, str]:
        way = chance.choice((packages.in_bytes, packages.in_parts, *(packages.in_trees,) * 4))
        return way(chance.choice(files), chance), f"a.{kind}"

    return make


def _streams(kind: str, names: tuple[str, ...]) -> Make:
    """OLE files whose streams are changed; one time in four the file as a whole is."""
    files = _files(kind, count=24)
    opened = [{n: d for n in names if (d := Container(file).read(n)) is not None} for file in files]

    def make(chance: random.Random) -> tuple[bytes, str]:
        index = chance.randrange(len(files))
        if chance.random() < 0.25:
            return doc._mutated(files[index], chance), f"a.{kind}"
        streams = dict(opened[index])
        name = chance.choice(list(streams))
        streams[name] = doc._mutated(streams[name], chance)
        return compound_file(streams), f"a.{kind}"

    return make


def _rtfs() -> Make:
    documents = {str(index): data for index, data in enumerate(_files("docx", count=8))}
    files = list(converted(documents, "docx", "rtf").values())

    def make(chance: random.Random) -> tuple[bytes, str]:
        out = bytearray(chance.choice(files))
        for _ in range(chance.choice((1, 2, 5, 20, 100))):
            at = chance.randrange(len(out))
            kind = chance.randrange(5)
            if kind == 0:
                out[at : at + chance.choice((1, 3, 50))] = b""
            elif kind == 1:
                out[at] = chance.randrange(256)
            elif kind == 2:
                out[at:at] = out[at : at + chance.randrange(1, 2000)]
            else:
                out[at:at] = chance.choice(_RTF_WORDS)
        return bytes(out), "a.rtf"

    return make


def _pages(files: list[bytes], suffix: str) -> Make:
    return lambda chance: (web.mutated(chance.choice(files), chance, files), f"a.{suffix}")


def _zips() -> Make:
    pages, words, books = web.pages(), _files("docx", count=4), _files("xlsx", count=4)
    bodies = [(".html", page) for page in pages] + [(".docx", word) for word in words]
    bodies += [(".xlsx", book) for book in books] + [(".txt", data) for data in _files("text-tabs", count=4)]
    names = (
        "年报/报告",
        "../../b",
        "/tmp/c",
        "a\\b",
        "__MACOSX/x",
        "a_files/x",
        "a",
        "报告.html.files/y",
        "C:/x",
    )

    def make(chance: random.Random) -> tuple[bytes, str]:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for number in range(chance.randint(1, 3)):
                suffix, data = chance.choice(bodies)
                if chance.random() < 0.7:
                    mutate = packages.in_trees if suffix in (".docx", ".xlsx") else packages.in_bytes
                    data = mutate(data, chance)
                name = chance.choice(names) + (str(number) if chance.random() < 0.5 else "") + suffix
                archive.writestr(name, data)
        data = buffer.getvalue()
        return packages.in_bytes(data, chance) if chance.random() < 0.3 else data, "a.zip"

    return make


class Watched:
    """What Python was asked to do beyond computing while watched."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on:
            return
        writing = event == "open" and isinstance(arguments[1], str) and set("wax+") & set(arguments[1])
        if writing or event.startswith(_REACHING_OUT):
            self.seen.append(f"{event} {arguments!r}"[:300])


def fault_of(data: bytes, name: str, outcomes: Counter[str]) -> str:
    """What the linter does wrong with the file, or ""."""
    try:
        sources = find_sources([STDIN], SUPPORTED_SUFFIXES, Source(name, data))
    except Exception:
        return traceback.format_exc()[-900:]
    for source in sources:
        try:
            report = read(source, Stated())
            judgement = lint(report, Selection())
            for form in CHECK_FORMATS:
                renderer = check_renderer(form)
                entry = entry_of(report, judgement, renderer.render_report(report, judgement, Settings()))
                for piece in renderer.render_run([entry], Settings()):
                    piece.encode("utf-8", "surrogateescape")
            render_report(report)
        except Unreadable as reason:
            outcomes["refused"] += 1
            if "\n" in str(reason) or not 0 < len(str(reason)) < 700:
                return f"reason not one line: {reason!r}"
            continue
        except Exception:
            return traceback.format_exc()[-900:]
        outcomes["judged"] += 1
        if judgement.errors:
            return f"rules broke: {judgement.errors!r}"[:900]
    return ""


@click.command()
@click.argument("kind", type=click.Choice(sorted(makers())))
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), default=Path("/tmp/fuzz-whole"), show_default=True)
def main(kind: str, minutes: float, seed: int, keep: Path) -> None:
    """Judges mutated files of one KIND until the time is over."""
    make = makers()[kind]()
    keep.mkdir(parents=True, exist_ok=True)
    os.environ["PATH"] = ""  # LibreOffice is not what is tried here
    watched = Watched()
    outcomes: Counter[str] = Counter()
    fault_of(*make(random.Random(0)), outcomes)  # what is loaded and compiled once is not counted
    fault_of(web.pages()[0], "a.html", outcomes)
    outcomes.clear()
    resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
    signal.signal(signal.SIGALRM, _late)
    current = keep / f"{kind}-{seed}-current"
    tried = finds = 0
    slowest = 0.0
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        data, name = make(random.Random(f"{seed} {tried}"))
        current.write_bytes(data)
        faulthandler.dump_traceback_later(60, exit=True)  # for a loop that no signal reaches
        signal.alarm(_SECONDS)
        watched.on, started = True, time.monotonic()
        fault = fault_of(data, name, outcomes)
        watched.on, spent = False, time.monotonic() - started
        signal.alarm(0)
        faulthandler.cancel_dump_traceback_later()
        fault = fault or "; ".join(watched.seen) or (f"took {spent:.1f} s" if spent > _SECONDS else "")
        watched.seen.clear()
        slowest = max(slowest, spent)
        tried += 1
        if fault:
            finds += 1
            path = keep / f"{kind}-{seed}-{tried}"
            path.write_bytes(data)
            print(f"{path}: {fault}", flush=True)
    current.unlink()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{kind}: {tried} files in {minutes:g} min, {dict(outcomes)}, {finds} finds, slowest {slowest:.2f} s, peak {peak} MiB")  # fmt: skip
    sys.exit(int(finds > 0))


def _late(*_: object) -> None:
    raise TimeoutError("too slow")


if __name__ == "__main__":
    main()
