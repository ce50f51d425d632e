"""The parts of an article's page that stand there hundreds of times, written without the template engine.

Whatever comes from articles goes through `escape`; the rest are numbers and words of this file and of `marking`.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from claims.pages.article import MarginNote, NumberedQuote, Passage, PassagePiece, shorten_text
from claims.templatetags.lines import render_speaker_doubt
from claims.templatetags.words import act, speaker

register = template.Library()

LONGEST_GIST = 110  # characters of a quote in the list of all


@register.filter
def marked(passage: Passage) -> SafeString:
    """The words of a paragraph, with the quotes in it as links, and with their anchors."""
    return mark_safe("".join(map(render_piece, passage.pieces)))


def render_piece(piece: PassagePiece) -> str:
    segment, text = piece.segment, escape(piece.segment.text)
    opens = (
        f'<span id="quotation-{piece.loose.start}"></span>' if piece.loose and piece.opens else ""
    )
    if piece.address:
        anchors = "".join(map(render_quote_anchor, piece.begins))
        link = f'href="{escape(piece.address)}" data-quotes="{piece.numbers}" title="{segment.meaning}" tabindex="-1"'
        return f'{anchors}{opens}<a class="{segment.roles}{piece.tone}" {link}>{text}</a>'
    return f'{opens}<span class="{piece.tone}">{text}</span>' if piece.loose else text


def render_quote_anchor(entry: NumberedQuote) -> str:
    link = (
        f'id="quote-{entry.quote.pk}" href="{escape(entry.address)}" data-quotes="{entry.number}"'
    )
    return f'<a class="ref" dir="ltr" {link}><span class="unseen">Quote </span>{entry.number}</a>'


@register.filter
def noted(margin: Iterable[MarginNote]) -> SafeString:
    """The quotes in the margin of a paragraph."""
    return mark_safe("".join(map(render_margin_note, margin)))


def render_margin_note(of: MarginNote) -> str:
    entry = of.entry
    unknown = "" if entry.quote.actor else ' class="unknown"'
    continued = " <small>continued</small>" if of.continued else ""
    link = f'href="#quote-{entry.quote.pk}" data-quotes="{entry.number}" tabindex="-1"'
    name = f"<b>{entry.number}</b> <bdi{unknown}>{escape(entry.short)}</bdi>{continued} {render_speaker_doubt(entry.quote)}".rstrip()
    return f'<li class="depth-{entry.depth}"><a {link}>{name}</a></li>'


@register.filter
def numbered(entries: Iterable[NumberedQuote]) -> SafeString:
    """Quotes by their numbers alone."""
    return mark_safe("".join(map(render_quote_number, entries)))


def render_quote_number(entry: NumberedQuote) -> str:
    link = (
        f'href="#quote-{entry.quote.pk}" data-quotes="{entry.number}" title="{escape(entry.short)}"'
    )
    return f'<a class="ref" {link}><span class="unseen">quote </span>{entry.number}</a>'


@register.filter
def listed(entries: Iterable[NumberedQuote]) -> SafeString:
    """Quotes as a list: who does what in each, and how it begins."""
    return mark_safe("".join(map(render_quote_item, entries)))


def render_quote_item(entry: NumberedQuote) -> str:
    quote, number = entry.quote, entry.number
    ref = f'<a class="ref" href="#quote-{quote.pk}"><span class="unseen">Show in the text: quote </span>{number}</a>'
    around = (
        f' <a class="within" href="#quote-{quote.within_id}">within quote {entry.outer}</a>'
        if entry.outer
        else ""
    )
    gist = (
        f'<a href="{escape(entry.address)}">{escape(shorten_text(quote.content, LONGEST_GIST))}</a>'
    )
    who = f'<p class="who">{speaker(quote)} {act(quote)}{around}</p>'
    return f'<li data-quotes="{number}">{ref} <div>{who}<p class="gist" dir="auto">{gist}</p></div></li>'
