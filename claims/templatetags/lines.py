"""Quotes as lines of a list, and accusations: pages have dozens, so Python writes them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from claims.models import Actor, Article, Quote
from claims.pages.accusations import Accusation, AnswerRelation
from claims.search.copies import OtherPlaces, list_other_places
from claims.templatetags.telling import LONGEST_SAID, sentence, short_sentence
from claims.templatetags.words import (
    context_fold,
    day,
    place,
    stance_phrase,
    status_phrase,
)

register = template.Library()


@register.simple_tag
def line(
    quote: Quote, *, listed: bool = False, stance: bool = False, article: bool = True
) -> SafeString:
    """Return a quote as a sentence and where it stands; also where else, if that was looked for.

    `listed` is for a quote among others that fit: with why it does and its paragraph to unfold. The
    others say whether its `stance` to the claim and its `article` are told.
    """
    return format_html(
        QUOTE_LINE_TEMPLATE,
        pk=quote.pk,
        sentence=sentence(quote),
        why=render_reasons_listed(quote) if listed else "",
        place=place(quote) if article else "",
        elsewhere=other_places(getattr(quote, "elsewhere", None)),
        stance=render_stance(quote) if stance else "",
        status=render_status(quote),
        context_fold=context_fold(quote) if listed else "",
        cite=render_cite_link(quote) if listed else "",
        address=quote.get_absolute_url(),
        rest="The whole quote" if len(quote.content) > LONGEST_SAID else "Details",
    )


QUOTE_LINE_TEMPLATE = """
<article class="quote" aria-label="Quote {pk}">
  <p class="says" dir="auto">{sentence}</p>
  {why}
  <div class="where">
    {place}
    {elsewhere}
    {stance}
    {status}
    {context_fold}
    {cite}
    <a class="permalink opens" href="{address}">{rest}<span class="unseen"> of quote {pk}</span></a>
  </div>
</article>
"""


def render_cite_link(quote: Quote) -> SafeString:
    """Return the link to the quote as a sentence to print; a script copies that at a press."""
    link = '<a class="permalink cites" href="{}.txt">Cite<span class="unseen"> quote {}</span></a>'
    return format_html(link, quote.get_absolute_url().rstrip("/"), quote.pk)


@register.filter
def other_places(places: OtherPlaces | None) -> SafeString:
    """Return where else a text stands, in few words; nothing if nowhere."""
    if places is None:
        return mark_safe("")
    links = [
        format_html('<a href="{}"><bdi>{}</bdi></a>', address, name)
        for name, address in places.named
    ]
    if places.more:
        links.append(format_html('<a href="{}">{} more</a>', places.address, places.more))
    joined = format_html_join(", ", "{}", ((link,) for link in links[:-1]))
    last = format_html(" and {}", links[-1]) if len(links) > 1 else links[-1]
    return format_html('<span class="elsewhere">also in {}{}</span>', joined, last)


@register.filter
def other_places_of_article(article: Article) -> SafeString:
    """Return where else an article stands, whose copies are attached."""
    return other_places(list_other_places(article))


def render_stance(quote: Quote) -> SafeString:
    return format_html(
        '<span class="stance stance-{}">{}</span>', quote.stance, stance_phrase(quote.stance)
    )


def render_status(quote: Quote) -> SafeString:
    """Return what a person decided on a quote; nothing if nobody did."""
    if not quote.touched:
        return mark_safe("")
    return format_html(
        '<span class="status status-{}">{}</span>', quote.status, status_phrase(quote.status)
    )


def render_reasons_listed(quote: Quote) -> SafeString:
    """Return why a quote is in the list, where that is not plain to see."""
    if not quote.why:
        return mark_safe("")
    reasons = [(reason, render_words(words)) for reason, words in quote.why]
    return format_html(
        '<p class="why"><span class="unseen">Why it is here: </span>{}</p>',
        format_html_join("; ", "{} {}", reasons),
    )


def render_words(words: Iterable[str]) -> SafeString:
    """Return words of an article, side by side."""
    return format_html_join(", ", '<q dir="auto">{}</q>', ((word,) for word in words))


# Accusations


@register.filter
def accusation_item(accusation: Accusation) -> SafeString:
    """Return an accusation: whom it is against, and what the articles hold of the answer, if that
    was looked for.
    """
    return format_html(
        '<li><p class="says">{}</p><p class="hint">{}</p>{}{}</li>',
        short_sentence(accusation.quote),
        render_outlet_and_day(accusation.quote),
        render_targets(accusation.targets),
        render_outcome(accusation),
    )


def render_outcome(accusation: Accusation) -> SafeString:
    """Return the answer to an accusation against the actor, or whom the actor's own accusation
    names.
    """
    if accusation.against:
        return render_accusation_answer(accusation)
    return render_actors_named(accusation.named)


def shorten_words(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, as Django's templates shorten it."""
    if len(text) <= longest:
        return text
    return Truncator(text).chars(longest)


def render_outlet_and_day(quote: Quote) -> SafeString:
    return format_html(
        "<bdi>{}</bdi>, {}", quote.article.outlet.name, day(quote.article.published_on)
    )


def render_targets(targets: Iterable[str]) -> SafeString:
    """Return whom an accusation is against, where the article says so."""
    words = render_words(shorten_words(target, LONGEST_TARGET) for target in targets)
    return format_html('<p class="hint">Against {}</p>', words) if words else words


def render_actors_named(actors: Iterable[Actor]) -> SafeString:
    links = [(actor.get_absolute_url(), actor.name) for actor in actors]
    named = format_html_join(", ", '<a href="{}" dir="auto">{}</a>', links)
    return format_html('<p class="hint">Names {}</p>', named) if named else named


def render_accusation_answer(accusation: Accusation) -> SafeString:
    """Return the answer and how it answers, or that none was found."""
    if not accusation.answer:
        return NO_ANSWER
    quote = accusation.answer.quote
    where = ""
    if quote.article_id != accusation.quote.article_id:
        where = format_html(" {}", render_outlet_and_day(quote))
    return format_html(
        '<div class="answer">{} <p class="says">{}</p>{}</div>',
        mark_safe(ANSWER_HEADINGS[accusation.answer.how]),
        short_sentence(quote),
        where,
    )


LONGEST_TARGET = 120  # characters that are shown

NO_ANSWER = mark_safe('<p class="answer"><strong>No answer found in these articles.</strong>\n</p>')
ANSWER_HEADINGS: dict[AnswerRelation, str] = {
    "same claim": "<strong>They deny the same claim:</strong>",
    "denies": "<strong>They deny it:</strong>",
    "answers": "<strong>They answer, and leave open whether it is true:</strong>",
}
