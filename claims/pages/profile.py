"""An actor by its quotes: what it does in them, whom it names, who names it, where, in which words,
and what it repeats.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import numpy as np
from django.db import connection
from django.urls import reverse

from claims.extraction.lexicon.words import word_set
from claims.models import Actor
from claims.pages.accusations import Accusations, find_accusations
from claims.pages.charts import Chart, ChartRow, build_chart
from claims.pages.claims import RepeatedClaim, list_repeated_claims
from claims.pages.labels import name_act
from claims.pages.positions import ChangedPosition, list_changed_positions
from claims.passages.shares import describe_share
from claims.search import columns
from claims.search.columns import CODED_VALUES, Columns, ColumnValues, RowNumbers
from claims.search.counting import select_most_counted
from claims.search.facets import FacetLabels, MatchingQuotes
from claims.search.filters import Filters
from claims.search.histogram import get_date_of_day
from claims.search.parameters import CopiesChosen
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER, ChosenRow

PROFILE_ROWS_SHOWN = 6  # of a chart
GIVEN_NAMES_SHOWN = 12
QUOTES_READ_FOR_NAMES = 2000  # the newest
SOURCE_PRONOUNS = word_set("i we you he his him she her it its they their them who that")
SOURCE_COUNTS_SQL = """
    SELECT q.source_text, count(*)
      FROM unnest(%s::bigint[]) WITH ORDINALITY AS asked (id, at) JOIN claims_quote q USING (id)
     GROUP BY 1 ORDER BY min(asked.at)
