"""The answers to what an assistant asks: each of a few rows at most, with how many there are in all.

What cannot be answered raises a `Refused` whose message says what to do instead.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import partial

from django.http import QueryDict
from django.urls import reverse

from claims.api.views.changes import describe_entries, find_position, format_position
from claims.mcp.told import QuoteTold, tell_quotes
from claims.models import Actor, Article, ChangedRow, Claim, FormerSlug, Outlet, Quote, Wording
from claims.models.addresses import get_address
from claims.models.refusals import Refused
from claims.pages.choosing_actors import find_actors_meant
from claims.pages.claim_sides import build_sides, find_opposing_wordings
from claims.pages.identity import list_same_as
from claims.pages.topics import build_topic
from claims.search import columns
from claims.search.facets import MatchingQuotes
from claims.search.filters import Filters
from claims.search.stream import select_ids_in_order

MOST_ROWS = 25  # of any answer
USUAL_ROWS = 10
NAMES_OFFERED = 8  # of actors that a name may mean
LONGEST_ASKED = 300  # characters of any one thing that is asked for


@dataclass(frozen=True)
class Quotes:
    """Some quotes, the first of `total`; `page` shows all of them to a person."""

    total: int
    page: str
    quotes: list[QuoteTold]


@dataclass(frozen=True)
class Side:
    """Those who take a side: `asserts`, `denies`, `questions`, or `answers` without doing either.
    `quotes` has the latest of each, and `speakers` how many they are.
    """

    side: str
    speakers: int
    total: int
    quotes: list[QuoteTold]


@dataclass(frozen=True)
class Sides:
    """Who took which side; `page` shows all of it to a person."""

    about: str
    page: str
    total: int
    sides: list[Side]


@dataclass(frozen=True)
class ActorTold:
    """Somebody who says things: as articles name them, and what they said last."""

    slug: str
    name: str
    kind: str
    names: list[str]
    same_as: list[str]
    page: str
    total: int
    latest: list[QuoteTold]


@dataclass(frozen=True)
class ArticleTold:
    """An article, with its quotes in the order of the text. Its text is at `page`."""

    article: int
    title: str
    outlet: str
    published_on: date | None
    address: str
    page: str
    total: int
    quotes: list[QuoteTold]


@dataclass(frozen=True)
class Change:
    """A row that was written, and what is so now: `present`, `moved` to another one, or `gone`."""

    at: datetime
    resource: str
    key: str
    change: str
    address: str
    moved_to: str | None


@dataclass(frozen=True)
class Changes:
    """Some changes in order. Ask with `since` for what comes after them; `is_all` says that
    nothing does for now.
    """

    since: str
    is_all: bool
    changes: list[Change]


CHANGE_FIELDS = tuple(each.name for each in fields(Change))


# Quotes


def search_quotes(site: str, asked: dict[str, str], limit: int) -> Quotes:
    """Return the quotes that the front page shows for these filters."""
    filters = read_filters(asked)
    matching = MatchingQuotes(columns.get_current_columns(), filters)
    ids = select_ids_in_order(matching, limit)[:limit].tolist()
    page = build_page_address(site, "/", filters.query())
    return Quotes(matching.total, page, tell_quotes(ids, site))


def read_filters(asked: dict[str, str]) -> Filters:
    """Return filters in which an actor and an outlet may be given by name."""
    query = QueryDict(mutable=True)
    for name, value in asked.items():
        if len(value) > LONGEST_ASKED or "\0" in value:
            raise Refused(f"“{name}” is longer than {LONGEST_ASKED} characters, or holds NUL.")
        if value:
            query[name] = value
    for name in ("actor", "about"):
        if name in query:
            query[name] = find_actor(str(query[name])).slug
    if "outlet" in query:
        query["outlet"] = find_outlet(str(query["outlet"])).slug
    filters = Filters.read(query)
    if filters.problems:
        raise Refused(" ".join(problem.message for problem in filters.problems))
    return filters


def build_page_address(site: str, path: str, query: str) -> str:
    return f"{site}{path}?{query}" if query else f"{site}{path}"


# Who


def find_actor(name: str) -> Actor:
    """Return the actor of a slug or a name. Raises `Refused` with whom it may mean."""
    actors = Actor.objects.filter(slug=name)
    actor = (
        actors.first()
        or Actor.objects.filter(pk__in=FormerSlug.objects.filter(slug=name).values("actor")).first()
    )
    if actor:
        return actor
    offered, taken = find_actors_meant(name, [])
    if taken:
        return taken
    if not offered:
        raise Refused(f"Nobody called “{name}” is quoted here.")
    names = [f"{each.name} ({each.kind}, `{each.slug}`)" for each, _ in offered[:NAMES_OFFERED]]
    raise Refused(f"“{name}” may be several: {'; '.join(names)}. Ask again with one of the slugs.")


def find_outlet(name: str) -> Outlet:
    """Return the outlet of a slug or a name. Raises `Refused` where there is none."""
    outlet = (
        Outlet.objects.filter(slug=name).first() or Outlet.objects.filter(name__iexact=name).first()
    )
    if outlet is None:
        raise Refused(f"There is no outlet “{name}”.")
    return outlet


def get_actor(site: str, name: str, limit: int) -> ActorTold:
    """Return an actor by slug or name."""
    if len(name) > LONGEST_ASKED or "\0" in name:
        raise Refused("This is no name.")
    actor = find_actor(name)
    said = search_quotes(site, {"actor": actor.slug}, limit)
    return ActorTold(
        slug=actor.slug,
        name=actor.name,
        kind=actor.kind,
        names=sorted(actor.names.values_list("name", flat=True))[:MOST_ROWS],
        same_as=list_same_as(Actor.objects.with_items().get(pk=actor.pk)),
        page=site + get_address("actor", actor.slug),
        total=said.total,
        latest=said.quotes,
    )


# Sides


def find_who_said(site: str, words: str, since: str, until: str, limit: int) -> Sides:
    """Return who spoke on a topic, by sides."""
    filters = read_filters({"q": words, "since": since, "until": until})
    if not filters.q:
        raise Refused("Give words to search for.")
    topic = build_topic(columns.get_current_columns(), filters, QueryDict())
    sides = []
    for side in topic.sides:
        ids = [speaker.quote.pk for speaker in side.speakers[:limit]]
        sides.append(Side(side.name, side.number, side.quotes, tell_quotes(ids, site)))
    page = build_page_address(site, "/topics/", filters.query())
    return Sides(words, page, topic.quotes, sides)


def get_claim(site: str, number: int, limit: int) -> Sides:
    """Return a claim, with who asserts and who denies it."""
    claim = find_claim(number)
    known = columns.get_current_columns()
    sides = []
    built = build_sides(known, find_opposing_wordings([claim.pk]), is_once=True)
    for side in built[claim.pk]:
        ids = known["id"][side.rows[:limit]].tolist()
        sides.append(Side(side.name, len(side.speakers), len(side.rows), tell_quotes(ids, site)))
    total = sum(side.total for side in sides)
    return Sides(claim.text, site + get_address("claim", claim.pk), total, sides)


def find_claim(number: int) -> Claim:
    claims = Claim.objects.defer("search")
    claim = claims.filter(pk=number).first() or Wording.objects.find_claim(number)
    if claim is None:
        raise Refused(f"There is no claim {number}.")
    return claim


# Articles and changes


def get_article(site: str, number: int, limit: int) -> ArticleTold:
    articles = Article.objects.select_related("outlet").defer("search", "text")
    article = articles.filter(pk=number).first()
    if article is None:
        raise Refused(f"There is no article {number}.")
    quotes = Quote.objects.standing().filter(article=article).order_by("cue_start", "pk")
    ids = list(quotes.values_list("pk", flat=True))
    return ArticleTold(
        article=article.pk,
        title=article.title,
        outlet=article.outlet.name,
        published_on=article.published_on,
        address=article.url,
        page=site + get_address("article", article.pk),
        total=len(ids),
        quotes=tell_quotes(ids[:limit], site),
    )


def list_changes(site: str, since: str, limit: int) -> Changes:
    """Return what was written since a place or a moment; without one the place of now alone."""
    if not since:
        return Changes(since=format_position(ChangedRow.find_end()), is_all=True, changes=[])
    position = find_position(since)
    if position is None:
        raise Refused("`since` should be one that you were given, or a time with its zone.")
    entries = list(ChangedRow.objects.settled().after(position).in_order()[: limit + 1])
    if ChangedRow.has_forgotten_after(position):
        raise Refused("What changed so long ago is no longer kept.")
    shown = entries[:limit]
    last = shown[-1].position if shown else position
    told = describe_entries(shown, partial(build_row_address, site))
    changes = [Change(**{name: each[name] for name in CHANGE_FIELDS}) for each in told]
    return Changes(format_position(last), len(entries) <= limit, changes)


def build_row_address(site: str, resource: str, key: str) -> str:
    return site + reverse(f"api-{resource}-detail", args=[key])


def limit_rows(asked: int) -> int:
    """Return how many rows are told: as many as are asked for, and never more than a few."""
    if asked < 1:
        raise Refused("`limit` should be 1 or more.")
    return min(asked, MOST_ROWS)
