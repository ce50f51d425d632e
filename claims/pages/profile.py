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
from claims.pages.accusations import Accusations, find_accusations
from claims.pages.charts import Chart, ChartRow, build_chart
from claims.passages.shares import describe_share
from claims.search import columns
from claims.search.columns import CODED_VALUES, Columns, ColumnValues, RowNumbers
from claims.search.facets import REJECTED_CODE, FacetLabels, MatchingQuotes
from claims.search.filters import UNKNOWN_SPEAKER_NUMBER, ChosenRow, Filters
from claims.search.histogram import get_date_of_day

PROFILE_ROWS_SHOWN = 6  # rows of a chart
REPEATED_CLAIMS_SHOWN, REPEATED_CLAIMS_LOOKED_AT = 5, 40  # shown, and read to choose them from
GIVEN_NAMES_SHOWN = 12
QUOTES_READ_FOR_NAMES = 2000  # quotes, the newest
SOURCE_PRONOUNS = frozenset(
    {
        "i",
        "we",
        "you",
        "he",
        "his",
        "him",
        "she",
        "her",
        "it",
        "its",
        "they",
        "their",
        "them",
        "who",
        "that",
    }
)
SOURCE_COUNTS_SQL = """
    SELECT q.source_text, count(*) FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, at) JOIN claims_quote q USING (id)
     GROUP BY 1 ORDER BY min(asked.at)
"""
LEAST_CLAIM_WORDS = (
    3  # words; what has fewer is a claim of its article alone, and says little by itself
)


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """How much there is of an actor, and of which days: None where no article has a date."""

    quotes: int
    articles: int
    outlets: int
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class ProfileChart:
    """A chart of the most frequent values; `rest` is the address that shows the others too, where there are any."""

    chart: Chart
    rest: str = ""


@dataclass(frozen=True, slots=True)
class NamesGiven:
    """What the articles call an actor as a source, the most frequent first; `of` quotes were read for it."""

    names: list[tuple[str, int]]
    more: int
    pronouns: int
    of: int


@dataclass(frozen=True, slots=True)
class RepeatedClaim:
    """A claim that an actor made and that two quotes or more stand behind; stances as (stance, number of quotes)."""

    claim: Claim
    own: list[tuple[str, int]]
    others: list[tuple[str, int]]
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """All of it is of every quote that stands, whatever the list of quotes beside it is narrowed to."""

    facts: ProfileFacts | None
    listings: list[ProfileChart]
    given: NamesGiven
    claims: list[RepeatedClaim]
    accusations: Accusations

    def __bool__(self) -> bool:
        return bool(self.listings or self.claims or self.accusations)


def build_profile(actor: Actor) -> ActorProfile:
    """The actor must come with its other names (`ActorQuerySet.with_other_names`)."""
    known = columns.get_current_columns()
    own, naming = (
        MatchingQuotes(known, build_actor_filters(actor=actor)),
        MatchingQuotes(known, build_actor_filters(about=actor)),
    )
    return ActorProfile(
        build_profile_facts(own),
        select_telling_charts(build_profile_charts(actor, own, naming), own),
        count_names_given(known, own.rows),
        list_repeated_claims(actor, known, own.rows),
        find_accusations(actor, known, own.rows, naming.rows),
    )


def build_actor_filters(**actors: Actor) -> Filters:
    """The filters that ask for what these actors said (`actor`), or what was said of them (`about`)."""
    slugs = {name: (actor.slug,) for name, actor in actors.items()}
    rows = {(name, actor.slug): ChosenRow(actor.pk, actor.name) for name, actor in actors.items()}
    return Filters(actor=slugs.get("actor", ()), about=slugs.get("about", ()), rows=rows)


def build_profile_facts(own: MatchingQuotes) -> ProfileFacts | None:
    known, rows = own.columns, own.rows
    if not len(rows):
        return None
    articles, outlets = (len(np.unique(known[name][rows])) for name in ("article", "outlet"))
    with_day = known.select_dated(rows)
    if not len(with_day):
        return ProfileFacts(len(rows), articles, outlets, None, None)
    newest, oldest = int(known["day"][with_day[0]]), int(known["day"][with_day[-1]])
    return ProfileFacts(
        len(rows), articles, outlets, get_date_of_day(oldest), get_date_of_day(newest)
    )


