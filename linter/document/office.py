"""LibreOffice, where it is installed, for the files that our own readers do not know: Word 6 and 95."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from linter.document.model import Document, Unreadable

SECONDS = 60
"""How long a conversion may take; it needs two where LibreOffice starts for the first time."""

NOTE = "文件是 Word 6.0/95 格式，由 LibreOffice 转换后读取，请核对"
_WAY = "请用 Word 或 WPS 另存为 .docx 后再检查"
_ABSENT = f"Word 6.0/95 格式的旧文件，需要安装 LibreOffice 才能读取；或{_WAY}"
_FAILED = f"Word 6.0/95 格式的旧文件，LibreOffice 未能转换，{_WAY}"
_LATE = f"Word 6.0/95 格式的旧文件，LibreOffice 转换超过 {SECONDS} 秒，已中止，{_WAY}"
_LARGEST = 100 * 1024 * 1024
# No macro runs, and nothing that a document links to is fetched: not from the network either.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""  # noqa: E501


def read_converted(data: bytes) -> Document:
    """The document in a .doc file of an old version. Raises Unreadable, also without LibreOffice."""
    from linter.document.archive import Archive
    from linter.document.docx import read_docx

    document = read_docx(Archive(_converted(data)))
    return document._replace(reader="doc", notes=(NOTE, *document.notes))


def _converted(data: bytes) -> bytes:
    """The file as .docx, made in a folder and with a profile of its own that are gone afterwards."""
    office = shutil.which("soffice")
    if office is None:
        raise Unreadable(_ABSENT)
    with tempfile.TemporaryDirectory(prefix="gongkai-office-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        source, target = base / "report.doc", base / "out" / "report.docx"
        source.write_bytes(data)
        (base / "profile" / "user").mkdir(parents=True)
        (base / "profile" / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        _run(
            [
                *(office, f"-env:UserInstallation={(base / 'profile').as_uri()}"),
                *("--headless", "--norestore", "--nolockcheck", "--nodefault"),
                *("--convert-to", "docx", "--outdir", str(target.parent), str(source)),
            ],
            base,
        )
        if not target.is_file() or target.stat().st_size > _LARGEST:
            raise Unreadable(_FAILED)
        return target.read_bytes()


def _run(command: list[str], folder: Path) -> None:
    """Run LibreOffice, whose first process only starts others: the end of time is the end of all."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    try:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        raise Unreadable(_FAILED) from error
    try:
        process.wait(SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Unreadable(_LATE) from error
    finally:
        if process.poll() is None:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
