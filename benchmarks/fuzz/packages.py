"""Mutated zip packages (OFD, XLSX): `python -m benchmarks.fuzz.packages ofd [--minutes 10]`.

Takes generated files, changes bytes of the container or words of the XML parts, and reads them. Any
exception but Unreadable, a message of several lines, more than ten seconds or 1 GiB is a finding:
the input is kept in the folder that is printed.
"""

from __future__ import annotations

import copy
import io
import random
import re
import resource
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from lxml import etree

from benchmarks.corpus import corpus, default_folder
from linter.document.model import Unreadable
from linter.document.registry import read_document

_FORMS = {"ofd": ("ofd-libreoffice", "ofd-chromium"), "xlsx": ("xlsx",), "xls": ("xls",)}
_SLOWEST = 10.0
_LARGEST = 1 << 20
"""KiB of memory."""

_EXTREMES = (
    "0",
    "-1",
    "1e308",
    "-1e-300",
    "nan",
    "inf",
    "999999999999",
    "g 999999999 1",
    "",
    "\U0001f600",
    "../../../etc/passwd",
    "/OFD.xml",
    "Document.xml",
    "\ue123",
    "XFD1048576",
    "A1:XFD1048576",
    "1" * 4000,
)
_WORD = re.compile(r'"[^"]*"|>[^<]+<|<[^>]+>')


def in_bytes(data: bytes, chance: random.Random) -> bytes:
    """Some bytes changed, cut out or doubled."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(changed))
        kind = chance.randrange(4)
        if kind == 0:
            changed[at] = chance.randrange(256)
        elif kind == 1:
            changed[at : at + chance.randint(1, 64)] = b""
        elif kind == 2:
            changed[at:at] = changed[at : at + chance.randint(1, 256)]
        else:
            changed[at : at + 4] = chance.choice((b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\xff\xff\x7f"))
        if len(changed) < 8:
            break
    return bytes(changed[: chance.randrange(8, len(changed) + 1)] if chance.random() < 0.1 else changed)


def in_parts(data: bytes, chance: random.Random) -> bytes:
    """Some words of some parts changed, dropped, doubled or exchanged; parts dropped or renamed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(chance.randint(1, 3)):
        name = chance.choice(list(parts))
        parts[name] = _changed(parts[name].decode("utf-8", "replace"), chance).encode("utf-8", "replace")
    if chance.random() < 0.1:
        parts.pop(chance.choice(list(parts)))
    if chance.random() < 0.1:
        one, other = chance.choice(list(parts)), chance.choice(list(parts))
        parts[one], parts[other] = parts[other], parts[one]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def in_trees(data: bytes, chance: random.Random) -> bytes:
    """Elements of some parts dropped, doubled, moved, emptied or given other values: well-formed still."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = sorted((name for name in parts if name.endswith((".xml", ".rels"))), key=lambda n: -len(parts[n]))
    # The largest parts hold the text; the others are met one time in two.
    for name in {names[0], chance.choice(names)} if chance.random() < 0.5 else names[:1]:
        root = etree.fromstring(parts[name])
        for _ in range(chance.choice((1, 3, 10, 40))):
            _change(root, chance)
        parts[name] = etree.tostring(root)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


def _change(root: Any, chance: random.Random) -> None:
    elements = [element for element in root.iter() if element is not root and isinstance(element.tag, str)]
    if len(elements) < 2:
        return
    one, other = chance.choice(elements), chance.choice(elements)
    kind = chance.randrange(7)
    extreme = "".join(character for character in chance.choice(_EXTREMES) if character.isprintable())
    if kind == 0:
        one.getparent().remove(one)
    elif kind == 1 and len(one) < 2000:
        one.addnext(copy.deepcopy(one))
    elif kind == 2 and sum(1 for _ in one.iter()) < 2000:
        other.append(copy.deepcopy(one))
    elif kind == 3 and one.attrib:
        one.set(chance.choice(list(one.attrib)), extreme)
    elif kind == 4 and one.attrib and other.attrib:
        one.set(chance.choice(list(one.attrib)), chance.choice(list(other.attrib.values())))
    elif kind == 5:
        one.tag = other.tag
    else:
        one.text = extreme if chance.random() < 0.5 else other.text


def _changed(text: str, chance: random.Random) -> str:
    for _ in range(chance.randint(1, 8)):
        words = list(_WORD.finditer(text))
        if not words:
            return text
        word, other = chance.choice(words), chance.choice(words)
        first = word.group()
        kind = chance.randrange(5)
        if kind == 0 or (kind == 4 and first[0] == "<"):
            new = ""
        elif kind == 1:
            new = first * chance.choice((2, 3, 50))
        elif kind == 2:
            new = other.group()
        else:
            inner = chance.choice(_EXTREMES)
            pieces = first[1:-1].split(" ")
            pieces[chance.randrange(len(pieces))] = inner
            new = first[0] + " ".join(pieces) + first[-1]
        text = text[: word.start()] + new + text[word.end() :]
    return text


def fault_of(data: bytes, name: str) -> str | None:
    """What reading the file does wrong, or None."""
    started = time.perf_counter()
    try:
        read_document(data, name)
    except Unreadable as reason:
        if "\n" in str(reason) or not str(reason):
            return f"message of several lines: {reason!r}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"
    took = time.perf_counter() - started
    return f"{took:.1f} s" if took > _SLOWEST else None


@click.command()
@click.argument("kind", type=click.Choice(sorted(_FORMS)))
@click.option("--minutes", default=10.0, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--cache", type=click.Path(path_type=Path), default=None, help="Folder of the corpus.")
def main(kind: str, minutes: float, seed: int, cache: Path | None) -> None:
    """Read mutated files of one KIND for some minutes."""
    chance = random.Random(seed)
    samples = [s for form in _FORMS[kind] for s in corpus(form, 10, cache or default_folder())]
    files = [sample.path.read_bytes() for sample in samples]
    ways: tuple[Callable[[bytes, random.Random], bytes], ...] = (in_bytes, in_parts, in_trees)
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{kind}-"))
    end = time.monotonic() + 60 * minutes
    tried = found = 0
    while time.monotonic() < end:
        way = ways[0] if kind == "xls" else ways[tried % 3]
        data = way(chance.choice(files), chance)
        tried += 1
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        fault = fault_of(data, f"a.{kind}")
        if fault is None and resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > max(memory, _LARGEST):
            fault = "more than 1 GiB"
        if fault:
            found += 1
            (folder / f"{found}.{kind}").write_bytes(data)
            print(f"{folder}/{found}.{kind}: {fault}", flush=True)
    print(f"{tried} files read, {found} faults; peak {memory // 1024} MiB")


if __name__ == "__main__":
    main()
