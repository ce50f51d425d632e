"""Where the words may stand that somebody searches quotes by, and the condition of each place."""

from typing import Any, Literal, get_args

from django.apps import apps
from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.functions import Cast

from claims.models.actors import Actor
from claims.models.articles import Article
from claims.models.spelled_query import Spellings
from claims.models.text_search import (
    build_phrase_condition,
    build_search_query,
    has_only_common_words,
    list_phrase_patterns,
)

# In what was said, in the title of its article, anywhere in that, in a name of who said it.
Place = Literal["words", "title", "article", "speaker"]
PLACES: tuple[Place, ...] = get_args(Place)
WORDS_ALONE: tuple[Place, ...] = ("words",)
# Quotes that have the words rank higher than all others, which come in this order.
RANK_OF_WORDS = 3.0
RANK_OF_PLACE: dict[Place, float] = {"title": 2.0, "speaker": 1.0}

# How many quotes, those stored last, are looked through for a phrase that the index cannot help to
# find.
MOST_QUOTES_SCANNED = 50_000


def build_place_condition(text: str, place: Place, spellings: Spellings | None = None) -> Q:
    """Return the condition that a quote has the words in a place."""
    if place == "title":
        return Q(article__in=Article.objects.titled(text, spellings).order_by().values("pk"))
    if place == "article":
        return Q(article__in=Article.objects.search(text, spellings).order_by().values("pk"))
    if place == "speaker":
        return Q(actor__in=Actor.objects.list_speaking(text))
    return build_words_condition(text, spellings)


def build_words_condition(text: str, spellings: Spellings | None = None) -> Q:
    """Return the condition that the content of a quote has the words.

    The index knows stems alone, so a phrase is also looked for as it stands. A phrase of words that
    the index leaves out ("to be") is looked for in each of the quotes stored last.
    """
    patterns = list_phrase_patterns(text)
    if patterns and has_only_common_words(text):
        newest = apps.get_model("claims", "Quote")._default_manager.order_by("-pk")
        has_words = Q(pk__in=newest.values("pk")[:MOST_QUOTES_SCANNED])
    else:
        has_words = Q(search_content=build_search_query(text, spellings))
    for pattern in patterns:
        has_words &= build_phrase_condition("content", pattern)
    return has_words


def build_rank(text: str, places: tuple[Place, ...]) -> Any:
    """Return how well a quote fits: first those with the words in their content, by how well, then
    those that are found in another place.

    It is of double precision, so that a cursor can compare what was read of it with it again.
    """
    words = build_search_query(text)
    rank = Cast(SearchRank(F("search_content"), words, cover_density=True), FloatField())
    if places == WORDS_ALONE:
        return rank
    cases = [When(build_words_condition(text), then=rank + RANK_OF_WORDS)]
    for place, place_rank in RANK_OF_PLACE.items():
        if place in places:
            condition = build_place_condition(text, place)
            cases.append(When(condition, then=Value(place_rank)))
    return Case(*cases, default=Value(0.0), output_field=FloatField())
