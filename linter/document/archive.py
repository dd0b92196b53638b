"""Zip containers and their XML read within bounds.

Sizes are counted while unpacking, never taken from headers, and XML parts load nothing.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib

from lxml import etree

from linter.document.model import Unreadable

MAX_ENTRIES = 20_000
"""Entries an archive may list; a document with hundreds of pictures has a few hundred."""
MAX_BYTES = 6 * 1024 * 1024
"""Unpacked size of all parts read from one archive: a long report has less than 4 MB. At the worst,
with nothing but attributes, the trees of that much XML need some 250 MB of memory."""
MAX_RATIO = 200
"""Unpacked over packed size; the blank official form, nearly all tables, has 19."""
RATIO_FREE_BYTES = 1024 * 1024
"""Up to this unpacked size any ratio is harmless: a small part can be very repetitive."""

_CHUNK_BYTES = 256 * 1024
_ENTRY_SIGNATURE = b"PK\x01\x02"
_ENCRYPTED_FLAG = 0x1
# OPC and OFD packages know no other methods; bzip2 and LZMA also unpack without a bound per call.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

_PARSER = etree.XMLParser(
    resolve_entities=False,
    no_network=True,
    load_dtd=False,
    huge_tree=False,
    remove_comments=True,
    remove_pis=True,
)

_BROKEN = "文件已损坏或不完整（压缩包无法打开），请重新保存或重新获取后再试"
_BOMB = "文件解压后的体积异常巨大，疑似压缩炸弹，已拒绝读取"
_LARGE = "文件解压后超过 {} MB（不计图片），不像一份年度报告，未读取"
_DTD = "文件内部的 XML 含有不允许的 DTD 声明，已拒绝读取"
_ENCRYPTED = "文件设有密码，无法读取，请取消密码后再试"


class Archive:
    """The parts of a zip container by name, unpacked on demand under one common budget.

    Names are compared as OPC does: without regard to case, with either slash.
    """

    def __init__(self, data: bytes, limit: int | None = None) -> None:
        """Open the container `data`, of which `limit` bytes, or MAX_BYTES, may be unpacked.

        Raises Unreadable where it is no intact zip.
        """
        # The listing is loaded as a whole, so its length is bounded before, by an upper estimate.
        if data.count(_ENTRY_SIGNATURE) > MAX_ENTRIES:
            raise Unreadable("文件内部的部件数量异常，已拒绝读取")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error) as error:
            raise Unreadable(_BROKEN) from error
        self._size = len(data)
        self._entries = {canonical(entry.filename): entry for entry in self._zip.infolist()}
        self._limit = self._budget = MAX_BYTES if limit is None else limit

    def __contains__(self, name: str) -> bool:
        return canonical(name) in self._entries

    def allow(self, size: int) -> None:
        """Let `size` bytes be read in all, where the parts are not all held at once."""
        self._budget = size

    @property
    def names(self) -> tuple[str, ...]:
        """The parts' names as stored, in the order of the listing."""
        return tuple(entry.filename for entry in self._entries.values())

    def read(self, name: str) -> bytes | None:
        """The unpacked part `name`, or None where there is none.

        Raises Unreadable where the part is damaged, encrypted or larger than the bounds allow.
        """
        entry = self._entries.get(canonical(name))
        return None if entry is None else self.unpacked(entry)

    @property
    def entries(self) -> tuple[zipfile.ZipInfo, ...]:
        """The parts as listed, in that order, those of one name too."""
        return tuple(self._zip.infolist())

    def unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of one entry. Raises Unreadable as `read` does."""
        if entry.flag_bits & _ENCRYPTED_FLAG:
            raise Unreadable(_ENCRYPTED)
        if entry.compress_type not in _METHODS:
            raise Unreadable("文件内部采用了不支持的压缩方式，请用 Word 或 WPS 另存后再试")
        # A lying header cannot claim more packed bytes than the file has.
        packed = max(1, min(entry.compress_size, self._size))
        credible = max(RATIO_FREE_BYTES, MAX_RATIO * packed)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    size += len(chunk)
                    if size > credible:
                        raise Unreadable(_BOMB)
                    if size > min(self._budget, self._limit):
                        raise Unreadable(_LARGE.format(self._limit // 1024 // 1024))
                    chunks.append(chunk)
        except RuntimeError as error:  # what zipfile raises for further kinds of encryption
            raise Unreadable(_ENCRYPTED) from error
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error) as error:
            raise Unreadable(_BROKEN) from error
        self._budget -= size
        return b"".join(chunks)


def canonical(name: str) -> str:
    """A part's name as names are compared."""
    return name.replace("\\", "/").lstrip("/").lower()


def parse_xml(data: bytes, name: str) -> etree._Element:
    """The root element of the XML part `name`, parsed without loading or expanding anything.

    Raises Unreadable for XML that is malformed or declares a DTD.
    """
    # Neither OPC nor OFD parts may have a DTD, so one is refused before anything is expanded.
    if b"<!DOCTYPE" in data[:8192].replace(b"\0", b""):
        raise Unreadable(_DTD)
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(f"文件内部的 XML 有误，无法读取（{posixpath.basename(name)}）") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Unreadable(_DTD)
    return root
