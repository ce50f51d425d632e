"""How much a field of a form takes: the same number that whoever reads the form holds to."""

from django import template

from claims import curation, facets, listing, search
from claims.models.reports import LONGEST_NOTE
from newsroom.history import LONGEST as LONGEST_REASON

register = template.Library()

LONGEST = {
    "question": search.LONGEST_QUESTION,
    "words": listing.LONGEST_WORDS,
    "letters": facets.LONGEST_NAME,
    "name": curation.LONGEST_NAME,
    "note": LONGEST_NOTE,
    "reason": LONGEST_REASON,
}


@register.simple_tag
def longest(what: str) -> int:
    """Return how many characters this takes at most."""
    return LONGEST[what]
