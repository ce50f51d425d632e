"""Under what terms a text may be used, as it says itself: a licence's address, or a notice of
copyright.
"""

import re
from typing import Any

from lxml.html import HtmlElement

from claims.intake.readers.html.structured import MetaElements, find_string

META_RIGHTS = (
    "dcterms.license",
    "dc.rights.license",
    "dcterms.rights",
    "dc.rights",
    "rights",
    "rights-standard",
    "copyright",
    "dcterms.rightsholder",
)
NOTICE = re.compile(
    r"©|\(c\)|\bcopyright\b|\brights\b|\blicen[cs]|creative\s?commons|\bCC[ -]|https?:", re.I
)
PICTURE_TAGS = ("figure", "figcaption", "aside", "footer", "nav")


def find_licence(page: HtmlElement, meta: MetaElements, record: dict[str, Any]) -> str:
    """Return the terms of an article, those told to machines first; "" if its page tells none."""
    told = find_licence_in_record(record)
    if told:
        return told
    for link in page.iter("link", "a"):
        if "license" in (link.get("rel") or "").lower().split() and not is_of_picture(link):
            return " ".join((link.get("href") or "").split())
    return write_notice(meta.find(*META_RIGHTS)) or find_notice_in_record(record)


def find_licence_in_record(record: dict[str, Any]) -> str:
    """Return the licence in an article's JSON-LD object: its address rather than its name."""
    licence = record.get("license")
    if isinstance(licence, list):
        licence = next(iter(licence), None)
    if isinstance(licence, dict):
        for key in ("url", "@id", "name"):
            if told := find_string(licence.get(key)):
                return told
        return ""
    return find_string(licence)


def find_notice_in_record(record: dict[str, Any]) -> str:
    notice = find_string(record.get("copyrightNotice"))
    if notice:
        return notice
    holder = find_string(record.get("copyrightHolder"))
    year = find_string(record.get("copyrightYear"))
    return write_notice(f"{year} {holder}".strip()) if holder else ""


def is_of_picture(link: HtmlElement) -> bool:
    """Return whether a link to a licence stands in what is not the article, such as a caption."""
    return any(ancestor.tag in PICTURE_TAGS for ancestor in link.iterancestors())


def write_notice(told: str) -> str:
    """Return terms as they are told; of a mere name, a notice of copyright."""
    words = " ".join(told.split())
    if not words or NOTICE.search(words):
        return words
    return f"© {words}"
