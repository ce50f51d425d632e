"""A quote as others cite it: APA, Chicago, plain text, JSON-LD, and a link to its words in the original page."""

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import quote as percent_encoded

from claims.models import Article, Quote
from claims.models.doubt import REVIEW_BELOW
from claims.models.naming import NO_DATE

LONG_FRAGMENT = (
    60  # characters from which on a text fragment names only the first and the last words
)
FRAGMENT_END_WORDS = 4  # words of each
FRAGMENT_PREFIX_WORDS = 3  # words before, where the fragment alone stands in the text twice
UNDATED = "n.d."  # what both styles write for “no date”
TERMINAL_MARKS = ("?", "!", ".", "…")
# https://schema.org/Quotation takes a person or an organization as who said it; others are told in words.
SCHEMA_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "state": "GovernmentOrganization",
}


@dataclass(frozen=True, slots=True)
class Citation:
    """One way to cite: what it is called, and the text to copy."""

    key: str
    style: str
    text: str


def list_citations(quote: Quote, address: str) -> list[Citation]:
    """Every style there is; `address` is the quote's own, in full."""
    return [
        Citation("plain", "Plain text", format_plain_citation(quote, address)),
        Citation("apa", "APA, 7th edition", format_apa_citation(quote)),
        Citation("chicago", "Chicago, 17th edition, note", format_chicago_citation(quote)),
        Citation(
            "json",
            "JSON-LD",
            json.dumps(build_linked_data(quote, address), ensure_ascii=False, indent=1),
        ),
    ]


def describe_speaker(quote: Quote) -> str:
    """Who is said to have said it; a doubt that the page shows is not lost in a citation."""
    if quote.actor is None:
        return (
            f"an unidentified speaker (“{quote.source_text}”)"
            if quote.source_text
            else "an unidentified speaker"
        )
    return (
        f"{quote.actor.name} (attribution uncertain)"
        if is_speaker_in_doubt(quote)
        else quote.actor.name
    )


def is_speaker_in_doubt(quote: Quote) -> bool:
    return not quote.touched and (quote.actor_confidence or 0) < REVIEW_BELOW


def format_plain_citation(quote: Quote, address: str) -> str:
    """The words as the article has them, who says them, and where; the cue tells how they were reported."""
    article = quote.article
    where = (
        f"{article.outlet.name}, “{quote.headline}”, {dated(article)}{describe_version_seen(quote)}"
    )
    lines = [
        f"{describe_speaker(quote)} [{quote.cue}]: {quote.content}",
        f"Source: {where}{format_address_suffix(article.web_address)}",
        address,
    ]
    return "\n".join(lines)


def format_apa_citation(quote: Quote) -> str:
    """A work without a named author begins with its title; who is quoted in it stands in the text."""
    article = quote.article
    year, in_full = apa_dates(article.published_on)
    title = quote.headline
    seen = describe_version_seen(quote).lstrip(" ")
    reference = f"{close_title(title)} ({in_full}). {close_title(article.outlet.name)}{f' {seen}.' if seen else ''}"
    in_text = f"({capitalize_first(describe_speaker(quote))}, as cited in “{title}{'' if has_terminal_mark(title) else ','}” {year})"
    address = article.web_address
    return f"{reference}{' ' + address if address else ''}\nIn the text: {in_text}"


def format_chicago_citation(quote: Quote) -> str:
    article = quote.article
    day = article.published_on
    when = f"{day:%B} {day.day}, {day.year}" if day else UNDATED
    return (
        f"{capitalize_first(describe_speaker(quote))}, quoted in “{quote.headline},” {article.outlet.name}, "
        f"{when}{describe_version_seen(quote)}{format_address_suffix(article.web_address)}."
    )


