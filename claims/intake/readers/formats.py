"""Which format a file has, by what it holds and by its name, and the reader of it."""

import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from claims.intake.readers.agencies import is_ninjs, read_newsml, read_ninjs
from claims.intake.readers.archives import LARGEST_FILE, read_warc, read_zip
from claims.intake.readers.books import read_epub
from claims.intake.readers.documents import LARGEST_DOCUMENT, Broken, Document, Problem
from claims.intake.readers.factiva import is_factiva, read_factiva
from claims.intake.readers.factiva_xml import is_factiva_xml, read_factiva_xml
from claims.intake.readers.feeds import is_json_feed, parse_json, read_feed, read_json_feed
from claims.intake.readers.html import read_html
from claims.intake.readers.json_lines import read_json_lines
from claims.intake.readers.links import Link, is_address_list, read_address_list
from claims.intake.readers.mail import is_mail, read_mail, read_mbox
from claims.intake.readers.nexis import is_nexis, read_nexis_text
from claims.intake.readers.origins import UNKNOWN_ORIGIN, Origin
from claims.intake.readers.pdf import read_pdf
from claims.intake.readers.plain import is_seed, read_plain_text
from claims.intake.readers.repairing import decode_bytes
from claims.intake.readers.seed import read_seed
from claims.intake.readers.sitemaps import read_sitemap
from claims.intake.readers.tables import read_csv, read_xlsx
from claims.intake.readers.transcripts import read_transcript
from claims.intake.readers.unread import ARCHIVE, find_unread_kind
from claims.intake.readers.word import read_docx, read_rtf

OTHER_FORMATS = (
    ".html", ".htm", ".xhtml", ".mht", ".mhtml", ".pdf", ".docx", ".rtf", ".epub", ".eml",
    ".mbox", ".vtt", ".srt",
    ".csv", ".tsv", ".xlsx", ".xml", ".rss", ".atom", ".json", ".zip", ".warc", ".warc.gz", ".md",
    ".text",
)  # fmt: skip
START = 4096  # bytes by which a format is told
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
OLD_OFFICE_REASON = (
    "an encrypted office file, or one of before 2007; save it as DOCX or XLSX without a password"
)
MARKED = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<!?(?:doctype\s+html|html|head|body|div|article|p|table|h1)\b",
    re.I | re.S,
)
FEED = re.compile(rb"<(?:\w+:)?(?:rss|feed|RDF)\b")
SITEMAP = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)\b")
NEWSML = re.compile(rb"<(?:\w+:)?(?:newsItem|newsMessage|packageItem)\b")
TIMES = re.compile(rb"\d\d:\d\d[.,]\d{3}\s*-->")
DocumentReader = Callable[..., Iterator[Document | Problem | Link]]
READER_OF_FORMAT: dict[str, DocumentReader] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "rtf": read_rtf,
    "epub": read_epub,
    "eml": read_mail,
    "transcript": read_transcript,
    "csv": read_csv,
    "xlsx": read_xlsx,
    "newsml": read_newsml,
    "factiva": read_factiva_xml,
    "text": read_plain_text,
}


def read_file(
    file: BinaryIO | IO[bytes],
    name: str,
    where: str,
    *,
    undated: bool = False,
    depth: int = 0,
    origin: Origin = UNKNOWN_ORIGIN,
) -> Iterator[Document | Problem | Link]:
    """Yield the documents in a file of any format; `name` helps where its content does not tell.

    Nothing in a file is fetched from elsewhere: articles that it names by their address alone come
    as links. What cannot be read is a problem, and the rest goes on.
    """
    try:
        start = file.read(START)
        file.seek(0)
        form = tell_format(start, name)
        if form == "zip":
            form = tell_zip(file)
            file.seek(0)
        if form == "zip":
            yield from read_zip(file, where, depth, make_inside_reader(undated))
        elif form == "warc":
            yield from read_warc(file, where, undated=undated)
        elif form == "mbox":
            yield from read_mbox(file, where, undated=undated)
        elif form == "jsonl":
            yield from read_json_lines(file, where, undated=undated)
        else:
            content = file.read(LARGEST_FILE + 1)
            if len(content) > LARGEST_FILE:
                raise Broken(f"it is larger than {LARGEST_FILE:,} bytes")
            yield from read_by_format(content, form, where, undated=undated, origin=origin)
    except Broken as error:
        yield Problem(f"{where}:{error.line}" if error.line else where, str(error))
    except RecursionError:
        yield Problem(where, "it is nested too deep to be read")


def make_inside_reader(undated: bool) -> Callable[[bytes, str, int], Iterator[Any]]:
    def read_inside(content: bytes, where: str, depth: int) -> Iterator[Any]:
        yield from read_file(io.BytesIO(content), where, where, undated=undated, depth=depth)

    return read_inside


