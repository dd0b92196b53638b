"""PDFs and DOCs of synthetic reports, by LibreOffice from Word files and by Chromium from HTML pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from base64 import b64decode
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from examples.generator.layout import Layout

# Constructs that a printout shows otherwise than Word means them, or not at all.
_NOT_PRINTED = frozenset({"insertions", "deletions", "hidden-text", "text-box-title", "field-link"})


class Absent(Exception):
    """A program that makes or reads PDFs is not installed; the message names it."""


def printable(layout: Layout) -> Layout:
    """The layout without constructs that print otherwise than they read."""
    return replace(layout, extras=layout.extras - _NOT_PRINTED)


def writable_as_doc(layout: Layout) -> Layout:
    """The layout without constructs that LibreOffice writes wrongly: it repeats content controls."""
    return replace(layout, extras=layout.extras - {"content-controls"})


def soffice() -> str:
    """The path of LibreOffice. Raises Absent."""
    return program("soffice", "libreoffice")


def chromium() -> str:
    """The path of Chromium. Raises Absent."""
    return program("chromium", "chromium-browser", "google-chrome")


def program(*names: str) -> str:
    """The path of the first program of `names` that is installed. Raises Absent."""
    for name in names:
        if path := shutil.which(name):
            return path
    raise Absent(f"{names[0]} is not installed")


def pdfs_from_docx(documents: Mapping[str, bytes]) -> dict[str, bytes]:
    """PDFs of Word documents by LibreOffice, by the same names. Raises Absent."""
    return converted(documents, "docx", "pdf")


def converted(documents: Mapping[str, bytes], source: str, target: str, batch: int = 50) -> dict[str, bytes]:
    """Documents of one type as another ("pdf", "doc" …) by LibreOffice, by the same names. Raises Absent.

    Several files go into one start of LibreOffice, which is far faster than one each.
    """
    office = soffice()
    made: dict[str, bytes] = {}
    with tempfile.TemporaryDirectory(prefix="gongkai-soffice-") as folder:
        base = Path(folder)
        for name, data in documents.items():
            (base / f"{name}.{source}").write_bytes(data)
        names = list(documents)
        for start in range(0, len(names), batch):
            files = [str(base / f"{name}.{source}") for name in names[start : start + batch]]
            profile = f"-env:UserInstallation={(base / 'profile').as_uri()}"
            command = [office, "--headless", profile, "--convert-to", target, "--outdir", folder, *files]
            subprocess.run(command, check=True, capture_output=True, timeout=900)
        for name in names:
            made[name] = (base / f"{name}.{target}").read_bytes()
    return made


def pdfs_from_html(pages: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """PDFs of HTML pages by one running Chromium, by the same names. Raises Absent."""
    with (
        tempfile.TemporaryDirectory(prefix="gongkai-chromium-", ignore_cleanup_errors=True) as folder,
        _Browser(Path(folder)) as browser,
    ):
        return {name: browser.printed(page, Path(folder)) for name, page in pages}


class _Browser:
    """Chromium driven over its debugging pipe (file descriptors 3 and 4), one page at a time."""

    def __init__(self, folder: Path) -> None:
        to_browser, self._write_end = os.pipe()
        self._read_end, from_browser = os.pipe()
        script = f'exec "$0" "$@" 3<&{to_browser} 4>&{from_browser}'
        arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--remote-debugging-pipe",
            "--disable-dev-shm-usage",
        ]
        self._process = subprocess.Popen(
            ["bash", "-c", script, chromium(), *arguments, f"--user-data-dir={folder / 'profile'}"],
            pass_fds=(to_browser, from_browser),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_browser)
        os.close(from_browser)
        self._out: BinaryIO = os.fdopen(self._write_end, "wb")
        self._in: BinaryIO = os.fdopen(self._read_end, "rb")
        self._count = 0
        self._session = ""
        self._waiting = b""

    def __enter__(self) -> _Browser:
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable")
        return self

    def __exit__(self, *_: object) -> None:
        self._session = ""
        self._send("Browser.close")
        self._process.wait(timeout=30)
        self._out.close()
        self._in.close()

    def printed(self, page: bytes, folder: Path) -> bytes:
        """The page as PDF."""
        file = folder / "page.html"
        file.write_bytes(page)
        self._send("Page.navigate", url=file.as_uri())
        while self._receive().get("method") != "Page.loadEventFired":
            pass
        printed = self._call("Page.printToPDF", preferCSSPageSize=True, displayHeaderFooter=False)
        return b64decode(printed["data"])

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        number = self._send(method, **parameters)
        while (answer := self._receive()).get("id") != number:
            pass
        if "error" in answer:
            raise RuntimeError(f"Chromium refused {method}: {answer['error']}")
        result: dict[str, Any] = answer["result"]
        return result

    def _send(self, method: str, **parameters: Any) -> int:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._out.write(json.dumps(message).encode() + b"\0")
        self._out.flush()
        return self._count

    def _receive(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            piece = os.read(self._in.fileno(), 1 << 20)
            if not piece:
                raise RuntimeError("Chromium ended unexpectedly")
            self._waiting += piece
        message, self._waiting = self._waiting.split(b"\0", 1)
        answer: dict[str, Any] = json.loads(message)
        return answer
