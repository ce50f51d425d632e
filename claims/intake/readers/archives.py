"""Many documents in one file: ZIP and WARC, within bounds that keep a small file from being a very
large one.
"""

from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO, Any, BinaryIO
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo
from zlib import error as ZlibError

from fastwarc.warc import ArchiveIterator, WarcRecordType

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.html.page import LARGEST_PAGE, read_page

MOST_FILES = 200_000  # of a ZIP
LARGEST_FILE = 100_000_000  # bytes of one file in it, unpacked
LARGEST_ALL = 4_000_000_000  # bytes of all of them
MOST_TIMES = 200  # that a file may grow, if it is then larger than `SMALL_FILE`
SMALL_FILE = 20_000_000  # bytes
DEEPEST_ARCHIVE = 2  # a ZIP in a ZIP

ReadInside = Callable[[bytes, str, int], Iterator[Any]]


def read_zip(
    file: BinaryIO | IO[bytes], where: str, depth: int, read_inside: ReadInside
) -> Iterator[Any]:
    """Yield what the files of a ZIP hold; `read_inside` reads one, given its bytes, where it is and
    how deep.
    """
    if depth > DEEPEST_ARCHIVE:
        yield Problem(where, "archives in archives in archives are not read")
        return
    try:
        archive = ZipFile(file)
        members = archive.infolist()
    except (BadZipFile, LargeZipFile, ValueError, OSError):
        raise Broken("the ZIP is damaged, and cannot be opened") from None
    if len(members) > MOST_FILES:
        raise Broken(f"the ZIP holds more than {MOST_FILES:,} files ({len(members):,})")
    total = 0
    for member in sorted(members, key=lambda member: member.filename):
        name = PurePath(member.filename)
        here = f"{where}/{member.filename}"
        is_hidden = name.name.startswith(".") or "__MACOSX" in name.parts
        if member.is_dir() or is_hidden:
            continue
        try:
            content = read_member(archive, member)
            total += len(content)
        except Broken as error:
            yield Problem(here, str(error))
            continue
        if total > LARGEST_ALL:
            yield Problem(
                where, f"unpacked, it is larger than {LARGEST_ALL:,} bytes; the rest is not read"
            )
            return
        yield from read_inside(content, here, depth + 1)


def read_member(archive: ZipFile, member: ZipInfo) -> bytes:
    """Return a file of a ZIP, or raise `Broken` if it is encrypted, broken or made to be huge."""
    if member.flag_bits & 1:
        raise Broken("it is encrypted")
    grows = member.file_size > MOST_TIMES * max(member.compress_size, 1)
    if member.file_size > LARGEST_FILE or (grows and member.file_size > SMALL_FILE):
        raise Broken(f"unpacked, it is too large ({member.file_size:,} bytes), as a ZIP bomb is")
    try:
        with archive.open(member) as file:
            content = file.read(LARGEST_FILE + 1)
    except (BadZipFile, ZlibError, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Broken(f"it cannot be unpacked ({error})") from None
    if len(content) > LARGEST_FILE:
        raise Broken(f"unpacked, it is larger than {LARGEST_FILE:,} bytes")
    return content


def read_warc(
    file: BinaryIO | IO[bytes], where: str, *, undated: bool = False
) -> Iterator[Document | Problem]:
    """Yield the article of each page in a WARC; what is no page is passed over."""
    found = 0
    try:
        for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
            address = str(record.headers.get("WARC-Target-URI") or "").strip("<>")
            kind = str(record.http_content_type or "")
            if "html" not in kind:
                continue
            found += 1
            here = f"{where}: {address}"
            try:
                content = record.reader.read(LARGEST_PAGE + 1)
                yield read_page(content, here, address).build(here, undated=undated)
            except Broken as error:
                yield Problem(here, str(error))
    except (OSError, ValueError, RuntimeError) as error:
        yield Problem(where, f"the WARC is broken ({error}); what came before is in")
        return
    if not found:
        yield Problem(where, "the WARC holds no web pages")