def read_by_format(
    content: bytes, form: str, where: str, *, undated: bool, origin: Origin
) -> Iterator[Document | Problem | Link]:
    """Yield the documents in the bytes of a file that is no archive."""
    if form == "gzip":
        yield from read_gzip(content, where, undated=undated, origin=origin)
    elif form == "json":
        yield from read_json(content, where, undated=undated, origin=origin)
    elif form in ("seed", "text") and is_address_list(content):
        yield from read_address_list(content, where)
    elif form == "seed":
        if len(content) > LARGEST_DOCUMENT:
            raise Broken(f"it is larger than {LARGEST_DOCUMENT:,} bytes")
        yield read_seed(content, where, undated=undated)
    elif form == "text" and is_nexis(text := decode_bytes(content)):
        yield from read_nexis_text(text, where, undated=undated)
    elif form == "html" and is_factiva(content):
        yield from read_factiva(content, where, undated=undated)
    elif form == "html":
        yield from read_html(content, where, undated=undated, origin=origin)
    elif form == "feed":
        yield from read_feed(content, where, undated=undated, address=origin.address)
    elif form == "sitemap":
        yield from read_sitemap(content, where, address=origin.address)
    elif form in READER_OF_FORMAT:
        yield from READER_OF_FORMAT[form](content, where, undated=undated)
    else:
        raise Broken(form)


def tell_format(start: bytes, name: str) -> str:
    """Return the format of a file by its first bytes, else by the end of its name; of what is not
    read, the reason.
    """
    ending = name.casefold()
    begins = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if unread := find_unread_kind(start):
        return unread
    if begins.startswith(b"%PDF"):
        return "pdf"
    if begins.startswith(b"PK\x03\x04") or begins.startswith(b"PK\x05\x06"):
        return "zip"
    if start.startswith(OLD_OFFICE):
        return OLD_OFFICE_REASON
    if begins.startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(b"\x1f\x8b"):
        return "warc" if ending.endswith(".warc.gz") else "gzip"
    if begins.startswith(b"WARC/"):
        return "warc"
    if begins.startswith(b"WEBVTT") or (ending.endswith((".vtt", ".srt")) and TIMES.search(start)):
        return "transcript"
    if begins.startswith(b"From ") and is_mail(begins.split(b"\n", 1)[-1]):
        return "mbox"
    return tell_text_format(start, begins, ending)


def tell_text_format(start: bytes, begins: bytes, ending: str) -> str:
    is_marked = begins.startswith(b"<")
    if is_marked and NEWSML.search(start):
        return "newsml"
    if is_marked and FEED.search(start) and not MARKED.match(begins):
        return "feed"
    if is_marked and SITEMAP.search(start) and not MARKED.match(begins):
        return "sitemap"
    if begins.startswith(b"<?xml") and is_factiva_xml(start):
        return "factiva"
    if MARKED.match(begins) or ending.endswith((".html", ".htm", ".xhtml")):
        return "html"
    if is_mail(begins) and not ending.endswith(".txt"):
        return "eml"
    if ending.endswith(".jsonl"):
        return "jsonl"
    if begins.startswith((b"{", b"[")):
        return "json"
    if ending.endswith((".csv", ".tsv")):
        return "csv"
    if is_marked:
        return "XML of a kind that is not read here"
    if b"\x00" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "it is no text, and no format that is read here"
    return "seed" if is_seed(start) else "text"


def tell_zip(file: BinaryIO | IO[bytes]) -> str:
    """Return which of the formats that are ZIP files this is."""
    try:
        names = set(ZipFile(file).namelist())
    except (BadZipFile, ValueError, OSError):
        raise Broken("the file is damaged, and cannot be opened") from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "META-INF/container.xml" in names:
        return "epub"
    return "zip"


def read_gzip(
    content: bytes, where: str, *, undated: bool, origin: Origin
) -> Iterator[Document | Problem | Link]:
    """Yield the documents in a compressed file."""
    try:
        with gzip.open(io.BytesIO(content)) as file:
            inner = file.read(LARGEST_FILE + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise Broken(f"the gzip file is broken ({error})") from None
    if len(inner) > LARGEST_FILE:
        raise Broken(f"unpacked, it is larger than {LARGEST_FILE:,} bytes")
    if find_unread_kind(inner[:START]) == ARCHIVE:
        raise Broken(ARCHIVE)
    if inner.startswith(b"\x1f\x8b"):
        raise Broken("it is compressed more than once")
    name = re.sub(r"\.gz$", "", where, flags=re.I)
    yield from read_file(io.BytesIO(inner), name, where, undated=undated, origin=origin)


def read_json(
    content: bytes, where: str, *, undated: bool, origin: Origin
) -> Iterator[Document | Problem | Link]:
    """Yield the documents of JSON: ninjs, a JSON Feed, or objects a line as in JSON Lines."""
    record = parse_json(content)
    if is_json_feed(record):
        yield from read_json_feed(record, where, undated=undated, address=origin.address)
    elif is_ninjs(record):
        yield from read_ninjs(record, where, undated=undated)
    elif record is not None and not (isinstance(record, dict) and "text" in record):
        raise Broken(
            "JSON of a kind that is not read here (ninjs, JSON Feed, or a document a line)"
        )
    else:
        yield from read_json_lines(io.BytesIO(content), where, undated=undated)
