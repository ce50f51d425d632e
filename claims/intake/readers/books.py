"""EPUB files: an article for each chapter that holds one, as news readers save them."""

import io
import posixpath
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from lxml import etree

from claims.intake.readers.documents import LARGEST_DOCUMENT, Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.licences import write_notice
from claims.intake.readers.html.page import read_page
from claims.intake.readers.xml import find_elements, find_text, parse_xml

CONTAINER = "META-INF/container.xml"
MOST_CHAPTERS = 5000


def read_epub(content: bytes, where: str, *, undated: bool = False) -> Iterator[Document | Problem]:
    try:
        book = ZipFile(io.BytesIO(content))
        if "META-INF/encryption.xml" in book.namelist():
            raise Broken("the EPUB is encrypted")
        container = parse_xml(read_part(book, CONTAINER))
        path = str(find_elements(container, "rootfile")[0].get("full-path"))
        package = parse_xml(read_part(book, path))
    except (BadZipFile, KeyError, IndexError):
        raise Broken("the EPUB is damaged, and cannot be opened") from None
    day = find_text(package, "metadata", "date")[:10]
    publisher = find_text(package, "metadata", "publisher") or find_text(
        package, "metadata", "title"
    )
    licence = write_notice(find_text(package, "metadata", "rights"))
    for name in list_chapters(package, posixpath.dirname(path))[:MOST_CHAPTERS]:
        here = f"{where}: {name}"
        try:
            draft = read_page(read_part(book, name), here)
            yield complete(draft, day, publisher, licence).build(here, undated=undated)
        except KeyError:
            yield Problem(here, "the EPUB names it, and does not hold it")
        except Broken as error:
            yield Problem(here, str(error))


def read_part(book: ZipFile, name: str) -> bytes:
    with book.open(name) as part:
        content = part.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        raise Broken(f"{name} is larger than {LARGEST_DOCUMENT:,} bytes")
    return content


def list_chapters(package: etree._Element, folder: str) -> list[str]:
    """Return the names of the parts of a book in the order of reading."""
    files = {item.get("id"): str(item.get("href")) for item in find_elements(package, "item")}
    order = [
        files[ref.get("idref")]
        for ref in find_elements(package, "itemref")
        if ref.get("idref") in files
    ]
    return [posixpath.normpath(posixpath.join(folder, unquote(name))) for name in order]


def complete(draft: Draft, day: str, publisher: str, licence: str) -> Draft:
    """Return a chapter with what the book tells where it tells nothing itself."""
    return replace(
        draft,
        day=draft.day or day,
        publisher=draft.publisher or publisher,
        licence=draft.licence or licence,
    )
