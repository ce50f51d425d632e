"""Quotes as lines of a list, and accusations: pages have dozens, so Python writes them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from claims.models import Actor, Quote
from claims.pages.accusations import Accusation, AnswerRelation
from claims.templatetags.words import (
    as_written,
    day,
    labels,
    placed,
    said,
    speaker,
    unfolding,
)

register = template.Library()


@register.simple_tag
def line(
    quote: Quote,
    *,
    listed: bool = False,
    stance: bool = False,
    outer: bool = True,
    article: bool = True,
) -> SafeString:
    """Who, in which words, and where; `listed`: among others that fit, with why it does and its paragraph to unfold.

    With its `stance` to the claim, the `outer` quote that it stands within and its `article`, or without.
    """
    return format_html(
        QUOTE_LINE_TEMPLATE,
        pk=quote.pk,
        speaker=speaker(quote),
        labels=labels(quote),
        stance=render_stance(quote) if stance else "",
        outer=within(quote) if outer else "",
        said=said(quote),
        why=render_reasons_listed(quote) if listed else "",
        as_written=as_written(quote),
        placed=placed(quote) if article else "",
        unfolding=unfolding(quote) if listed else "",
        address=quote.get_absolute_url(),
    )


QUOTE_LINE_TEMPLATE = """
<article class="quote" aria-label="Quote {pk}">
  <p class="who">{speaker} {labels} {stance}</p>
  {outer}
  <blockquote class="words" dir="auto">{said}</blockquote>
  {why}
  <div class="attribution">
    <span class="as-written"><bdi><span class="unseen">In the article’s words: </span>{as_written}</bdi></span>
    {placed}
    {unfolding}
    <a class="permalink" href="{address}">Details<span class="unseen"> of quote {pk}</span></a>
  </div>
</article>
"""


def render_stance(quote: Quote) -> SafeString:
    return format_html(
        '<span class="stance stance-{}">{}</span>', quote.stance, quote.get_stance_display()
    )


@register.filter
def within(quote: Quote) -> SafeString:
    """What a quote stands within, unless a curator rejected that."""
    outer = quote.within if quote.within_id else None
    if outer is None or outer.status == "rejected":
        return mark_safe("")
    link = format_html(
        '<a href="{}"><bdi>{}</bdi> said</a>', outer.get_absolute_url(), outer.said_by
    )
    return format_html('<p class="within">Within what {}</p>', link)


def render_reasons_listed(quote: Quote) -> SafeString:
    """Why it is in the list, where that is not plain to see."""
    if not quote.why:
        return mark_safe("")
    reasons = (
        (reason, format_html_join(", ", '<q dir="auto">{}</q>', ((each,) for each in found)))
        for reason, found in quote.why
    )
    told = format_html_join("; ", "{} {}", reasons)
    return format_html('<p class="why"><span class="unseen">Why it is here: </span>{}</p>', told)


@register.filter
def accusing(each: Accusation) -> SafeString:
    """An accusation: whom it is against, and what the articles hold of the answer, if that was looked for."""
    shown = (render_gist(each.quote, 200), render_accuser(each), render_targets(each.targets))
    rest = render_accusation_answer(each) if each.against else render_actors_named(each.named)
    return format_html('<li><p class="gist">{}</p><p class="hint">{}</p>{}{}</li>', *shown, rest)


def render_gist(quote: Quote, longest: int, look: str = "") -> SafeString:
    """The beginning of what is said, as a link to it."""
    words = shorten_words(quote.cue, 60), shorten_words(quote.content, longest)
    return format_html(
        '<a{} href="{}"><bdi>{}</bdi> <q dir="auto">{}</q></a>',
        look,
        quote.get_absolute_url(),
        *words,
    )


def shorten_words(text: str, longest: int) -> str:
    return text if len(text) <= longest else Truncator(text).chars(longest)


def render_accuser(each: Accusation) -> SafeString:
    """Who accuses, where that is not plain to see, and where and when."""
    quote, who = each.quote, mark_safe("Unknown speaker, ")
    if quote.actor:
        link = format_html(
            '<a href="{}" dir="auto">{}</a>, ', quote.actor.get_absolute_url(), quote.actor.name
        )
        who = format_html("{}{}", link if each.against else "", render_speaker_doubt(quote))
    return format_html("{}{}", who, render_outlet_and_day(quote))


def render_speaker_doubt(quote: Quote) -> SafeString:
    return mark_safe('<span class="doubt">unsure</span> ' if quote.has_unsure_speaker else "")


def render_outlet_and_day(quote: Quote) -> SafeString:
    return format_html(
        "<bdi>{}</bdi>, {}", quote.article.outlet.name, day(quote.article.published_on)
    )


def render_targets(targets: Iterable[str]) -> SafeString:
    words = format_html_join(
        ", ", '<q dir="auto">{}</q>', ((shorten_words(each, 120),) for each in targets)
    )
    return format_html('<p class="hint">Against {}</p>', words) if words else words


def render_actors_named(actors: Iterable[Actor]) -> SafeString:
    links = ((actor.get_absolute_url(), actor.name) for actor in actors)
    named = format_html_join(", ", '<a href="{}" dir="auto">{}</a>', links)
    return format_html('<p class="hint">Names {}</p>', named) if named else named


def render_accusation_answer(each: Accusation) -> SafeString:
    """What counts as an answer, and no more: what only comes later need not be one."""
    if not each.answer:
        return mark_safe(
            '<p class="answer"><strong>No answer found in these articles.</strong>\n</p>'
        )
    quote = each.answer.quote
    words = render_gist(quote, 140, ANSWER_CLASS)
    place = (
        ""
        if quote.article_id == each.quote.article_id
        else format_html(" {}", render_outlet_and_day(quote))
    )
    return format_html(
        '<p class="answer">{} {}{} {}</p>',
        mark_safe(ANSWER_HEADINGS[each.answer.how]),
        words,
        place,
        render_speaker_doubt(quote),
    )


ANSWER_CLASS = mark_safe(' class="words"')
ANSWER_HEADINGS: dict[AnswerRelation, str] = {
    "same claim": "<strong>They deny the same claim:</strong>",
    "denial": "<strong>Read as a denial, in the same article:</strong>",
    "after": "<strong>No answer found in these articles.</strong> Quoted after it in the same article:",
}
