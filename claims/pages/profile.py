"""An actor by its quotes: what it does in them, whom it names, who names it, where, in which words, and what it repeats."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import numpy as np
from django.db import connection
from django.urls import reverse

from claims.models import Actor, Claim
from claims.pages.accusations import Accusations, accusations
from claims.pages.charts import Chart, Row, chart, share
from claims.search import columns
from claims.search.columns import CODED, Columns, Rows, Values
from claims.search.facets import REJECTED, Labels, Matching
from claims.search.filters import NOBODY, Filters
from claims.search.histogram import dated

SHOWN = 6  # rows of a chart
CLAIMS, LOOKED_AT = 5, 40  # shown, and read to choose them from
NAMES = 12
READ_FOR_NAMES = 2000  # quotes, the newest
PRONOUNS = frozenset({"i", "we", "you", "he", "his", "him", "she", "her", "it", "its", "they", "their", "them", "who", "that"})
SOURCES = """
    SELECT q.source_text, count(*) FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, at) JOIN claims_quote q USING (id)
     GROUP BY 1 ORDER BY min(asked.at)
"""
FEW = 3  # words; what has fewer is a claim of its article alone, and says little by itself


@dataclass(frozen=True, slots=True)
class Facts:
    """How much there is of an actor, and of which days: None where no article has a date."""

    quotes: int
    articles: int
    outlets: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Listing:
    """A chart of the most frequent values; `rest` is the address that shows the others too, where there are any."""

    chart: Chart
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What the articles call an actor as a source, the most frequent first; `of` quotes were read for it."""

    names: list[tuple[str, int]]
    more: int
    pronouns: int
    of: int


@dataclass(frozen=True, slots=True)
class Repeated:
    """A claim that an actor made and that two quotes or more stand behind; stances as (stance, number of quotes)."""

    claim: Claim
    own: list[tuple[str, int]]
    others: list[tuple[str, int]]
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class Profile:
    """All of it is of every quote that stands, whatever the list of quotes beside it is narrowed to."""

    facts: Facts | None
    listings: list[Listing]
    given: Given
    claims: list[Repeated]
    accusations: Accusations

    def __bool__(self) -> bool:
        return bool(self.listings or self.claims or self.accusations)


def read(actor: Actor) -> Profile:
    """The actor must come with its other names (`ActorQuerySet.with_other_names`)."""
    known = columns.current()
    own, naming = Matching(known, asking(actor=actor)), Matching(known, asking(about=actor))
    return Profile(
        facts(own),
        telling(listings(actor, own, naming), own),
        given(known, own.rows),
        repeated(actor, known, own.rows),
        accusations(actor, known, own.rows, naming.rows),
    )


def asking(**actors: Actor) -> Filters:
    """The filters that ask for what these actors said (`actor`), or what was said of them (`about`)."""
    slugs = {name: (actor.slug,) for name, actor in actors.items()}
    rows = {(name, actor.slug): (actor.pk, actor.name) for name, actor in actors.items()}
    return Filters(actor=slugs.get("actor", ()), about=slugs.get("about", ()), rows=rows)


def facts(own: Matching) -> Facts | None:
    known, rows = own.columns, own.rows
    if not len(rows):
        return None
    articles, outlets = (len(np.unique(known[name][rows])) for name in ("article", "outlet"))
    with_day = known.dated(rows)
    if not len(with_day):
        return Facts(len(rows), articles, outlets, None, None)
    newest, oldest = int(known["day"][with_day[0]]), int(known["day"][with_day[-1]])
    return Facts(len(rows), articles, outlets, dated(oldest), dated(newest))


@dataclass(frozen=True, slots=True)
class Most:
    """The numbers of the most frequent values, how many quotes each value has by its number, and how many values are left."""

    numbers: list[int]
    counts: Values
    more: int


def listings(actor: Actor, own: Matching, naming: Matching) -> list[Listing]:
    slug, here = actor.slug, actor.get_absolute_url()
    whom, who = most(own.counts("about"), SHOWN, actor.pk), most(naming.counts("actor"), SHOWN, actor.pk, NOBODY)
    where, doing = most(own.counts("outlet"), SHOWN), most(own.counts("act"), SHOWN)
    labels = Labels({"about": whom.numbers, "actor": who.numbers, "outlet": where.numbers})
    whom_rows = rows_of("about", whom, labels, lambda other: address(actor=slug, about=other))
    who_rows = rows_of("actor", who, labels, lambda other: address(actor=other, about=slug))
    where_rows = rows_of("outlet", where, labels, lambda outlet: f"{here}?{urlencode({'outlet': outlet})}#results")
    return [
        listing("profile-acts", "Acts", acts(own, doing), doing, "#facet-act"),
        listing("profile-about", "Whom they talk about", whom_rows, whom, f"{here}?more=about#facet-about"),
        listing("profile-actor", "Who talks about them", who_rows, who, f"{address(about=slug)}&more=actor#facet-actor"),
        listing("profile-outlet", "Outlets that quote them", where_rows, where, f"{here}?more=outlet#facet-outlet"),
    ]


