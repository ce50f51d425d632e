"""What a page says of its article: title, address, outlet, authors, section, language, licence.

What it says for machines (JSON-LD, Open Graph) comes before what is set out for readers, and that
before guesses.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from claims.intake.addresses import (
    clean_address,
    is_front_page,
    is_of_inner_network,
    is_same_site,
)
from claims.intake.readers.html.licences import find_licence
from claims.intake.readers.html.structured import (
    MetaElements,
    find_article_record,
    find_records_by_id,
    find_string,
)
from claims.intake.readers.html.titles import TitleCleaner, choose_title, fold_name, read_words
from claims.intake.readers.links import resolve_link

SAVED_FROM = re.compile(
    r"saved from url=\(\d{1,6}\)[ \t]{0,4}(https?://\S+)|^[ \t]{0,9}url:[ \t]{0,4}(https?://\S+)",
    re.M,
)
BYLINE_START = re.compile(
    r"^\s*(?:written |reported |story |words |posted |analysis |opinion |report )?"
    r"(?:by|author|authors)\b\s*:?\s*",
    re.I,
)
BYLINE_END = re.compile(
    r"\s?(?:[|•·/]|\s[–—-]\s|,\s?(?:staff|senior|chief|special|the\s|for\s|in\s|an?\s|of\s|"
    r"[\w\s]{0,40}\b(?:editor|reporter|correspondent|writer|columnist|producer|fellow"
    r"|journalist)\b)"
    r"|\s(?:in|for)\s[A-Z]|\s(?:published|updated|posted|last)\b|\d).*$",
    re.I | re.S,
)
BETWEEN_NAMES = re.compile(r"\s?(?:,|;|\band\b|&|\bwith\b)\s?", re.I)
NAME_OF_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,4}[^\W\d_][\w.'’-]*")
NOBODY = re.compile(
    r"\b(?:staff|editors?|newsroom|news desk|desk|team|agency|agencies|wire|admin|administrator"
    r"|reporter|"
    r"correspondent|press|reuters|afp|services?|contributors?|online|web|guest|unknown"
    r"|redaction)\b|@|https?:|\.com",
    re.I,
)
META_AUTHORS = (
    "author",
    "article:author",
    "parsely-author",
    "byl",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "cxenseparse:author",
    "article:author_name",
    "twitter:creator:name",
)
META_SECTIONS = (
    "article:section",
    "parsely-section",
    "section",
    "cxenseparse:section",
    "cg",
    "dcsext.cn_section",
    "content-section",
    "og:article:section",
    "analytics-s-channel",
)
BYLINE_PLACES = (
    ".//*[@rel='author']",
    ".//*[@itemprop='author']//*[@itemprop='name']",
    ".//*[@itemprop='author']",
    ".//*[contains(@data-component, 'byline')]//*[contains(@class, 'ontributor') or self::a]",
    ".//*[contains(concat(' ', @class), ' byline')]//a",
    ".//*[contains(concat(' ', @class), ' byline')]",
    ".//*[contains(@class, 'author-name') or contains(@class, 'author__name')]",
    ".//*[contains(concat(' ', @class, ' '), ' author ')]",
)
LONGEST_BYLINE = 200  # characters
LONGEST_OUTLET_NAME = 60  # characters; what is longer is a slogan
SLOGAN_START = re.compile(r"\s?(?:[|•·»:]|\s[–—-]\s).*$", re.S)
COPYRIGHT_NAME = re.compile(
    r"(?:©|\bcopyright\b)[\s©(c)]{0,9}(?:\d{4}(?:\s?[-–]\s?\d{4})?)?,?\s{0,3}(?:by\s)?"
    r"([A-Z][\w'’& -]{2,50})",
    re.I,
)
SHORTEST_NAME = 3  # letters
HOST_LIKE = re.compile(r"(?:https?://)?(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/?", re.I)
LEGAL_FORM = re.compile(
    r",?\s(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Co|GmbH|AG|PLC|S\.?A|Pty)\b\.?.*$", re.I
)


@dataclass(frozen=True, slots=True)
class PageMetadata:
    title: str
    url: str
    publisher: str
    author: str
    section: str
    language: str
    licence: str
    headlines: tuple[str, ...]  # every wording of the title that the page has
    record: dict[str, Any]  # the JSON-LD object of the article


def read_metadata(page: HtmlElement, written: str, address: str = "") -> PageMetadata:
    """Return what a page says of its article.

    `written` is the page as text, for its comments. `address` is where it was found, if that is
    known.
    """
    record = find_article_record(page)
    meta = MetaElements(page)
    url = find_address(page, meta, record, address or find_saved_address(written))
    publisher = find_outlet_name(page, meta, record, url)
    names = [publisher, find_string(record.get("publisher")), meta.find("og:site_name")]
    cleaner = TitleCleaner(names, url)
    headlines = list_headlines(page, meta, record)
    title = choose_title(page, headlines, cleaner)
    publisher = publisher or cleaner.site_name
    return PageMetadata(
        title=title,
        url=url,
        publisher=publisher,
        author=find_authors(page, meta, record, publisher),
        section=find_section(meta, record),
        language=find_language(page, meta, record),
        licence=find_licence(page, meta, record),
        headlines=(*headlines, title),
        record=record,
    )


def list_headlines(page: HtmlElement, meta: MetaElements, record: dict[str, Any]) -> list[str]:
    """Return what the page calls its article, the surest first."""
    element = page.find(".//head/title")
    if element is None:
        element = page.find(".//title")
    candidates = [
        find_string(record.get("headline")),
        meta.find("og:title"),
        meta.find("twitter:title", "parsely-title", "sailthru.title", "dc.title", "headline"),
        read_words(element) if element is not None else "",
    ]
    return [candidate for candidate in candidates if candidate]


# The address


def find_address(
    page: HtmlElement, meta: MetaElements, record: dict[str, Any], found_at: str
) -> str:
    """Return the article's own address without what only follows readers; "" if the page has none.

    `found_at` is where the page was found, if that is known. What the page calls its address is
    believed only on the same site, and where it is not that of the whole site. A copy of a page on
    an inner network is believed as a saved page is.
    """
    base = find_base(page, found_at)
    is_copy = not found_at or is_of_inner_network(found_at)
    for candidate in (*list_addresses(page, meta, record), found_at):
        url = resolve_link(base, candidate)
        if is_article_address(url) and (is_copy or is_same_site(url, found_at)):
            return clean_address(url)
    return ""


def list_addresses(page: HtmlElement, meta: MetaElements, record: dict[str, Any]) -> Iterator[str]:
    """Yield what a page calls its own address, the surest first."""
    for link in page.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""
    yield meta.find("og:url")
    for key in ("mainEntityOfPage", "url", "@id"):
        value = record.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield value
    yield meta.find("twitter:url", "parsely-link")


def find_base(page: HtmlElement, found_at: str) -> str:
    base = page.find(".//base[@href]")
    if base is not None and base.get("href", "").startswith("http"):
        return str(base.get("href"))
    return found_at


def find_saved_address(written: str) -> str:
    """Return the address that a browser notes in a comment when it saves a page."""
    found = SAVED_FROM.search(written[:3000])
    return (found[1] or found[2]) if found else ""


def is_article_address(url: str) -> bool:
    """Whether this is an address on the web, and not that of a whole site."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_on_web = parts.scheme in ("http", "https") and "." in host
    return is_on_web and not is_front_page(url)


