"""How pages word what the rows hold."""

import json
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timesince import timesince
from django.utils.translation import get_language_info

from claims.extraction.schema import DETAIL_ROLES
from claims.gathering.pairing import FoundMatch
from claims.models import ArrivalState, Detail, Match, MatchStatus, Quote
from claims.models.addresses import get_address
from claims.models.doubt import is_unsure
from claims.models.naming import NO_DATE
from claims.pages.arrivals import name_state
from claims.pages.labels import (
    VALUE_LABELS,
    name_act,
    name_heading,
    name_parameter,
    name_value,
)
from claims.pages.reasons import describe_reasons, phrase_evidence
from claims.search.facets import Facet
from claims.search.filters import FilterChip
from claims.search.list_filters import ListChip

register = template.Library()

JUST_NOW = timedelta(minutes=1)
DETAIL_HEADINGS = {
    "basis": "On the basis of",
    "addressee": "Told to",
    "target": "Against",
    "occasion": "Occasion",
    "hedge": "Hedged by",
    "anonymity": "Why unnamed",
}
STANCE_PHRASES = {"asserts": "says so", "denies": "denies it", "questions": "questions it"}
STATUS_PHRASES = {
    "unreviewed": "not checked by a person",
    "accepted": "checked by a curator",
    "corrected": "corrected by a curator",
    "rejected": "rejected by a curator",
}
QUOTATION_PHRASES = {
    "direct": "in quotation marks",
    "mixed": "partly in quotation marks",
    "indirect": "reported, not in quotation marks",
}
STANCE_VERBS = {"asserts": "asserted", "denies": "denied", "questions": "questioned"}
SIDE_HEADINGS = {
    "asserts": "Who says so",
    "denies": "Who denies it",
    "questions": "Who questions it",
    "answers": "Who was asked, and did not answer it",
}
TOPIC_HEADINGS = {
    "asserts": "Say",
    "denies": "Deny",
    "questions": "Question",
    "answers": "Declined to comment",
}
DISPUTE_HEADINGS = {
    "denied": ("Who says so", "Who denies it"),
    "figures": ("One figure", "Another figure"),
    "credit": ("In one outlet", "In another"),
}
SIDE_VERBS = {
    "asserts": "said by",
    "denies": "denied by",
    "questions": "questioned by",
    "answers": "not answered by",
}
TIE_PHRASES = {
    "copy": "the same words, passed on or cut",
    "paraphrase": "the same in other words",
}
ALIKE_HEADINGS = {
    "same": "Say the same",
    "against": "Deny it, or say the opposite",
    "figures": "Have another figure",
    "near": "Close, but of something else",
}
CHANGE_PHRASES = {
    "denied": "later they denied it",
    "asserted": "they denied it first, and said it later",
    "figure": "later they told another figure",
}
ORDER_NAMES = {
    "relevance": "best match",
    "newest": "newest",
    "oldest": "oldest",
    "arrived": "last added",
}
SCRIPT_ESCAPES = {ord(mark): f"\\u{ord(mark):04X}" for mark in "<>&\u2028\u2029"}


@register.filter
def unsure(confidence: float | None) -> bool:
    """Tell whether a reader should be told that we doubt it."""
    return is_unsure(confidence)


@register.filter
def details_by_role(details: Iterable[Detail]) -> list[tuple[str, list[Detail]]]:
    """Return the details of a quote under the headings that a reader knows."""
    rows = list(details)
    found = []
    for role in DETAIL_ROLES:
        of_role = [detail for detail in rows if detail.role == role]
        if of_role:
            found.append((DETAIL_HEADINGS[role], of_role))
    return found


@register.filter
def stance_phrase(stance: str) -> str:
    """Return what a quote does with a claim."""
    return STANCE_PHRASES[stance]


@register.filter
def status_phrase(status: str) -> str:
    """Return what a person has decided on a quote."""
    return STATUS_PHRASES[status]


@register.filter
def quotation_phrase(kind: str) -> str:
    """Return how much of a quote the article has in quotation marks."""
    return QUOTATION_PHRASES[kind]


def as_written(quote: Quote) -> SafeString:
    """Return source and cue in the article's words and order."""
    cue = format_html('<span class="cue">{}</span>', quote.cue)
    if not quote.source_text:
        return cue
    source = format_html('<span class="source">{}</span>', quote.source_text)
    if quote.source_start is not None and quote.source_start < quote.cue_start:
        return format_html("{} {}", source, cue)
    return format_html("{} {}", cue, source)


def place(quote: Quote) -> SafeString:
    """Return where a quote stands: in its article, of an outlet, of a day."""
    article = quote.article
    address = quote.address_in_article
    title = format_html('<a class="title" href="{}" dir="auto">{}</a>', address, article.title)
    outlet = format_html('<span class="outlet" dir="auto">{}</span>', article.outlet.name)
    return format_html(
        '<span class="place">{}, {}</span> {}', outlet, day(article.published_on), title
    )


