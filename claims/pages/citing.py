"""A quote as others cite it: APA, Chicago, plain text, JSON-LD, and a link to its words in the
original page.
"""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote as percent_encoded

from claims.models import Quote
from claims.models.naming import NO_DATE
from claims.outputs.linked_data import SCHEMA_TYPES
from claims.outputs.quote_parts import (
    build_parts_of_quote,
    format_quote_sentence,
    is_asserted,
)
from claims.outputs.sentences import format_statement

LONGEST_WHOLE_FRAGMENT = 60  # characters; a longer text fragment gives the first and the last words
FRAGMENT_END_WORDS = 4  # first words, and last words
FRAGMENT_PREFIX_WORDS = 3  # words before, where the fragment alone stands in the text twice
FRAGMENT_WORD = re.compile(r"\w+(?:['’.,-]\w+)*")
WORD_CHARACTER = re.compile(r"\w")
UNDATED = "n.d."  # what both styles write for “no date”
TERMINAL_MARKS = ("?", "!", ".", "…")


@dataclass(frozen=True, slots=True)
class Citation:
    """One way to cite: what it is called, and the text to copy."""

    key: str
    style: str
    text: str


def list_citations(quote: Quote, address: str) -> list[Citation]:
    """Return the citation in every style there is; `address` is the quote's own, in full."""
    linked_data = json.dumps(build_linked_data(quote, address), ensure_ascii=False, indent=1)
    plain = format_plain_citation(quote, address)
    return [
        Citation("plain", "Plain text", plain),
        Citation("apa", "APA, 7th edition", format_apa_citation(quote)),
        Citation("chicago", "Chicago, 17th edition, note", format_chicago_citation(quote)),
        Citation("json", "JSON-LD", linked_data),
        Citation("sentence", "A sentence to print", format_quote_sentence(quote)),
    ]


# Styles


def describe_speaker(quote: Quote) -> str:
    """Return who is said to have said it; a doubt that the page shows is not lost in a citation."""
    if quote.actor is None:
        as_written = f" (“{quote.source_text}”)" if quote.source_text else ""
        return f"an unidentified speaker{as_written}"
    doubt = " (attribution uncertain)" if quote.has_unsure_speaker else ""
    return f"{quote.actor.name}{doubt}"


def format_plain_citation(quote: Quote, address: str) -> str:
    """Return who said what, by the verb of the article, and where."""
    article = quote.article
    day = format_long_date(article.published_on) if article.published_on else NO_DATE
    where = f"{article.outlet.name}, “{quote.headline}”, {day}{describe_version_seen(quote)}"
    statement = capitalize_first(format_statement(build_parts_of_quote(quote)))
    lines = [
        f"{statement}.",
        f"Source: {where}{format_address_suffix(article.web_address)}",
        address,
    ]
    return "\n".join(lines)


def format_apa_citation(quote: Quote) -> str:
    """Return the reference and the words for the text.

    In APA a work without a named author begins with its title; who is quoted in it is named in the
    text.
    """
    article = quote.article
    year, whole_date = format_apa_dates(article.published_on)
    title = quote.headline
    outlet = close_with_full_stop(article.outlet.name)
    seen = describe_version_seen(quote)
    version = f"{seen}." if seen else ""
    address = f" {article.web_address}" if article.web_address else ""
    reference = f"{close_with_full_stop(title)} ({whole_date}). {outlet}{version}{address}"
    speaker = capitalize_first(describe_speaker(quote))
    comma = "" if has_terminal_mark(title) else ","
    in_text = f"({speaker}, as cited in “{title}{comma}” {year})"
    return f"{reference}\nIn the text: {in_text}"


def format_chicago_citation(quote: Quote) -> str:
    article = quote.article
    day = article.published_on
    date_of_article = f"{day:%B} {day.day}, {day.year}" if day else UNDATED
    speaker = capitalize_first(describe_speaker(quote))
    version = describe_version_seen(quote)
    address = format_address_suffix(article.web_address)
    where = f"“{quote.headline},” {article.outlet.name}, {date_of_article}{version}{address}"
    return f"{speaker}, quoted in {where}."


def describe_version_seen(quote: Quote) -> str:
    """Return which version is meant, where the article no longer has the words; else nothing."""
    if quote.version is None:
        return ""
    day = format_long_date(quote.version.seen_at.date())
    return f" (version first seen on {day}, since changed)"


def format_apa_dates(day: date | None) -> tuple[str, str]:
    """Return the year and the whole date as APA writes them."""
    if day is None:
        return UNDATED, UNDATED
    return str(day.year), f"{day.year}, {day:%B} {day.day}"


def format_long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def format_address_suffix(address: str) -> str:
    return f", {address}" if address else ""


