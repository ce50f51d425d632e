"""Quotes as lines of a list, and accusations: pages have dozens, so Python writes them."""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator

from claims.models import Actor, Article, Quote
from claims.pages.accusations import Accusation, AnswerRelation
from claims.search.copies import OtherPlaces, list_other_places
from claims.templatetags.words import (
    as_written,
    content,
    context_fold,
    day,
    labels,
    place,
    speaker,
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
    """Return who said it, in which words, and where; also where else, if that was looked for.

    `listed` is for a quote among others that fit: with why it does and its paragraph to unfold. The
    others say whether its `stance` to the claim, the `outer` quote that it stands within and its
    `article` are told.
    """
    return format_html(
        QUOTE_LINE_TEMPLATE,
        pk=quote.pk,
        speaker=speaker(quote),
        labels=labels(quote),
        stance=render_stance(quote) if stance else "",
        outer=outer_quote(quote) if outer else "",
        content=content(quote),
        why=render_reasons_listed(quote) if listed else "",
        as_written=as_written(quote),
        place=place(quote) if article else "",
        elsewhere=other_places(getattr(quote, "elsewhere", None)),
        context_fold=context_fold(quote) if listed else "",
        cite=render_cite_link(quote) if listed else "",
        address=quote.get_absolute_url(),
    )


QUOTE_LINE_TEMPLATE = """
<article class="quote" aria-label="Quote {pk}">
  <p class="who">{speaker} {labels} {stance}</p>
  {outer}
  <blockquote class="words" dir="auto">{content}</blockquote>
  {why}
  <div class="attribution">
    <span class="as-written"><bdi><span class="unseen">In the article’s words: </span>{as_written}</bdi></span>
    {place}
    {elsewhere}
    {context_fold}
    <a class="permalink" href="{address}">Details<span class="unseen"> of quote {pk}</span></a>
    {cite}
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
        '<span class="stance stance-{}">{}</span>', quote.stance, quote.get_stance_display()
    )


VERBS_OF_OUTER = {"denies": "denied", "questions": "questioned"}


@register.filter
def outer_quote(quote: Quote) -> SafeString:
    """Return what a quote stands within, unless a curator rejected that."""
    outer = quote.within if quote.within_id else None
    if outer is None or outer.status == "rejected":
        return mark_safe("")
    verb = VERBS_OF_OUTER.get(outer.stance, "said")
    link = format_html(
        '<a href="{}"><bdi>{}</bdi> {}</a>', outer.get_absolute_url(), outer.said_by, verb
    )
    return format_html('<p class="within">Within what {}</p>', link)


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
        '<li><p class="gist">{}</p><p class="hint">{}</p>{}{}</li>',
        render_gist(accusation.quote, LONGEST_ACCUSATION),
        render_accuser(accusation),
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


def render_gist(quote: Quote, longest: int, attributes: str = "") -> SafeString:
    """Return the beginning of what is said, as a link to the quote."""
    return format_html(
        '<a{} href="{}"><bdi>{}</bdi> <q dir="auto">{}</q></a>',
        attributes,
        quote.get_absolute_url(),
        shorten_words(quote.cue, LONGEST_CUE),
        shorten_words(quote.content, longest),
    )


def shorten_words(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters, as Django's templates shorten it."""
    if len(text) <= longest:
        return text
    return Truncator(text).chars(longest)


def render_accuser(accusation: Accusation) -> SafeString:
    """Return who accuses, where that is not plain to see, and where and when."""
    quote = accusation.quote
    accuser = mark_safe("")
    if quote.actor is None:
        accuser = mark_safe("Unknown speaker, ")
    elif accusation.against:
        accuser = format_html(
            '<a href="{}" dir="auto">{}</a>, ', quote.actor.get_absolute_url(), quote.actor.name
        )
    doubt = render_speaker_doubt(quote) if quote.actor else ""
    return format_html("{}{}{}", accuser, doubt, render_outlet_and_day(quote))


def render_speaker_doubt(quote: Quote) -> SafeString:
    """Return the mark of a speaker that we doubt and no person has decided on; else nothing."""
    if not quote.has_unsure_speaker:
        return mark_safe("")
    return mark_safe('<span class="doubt">unsure</span> ')


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
        '<p class="answer">{} {}{} {}</p>',
        mark_safe(ANSWER_HEADINGS[accusation.answer.how]),
        render_gist(quote, LONGEST_ANSWER, ANSWER_ATTRIBUTES),
        where,
        render_speaker_doubt(quote),
    )


# Characters of each that are shown.
LONGEST_ACCUSATION = 200
LONGEST_ANSWER = 140
LONGEST_TARGET = 120
LONGEST_CUE = 60

NO_ANSWER = mark_safe('<p class="answer"><strong>No answer found in these articles.</strong>\n</p>')
ANSWER_ATTRIBUTES = mark_safe(' class="words"')
ANSWER_HEADINGS: dict[AnswerRelation, str] = {
    "same claim": "<strong>They deny the same claim:</strong>",
    "denies": "<strong>They deny it:</strong>",
    "answers": "<strong>They answer, and leave open whether it is true:</strong>",
}
