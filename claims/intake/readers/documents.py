"""One document as read, and what must hold of it before it is stored."""

import re
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from urllib.parse import urlsplit

from claims.intake.readers.dates import find_day
from claims.intake.readers.problems import Broken, Problem

__all__ = ["LARGEST_DOCUMENT", "Broken", "Document", "Problem", "build_document", "clean_line_ends"]

LARGEST_DOCUMENT = 5_000_000  # bytes of one document
LONGEST_ARTICLE_TITLE, LONGEST_ARTICLE_URL, LONGEST_PUBLISHER, LONGEST_KEY = 1000, 2000, 200, 2000
LONGEST_AUTHOR = 300
LONGEST_LANGUAGE = 35
LONGEST_SECTION = 100
CONTROL_CHARACTER = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATE_CHARACTER = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """One text to store.

    `key` names it for ever: its address, or its id where it has none. `where`: the file and line it came from.
    `published_on` is None only where an article without a date was asked for.
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


def clean_line_ends(text: str) -> str:
    """Line ends as \\n and no byte order mark; every other character stays."""
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
) -> Document:
    """The document, or `Broken` saying what is wrong with it. `line` is where its text begins in the file, `day_line` its date.

    Without a date of its own it has that of its address; without any it is broken, unless it may be `undated`.
    """
    text, title, url = clean_line_ends(text), clean_line_ends(title).strip(), url.strip()
    for name, value in (
        ("text", text),
        ("title", title),
        ("URL", url),
        ("publisher", publisher),
        ("id", number),
        ("author", author),
        ("section", section),
        ("language", language),
    ):
        if found := CONTROL_CHARACTER.search(value) or SURROGATE_CHARACTER.search(value):
            at = line + value.count("\n", 0, found.start()) if name == "text" else None
            raise Broken(f"the {name} holds the control character U+{ord(found.group()):04X}", at)
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
        key=url or key_of_id(publisher, number),
        title=title
        if len(title) <= LONGEST_ARTICLE_TITLE
        else title[: LONGEST_ARTICLE_TITLE - 1] + "…",
        text=text,
        published_on=published_on,
        url=url,
        publisher=publisher.strip()[:LONGEST_PUBLISHER],
        where=where,
        author=author.strip()[:LONGEST_AUTHOR],
        language=language.strip()[:LONGEST_LANGUAGE],
        section=section.strip()[:LONGEST_SECTION],
    )


def check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise Broken(f"{url[:100]!r} is not a URL") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", url):
        raise Broken(f"{url[:100]!r} is not an http or https URL")
    if len(url) > LONGEST_ARTICLE_URL:
        raise Broken(f"its URL is longer than {LONGEST_ARTICLE_URL:,} characters")


def key_of_id(publisher: str, number: str) -> str:
    """Return the key of a document without an address; the first slash ends the publisher's name."""
    name = re.sub("%(?=25|2F)", "%25", publisher).replace("/", "%2F")
    key = f"id:{name}/{number}"
    if len(key) > LONGEST_KEY:
        digest = sha256(key.encode()).hexdigest()
        return f"{key[: LONGEST_KEY - len(digest) - 1]}…{digest}"
    return key