# Who published it


def find_outlet_name(
    page: HtmlElement, meta: MetaElements, record: dict[str, Any], url: str
) -> str:
    candidates = [
        meta.find("og:site_name"),
        find_string(record.get("publisher")),
        meta.find("application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"),
        find_string(record.get("sourceOrganization")),
        meta.find("article:publisher", "copyright"),
    ]
    for candidate in candidates:
        if name := clean_outlet_name(candidate):
            return name
    return find_name_in_copyright(page, url)


def find_name_in_copyright(page: HtmlElement, url: str) -> str:
    """Return the name behind a copyright sign if the address has it, too: "© 2024 Harbour
    Herald".
    """
    host = (urlsplit(url).hostname or "").replace("-", "")
    for line in page.xpath(".//body//text()[contains(., '©') or contains(., 'opyright')]")[:6]:
        found = COPYRIGHT_NAME.search(str(line))
        name = clean_outlet_name(found[1]) if found else ""
        if len(fold_name(name)) > SHORTEST_NAME and fold_name(name) in host:
            return name
    return ""


def clean_outlet_name(written: str) -> str:
    """Return an outlet's name without slogan and legal form; "" where it is but an address."""
    name = SLOGAN_START.sub("", written).strip(" .,|")
    name = LEGAL_FORM.sub("", name)
    if HOST_LIKE.fullmatch(name):
        return ""
    if name.startswith(("@", "http", "©")) or len(name) > LONGEST_OUTLET_NAME:
        return ""
    return name


