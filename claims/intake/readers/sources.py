"""Reads files, folders, standard input and bytes in memory, each by its format."""

import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from claims.intake.readers.documents import LARGEST_DOCUMENT, Broken, Document, Problem
from claims.intake.readers.formats import OTHER_FORMATS, read_file
from claims.intake.readers.json_lines import read_json_lines
from claims.intake.readers.links import NOT_FETCHED, Link, is_address
from claims.intake.readers.origins import Origin
from claims.intake.readers.plain import is_seed
from claims.intake.readers.seed import read_seed
from claims.intake.readers.unread import explain_unread_name

FILE_FORMATS = (".txt", ".jsonl", ".jsonl.gz", ".xml.gz", *OTHER_FORMATS)
BYTES_LOOKED_AT = 64  # of standard input, to tell its format
BYTE_ORDER_MARK_AND_SPACES = b"\xef\xbb\xbf \t\r\n"
NO_FORMAT = "not a format read here (docs/formats.md lists those)"
# The end of a file's name that goes with what a site calls its content.
ENDING_OF_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/rtf": ".rtf",
    "text/csv": ".csv",
    "text/tab-separated-values": ".tsv",
    "text/vtt": ".vtt",
    "application/x-subrip": ".srt",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
    "application/jsonl": ".jsonl",
    "application/x-ndjson": ".jsonl",
    "text/markdown": ".md",
}
# What stands in a folder beside files and folders, by its type.
NO_FILES = {
    stat.S_IFIFO: "a pipe, not a file",
    stat.S_IFSOCK: "a socket, not a file",
    stat.S_IFCHR: "a device, not a file",
    stat.S_IFBLK: "a device, not a file",
}


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """What stands in a folder and is no document, and why."""

    where: str
    reason: str


ReadItem = Document | Problem | SkippedFile


def read_documents(paths: Iterable[str], *, undated: bool = False) -> Iterator[ReadItem | Link]:
    """Yield the documents of the files and folders named, in the order of names; `-` is standard input.

    Nothing is passed over in silence: what is none comes as a problem, or as skipped where it
    merely stands in a folder. Documents without a date are problems, unless they may be `undated`.
    An address is a link, and so is what a feed, a sitemap or a list names by its address alone:
    nothing is fetched here (`claims.intake.following` does).
    """
    for path in paths:
        if path == "-":
            yield from read_document_stream(sys.stdin.buffer, undated=undated)
        elif is_address(path):
            yield Link(path, path, NOT_FETCHED, is_named=True)
        elif not path.strip():
            yield Problem(repr(path), "a path without a name; the current folder is “.”")
        else:
            yield from read_path(path, undated=undated)


def read_path(path: str, *, undated: bool) -> Iterator[ReadItem | Link]:
    """Read a file or folder that was named."""
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        yield Problem(path, "there is no such file or folder")
    except (OSError, ValueError) as error:  # ValueError: NUL in a name
        yield Problem(path, explain_unreadable(error))
    else:
        if stat.S_ISDIR(mode):
            yield from read_folder(Path(path), undated=undated)
        elif stat.S_IFMT(mode) in NO_FILES:
            reason = NO_FILES[stat.S_IFMT(mode)]
            yield Problem(path, f"{reason}; what comes out of it is read as standard input, “-”")
        elif find_format(path):
            yield from read_document_file(Path(path), undated=undated)
        else:
            yield Problem(path, explain_unread_name(path) or NO_FORMAT)


def read_folder(folder: Path, *, undated: bool) -> Iterator[ReadItem | Link]:
    """Read all that a folder and the folders in it hold, in the order of their names."""
    try:
        with os.scandir(folder) as entries:
            in_order = sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        yield Problem(str(folder), explain_unreadable(error))
        return
    for entry in in_order:
        try:
            yield from read_entry(entry, undated=undated)
        except (OSError, RecursionError) as error:  # folders a thousand deep
            yield Problem(entry.path, explain_unreadable(error))


