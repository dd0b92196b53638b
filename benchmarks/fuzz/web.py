# ruff: noqa: E501
"""Mutated pages, web archives and zips through the readers: `python -m benchmarks.fuzz.web [--minutes 10]`.

Anything but a Document or Unreadable, and any reading of over 10 s, is a find: it is kept in the folder
given, and printed. The peak of memory is printed at the end.
"""

from __future__ import annotations

import io
import random
import resource
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import click

from benchmarks.corpus import made
from examples.generator.html import to_html
from linter.document.model import Unreadable
from linter.document.registry import read_document

_PIECES = (
    b"<table>", b"</table>", b"<tr>", b"<td rowspan=65535 colspan=1000>", b"</td>", b"<div>", b"</div>", b"<iframe src='a.html'>",
    b"<iframe srcdoc='<p>a'>", b"<script>var c='", b"</script>", b"<script>{\"a\":[", b"<noscript>", b"<textarea>", b"<!--", b"-->", b"<p/>", b"<?xml",
    b"&lt;p&gt;", b"%u4e00", b"\\u4e00", b"\\", b"'", b'"', b"`", "索引号：".encode(), "发布日期：2024-13-45".encode(),
    b"<base href='http://[::1'>", b"<a href='http://[x.pdf'>a.pdf</a>", b"\x00", b"\xff\xfe", b"<frameset><frame src=..//x>", b"viewerContainer pdf",
    b"Content-Type: text/html\r\n\r\n", b"------B\r\n", b"=3D", b"<li><a href=a>a</a>", b"<ol start=99999999>", b"<pre>", b"\t",
)  # fmt: skip


def mutated(data: bytes, rng: random.Random, others: list[bytes]) -> bytes:
    """`data` with a few places changed, cut, doubled or mixed with another file."""
    out = bytearray(data)
    for _ in range(rng.choice((1, 2, 5, 20, 100))):
        at = rng.randrange(len(out) + 1)
        kind = rng.randrange(6)
        if kind == 0:
            out[at : at + rng.randrange(1, 50)] = b""
        elif kind == 1:
            out[at:at] = rng.choice(_PIECES) * rng.choice((1, 1, 1, 3, 40))
        elif kind == 2:
            out[at:at] = out[at : at + rng.randrange(1, 2000)]
        elif kind == 3 and at < len(out):
            out[at] = rng.randrange(256)
        elif kind == 4:
            other = rng.choice(others)
            start = rng.randrange(len(other))
            out[at:at] = other[start : start + rng.randrange(1, 3000)]
        elif kind == 5 and rng.random() < 0.1:
            del out[at:]
    return bytes(out)


def pages() -> list[bytes]:
    """Pages of the generator, and some whose text is in scripts or frames."""
    found = [to_html(*made(index)[:2]) for index in range(12)]
    import json

    body = found[0].decode("utf-8", "replace")
    found.append(
        f"<html><body><div id=app></div><script>var c = {json.dumps(body)};</script></body></html>".encode()
    )
    found.append(
        f"<script type='application/json'>{json.dumps({'title': 'x', 'content': body})}</script>".encode()
    )
    found.append(f"<html><body><textarea>{body.replace('<', '&lt;')}</textarea></body></html>".encode())
    return found


def archives(some: list[bytes]) -> list[bytes]:
    """The pages as web archives."""
    head = b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="----B"\r\n\r\n'
    part = (
        b"------B\r\nContent-Type: text/html\r\nContent-ID: <f@x>\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    return [head + part + page + b"\r\n" + part + page[:3000] + b"\r\n------B--\r\n" for page in some]


def zips(some: list[bytes]) -> list[bytes]:
    """The pages zipped, two in each."""
    found = []
    for index, page in enumerate(some):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("年报/page.html", page)
            archive.writestr("年报/page_files/a.html", some[index - 1])
            archive.writestr("../b.txt", page[:500])
        found.append(buffer.getvalue())
    return found


def read_zip(data: bytes) -> None:
    """Every file that a zip holds, read as a run reads it."""
    from linter.files import Source, find_sources
    from linter.lint import document_of

    for source in find_sources(["-"], frozenset({".html", ".txt"}), Source("a.zip", data)):
        try:
            if not source.fault:
                document_of(source)
        except Unreadable:
            continue


@click.command()
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--keep", type=click.Path(path_type=Path), default=Path("/tmp/fuzz-web"), show_default=True)
def main(minutes: float, seed: int, keep: Path) -> None:
    """Reads mutated pages, web archives and zips until the time is over."""
    rng = random.Random(seed)
    held = pages()
    kinds: dict[str, tuple[list[bytes], Callable[[bytes], object]]] = {
        "html": (held, lambda data: read_document(data, "a.html")),
        "mhtml": (archives(held), lambda data: read_document(data, "a.mht")),
        "zip": (zips(held), read_zip),
    }
    counts = dict.fromkeys(kinds, 0)
    finds, slowest = 0, 0.0
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        kind = rng.choice(list(kinds))
        seeds, read = kinds[kind]
        data = mutated(rng.choice(seeds), rng, seeds)
        began = time.monotonic()
        fault = ""
        try:
            read(data)
        except Unreadable as reason:
            if "\n" in str(reason) or len(str(reason)) > 700:
                fault = f"not one line: {str(reason)[:80]}"
        except Exception as error:
            fault = f"{type(error).__name__}: {error}"
        spent = time.monotonic() - began
        slowest = max(slowest, spent)
        counts[kind] += 1
        if fault or spent > 10:
            finds += 1
            keep.mkdir(parents=True, exist_ok=True)
            path = keep / f"{kind}-{seed}-{counts[kind]}"
            path.write_bytes(data)
            print(f"{path}: {fault or f'{spent:.0f} s'}", flush=True)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"read {counts}, finds {finds}, slowest {slowest:.2f} s, peak {peak} MB")


if __name__ == "__main__":
    main()
