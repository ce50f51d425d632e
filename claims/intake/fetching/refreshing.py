"""Finds where a page leads that has nothing to read, and says so in itself (`<meta http-equiv="refresh">`)."""

import re
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

MOST_BYTES = 200_000  # of a page that may have nothing to read
MOST_WORDS = 30  # that such a page has besides: “You are taken to the article. Click here if not.”
LONGEST_DELAY = 10  # seconds; what is left to be read for longer has something to read
NAMES_REFRESH = re.compile(rb"http-equiv\s{0,5}=\s{0,5}[\"']?\s{0,5}refresh", re.I)
DELAY_AND_ADDRESS = re.compile(
    r"\s{0,9}(?P<delay>\d{1,4})[\d.]{0,9}\s{0,9}[;,\s]\s{0,9}(?:url\s{0,9}=\s{0,9})?+"
    r"(?P<mark>[\"']?)(?P<address>[^\"'\s][^\"']{0,3000})",
    re.I,
)
NOT_SHOWN = ("head", "script", "style", "template", "svg", "iframe")


def find_refresh(content: bytes, content_type: str) -> str:
    """Return the address that a page leads to at once, as it is written; "" if it is to be read."""
    may_be_page = "html" in content_type or not content_type
    if not may_be_page or len(content) > MOST_BYTES or not NAMES_REFRESH.search(content):
        return ""
    parser = lxml_html.HTMLParser(remove_comments=True)
    try:
        page = lxml_html.document_fromstring(content, parser=parser)
    except (etree.LxmlError, ValueError):
        return ""
    address = find_address(page)
    if not address or count_words_shown(page) > MOST_WORDS:
        return ""
    return address


def find_address(page: lxml_html.HtmlElement) -> str:
    base = page.find(".//base[@href]")
    for meta in page.iter("meta"):
        if (meta.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        told = DELAY_AND_ADDRESS.match(meta.get("content") or "")
        if told and int(told["delay"]) <= LONGEST_DELAY:
            address = told["address"].strip()
            return address if base is None else urljoin(base.get("href"), address)
    return ""


def count_words_shown(page: lxml_html.HtmlElement) -> int:
    """Return how many words a reader would see; what is not shown is taken out of the page."""
    etree.strip_elements(page, *NOT_SHOWN, with_tail=False)
    return len(" ".join(page.itertext()).split())