"""


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
    """A chart of the most frequent values.

    `rest` is the address that shows the others too, where there are any.
    """

    chart: Chart
    rest: str = ""


@dataclass(frozen=True, slots=True)
class NamesGiven:
    """What the articles call an actor as a source, the most frequent first.

    `of` quotes were read for it. `more` names are not shown, and `pronouns` counts the quotes whose
    source is a pronoun.
    """

    names: list[tuple[str, int]]
    more: int
    pronouns: int
    of: int


@dataclass(frozen=True, slots=True)
class ActorProfile:
    """What is told of an actor: of all its standing quotes, whatever the list of quotes beside it
    is narrowed to. Only how often `copies` of one text count is the same for both.
    """

    facts: ProfileFacts | None
    listings: list[ProfileChart]
    given: NamesGiven
    claims: list[RepeatedClaim]
    changes: list[ChangedPosition]
    accusations: Accusations
    copies: CopiesChosen = ""

    def __bool__(self) -> bool:
        return bool(self.listings or self.claims or self.changes or self.accusations)


def build_profile(actor: Actor, copies: CopiesChosen = "") -> ActorProfile:
    """Return the profile of an actor that comes with its other names
    (`ActorQuerySet.with_other_names`).

    `copies` says how often copies of one text count; empty: as by default.
    """
    quote_columns = columns.get_current_columns()
    own = MatchingQuotes(quote_columns, build_actor_filters(copies, actor=actor))
    naming = MatchingQuotes(quote_columns, build_actor_filters(copies, about=actor))
    is_once = own.filters.counts_texts_once
    charts = build_profile_charts(actor, own, naming)
    return ActorProfile(
        facts=build_profile_facts(own),
        listings=select_telling_charts(charts, own),
        given=count_names_given(quote_columns, own.rows),
        claims=list_repeated_claims(actor, quote_columns, own.rows, is_once=is_once),
        changes=list_changed_positions(quote_columns, own.rows),
        accusations=find_accusations(actor, quote_columns, own.rows, naming.rows),
        copies=copies,
    )


def build_actor_filters(copies: CopiesChosen, **actors: Actor) -> Filters:
    """Return the filters that ask for what an actor said (`actor=`), or for what was said of one
    (`about=`).
    """
    slugs = {parameter: (actor.slug,) for parameter, actor in actors.items()}
    rows = {
        (parameter, actor.slug): ChosenRow(actor.pk, actor.name)
        for parameter, actor in actors.items()
    }
    return Filters(
        actor=slugs.get("actor", ()), about=slugs.get("about", ()), copies=copies, rows=rows
    )


def build_profile_facts(own: MatchingQuotes) -> ProfileFacts | None:
    """Return how much there is of an actor, None where there is nothing.

    Articles and outlets are all that quote the actor, copies of one text too.
    """
    if not own.total:
        return None
    rows = own.rows_beside("copies")
    articles = len(np.unique(own.columns["article"][rows]))
    outlets = len(np.unique(own.columns["outlet"][rows]))
    dated = own.columns.select_dated(rows)
    if not len(dated):
        return ProfileFacts(own.total, articles, outlets, None, None)
    newest = int(own.columns["day"][dated[0]])
    oldest = int(own.columns["day"][dated[-1]])
    since = get_date_of_day(oldest)
    until = get_date_of_day(newest)
    return ProfileFacts(own.total, articles, outlets, since, until)


# Charts


@dataclass(frozen=True, slots=True)
class MostFrequent:
    """The numbers of the most frequent values, and how many values are left.

    `counts` holds how many quotes each value has, by its number.
    """

    numbers: list[int]
    counts: ColumnValues
    more: int


def build_profile_charts(
    actor: Actor, own: MatchingQuotes, naming: MatchingQuotes
) -> list[ProfileChart]:
    slug = actor.slug
    page = actor.get_absolute_url()
    chosen = {"copies": own.filters.copies} if own.filters.copies else {}
    carried = f"&{urlencode(chosen)}" if chosen else ""
    acts = select_most_frequent(own.counts("act"))
    named = select_most_frequent(own.counts("about"), actor.pk)
    speakers = select_most_frequent(naming.counts("actor"), actor.pk, UNKNOWN_SPEAKER_NUMBER)
    outlets = select_most_frequent(own.counts("outlet"))
    labels = FacetLabels(
        {"about": named.numbers, "actor": speakers.numbers, "outlet": outlets.numbers}
    )

    def list_quotes_naming(other: str) -> str:
        return build_front_page_address(actor=slug, about=other, **chosen)

    def list_quotes_of(other: str) -> str:
        return build_front_page_address(actor=other, about=slug, **chosen)

    def list_quotes_in(outlet: str) -> str:
        return f"{page}?{urlencode({'outlet': outlet, **chosen})}#results"

    act_rows = build_act_rows(own, acts, carried)
    named_rows = build_profile_rows("about", named, labels, list_quotes_naming)
    speaker_rows = build_profile_rows("actor", speakers, labels, list_quotes_of)
    outlet_rows = build_profile_rows("outlet", outlets, labels, list_quotes_in)
    all_named = f"{page}?more=about{carried}#facet-about"
    naming_address = build_front_page_address(about=slug, **chosen)
    all_speakers = f"{naming_address}&more=actor#facet-actor"
    all_outlets = f"{page}?more=outlet{carried}#facet-outlet"
    return [
        build_profile_chart("acts", "What they did", act_rows, acts, "#facet-act"),
        build_profile_chart("about", "Whom they talk about", named_rows, named, all_named),
        build_profile_chart("actor", "Who talks about them", speaker_rows, speakers, all_speakers),
        build_profile_chart("outlet", "Outlets that quote them", outlet_rows, outlets, all_outlets),
    ]


def select_most_frequent(counts: ColumnValues, *left_out: int) -> MostFrequent:
    """Return the values to be shown.

    Those left out are not counted among the values left either.
    """
    numbers = np.setdiff1d(np.flatnonzero(counts), left_out)
    shown = select_most_counted(counts, PROFILE_ROWS_SHOWN, numbers)
    return MostFrequent(shown.tolist(), counts, len(numbers) - len(shown))


def build_profile_chart(
    key: str, title: str, rows: list[ChartRow], values: MostFrequent, rest: str
) -> ProfileChart:
    """Return a chart of these rows; `rest` is the address of all values, told where some
    are left.
    """
    chart = build_chart(f"profile-{key}", title, "What", rows)
    return ProfileChart(chart, rest if values.more else "")


def select_telling_charts(charts: list[ProfileChart], own: MatchingQuotes) -> list[ProfileChart]:
    """Return the charts that have rows.

    A single quote says all of itself: beside it only the chart of who else talks about the actor is
    kept.
    """
    filled = [chart for chart in charts if chart.chart.rows]
    if own.total > 1:
        return filled
    return [chart for chart in filled if chart.chart.key == "profile-actor"]


def build_front_page_address(**values: str) -> str:
    """Return the address of the front page, narrowed to these values."""
    return f"{reverse('quotes')}?{urlencode(values)}"


def build_profile_rows(
    parameter: str, values: MostFrequent, labels: FacetLabels, build_address: Callable[[str], str]
) -> list[ChartRow]:
    rows = []
    for number, (value, label, qualifier) in labels.of(parameter, values.numbers):
        count = int(values.counts[number])
        rows.append(ChartRow(label, count, build_address(value), qualifier))
    return rows


def build_act_rows(own: MatchingQuotes, acts: MostFrequent, carried: str) -> list[ChartRow]:
    """Return a row for each act; `carried` goes on in the address of its quotes."""
    rows = []
    for number in acts.numbers:
        act = CODED_VALUES["act"][number]
        count = int(acts.counts[number])
        share = describe_share(count, own.total)
        label = name_act(act)
        address = f"?act={act}{carried}#results"
        rows.append(ChartRow(label, count, address, tone=f"act-{act}", note=share))
    return rows


# Names


def count_names_given(quote_columns: Columns, own: RowNumbers) -> NamesGiven:
    """Count what the sources of an actor's newest quotes call it.

    White space does not tell names apart.
    """
    ids = quote_columns["id"][own[:QUOTES_READ_FOR_NAMES]].tolist()
    quotes_of_name: Counter[str] = Counter()
    for source, count in count_sources(ids):
        quotes_of_name[" ".join(source.split())] += count

    names = []
    pronouns = 0
    for name, count in quotes_of_name.most_common():
        if name.casefold() in SOURCE_PRONOUNS:
            pronouns += count
        elif name:
            names.append((name, count))
    shown = names[:GIVEN_NAMES_SHOWN]
    return NamesGiven(shown, len(names) - len(shown), pronouns, len(ids))


def count_sources(quotes: list[int]) -> list[tuple[str, int]]:
    """Return the sources of these quotes as the articles write them, each with how often it is
    written so.

    They come in the order in which the quotes first have them.
    """
    with connection.cursor() as cursor:
        cursor.execute(SOURCE_COUNTS_SQL, [quotes])
        return list(cursor.fetchall())