def telling(found: list[Listing], own: Matching) -> list[Listing]:
    """Those with rows; of a single quote, which says all of it itself, only who else talks about the actor."""
    return [each for each in found if each.chart.rows and (own.total > 1 or each.chart.key == "profile-actor")]


def listing(key: str, title: str, rows: list[Row], found: Most, rest: str) -> Listing:
    return Listing(chart(key, title, "What", rows), rest if found.more else "")


def address(**values: str) -> str:
    """The front page, narrowed to these values."""
    return f"{reverse('quotes')}?{urlencode(values)}"


def most(counts: Values, shown: int, *without: int) -> Most:
    """All but those left out `without` a word."""
    numbers = np.setdiff1d(np.flatnonzero(counts), without)
    first = numbers[np.lexsort((numbers, -counts[numbers]))[:shown]]
    return Most(first.tolist(), counts, len(numbers) - len(first))


def rows_of(name: str, found: Most, labels: Labels, leads: Callable[[str], str]) -> list[Row]:
    return [
        Row(label, int(found.counts[number]), leads(value), qualifier)
        for number, (value, label, qualifier) in labels.of(name, found.numbers)
    ]


def acts(own: Matching, found: Most) -> list[Row]:
    named = [(CODED["act"][number], int(found.counts[number])) for number in found.numbers]
    return [
        Row(act.replace("_", " "), count, f"?act={act}#results", tone=f"act-{act}", note=share(count, own.total))
        for act, count in named
    ]


def given(known: Columns, own: Rows) -> Given:
    ids = known["id"][own[:READ_FOR_NAMES]].tolist()
    found: Counter[str] = Counter()
    for source, number in sources(ids):
        found[" ".join(source.split())] += number
    pronouns = sum(count for words, count in found.items() if words.casefold() in PRONOUNS)
    named = [(words, count) for words, count in found.most_common() if words and words.casefold() not in PRONOUNS]
    return Given(named[:NAMES], len(named[NAMES:]), pronouns, len(ids))


def sources(quotes: list[int]) -> list[tuple[str, int]]:
    """What the sources of these quotes are called, as it is written, and how often; what comes first among them before."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [quotes])
        return list(cursor.fetchall())


def repeated(actor: Actor, known: Columns, own: Rows) -> list[Repeated]:
    """The claims that an actor made most often, then those that stand in the most articles; a claim of one quote is none."""
    rows, quotes, mine = of_several(known, own)
    articles = articles_of(known, rows, len(quotes))
    numbers = np.unique(known["claim"][rows])
    first = numbers[np.lexsort((-numbers, -articles[numbers], -mine[numbers]))[:LOOKED_AT]].tolist()
    claims = Claim.objects.defer("search").in_bulk(first)
    chosen = [pk for pk in first if pk in claims and (articles[pk] > 1 or len(claims[pk].text.split()) >= FEW)][:CLAIMS]
    return [
        Repeated(claims[pk], *stances(actor, known, rows[known["claim"][rows] == pk]), int(quotes[pk]), int(articles[pk]))
        for pk in chosen
    ]


def of_several(known: Columns, own: Rows) -> tuple[Rows, Values, Values]:
    """The quotes of those claims of an actor that have several; by the claim's number, how many it has and how many are its."""
    standing = np.flatnonzero(known["status"] != REJECTED)
    quotes = np.bincount(known["claim"][standing])
    mine = np.bincount(known["claim"][own], minlength=len(quotes))
    several = (mine > 0) & (quotes > 1)
    return standing[several[known["claim"][standing]]], quotes, mine


def articles_of(known: Columns, rows: Rows, claims: int) -> Values:
    """In how many articles each claim stands, by the claim's number."""
    if not len(rows):
        return np.zeros(claims, np.intp)
    many = int(known["article"][rows].max()) + 1
    pairs = np.unique(known["claim"][rows] * many + known["article"][rows])
    return np.bincount(pairs // many, minlength=claims)


def stances(actor: Actor, known: Columns, rows: Rows) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What the actor does to a claim in these of its quotes, and what others do whose name is known."""
    who = known["actor"][rows]
    return per_stance(known, rows[who == actor.pk]), per_stance(known, rows[(who != actor.pk) & (who != NOBODY)])


def per_stance(known: Columns, rows: Rows) -> list[tuple[str, int]]:
    counts = np.bincount(known["stance"][rows], minlength=len(CODED["stance"])).tolist()
    return [(stance, count) for stance, count in zip(CODED["stance"], counts, strict=True) if count]
