"""One saved web page: a document, or what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from claims.intake.readers.documents import Broken, Document, Problem
from claims.intake.readers.drafts import Draft
from claims.intake.readers.html.body import Line, read_body
from claims.intake.readers.html.claim_reviews import REVIEW_TYPE, find_claim_reviews
from claims.intake.readers.html.days import find_published_day
from claims.intake.readers.html.front_pages import refuse_front_page
from claims.intake.readers.html.metadata import PageMetadata, read_metadata
from claims.intake.readers.html.structured import list_json_objects
from claims.intake.readers.origins import UNKNOWN_ORIGIN, Origin
from claims.intake.readers.problems import describe_little_text
from claims.intake.readers.repairing import decode_bytes, unwrap_text
from claims.intake.readers.reviews import ClaimReview

LARGEST_PAGE = 20_000_000  # bytes
FEWEST_WORDS = 20  # of an article
WORDS_BEHIND_PAYWALL = 120  # fewer of a page that says one has to pay are its first lines alone
CONSENT_WALL = re.compile(
    r"\b(?:cookies?|consent|your privacy|personal data|GDPR|we and our (?:\d+ )?partners)\b", re.I
)
PAYWALL = re.compile(
    r"\b(?:subscribe(?:rs)?|subscription|sign in|log in|already a (?:member|subscriber)"
    r"|register)\b[^.]{0,60}"
    r"\b(?:continue|read|access|unlimited|full|article)\b|to (?:continue|keep) reading"
    r"|subscribers? only",
    re.I,
)
MANY_CONSENT_WORDS = 3
DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.I)


def read_html(
    content: bytes, where: str, *, undated: bool = False, origin: Origin = UNKNOWN_ORIGIN
) -> Iterator[Document | Problem]:
    """Yield the article of a web page; nothing is fetched."""
    draft = read_page(content, where, origin.address, origin.charset)
    yield replace(draft, day=draft.day or origin.day).build(where, undated=undated)


def read_page(content: bytes, where: str, address: str = "", charset: str = "") -> Draft:
    """Return what a page says; `address` is where it was found, if that is known.

    `charset` is what the site said of its letters when it sent the page, "" if nothing. Raises
    `Broken` if the page holds no article.
    """
    if len(content) > LARGEST_PAGE:
        raise Broken(f"the page is larger than {LARGEST_PAGE:,} bytes")
    written = decode_bytes(content, charset or find_declared_charset(content))
    page = parse_page(written)
    metadata = read_metadata(page, written, address)
    refuse_front_page(page, metadata.record, metadata.url, address)
    url = metadata.url or address
    day = find_published_day(page, metadata.record, url)
    reviews = find_reviews(page, written, url)  # before the body is read, which takes scripts away
    whole = " ".join(page.text_content().split())
    lines = read_lines(page, metadata)
    check_lines(lines, whole, metadata)
    return Draft(
        title=metadata.title or lines[0].text,
        text="\n".join(line.text for line in lines),
        day=day,
        url=url,
        found_at=address,
        publisher=metadata.publisher,
        author=metadata.author,
        section=metadata.section,
        language=metadata.language,
        licence=metadata.licence,
        reviews=reviews,
        kinds=tuple(line.kind for line in lines),
    )


def find_reviews(page: HtmlElement, written: str, url: str) -> tuple[ClaimReview, ...]:
    """Return the fact-checks that a page carries."""
    if REVIEW_TYPE not in written:
        return ()
    return find_claim_reviews(list_json_objects(page), url)


def find_declared_charset(content: bytes) -> str:
    """Return the encoding that a page says of itself that it has; "" if it does not."""
    declared = DECLARED.search(content, 0, 5000)
    return declared[1].decode("ascii", "ignore") if declared else ""


def parse_page(written: str) -> HtmlElement:
    parser = lxml_html.HTMLParser(no_network=True, recover=True, huge_tree=True, encoding="utf-8")
    try:
        page = lxml_html.document_fromstring(written.encode("utf-8", "replace"), parser=parser)
    except (ParserError, ValueError):
        raise Broken("it is no web page that can be read") from None
    if not isinstance(page, HtmlElement):
        raise Broken("it is no web page that can be read")
    return page


def read_lines(page: HtmlElement, metadata: PageMetadata) -> list[Line]:
    try:
        return read_body(
            page, metadata.headlines, metadata.record, metadata.author, metadata.publisher
        )
    except RecursionError:
        raise Broken("the page is nested too deep to be read") from None


def check_lines(lines: list[Line], whole: str, metadata: PageMetadata) -> None:
    """Raise `Broken`, saying why, where so little text was found that it is no article."""
    text = " ".join(line.text for line in lines)
    words = len(text.split())
    free = metadata.record.get("isAccessibleForFree")
    pays = str(free).lower() == "false" or bool(PAYWALL.search(whole))
    if words < FEWEST_WORDS and len(CONSENT_WALL.findall(whole)) >= MANY_CONSENT_WORDS:
        raise Broken("the page asks for consent to cookies, and holds no article")
    if len(CONSENT_WALL.findall(text)) * 12 > words > 0:
        raise Broken("the page asks for consent to cookies, and holds no article")
    if pays and words < WORDS_BEHIND_PAYWALL:
        raise Broken(f"a paywall: no more than {words} words of the article are in the page")
    if words < FEWEST_WORDS:
        raise Broken(describe_little_text(words))


def read_fragment(marked: str, headlines: Sequence[str]) -> list[Line]:
    """Return the lines of an article that is given as marked text without a page around it, as in
    feeds.
    """
    if "<" not in marked:
        paragraphs = unwrap_text(unescape(marked)).split("\n")
        return [Line("paragraph", text) for text in paragraphs if text]
    page = parse_page(f"<html><body><article><h1></h1>{marked}</article></body></html>")
    return read_body(page, headlines, {})
