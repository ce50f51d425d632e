"""What of rows is sent: the fields that a reader asks for alone, and rows behind them in full."""

import re
from collections.abc import Sequence
from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from claims.models import Actor, Article, Claim, Quote
from claims.search import columns
from claims.search.copies import attach_copies
from claims.search.quoted import count_quotes

FIELDS_PARAMETER = "fields"
EXPAND_PARAMETER = "expand"
EXPANSIONS = ("actor", "claim", "article")  # of a quote
KEY = re.compile(r"[a-z0-9-]+")
MOST_KEYS = 200  # rows asked for by their ids or slugs


def read_names(request: Request, parameter: str, known: Sequence[str]) -> list[str]:
    """Return the names between the commas of a parameter. Raises `ValidationError` for others."""
    written = request.query_params.get(parameter)
    if written is None:
        return []
    names = written.split(",")
    unknown = [name for name in names if name not in known]
    if unknown:
        message = f"“{parameter}” takes {', '.join(known)}, with commas between."
        raise ValidationError({parameter: [message]})
    return names


def read_keys(request: Request, parameter: str) -> list[str]:
    """Return the ids or slugs between the commas of a parameter."""
    keys = request.query_params.get(parameter, "").split(",")
    if len(keys) > MOST_KEYS or not all(KEY.fullmatch(key) for key in keys):
        message = f"“{parameter}” takes {MOST_KEYS} at most, with commas between."
        raise ValidationError({parameter: [message]})
    return keys


def keep_fields(serializer: Any, names: Sequence[str]) -> None:
    """Leave a serializer of rows, or of one, these fields alone."""
    fields = getattr(serializer, "child", serializer).fields
    for name in set(fields) - set(names):
        fields.pop(name)


def attach_expansions(quotes: Sequence[Quote], names: Sequence[str]) -> None:
    """Give each quote the rows behind it, as their own addresses tell them, in a few queries each."""
    expanded: dict[int, dict[str, Any]] = {quote.pk: {} for quote in quotes}
    if "actor" in names:
        actors = read_actors({quote.actor_id for quote in quotes if quote.actor_id})
        for quote in quotes:
            expanded[quote.pk]["actor"] = actors.get(quote.actor_id or 0)
    if "claim" in names:
        claims = read_claims({quote.wording.claim_id for quote in quotes})
        for quote in quotes:
            expanded[quote.pk]["claim"] = claims.get(quote.wording.claim_id)
    if "article" in names:
        articles = read_articles({quote.article_id for quote in quotes})
        for quote in quotes:
            expanded[quote.pk]["article"] = articles.get(quote.article_id)
    for quote in quotes:
        quote.expanded = expanded[quote.pk]  # type: ignore[attr-defined]


def read_actors(pks: set[int]) -> dict[int, Actor]:
    actors = Actor.objects.with_items().prefetch_related("names").in_bulk(pks)
    count_quotes(columns.get_current_columns(), "actor", is_once=True).attach(list(actors.values()))
    return actors


def read_claims(pks: set[int]) -> dict[int, Claim]:
    claims = Claim.objects.defer("search").prefetch_related("wordings").in_bulk(pks)
    count_quotes(columns.get_current_columns(), "claim", is_once=True).attach(list(claims.values()))
    return claims


def read_articles(pks: set[int]) -> dict[int, Article]:
    rows = Article.objects.counted().with_shared_text().select_related("outlet").defer("search")
    articles = rows.in_bulk(pks)
    attach_copies(list(articles.values()))
    return articles
