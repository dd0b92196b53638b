"""Where a command's output goes: standard output, or a file that appears whole or not at all."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click


def write_text(pieces: Iterable[str], color: bool) -> None:
    """Write pieces to standard output as they come; characters it cannot show become ?."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    for piece in pieces:
        click.echo(piece, nl=False, color=color)


def write_bytes(pieces: Iterable[str]) -> None:
    """Write pieces to standard output as UTF-8, whatever the terminal speaks: for other programs."""
    for piece in pieces:
        sys.stdout.buffer.write(encoded(piece))
    sys.stdout.buffer.flush()


def write_file(pieces: Iterable[str], path: Path) -> None:
    """Write pieces to `path` as UTF-8, as `write_whole` does."""
    write_whole(map(encoded, pieces), path)


def write_whole(pieces: Iterable[bytes], path: Path) -> None:
    """Write pieces to `path`; an older file of that name is replaced only by the whole output. A device or
    pipe (/dev/stdout) is written to as it is.

    Raises OSError where the folder cannot be written to.
    """
    from tempfile import mkstemp

    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            stream.writelines(pieces)
        return

    target = path.resolve()
    handle, name = mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            for piece in pieces:
                file.write(piece)
        Path(name).chmod(_mode(target))
        os.replace(name, target)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def why_not_written(path: Path, error: OSError) -> str:
    """Why a file could not be written, in words that tell what to do."""
    if isinstance(error, FileNotFoundError):
        return f"文件夹 {path.parent} 不存在，请先建好，或换一个位置"
    if isinstance(error, PermissionError):
        return "没有写入权限，或者文件正在 Word 等程序中打开；请关闭它，或换一个位置"
    known = {
        errno.ENOSPC: "磁盘已满",
        errno.EROFS: "所在的磁盘只能读取，请写到别处",
        errno.ENAMETOOLONG: "文件名太长",
        errno.EISDIR: "这是一个文件夹，请写出文件名",
        errno.ENOTDIR: f"{path.parent} 不是文件夹",
    }
    return known.get(error.errno or 0) or error.strerror or type(error).__name__


def nowhere() -> io.TextIOWrapper:
    """A stream that keeps nothing of what is written to it."""
    return io.TextIOWrapper(io.FileIO(os.devnull, "w"), encoding="utf-8")


def encoded(piece: str) -> bytes:
    """UTF-8; half characters that a damaged file name may hold are written as escapes."""
    return piece.encode("utf-8", "backslashreplace")


def _mode(target: Path) -> int:
    """The permissions of the file replaced, else those that a new file gets."""
    with suppress(OSError):
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