def has_terminal_mark(title: str) -> bool:
    return title.rstrip().endswith(TERMINAL_MARKS)


def close_with_full_stop(title: str) -> str:
    """Return a title that ends with a mark: its own if it has one."""
    return title if has_terminal_mark(title) else f"{title}."


def capitalize_first(words: str) -> str:
    """Return the words with a capital at their beginning.

    Unlike `str.capitalize` it leaves all others as they are.
    """
    return words[:1].upper() + words[1:]


# For programs


def build_linked_data(quote: Quote, address: str) -> dict[str, Any]:
    """Return a schema.org Quotation that is a part of an article.

    Words that are denied or questioned are credited to nobody; the sentence tells who did that.
    """
    linked_data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": quote.content,
        "description": format_quote_sentence(quote),
        "inLanguage": "en",
    }
    is_credited = is_asserted(quote)
    actor = None if quote.has_unsure_speaker else quote.actor
    if is_credited and actor and actor.kind in SCHEMA_TYPES:
        linked_data["creator"] = {"@type": SCHEMA_TYPES[actor.kind], "name": actor.name}
    if is_credited and quote.source_text:
        linked_data["creditText"] = quote.source_text
    if quote.said_on:
        linked_data["dateCreated"] = quote.said_on.isoformat()
    linked_data["isPartOf"] = build_article_data(quote)
    return linked_data


def build_article_data(quote: Quote) -> dict[str, Any]:
    """Return the schema.org NewsArticle that a quote stands in, in the version that has
    its words.
    """
    article = quote.article
    article_data: dict[str, Any] = {"@type": "NewsArticle", "headline": quote.headline}
    if quote.version:
        article_data["version"] = quote.version.sha256
    if article.published_on:
        article_data["datePublished"] = article.published_on.isoformat()
    article_data["publisher"] = {"@type": "Organization", "name": article.outlet.name}
    if article.web_address:
        article_data["url"] = article.web_address
    return article_data


def build_original_address(quote: Quote) -> str:
    """Return the original page's address with a text fragment, which a browser scrolls to and marks.

    It is empty where the article has no address or the page no longer has the words.
    See https://wicg.github.io/scroll-to-text-fragment/: `#:~:text=prefix-,start,end`.
    """
    article = quote.article
    if not article.web_address or quote.version_id:
        return ""
    page, _, _ = article.web_address.partition("#")
    spans = list(quote.spans.all())
    fragment = build_text_fragment(article.text, spans[0].start, spans[-1].end)
    return f"{page}#:~:text={fragment}"


def build_text_fragment(text: str, start: int, end: int) -> str:
    """Return the directive that finds `text[start:end]`, without the marks around it, in the page
    of the text.
    """
    words = list(FRAGMENT_WORD.finditer(text, start, end))
    if not words:
        return encode_fragment(text[start:end].strip())
    first = words[0].start()
    last = words[-1].end()
    beginning = text[first:last]
    is_short = len(beginning) <= LONGEST_WHOLE_FRAGMENT and "\n" not in beginning
    if is_short or len(words) < 2 * FRAGMENT_END_WORDS:
        fragment = encode_fragment(beginning)
    else:
        beginning = text[first : words[FRAGMENT_END_WORDS - 1].end()]
        ending = text[words[-FRAGMENT_END_WORDS].start() : last]
        fragment = f"{encode_fragment(beginning)},{encode_fragment(ending)}"
    if text.count(beginning) > 1:
        prefix = find_words_before(text, first)
        if prefix:
            return f"{encode_fragment(prefix)}-,{fragment}"
    return fragment


def find_words_before(text: str, place: int) -> str:
    """Return the last whole words of the line before a place, and the marks that follow them.

    They are three at most, with nothing but white space between them. Without a word right before
    the place it is empty.
    """
    line = text[text.rfind("\n", 0, place) + 1 : place]
    pieces = line.split()
    marks: list[str] = []
    while pieces and not WORD_CHARACTER.search(pieces[-1]):
        marks.insert(0, pieces.pop())
    is_within_word = not marks and not line[-1:].isspace()
    if is_within_word:
        return ""
    words: list[str] = []
    for piece in reversed(pieces[-FRAGMENT_PREFIX_WORDS:]):
        first = WORD_CHARACTER.search(piece)
        if first is None:
            break
        words.insert(0, piece[first.start() :])
        if first.start() > 0:
            break
    return " ".join([*words, *marks]) if words else ""


def encode_fragment(words: str) -> str:
    """Return words percent-encoded, with the marks that the directive itself uses."""
    return percent_encoded(" ".join(words.split()), safe="").replace("-", "%2D")