def build_linked_data(quote: Quote, address: str) -> dict[str, Any]:
    """A schema.org Quotation, of an article's part."""
    article = quote.article
    made: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Quotation",
        "@id": address,
        "url": address,
    }
    made |= {"text": quote.content, "inLanguage": "en"}
    if quote.actor and quote.actor.kind in SCHEMA_TYPES and not is_speaker_in_doubt(quote):
        made["creator"] = {"@type": SCHEMA_TYPES[quote.actor.kind], "name": quote.actor.name}
    if quote.source_text:
        made["creditText"] = quote.source_text
    if quote.said_on:
        made["dateCreated"] = quote.said_on.isoformat()
    made["isPartOf"] = {
        "@type": "NewsArticle",
        "headline": quote.headline,
        **({"version": quote.version.sha256} if quote.version else {}),
        **({"datePublished": article.published_on.isoformat()} if article.published_on else {}),
        "publisher": {"@type": "Organization", "name": article.outlet.name},
        **({"url": address} if (address := article.web_address) else {}),
    }
    return made


def build_original_address(quote: Quote) -> str:
    """The original page's address with a text fragment, which a browser scrolls to and marks.

    Empty without an address, and where the page no longer has the words.

    https://wicg.github.io/scroll-to-text-fragment/: `#:~:text=prefix-,start,end`.
    """
    article = quote.article
    if not (address := article.web_address) or quote.version_id:
        return ""
    spans = [(span.start, span.end) for span in quote.spans.all()]
    return f"{address.partition('#')[0]}#:~:text={build_text_fragment(article.text, spans[0][0], spans[-1][1])}"


def build_text_fragment(text: str, start: int, end: int) -> str:
    """The directive that finds `text[start:end]`, without the marks around it, in the page that the text was taken from."""
    words = [
        (start + found.start(), start + found.end())
        for found in re.finditer(r"\w+(?:['’.,-]\w+)*", text[start:end])
    ]
    if not words:
        return encode_fragment(text[start:end].strip())
    first, last = words[0][0], words[-1][1]
    whole = text[first:last]
    if (len(whole) <= LONG_FRAGMENT and "\n" not in whole) or len(words) < 2 * FRAGMENT_END_WORDS:
        begin, made = whole, encode_fragment(whole)
    else:
        begin = text[first : words[FRAGMENT_END_WORDS - 1][1]]
        made = f"{encode_fragment(begin)},{encode_fragment(text[words[-FRAGMENT_END_WORDS][0] : last])}"
    if text.count(begin) > 1 and (
        before := re.search(
            rf"(?:\w\S*\s+){{1,{FRAGMENT_PREFIX_WORDS}}}\W*$",
            text[find_line_start(text, first) : first],
        )
    ):
        return f"{encode_fragment(before[0].strip())}-,{made}"
    return made


def find_line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, at) + 1


def encode_fragment(words: str) -> str:
    """Percent-encoded, with the marks that the directive itself uses."""
    return percent_encoded(" ".join(words.split()), safe="").replace("-", "%2D")


def describe_version_seen(quote: Quote) -> str:
    """Which version is meant, where the article no longer has the words."""
    return (
        f" (version first seen on {format_long_date(quote.version.seen_at.date())}, since changed)"
        if quote.version
        else ""
    )


def apa_dates(day: date | None) -> tuple[str, str]:
    """Return the year and the whole date as APA writes them."""
    if day is None:
        return UNDATED, UNDATED
    return str(day.year), f"{day.year}, {day:%B} {day.day}"


def dated(article: Article) -> str:
    return format_long_date(article.published_on) if article.published_on else NO_DATE


def format_long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def format_address_suffix(address: str) -> str:
    return f", {address}" if address else ""


def has_terminal_mark(title: str) -> bool:
    return title.rstrip().endswith(TERMINAL_MARKS)


def close_title(title: str) -> str:
    """With a full stop, unless it ends with a mark of its own."""
    return title if has_terminal_mark(title) else f"{title}."


def capitalize_first(words: str) -> str:
    return words[:1].upper() + words[1:]