# Who wrote it


def find_authors(
    page: HtmlElement, meta: MetaElements, record: dict[str, Any], publisher: str
) -> str:
    """Return the names of the persons who wrote the article, with commas between; "" if none is
    known.
    """
    for candidates in iterate_bylines(page, meta, record):
        names = [name for written in candidates for name in split_byline(written)]
        outlet = publisher.casefold()
        persons = [name for name in names if name.casefold() != outlet and is_person(name)]
        if persons:
            return ", ".join(dict.fromkeys(persons))
    return ""


def iterate_bylines(
    page: HtmlElement, meta: MetaElements, record: dict[str, Any]
) -> Iterator[list[str]]:
    """Yield what may name the authors, by one place of the page after another."""
    yield list_record_authors(record.get("author"), find_records_by_id(page))
    yield list_record_authors(record.get("creator"), {})
    for name in META_AUTHORS:
        yield meta.list(name)
    for place in BYLINE_PLACES:
        found = [read_words(element) for element in page.xpath(place)[:6]]
        yield [words for words in found if 0 < len(words) <= LONGEST_BYLINE]
    lines = page.xpath(".//body//text()[starts-with(normalize-space(.), 'By ')]")[:3]
    yield [str(line) for line in lines if len(line) <= LONGEST_BYLINE]


def list_record_authors(value: Any, records: dict[str, dict[str, Any]]) -> list[str]:
    authors = value if isinstance(value, list) else [value]
    names = []
    for author in authors:
        if isinstance(author, dict) and set(author) == {"@id"}:
            author = records.get(str(author["@id"]), author)
        if isinstance(author, dict) and isinstance(author.get("name"), list):
            names += [find_string(name) for name in author["name"]]
        elif isinstance(author, dict):
            names.append(find_string(author.get("name")))
        else:
            names.append(find_string(author))
    return [name for name in names if name]


def split_byline(written: str) -> Iterable[str]:
    """Yield the names in a byline: "By Ana Bell and Tom Kane, Staff Writers" → Ana Bell, Tom
    Kane.
    """
    byline = BYLINE_START.sub("", written[:LONGEST_BYLINE])
    byline = BYLINE_END.sub("", byline)
    for name in BETWEEN_NAMES.split(byline):
        name = " ".join(name.split()).strip(" .,:;|")
        if name:
            yield name.title() if name.isupper() else name


def is_person(name: str) -> bool:
    return bool(NAME_OF_PERSON.fullmatch(name)) and not NOBODY.search(name)


# Section and language


def find_section(meta: MetaElements, record: dict[str, Any]) -> str:
    section = find_string(record.get("articleSection")) or meta.find(*META_SECTIONS)
    return "" if section.startswith("http") else section[:100]


def find_language(page: HtmlElement, meta: MetaElements, record: dict[str, Any]) -> str:
    root = page.getroottree().getroot()
    candidates = [
        root.get("lang") or root.get("xml:lang") or "",
        find_string(record.get("inLanguage")),
        meta.find("og:locale", "content-language", "dc.language", "language"),
    ]
    for candidate in candidates:
        language = candidate.strip().replace("_", "-")
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", language):
            return language
    return ""