@dataclass(frozen=True, slots=True)
class MostFrequent:
    """The numbers of the most frequent values, how many quotes each value has by its number, and how many values are left."""

    numbers: list[int]
    counts: ColumnValues
    more: int


def build_profile_charts(
    actor: Actor, own: MatchingQuotes, naming: MatchingQuotes
) -> list[ProfileChart]:
    slug, here = actor.slug, actor.get_absolute_url()
    whom, who = (
        select_most_frequent(own.counts("about"), PROFILE_ROWS_SHOWN, actor.pk),
        select_most_frequent(
            naming.counts("actor"), PROFILE_ROWS_SHOWN, actor.pk, UNKNOWN_SPEAKER_NUMBER
        ),
    )
    where, doing = (
        select_most_frequent(own.counts("outlet"), PROFILE_ROWS_SHOWN),
        select_most_frequent(own.counts("act"), PROFILE_ROWS_SHOWN),
    )
    labels = FacetLabels({"about": whom.numbers, "actor": who.numbers, "outlet": where.numbers})
    whom_rows = build_profile_rows(
        "about", whom, labels, lambda other: build_front_page_address(actor=slug, about=other)
    )
    who_rows = build_profile_rows(
        "actor", who, labels, lambda other: build_front_page_address(actor=other, about=slug)
    )
    where_rows = build_profile_rows(
        "outlet", where, labels, lambda outlet: f"{here}?{urlencode({'outlet': outlet})}#results"
    )
    return [
        build_profile_chart(
            "profile-acts", "Acts", build_act_rows(own, doing), doing, "#facet-act"
        ),
        build_profile_chart(
            "profile-about",
            "Whom they talk about",
            whom_rows,
            whom,
            f"{here}?more=about#facet-about",
        ),
        build_profile_chart(
            "profile-actor",
            "Who talks about them",
            who_rows,
            who,
            f"{build_front_page_address(about=slug)}&more=actor#facet-actor",
        ),
        build_profile_chart(
            "profile-outlet",
            "Outlets that quote them",
            where_rows,
            where,
            f"{here}?more=outlet#facet-outlet",
        ),
    ]


def select_telling_charts(found: list[ProfileChart], own: MatchingQuotes) -> list[ProfileChart]:
    """Those with rows; of a single quote, which says all of it itself, only who else talks about the actor."""
    return [
        each
        for each in found
        if each.chart.rows and (own.total > 1 or each.chart.key == "profile-actor")
    ]


def build_profile_chart(
    key: str, title: str, rows: list[ChartRow], found: MostFrequent, rest: str
) -> ProfileChart:
    return ProfileChart(build_chart(key, title, "What", rows), rest if found.more else "")


def build_front_page_address(**values: str) -> str:
    """The front page, narrowed to these values."""
    return f"{reverse('quotes')}?{urlencode(values)}"


def select_most_frequent(counts: ColumnValues, shown: int, *without: int) -> MostFrequent:
    """All but those left out `without` a word."""
    numbers = np.setdiff1d(np.flatnonzero(counts), without)
    first = numbers[np.lexsort((numbers, -counts[numbers]))[:shown]]
    return MostFrequent(first.tolist(), counts, len(numbers) - len(first))


def build_profile_rows(
    name: str, found: MostFrequent, labels: FacetLabels, leads: Callable[[str], str]
) -> list[ChartRow]:
    return [
        ChartRow(label, int(found.counts[number]), leads(value), qualifier)
        for number, (value, label, qualifier) in labels.of(name, found.numbers)
    ]


