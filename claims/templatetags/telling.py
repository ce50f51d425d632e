"""A quote as a sentence on a page: who, the article's own verb, and the words.

It is the sentence that is printed, cited and fed to others (`outputs/sentences.py`), with its pieces
told apart.
"""

import re
from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from claims.models import Actor, Quote
from claims.models.addresses import get_address
from claims.outputs.quote_parts import attach_tellers, build_parts_of_quote, find_teller_of_quote
from claims.outputs.sentences import SentencePiece, build_pieces, capitalize_pieces
from claims.pages.hanging import mark_hanging
from claims.passages.marking import HIT_MARKED

register = template.Library()

LONGEST_SAID = 640  # characters of what is said that a list shows
LONGEST_GIST = 220  # and a narrow one
# Acts whose verb turns what is said around, or is turned against somebody.
ACTS_MARKED = ("deny", "accuse")


@register.filter
def sentence(quote: Quote) -> SafeString:
    """Return a quote as a sentence, the beginning of it if it is very long."""
    return render_sentence(quote, LONGEST_SAID)


@register.filter
def short_sentence(quote: Quote) -> SafeString:
    """Return it for a narrow column: what is said leads to the quote."""
    return render_sentence(quote, LONGEST_GIST, is_linked=True)


@register.filter
def told(quotes: Iterable[Quote]) -> list[Quote]:
    """Return quotes that stand one below the other, with what a list of them needs.

    Each has who told what it stands within, which takes a query if any stands within another, and
    under how many of those right above it it hangs.
    """
    listed = list(quotes)
    attach_tellers(listed)
    mark_hanging(listed)
    return listed


def render_sentence(quote: Quote, longest: int, *, is_linked: bool = False) -> SafeString:
    parts = build_parts_of_quote(quote)
    if getattr(quote, "hangs", 0) and parts.outer_stance == "asserts":
        parts = parts._replace(teller="")  # it stands right above
    pieces = build_pieces(parts, longest, is_who_first=True)
    hits = HIT_MARKED.findall(getattr(quote, "hits", ""))
    rendered = [render_piece(piece, quote, hits) for piece in capitalize_pieces(pieces)]
    if is_linked:
        rendered = link_what_is_said(pieces, rendered, quote)
    return mark_safe("".join(rendered))


def render_piece(piece: SentencePiece, quote: Quote, hits: list[str]) -> SafeString:
    """Return a piece of the sentence, marked as what it is."""
    match piece.role:
        case "who":
            return render_speaker(quote.actor, piece.text)
        case "unknown":
            return format_html('<span class="unknown">{}</span>', piece.text)
        case "doubt":
            return format_html(" {}", render_doubt(quote))
        case "verb":
            marked = f" verb-{quote.act}" if quote.act in ACTS_MARKED else ""
            return format_html('<em class="verb{}"><bdi>{}</bdi></em>', marked, piece.text)
        case "said":
            return format_html('<bdi class="said">{}</bdi>', mark_hits(piece.text, hits))
        case "source":
            return format_html("<bdi>{}</bdi>", piece.text)
        case "teller":
            return render_teller(quote, piece.text)
    return format_html("{}", piece.text)


def render_speaker(actor: Actor | None, text: str) -> SafeString:
    """Return a name as a link to its page; one that is not stored has none."""
    if actor is None or not actor.slug:
        return format_html('<b class="actor" dir="auto">{}</b>', text)
    link = '<a class="actor" href="{}" dir="auto">{}</a>'
    return format_html(link, actor.get_absolute_url(), text)


def render_doubt(quote: Quote) -> SafeString:
    """Return the mark of a speaker that may well be wrong."""
    doubt = '<span class="doubt" title="The speaker may be wrong: {} sure">unsure</span>'
    return format_html(doubt, f"{quote.actor_confidence or 0:.0%}")


def render_teller(quote: Quote, text: str) -> SafeString:
    """Return who told what a quote stands within, as a link to where they did."""
    number = find_teller_of_quote(quote).quote_id or 0
    if not quote.is_stored:
        return format_html('<a class="within" href="#quote-{}">{}</a>', number, text)
    address = get_address("quote", number)
    return format_html('<a class="within" href="{}">{}</a>', address, text)


def mark_hits(text: str, hits: list[str]) -> SafeString:
    """Return what is said with the words that a search found in it marked, in their order."""
    marked = []
    start = 0
    for hit in hits:
        found = re.compile(re.escape(hit), re.I).search(text, start)
        if found:
            marked.append((text[start : found.start()], found[0]))
            start = found.end()
    rest = text[start:]
    return format_html("{}{}", format_html_join("", '{}<mark class="hit">{}</mark>', marked), rest)


def link_what_is_said(
    pieces: list[SentencePiece], rendered: list[SafeString], quote: Quote
) -> list[SafeString]:
    """Return the pieces, the words said as a link to the quote."""
    link = '<a class="opens" href="{}">{}</a>'
    return [
        format_html(link, quote.get_absolute_url(), html) if piece.role == "said" else html
        for piece, html in zip(pieces, rendered, strict=True)
    ]