def context_fold(quote: Quote) -> SafeString:
    """Return what unfolds the paragraph of a quote under it."""
    return format_html(
        CONTEXT_FOLD_TEMPLATE,
        pk=quote.pk,
        as_written=as_written(quote),
        marks=quotation_phrase(quote.kind),
        context=get_address("quote-context", quote.pk),
        address=quote.get_absolute_url(),
    )


CONTEXT_FOLD_TEMPLATE = (
    '<details class="around"><summary hx-get="{context}" hx-trigger="click once"'
    ' hx-target="#context-{pk}" hx-swap="innerHTML" hx-push-url="false" hx-sync="this">'
    'In context<span class="unseen"> of quote {pk}</span></summary>'
    '<p class="as-written hint">In the article: <bdi>{as_written}</bdi> <span>({marks})</span></p>'
    '<div class="context in-context" id="context-{pk}">'
    '<a href="{address}">Read it in its paragraph</a></div></details>'
)


@register.filter
def linked_data(data: dict[str, Any]) -> SafeString:
    """Return JSON-LD for programs that read the page, in which no text of an article can end the
    script.
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    escaped = mark_safe(text.translate(SCRIPT_ESCAPES))
    return format_html('<script type="application/ld+json">{}</script>', escaped)


@register.filter(expects_localtime=True)
@lru_cache(maxsize=4096)
def day(date_shown: date | None) -> SafeString:
    """Return a day as people write it, which programs can read; a moment has its day."""
    if date_shown is None:
        return mark_safe(NO_DATE)
    return format_html(
        '<time datetime="{}">{} {} {}</time>',
        date_shown.isoformat()[:10],
        date_shown.day,
        f"{date_shown:%B}",
        date_shown.year,
    )


@register.filter
def percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"


@register.filter
def thousands(number: int) -> str:
    return f"{number:,}"


@register.filter
def language_name(code: str) -> str:
    """Return what a language is called in English, as far as that is known."""
    try:
        return str(get_language_info(code.lower())["name"])
    except KeyError:
        return code


@register.filter
def stance_verb(stance: str) -> str:
    """Return what is done to a claim by a quote of this stance."""
    return STANCE_VERBS[stance]


@register.filter
def side_heading(side: str) -> str:
    """Return what stands above those who take a side of a claim."""
    return SIDE_HEADINGS[side]


@register.filter
def topic_heading(side: str) -> str:
    """Return what stands above those who take a side of a topic."""
    return TOPIC_HEADINGS[side]


@register.filter
def dispute_heading(kind: str, is_first: bool) -> str:
    """Return what stands above the first or the second side of a dispute."""
    first, second = DISPUTE_HEADINGS[kind]
    return first if is_first else second


@register.filter
def side_verb(side: str) -> str:
    """Return what stands before those who take a side of a claim."""
    return SIDE_VERBS[side]


@register.filter
def tie_phrase(match: Match) -> str:
    """Return why two wordings are of one claim, as a reporter would say it."""
    if match.status == MatchStatus.CONFIRMED:
        return "a curator says that it is the same"
    reasons = [TIE_PHRASES.get(match.kind, match.kind)]
    for code in match.evidence:
        phrase = phrase_evidence(code)
        if phrase:
            reasons.append(phrase)
    return "; ".join(reasons)


@register.filter
def match_reasons(match: Match | FoundMatch) -> str:
    """Return what speaks for and against two wordings being one, in words."""
    return describe_reasons(match.evidence)


@register.filter
def change_phrase(sort: str) -> str:
    """Return what the later of two quotes of one actor does."""
    return CHANGE_PHRASES[sort]


@register.filter
def alike_heading(group: str) -> str:
    """Return what stands above the claims that are this to a sentence."""
    return ALIKE_HEADINGS[group]


@register.filter
def order_name(order: str) -> str:
    """Return what an order of quotes is called."""
    return ORDER_NAMES[order]


@register.filter
def parameter_name(parameter: str) -> str:
    """Return a parameter of the address as a page calls it, before what is asked for."""
    return name_parameter(parameter)


@register.filter
def chip_label(chip: FilterChip | ListChip) -> str:
    """Return what is asked for as a page calls it."""
    return name_value(chip.parameter, chip.value, chip.label)


@register.filter
def mark_share(kind: str) -> str:
    """Return how much of a quote stands in quotation marks."""
    return VALUE_LABELS["kind"][kind]


@register.filter
def act_name(act: str) -> str:
    return name_act(act)


@register.filter
def facet_heading(facet: Facet) -> str:
    """Return what stands above the values of a filter."""
    return name_heading(facet.parameter, facet.label)


@register.filter
def ago(moment: datetime) -> str:
    """Return how long ago a moment was."""
    if timezone.now() - moment < JUST_NOW:
        return "just now"
    return f"{timesince(moment)} ago"


@register.filter
def arrival_state(state: str) -> str:
    """Return how far a document has come, in the words of readers."""
    return name_state(ArrivalState(state))
