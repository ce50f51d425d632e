"""One document as read, and what must hold of it before it is stored."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

LARGEST = 5_000_000  # bytes of one document
AHEAD = timedelta(days=2)  # somewhere it is tomorrow already
LONGEST_TITLE, LONGEST_URL, LONGEST_NAME = 1000, 2000, 200
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Document:
    """`key` names it for ever: its address, or its id where it has none. `where`: the file and line it came from."""

    key: str
    title: str
    text: str
    published_on: date
    url: str
    publisher: str
    where: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What was wrong with one document, and where; the rest goes in."""

    where: str
    reason: str

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


class Broken(ValueError):
    """A document that cannot go in; the message says why, `line` where in its file (None: the whole of it)."""

    def __init__(self, reason: str, line: int | None = None):
        super().__init__(reason)
        self.line = line


def cleaned(text: str) -> str:
    """Line ends as \\n and no byte order mark; every other character stays."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def checked(
    *,
    where: str,
    title: str,
    text: str,
    day: str | None,
    url: str = "",
    publisher: str = "",
    number: str = "",
    line: int = 1,
) -> Document:
    """The document, or `Broken` saying what is wrong with it. `line` is where its text begins in the file."""
    text, title, url = cleaned(text), cleaned(title).strip(), url.strip()
    for name, value in (("text", text), ("title", title), ("URL", url), ("publisher", publisher), ("id", number)):
        if found := CONTROL.search(value) or SURROGATE.search(value):
            at = line + value.count("\n", 0, found.start()) if name == "text" else None
            raise Broken(f"the {name} holds the control character U+{ord(found.group()):04X}", at)
    if not text.strip():
        raise Broken("it has no text")
    if len(text.encode()) > LARGEST:
        raise Broken(f"its text is larger than {LARGEST:,} bytes")
    if not title:
        raise Broken("it has no title")
    if not url and not number:
        raise Broken("it has neither a URL nor an id to know it by")
    if url:
        check_url(url)
    return Document(
        key=url or f"id:{publisher}/{number}"[:2000],
        title=title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + "…",
        text=text,
        published_on=day_of(day),
        url=url,
        publisher=publisher.strip()[:LONGEST_NAME],
        where=where,
    )


def check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        raise Broken(f"{url[:100]!r} is not a URL") from None
    if parts.scheme not in ("http", "https") or not host or re.search(r"\s", url):
        raise Broken(f"{url[:100]!r} is not an http or https URL")
    if len(url) > LONGEST_URL:
        raise Broken(f"its URL is longer than {LONGEST_URL:,} characters")


def day_of(value: str | None) -> date:
    """A date from YYYYMMDD, YYYY-MM-DD or an ISO 8601 date and time."""
    plain = (value or "").strip()
    if not plain:
        raise Broken("it has no date")
    try:
        day = (datetime.strptime(plain, "%Y%m%d") if re.fullmatch(r"\d{8}", plain) else datetime.fromisoformat(plain)).date()
    except ValueError:
        raise Broken(f"{plain[:40]!r} is not a date (YYYYMMDD or YYYY-MM-DD)") from None
    if day > date.today() + AHEAD:
        raise Broken(f"its date, {day}, lies in the future")
    return day
