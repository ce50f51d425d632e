"""The parts of an article's page that stand there hundreds of times, written without the template
engine.

Whatever comes from articles goes through `escape`; the rest are numbers and words of this file and
of `marking`.
"""

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString, mark_safe

from claims.pages.article import MarginNote, Passage, PassagePiece
from claims.pages.numbered_quotes import NumberedQuote
from claims.templatetags.telling import render_doubt, short_sentence

register = template.Library()


@register.filter
def marked_text(passage: Passage) -> SafeString:
    """Return the words of a paragraph, with the quotes in it as links, and with their anchors."""
    return mark_safe("".join(map(render_piece, passage.pieces)))


def render_piece(piece: PassagePiece) -> str:
    text = escape(piece.segment.text)
    quotation_anchor = ""
    if piece.loose and piece.opens:
        quotation_anchor = f'<span id="quotation-{piece.loose.start}"></span>'
    if piece.address:
        quote_anchors = "".join(map(render_quote_anchor, piece.begins))
        return f"{quote_anchors}{quotation_anchor}{render_quote_link(piece, text)}"
    if piece.loose:
        return f'{quotation_anchor}<span class="{piece.tone}">{text}</span>'
    return text


def render_quote_link(piece: PassagePiece, text: str) -> str:
    """Return an escaped text as a link to the innermost quote that it belongs to."""
    look = f'class="{piece.segment.roles}{piece.tone}"'
    target = f'href="{escape(piece.address)}" data-quotes="{piece.numbers}"'
    return f'<a {look} {target} title="{piece.segment.meaning}" tabindex="-1">{text}</a>'


def render_quote_anchor(entry: NumberedQuote) -> str:
    place = f'id="quote-{entry.quote.pk}" href="{escape(entry.address)}"'
    link = f'class="ref" dir="ltr" {place} data-quotes="{entry.number}"'
    return f'<a {link}><span class="unseen">Quote </span>{entry.number}</a>'


@register.filter
def margin_notes(margin: Iterable[MarginNote]) -> SafeString:
    """Return the quotes in the margin of a paragraph."""
    return mark_safe("".join(map(render_margin_note, margin)))


def render_margin_note(note: MarginNote) -> str:
    entry = note.entry
    unknown = "" if entry.quote.actor else ' class="unknown"'
    name = f"<bdi{unknown}>{escape(entry.short)}</bdi>"
    continued = " <small>continued</small>" if note.continued else ""
    doubt = render_doubt(entry.quote) if entry.quote.has_unsure_speaker else ""
    words = f"<b>{entry.number}</b> {name}{continued} {doubt}".rstrip()
    link = f'href="#quote-{entry.quote.pk}" data-quotes="{entry.number}" tabindex="-1"'
    return f'<li class="depth-{entry.depth}"><a {link}>{words}</a></li>'


@register.filter
def quote_numbers(entries: Iterable[NumberedQuote]) -> SafeString:
    """Return quotes by their numbers alone."""
    return mark_safe("".join(map(render_quote_number, entries)))


def render_quote_number(entry: NumberedQuote) -> str:
    link = f'class="ref" href="#quote-{entry.quote.pk}" data-quotes="{entry.number}"'
    unseen = '<span class="unseen">quote </span>'
    return f'<a {link} title="{escape(entry.short)}">{unseen}{entry.number}</a>'


@register.filter
def quote_items(entries: Iterable[NumberedQuote]) -> SafeString:
    """Return quotes as a list: who does what in each, and how it begins."""
    return mark_safe("".join(map(render_quote_item, entries)))


def render_quote_item(entry: NumberedQuote) -> str:
    quote = entry.quote
    unseen = '<span class="unseen">Show in the text: quote </span>'
    ref = f'<a class="ref" href="#quote-{quote.pk}">{unseen}{entry.number}</a>'
    said = f'<p class="says" dir="auto">{short_sentence(quote)}</p>'
    hanging = f' class="hangs-{quote.hangs}"' if quote.hangs else ""
    others = render_other_wordings(entry)
    return f'<li{hanging} data-quotes="{entry.number}">{ref} <div>{said}{others}</div></li>'


def render_other_wordings(entry: NumberedQuote) -> str:
    """Return the link to the other quotes that say the same; nothing where there are none."""
    if not entry.others:
        return ""
    link = f'<a href="{escape(entry.others)}">How others report it</a>'
    return f'<p class="told">{link}</p>'