def build_act_rows(own: MatchingQuotes, found: MostFrequent) -> list[ChartRow]:
    named = [(CODED_VALUES["act"][number], int(found.counts[number])) for number in found.numbers]
    return [
        ChartRow(
            act.replace("_", " "),
            count,
            f"?act={act}#results",
            tone=f"act-{act}",
            note=describe_share(count, own.total),
        )
        for act, count in named
    ]


def count_names_given(known: Columns, own: RowNumbers) -> NamesGiven:
    ids = known["id"][own[:QUOTES_READ_FOR_NAMES]].tolist()
    found: Counter[str] = Counter()
    for source, number in count_sources(ids):
        found[" ".join(source.split())] += number
    pronouns = sum(count for words, count in found.items() if words.casefold() in SOURCE_PRONOUNS)
    named = [
        (words, count)
        for words, count in found.most_common()
        if words and words.casefold() not in SOURCE_PRONOUNS
    ]
    return NamesGiven(named[:GIVEN_NAMES_SHOWN], len(named[GIVEN_NAMES_SHOWN:]), pronouns, len(ids))


def count_sources(quotes: list[int]) -> list[tuple[str, int]]:
    """What the sources of these quotes are called, as it is written, and how often; what comes first among them before."""
    with connection.cursor() as cursor:
        cursor.execute(SOURCE_COUNTS_SQL, [quotes])
        return list(cursor.fetchall())


def list_repeated_claims(actor: Actor, known: Columns, own: RowNumbers) -> list[RepeatedClaim]:
    """The claims that an actor made most often, then those that stand in the most articles; a claim of one quote is none."""
    rows, quotes, mine = select_claims_of_several(known, own)
    articles = count_articles_of_claims(known, rows, len(quotes))
    numbers = np.unique(known["claim"][rows])
    first = numbers[
        np.lexsort((-numbers, -articles[numbers], -mine[numbers]))[:REPEATED_CLAIMS_LOOKED_AT]
    ].tolist()
    claims = Claim.objects.defer("search").in_bulk(first)
    chosen = [
        pk
        for pk in first
        if pk in claims and (articles[pk] > 1 or len(claims[pk].text.split()) >= LEAST_CLAIM_WORDS)
    ][:REPEATED_CLAIMS_SHOWN]
    return [
        RepeatedClaim(
            claims[pk],
            *count_stances_of_claim(actor, known, rows[known["claim"][rows] == pk]),
            int(quotes[pk]),
            int(articles[pk]),
        )
        for pk in chosen
    ]


def select_claims_of_several(
    known: Columns, own: RowNumbers
) -> tuple[RowNumbers, ColumnValues, ColumnValues]:
    """The quotes of those claims of an actor that have several; by the claim's number, how many it has and how many are its."""
    standing = np.flatnonzero(known["status"] != REJECTED_CODE)
    quotes = np.bincount(known["claim"][standing])
    mine = np.bincount(known["claim"][own], minlength=len(quotes))
    several = (mine > 0) & (quotes > 1)
    return standing[several[known["claim"][standing]]], quotes, mine


def count_articles_of_claims(known: Columns, rows: RowNumbers, claims: int) -> ColumnValues:
    """In how many articles each claim stands, by the claim's number."""
    if not len(rows):
        return np.zeros(claims, np.intp)
    many = int(known["article"][rows].max()) + 1
    pairs = np.unique(known["claim"][rows] * many + known["article"][rows])
    return np.bincount(pairs // many, minlength=claims)


def count_stances_of_claim(
    actor: Actor, known: Columns, rows: RowNumbers
) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """What the actor does to a claim in these of its quotes, and what others do whose name is known."""
    who = known["actor"][rows]
    return count_stances(known, rows[who == actor.pk]), count_stances(
        known, rows[(who != actor.pk) & (who != UNKNOWN_SPEAKER_NUMBER)]
    )


def count_stances(known: Columns, rows: RowNumbers) -> list[tuple[str, int]]:
    counts = np.bincount(known["stance"][rows], minlength=len(CODED_VALUES["stance"])).tolist()
    return [
        (stance, count)
        for stance, count in zip(CODED_VALUES["stance"], counts, strict=True)
        if count
    ]
