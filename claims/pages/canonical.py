"""Which address of a page search engines are to keep: one for each state, however it was written.

States of which there is no end, such as searches and stretches of days, are to be kept by none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from claims.search.parameters import FILTER_PARAMETERS, LIST_PARAMETERS

STREAM_PARAMETERS = (*FILTER_PARAMETERS, "page")
# What the address of each page may say, in the order in which it is written. Others say nothing.
PARAMETERS_OF_PAGE: dict[str, Sequence[str]] = {
    "quotes": STREAM_PARAMETERS,
    "actor": STREAM_PARAMETERS,
    "overview": FILTER_PARAMETERS,
    "compare": (*FILTER_PARAMETERS, "name"),
    "topics": (*FILTER_PARAMETERS, "side"),
    "actors": ("q", "kind", "copies", "page"),
    "claims": ("q", "actor", "outlet", "stance", "since", "disputed", "copies", "page"),
    "claim": ("copies", "page"),
    "disputes": ("q", "kind", "actor", "outlet", "since", "page"),
    "alike": ("text",),
    "articles": ("q", "outlet", "copies", "page"),
    "article": ("part",),
    "article-versions": ("from", "to"),
    "outlets": ("q", "copies", "page"),
    "outlet": ("copies", "page"),
}
DEFAULTS = {"order": "newest", "page": "1", "part": "1"}
ENDLESS_PARAMETERS = {"q", "text", "name", "since", "until", "from", "to"}
# Which of a page's parameters are about the page itself, and do not narrow what it shows.
PARAMETERS_OF_PAGING = {"page", "part"}
MOST_FILTERS = 1
# Pages of no use to somebody who comes from a search.
UNLISTED_PAGES = {"delivery", "arrival", "quote-report", "quote-reported", "add", "feed", "alike"}


@dataclass(frozen=True, slots=True)
class CanonicalAddress:
    """The path and query of a page as they are always written, and whether it is to be listed."""

    path: str
    is_listed: bool


def build_canonical_address(page: str, path: str, query: QueryDict) -> CanonicalAddress:
    """Return the address of a state of a page, by the name of its view."""
    pairs = []
    for name in PARAMETERS_OF_PAGE.get(page, ()):
        for value in select_values(name, query):
            pairs.append((name, value))
    is_listed = page not in UNLISTED_PAGES and has_end(pairs)
    written = urlencode(pairs)
    return CanonicalAddress(f"{path}?{written}" if written else path, is_listed)


def select_values(name: str, query: QueryDict) -> list[str]:
    """Return the values of a parameter that say something, each once, in one order."""
    values = sorted({value.strip() for value in query.getlist(name)} - {""})
    if name not in LIST_PARAMETERS:
        values = values[-1:]
    return [value for value in values if DEFAULTS.get(name) != value]


def has_end(pairs: Sequence[tuple[str, str]]) -> bool:
    """Tell whether there are only so many states like this: one value of one filter at most."""
    names = [name for name, _ in pairs]
    if ENDLESS_PARAMETERS.intersection(names):
        return False
    narrowing = [name for name in names if name not in PARAMETERS_OF_PAGING]
    is_plain_page = all(value.isdecimal() for name, value in pairs if name == "page")
    return len(narrowing) <= MOST_FILTERS and is_plain_page
