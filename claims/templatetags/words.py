"""How pages word what the rows hold."""

import json
import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from claims.extraction.schema import DETAIL_ROLES
from claims.models import Detail, Quote
from claims.models.addresses import get_address
from claims.models.doubt import is_unsure
from claims.models.naming import NO_DATE
from claims.passages.marking import HIT_END, HIT_START

register = template.Library()

LONGEST_CONTENT_WHOLE, LONGEST_CONTENT_CUT = (
    700,
    640,
)  # characters of a quote: more than the one are cut to the other
HIT_MARKED = re.compile(f"{HIT_START}(.*?){HIT_END}", re.S)
DETAIL_HEADINGS = {
    "basis": "On the basis of",
    "addressee": "Told to",
    "target": "Against",
    "occasion": "Occasion",
    "hedge": "Hedged by",
    "anonymity": "Why unnamed",
}


@register.filter
def how_sure(confidence: float | None) -> str:
    """A confidence between 0 and 1 in words."""
    if confidence is None:
        return "not measured"
    if confidence >= 0.9:
        return "high"
    return "low" if is_unsure(confidence) else "fair"


@register.filter
def by_role(details: Iterable[Detail]) -> list[tuple[str, list[Detail]]]:
    """The details of a quote under the headings that a reader knows."""
    rows = list(details)
    found = [
        (DETAIL_HEADINGS[role], [detail for detail in rows if detail.role == role])
        for role in DETAIL_ROLES
    ]
    return [(heading, having) for heading, having in found if having]


@register.filter
def said(quote: Quote) -> SafeString:
    """A quote's content, with what a search found in it marked; of a long one the beginning, and where the rest is."""
    parts = HIT_MARKED.split(getattr(quote, "hits", "") or quote.content)
    longest = (
        LONGEST_CONTENT_CUT if len(quote.content) > LONGEST_CONTENT_WHOLE else LONGEST_CONTENT_WHOLE
    )
    made, room = [], longest
    for number, part in enumerate(parts):
        cut, room = part[:room], room - len(part[:room])
        if cut:
            made.append(format_html("<mark class='hit'>{}</mark>" if number % 2 else "{}", cut))
    if longest == LONGEST_CONTENT_CUT:
        made.append(
            format_html('… <a class="rest" href="{}">the whole quote</a>', quote.get_absolute_url())
        )
    return mark_safe("".join(made))


@register.filter
def speaker(quote: Quote) -> SafeString:
    """Who said it, as far as that is clear."""
    if not quote.actor:
        return mark_safe('<span class="unknown">Unknown speaker</span>')
    who = format_html(
        '<a class="actor" href="{}" dir="auto">{}</a>',
        quote.actor.get_absolute_url(),
        quote.actor.name,
    )
    if not quote.has_unsure_speaker:
        return who
    told = f"The speaker may be wrong: confidence {percent(quote.actor_confidence)}"
    return format_html('{} <span class="doubt" title="{}">unsure</span>', who, told)


@register.filter
def act(quote: Quote) -> SafeString:
    return format_html('<span class="act act-{}">{}</span>', quote.act, quote.act.replace("_", " "))


@register.filter
def labels(quote: Quote) -> SafeString:
    """What sort of quote it is, and what a person decided on it."""
    status = ""
    if quote.touched:
        status = format_html(
            ' <span class="status status-{}">{}</span>', quote.status, quote.get_status_display()
        )
    return format_html('{} <span class="kind">{}</span>{}', act(quote), quote.kind, status)


@register.filter
def as_written(quote: Quote) -> SafeString:
    """Source and cue in the article's words and order."""
    cue = format_html('<span class="cue">{}</span>', quote.cue)
    if not quote.source_text:
        return cue
    source = format_html('<span class="source">{}</span>', quote.source_text)
    first = quote.source_start is not None and quote.source_start < quote.cue_start
    return format_html("{} {}", *((source, cue) if first else (cue, source)))


@register.filter
def placed(quote: Quote) -> SafeString:
    """Where a quote stands: in its article, of an outlet, of a day."""
    article, address = quote.article, quote.address_in_article
    title = format_html('<a class="title" href="{}" dir="auto">{}</a>', address, article.title)
    outlet = format_html('<span class="outlet" dir="auto">{}</span>', article.outlet.name)
    return format_html(
        '<span class="place">{} {}, {}</span>', title, outlet, day(article.published_on)
    )


@register.filter
def unfolding(quote: Quote) -> SafeString:
    """What shows the paragraph of a quote under it."""
    context = format_html(
        'hx-get="{}" hx-trigger="click once" hx-target="#context-{}" hx-swap="innerHTML" hx-push-url="false" hx-sync="this"',
        get_address("quote-context", quote.pk),
        quote.pk,
    )
    return format_html(
        '<details class="around"><summary {}>In context<span class="unseen"> of quote {}</span></summary>'
        '<div class="context in-context" id="context-{}"><a href="{}">Read it in its paragraph</a></div></details>',
        context,
        quote.pk,
        quote.pk,
        quote.get_absolute_url(),
    )


@register.filter
def linked_data(made: dict[str, Any]) -> SafeString:
    """JSON-LD for programs that read the page, in which no text of an article can end the script."""
    text = json.dumps(made, ensure_ascii=False, separators=(",", ":"))
    escaped = text.translate({ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&\u2028\u2029"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(escaped))


@register.filter(expects_localtime=True)
@lru_cache(maxsize=4096)
def day(of: date | None) -> SafeString:
    """A day as people write it, which programs can read."""
    if of is None:
        return mark_safe(NO_DATE)
    return format_html(
        '<time datetime="{}">{} {} {}</time>', of.isoformat()[:10], of.day, f"{of:%B}", of.year
    )


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def taken(stance: str) -> str:
    """What is done to a claim by a quote of this stance."""
    return {"asserts": "asserted", "denies": "denied", "questions": "questioned"}[stance]


@register.filter
def spoken(parameter: str) -> str:
    """A parameter of the address as a page calls it."""
    return {"q": "words", "since": "from", "until": "to"}.get(parameter, parameter)