def read_entry(entry: "os.DirEntry[str]", *, undated: bool) -> Iterator[ReadItem | Link]:
    """Read what stands in a folder under a name. Raises `OSError`."""
    if entry.name.startswith("."):
        yield SkippedFile(entry.path, "hidden")
        return
    try:
        mode = entry.stat().st_mode
    except FileNotFoundError:
        reason = "a link to what is not there" if entry.is_symlink() else "it is gone"
        yield Problem(entry.path, reason)
        return
    if stat.S_ISDIR(mode) and entry.is_symlink():
        yield SkippedFile(entry.path, "a link to a folder; name the folder itself to have it read")
    elif stat.S_ISDIR(mode):
        yield from read_folder(Path(entry.path), undated=undated)
    elif stat.S_IFMT(mode) in NO_FILES:
        yield SkippedFile(entry.path, NO_FILES[stat.S_IFMT(mode)])
    elif find_format(entry.name):
        yield from read_document_file(Path(entry.path), undated=undated)
    else:
        yield SkippedFile(entry.path, explain_unread_name(entry.name) or NO_FORMAT)


def find_format(name: str) -> str:
    """Return the format of a file by the end of its name, in small letters.

    "" if it is none that is read.
    """
    for ending in FILE_FORMATS:
        if name.casefold().endswith(ending):
            return ending
    return ""


def read_document_file(path: Path, *, undated: bool) -> Iterator[ReadItem | Link]:
    """Read a file by its format; what comes before a fault in it goes in."""
    where = str(path)
    try:
        match find_format(path.name):
            case ".txt":
                with path.open("rb") as file:
                    yield from read_text(file, where, undated=undated)
            case ".jsonl":
                with path.open("rb") as lines:
                    yield from read_json_lines(lines, where, undated=undated)
            case ".jsonl.gz":
                with gzip.open(path, "rb") as unpacked:
                    yield from read_json_lines(unpacked, where, undated=undated)  # type: ignore[arg-type]
            case _:
                with path.open("rb") as file:
                    yield from read_file(file, path.name, where, undated=undated)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield Problem(where, f"the gzip file is broken ({error}); what came before is in")
    except OSError as error:
        yield Problem(where, explain_unreadable(error))


def explain_unreadable(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or error
    return f"it cannot be read ({reason})"


def read_text(file: BinaryIO, where: str, *, undated: bool) -> Iterator[Document | Problem | Link]:
    """Read one document in the seed format, or what else the file turns out to be."""
    content = file.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        yield Problem(where, f"it is larger than {LARGEST_DOCUMENT:,} bytes")
        return
    if not is_seed(content):
        yield from read_file(io.BytesIO(content), where, where, undated=undated)
        return
    try:
        yield read_seed(content, where, undated=undated)
    except Broken as error:
        place = f"{where}:{error.line}" if error.line else where
        yield Problem(place, str(error))


def read_document_stream(stream: BinaryIO, *, undated: bool = False) -> Iterator[ReadItem | Link]:
    """Read JSON Lines if a stream begins with a brace, else one document in the seed format."""
    lines = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
    beginning = lines.peek(BYTES_LOOKED_AT).lstrip(BYTE_ORDER_MARK_AND_SPACES)
    if beginning.startswith(b"{"):
        yield from read_json_lines(lines, "standard input", undated=undated)
    else:
        yield from read_text(lines, "standard input", undated=undated)


def read_content(
    content: bytes,
    name: str,
    *,
    address: str = "",
    content_type: str = "",
    charset: str = "",
    day: str = "",
    undated: bool = False,
) -> Iterator[ReadItem | Link]:
    """Yield the documents in bytes that were handed in or fetched, as in a file of this name.

    `address` is where they were fetched, `content_type` what they are called there ("text/html"),
    `charset` what is said there of their letters, and `day` the date (YYYY-MM-DD) of a list that
    led there, for a page without one. Each is "" where it is not known.
    """
    path = urlsplit(address).path if address else name
    ending = ENDING_OF_TYPE.get(content_type.partition(";")[0].strip().lower(), "")
    origin = Origin(address, charset, day)
    yield from read_file(
        io.BytesIO(content), f"{path}{ending}", name, undated=undated, origin=origin
    )
