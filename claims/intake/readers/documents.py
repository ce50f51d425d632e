"""Builds a document from what a reader found, and checks that it can be stored."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from claims.extraction.text.blocks import Block
from claims.intake.readers.dates import find_day
from claims.intake.readers.problems import Broken, Problem
from claims.intake.readers.reviews import ClaimReview
from claims.passages.cutting import cut_text
from newsroom.web_addresses import LONGEST_ADDRESS, is_web_address

__all__ = ["LARGEST_DOCUMENT", "Broken", "Document", "Problem", "build_document", "clean_line_ends"]

LARGEST_DOCUMENT = 5_000_000  # bytes of one document
LONGEST_ARTICLE_TITLE = 1000  # characters, as all that follow
LONGEST_URL_SHOWN = 100
LONGEST_PUBLISHER = 200
LONGEST_KEY = 2000
LONGEST_AUTHOR = 300
LONGEST_LANGUAGE = 35
LONGEST_SECTION = 100
LONGEST_LICENCE = 300
# The control characters but for tab, line feed and carriage return; and halves of characters.
BAD_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One text to store.

    `key` names it for ever: its address, or its id where it has none. `where`: the file and line it
    came from. `published_on` is None only where an article without a date was asked for.
    `addresses` are others of the same article.
    """

    key: str
    title: str
    text: str
    published_on: date | None
    url: str
    publisher: str
    where: str
    author: str = ""
    language: str = ""
    section: str = ""
    addresses: tuple[str, ...] = ()
    licence: str = ""
    blocks: tuple[Block, ...] = ()  # what its page sets apart, such as headings
    reviews: tuple[ClaimReview, ...] = ()  # the fact-checks that its page carries


def clean_line_ends(text: str) -> str:
    """Return a text with \\n for each line end and no byte order mark.

    Every other character stays.
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def build_document(
    *,
    where: str,
    title: str,
    text: str,
    day: str,
    url: str = "",
    publisher: str = "",
    number: str = "",
    line: int = 1,
    day_line: int | None = None,
    undated: bool = False,
    author: str = "",
    language: str = "",
    section: str = "",
    addresses: Sequence[str] = (),
    licence: str = "",
) -> Document:
    """Return the document. Raises `Broken` saying what is wrong with it.

    `number` is its id. `line` is where its text begins in the file, `day_line` where its date
    stands. Without a date of its own it has that of its address; without any it is broken, unless
    it may be `undated`.
    """
    text = clean_line_ends(text)
    title = clean_line_ends(title).strip()
    url = url.strip()
    publisher = clean_publisher(publisher)
    check_text(text, line)
    short_values = {
        "title": title,
        "URL": url,
        "publisher": publisher,
        "id": number,
        "author": author,
        "section": section,
        "language": language,
        "licence": licence,
    }
    for name, value in short_values.items():
        check_characters(name, value)
    if not text.strip():
        raise Broken("it has no text")
    if len(text.encode()) > LARGEST_DOCUMENT:
        raise Broken(f"its text is larger than {LARGEST_DOCUMENT:,} bytes")
    if not title:
        raise Broken("it has no title")
    if not url and not number:
        raise Broken("it has neither a URL nor an id to know it by")
    if url:
        check_url(url)
    published_on = find_day(day, url)
    if published_on is None and not undated:
        raise Broken("it has no date, nor has its address" if url else "it has no date", day_line)
    return Document(
        key=url or build_key_of_id(publisher, number),
        title=cut_text(title, LONGEST_ARTICLE_TITLE),
        text=text,
        published_on=published_on,
        url=url,
        publisher=publisher,
        where=where,
        author=author.strip()[:LONGEST_AUTHOR],
        language=language.strip()[:LONGEST_LANGUAGE],
        section=section.strip()[:LONGEST_SECTION],
        addresses=tuple(address for address in addresses if is_url(address)),
        licence=licence.strip()[:LONGEST_LICENCE],
    )


def check_text(text: str, line: int) -> None:
    """Raise `Broken`, with the line, if a text that begins in this line has a bad character."""
    bad = BAD_CHARACTER.search(text)
    if bad:
        raise build_bad_character("text", bad, line + text.count("\n", 0, bad.start()))


def check_characters(name: str, value: str) -> None:
    """Raise `Broken` if a value has a bad character."""
    bad = BAD_CHARACTER.search(value)
    if bad:
        raise build_bad_character(name, bad)


def build_bad_character(name: str, bad: re.Match[str], line: int | None = None) -> Broken:
    return Broken(f"the {name} holds the control character U+{ord(bad.group()):04X}", line)


def check_url(url: str) -> None:
    """Raise `Broken` if a URL is none of a page."""
    if not is_web_address(url):
        raise Broken(f"{url[:LONGEST_URL_SHOWN]!r} is not an http or https URL")
    if len(url) > LONGEST_ADDRESS:
        raise Broken(f"its URL is longer than {LONGEST_ADDRESS:,} characters")


def is_url(url: str) -> bool:
    """Return whether this is the URL of a page, and can be stored."""
    return is_web_address(url) and len(url) <= LONGEST_ADDRESS


def clean_publisher(publisher: str) -> str:
    return publisher.strip()[:LONGEST_PUBLISHER].strip()


def build_key_of_id(publisher: str, number: str) -> str:
    """Return the key of a document without an address.

    The first slash ends the publisher's name.
    """
    name = re.sub("%(?=25|2F)", "%25", publisher).replace("/", "%2F")
    key = f"id:{name}/{number}"
    if len(key) <= LONGEST_KEY:
        return key
    digest = sha256(key.encode()).hexdigest()
    return f"{key[: LONGEST_KEY - len(digest) - 1]}…{digest}"
