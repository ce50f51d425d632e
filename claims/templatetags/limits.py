"""How much a field of a form takes: the same number that whoever reads the form holds to."""

from django import template

from claims.desk import adding
from claims.models.reports import LONGEST_REPORT_NOTE
from claims.pages.adding import LONGEST_TITLE
from claims.search import facets, listing, reading
from newsroom.history import LONGEST_REASON_KEPT as LONGEST_REASON
from newsroom.web_addresses import LONGEST_ADDRESS

register = template.Library()

LONGEST = {
    "question": reading.LONGEST_SEARCH_TEXT,
    "words": listing.LONGEST_WORDS,
    "sentence": listing.LONGEST_SENTENCE,
    "letters": facets.LONGEST_TYPED_NAME,
    "name": adding.LONGEST_ACTOR_NAME,
    "note": LONGEST_REPORT_NOTE,
    "reason": LONGEST_REASON,
    "link": LONGEST_ADDRESS,
    "title": LONGEST_TITLE,
}


@register.simple_tag
def longest(what: str) -> int:
    """Return how many characters this takes at most."""
    return LONGEST[what]
