"""Two actors side by side: how much, in which acts, where, on which claims, and in which words each spoke.

All numbers are of the same filters as everywhere, so that each equals the total of the list it links to.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

import numpy as np
from django.db.models import Q
from django.http import QueryDict

from claims.models import Actor, ActorName, Claim, Outlet, Quote
from claims.models.actors import UNKNOWN_SLUG
from claims.models.names import build_name_key
from claims.models.naming import qualify_actors
from claims.passages.shares import describe_share
from claims.search import columns, stream
from claims.search.columns import CODED_VALUES, Columns, ColumnValues, RowNumbers
from claims.search.facets import LONGEST_TYPED_NAME, MatchingQuotes, build_toggled_query
from claims.search.filters import FilterChip, Filters
from claims.search.problems import QueryProblem, shorten_query_value

ACTORS_COMPARED = 2  # actors
QUOTES_SHOWN_OF_SIDE, ABOUT_QUOTES_SHOWN = 10, 5  # shown of each side
OUTLETS_COMPARED, CLAIMS_COMPARED, SHARED_CLAIMS_LOOKED_AT = 8, 10, 40
LEAST_CLAIM_WORDS = 3  # words; what has fewer is a claim of its article alone
ACTORS_OFFERED_TO_COMPARE = 12  # actors of a name
COMPARISON_BAR_WIDTH = 100  # of the picture of the longest bar, in its own units
ASSERTS_CODE, DENIES_CODE = (
    CODED_VALUES["stance"].index("asserts"),
    CODED_VALUES["stance"].index("denies"),
)


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Who is to be compared under which filters; `found` are those that a name typed may mean, `taken` the one it does."""

    actors: list[Actor]
    filters: Filters
    problems: list[QueryProblem]
    name: str = ""
    found: tuple[tuple[Actor, int], ...] = ()
    taken: Actor | None = None

    @property
    def chips(self) -> list[FilterChip]:
        return [chip for chip in self.filters.list_chips() if chip.parameter != "actor"]

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the form that asks for words and days carries along."""
        return parse_qsl(self.filters.query(q="", since=None, until=None))

    @property
    def state(self) -> list[tuple[str, str]]:
        return parse_qsl(self.filters.query())

    @property
    def cut(self) -> bool:
        """Whether there may be others of the name than are offered."""
        return len(self.found) == ACTORS_OFFERED_TO_COMPARE

    @property
    def without(self) -> list[tuple[Actor, str]]:
        """Each actor, with the query string that lets it go."""
        return [(actor, self.filters.without("actor", actor.slug).query()) for actor in self.actors]

    @property
    def offers(self) -> list[tuple[Actor, int, str]]:
        """Each actor that the name may mean, how many quotes are its own, and the query string that takes it."""
        return [
            (actor, count, self.filters.with_value("actor", actor.slug).query())
            for actor, count in self.found
        ]


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """A number of one side. `query` is of the list of those quotes; the bar is as wide as the share."""

    count: int
    query: str = ""
    share: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class ComparisonLine:
    """A number of each side; `query` narrows the page to what it is of, or widens it again."""

    label: str
    cells: list[ComparisonCell]
    query: str = ""
    selected: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonTable:
    key: str
    title: str
    heading: str
    lines: list[ComparisonLine]


@dataclass(frozen=True, slots=True)
class ComparisonSide:
    """One of the actors: its quotes under the filters, and those of them that name the other one."""

    actor: Actor
    matching: MatchingQuotes
    naming: RowNumbers
    about: str
    quotes: list[Quote]
    about_quotes: list[Quote]

    @property
    def total(self) -> int:
        return self.matching.total

    @property
    def about_total(self) -> int:
        return len(self.naming)

    @property
    def query(self) -> str:
        return self.matching.filters.query()


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A claim that both spoke of, and each one's stances with how many quotes take them."""

    claim: Claim
    stances: list[list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    sides: tuple[ComparisonSide, ComparisonSide]
    tables: list[ComparisonTable]
    claims: list[SharedClaim]


# Who is asked for


def read_comparison(query: QueryDict, filters: Filters) -> ComparisonRequest:
    """The first two actors of the address, and whom the name in it may mean; what is left over is told."""
    slugs = [slug for slug in filters.actor if slug != UNKNOWN_SLUG]
    problems = [*filters.problems, *list_left_out_problems(filters, slugs)]
    chosen = replace(filters, actor=tuple(slugs[:ACTORS_COMPARED]))
    rows = Actor.objects.for_list().in_bulk(chosen.numbers("actor"))
    actors = [rows[pk] for pk in chosen.numbers("actor") if pk in rows]
    name = query.get("name", "").strip()
    if name and (told := find_name_problem(name, actors)):
        return ComparisonRequest(actors, chosen, [*problems, told])
    found, taken = find_actors_fitting(name, [actor.pk for actor in actors]) if name else ((), None)
    return ComparisonRequest(actors, chosen, problems, name, found, taken)


def list_left_out_problems(filters: Filters, slugs: Sequence[str]) -> list[QueryProblem]:
    nobody = "Unknown speakers are many people: they cannot be compared."
    problems = (
        [QueryProblem("actor", UNKNOWN_SLUG, nobody)] if UNKNOWN_SLUG in filters.actor else []
    )
    others = [
        f"“{shorten_query_value(filters.label('actor', slug))}”" for slug in slugs[ACTORS_COMPARED:]
    ]
    if others:
        names = ", ".join(others[:5]) + (" and others" if len(others) > 5 else "")
        problems.append(
            QueryProblem(
                "actor",
                shorten_query_value(slugs[ACTORS_COMPARED]),
                f"Two actors are compared at a time: {names} left out.",
            )
        )
    return problems


def find_name_problem(name: str, actors: Sequence[Actor]) -> QueryProblem | None:
    if len(actors) == ACTORS_COMPARED:
        return QueryProblem(
            "name",
            shorten_query_value(name),
            "Two actors are compared already; take one away to choose another.",
        )
    if "\0" in name or len(name) > LONGEST_TYPED_NAME:
        return QueryProblem(
            "name",
            shorten_query_value(name),
            f"“name” is longer than {LONGEST_TYPED_NAME} characters, or holds NUL.",
        )
    return None


def find_actors_fitting(
    name: str, without: Sequence[int]
) -> tuple[tuple[tuple[Actor, int], ...], Actor | None]:
    """The actors of whom quotes stand that a name may mean, first those called just so; and the one, if it is but one."""
    counts = MatchingQuotes(columns.get_current_columns(), Filters()).counts("actor")
    exact = select_quoted_actors(find_actors_called(name), counts, without)
    likely = [
        *exact,
        *select_quoted_actors(find_actors_beginning_with(name), counts, [*without, *exact]),
    ]
    rows = Actor.objects.for_list().in_bulk(likely[:ACTORS_OFFERED_TO_COMPARE])
    found = qualify_actors(rows[pk] for pk in likely[:ACTORS_OFFERED_TO_COMPARE] if pk in rows)
    taken = found[0] if found and (len(exact) == 1 or len(found) == 1) else None
    return tuple((actor, int(counts[actor.pk])) for actor in found), taken


def find_actors_called(name: str) -> set[int]:
    key = build_name_key(name)
    given = ActorName.objects.filter(key=key).values("actor")
    return set(
        Actor.objects.filter(Q(key=key) | Q(pk__in=given)).order_by().values_list("pk", flat=True)
    )


def find_actors_beginning_with(name: str) -> set[int]:
    return set(Actor.objects.beginning_with(name).order_by().values_list("pk", flat=True))


def select_quoted_actors(
    actors: set[int], counts: ColumnValues, without: Sequence[int]
) -> list[int]:
    """Those of whom there are quotes, the most quoted first."""
    there = [pk for pk in actors if pk < len(counts) and counts[pk] and pk not in without]
    return sorted(there, key=lambda pk: (-counts[pk], pk))


# What is compared


def compare_actors(first: Actor, second: Actor, filters: Filters) -> Comparison:
    known = columns.get_current_columns()
    sides = build_comparison_sides(MatchingQuotes(known, filters), first, second)
    tables = [
        build_numbers_table(known, sides),
        build_compared_acts_table(known, sides, filters),
        build_compared_outlets_table(known, sides, filters),
    ]
    return Comparison(
        sides, [table for table in tables if table.lines], list_shared_claims(known, sides)
    )


def build_comparison_sides(
    both: MatchingQuotes, first: Actor, second: Actor
) -> tuple[ComparisonSide, ComparisonSide]:
    """Each of the two by itself; the quotes that are shown of both are read at once."""
    found = [
        (each, other, matching := both.by(each), select_rows_naming(matching, other))
        for each, other in ((first, second), (second, first))
    ]
    ids = [
        stream.list_ids_in_order(matching, 0, QUOTES_SHOWN_OF_SIDE) for _, _, matching, _ in found
    ]
    about = [both.columns["id"][rows[:ABOUT_QUOTES_SHOWN]].tolist() for *_, rows in found]
    quotes = stream.get_quotes_by_id({pk for shown in (*ids, *about) for pk in shown}, both.filters)
    one, two = (
        ComparisonSide(
            each,
            matching,
            rows,
            matching.filters.query(about=(other.slug,)),
            [quotes[pk] for pk in shown if pk in quotes],
            [quotes[pk] for pk in named if pk in quotes],
        )
        for (each, other, matching, rows), shown, named in zip(found, ids, about, strict=True)
    )
    return one, two


def select_rows_naming(matching: MatchingQuotes, other: Actor) -> RowNumbers:
    """Those that name the other one, whomever else the filters ask for."""
    beside = matching.rows_beside("about")
    return beside[matching.columns.mask_naming([other.pk])[beside]]


def build_numbers_table(known: Columns, sides: Sequence[ComparisonSide]) -> ComparisonTable:
    def different(name: str) -> list[ComparisonCell]:
        return [ComparisonCell(len(np.unique(known[name][side.matching.rows]))) for side in sides]

    lines = [
        ComparisonLine("Quotes", [ComparisonCell(side.total, side.query) for side in sides]),
        ComparisonLine("Articles", different("article")),
        ComparisonLine("Outlets", different("outlet")),
        ComparisonLine(
            "Quotes that name the other",
            [ComparisonCell(side.about_total, side.about) for side in sides],
        ),
    ]
    return ComparisonTable("numbers", "In numbers", "What", lines)


def build_compared_acts_table(
    known: Columns, sides: Sequence[ComparisonSide], filters: Filters
) -> ComparisonTable:
    labels = {
        number: (act, act.replace("_", " "), f"act-{act}")
        for number, act in enumerate(CODED_VALUES["act"])
    }
    return ComparisonTable(
        "acts",
        "Acts, as shares",
        "Act",
        build_comparison_lines(known, sides, filters, "act", len(labels), lambda _: labels),
    )


def build_compared_outlets_table(
    known: Columns, sides: Sequence[ComparisonSide], filters: Filters
) -> ComparisonTable:
    def labels(numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
        return {pk: (slug, name, "") for pk, (slug, name) in Outlet.objects.named(numbers).items()}

    return ComparisonTable(
        "outlets",
        "Outlets that quote them most",
        "Outlet",
        build_comparison_lines(known, sides, filters, "outlet", OUTLETS_COMPARED, labels),
    )


LabelNumbers = Callable[
    [list[int]], dict[int, tuple[str, str, str]]
]  # slug or value, label and tone of each number


def build_comparison_lines(
    known: Columns,
    sides: Sequence[ComparisonSide],
    filters: Filters,
    name: str,
    shown: int,
    labelled: LabelNumbers,
) -> list[ComparisonLine]:
    """The values that most quotes of both have, with each side's number and share."""
    size = int(known[name].max(initial=0)) + 1
    counts = [np.bincount(known[name][side.matching.rows], minlength=size) for side in sides]
    both = counts[0] + counts[1]
    first = np.lexsort((np.arange(size), -both))[:shown]
    chosen = [number for number in first.tolist() if both[number]]
    labels = labelled(chosen)
    parts = [each[chosen] / max(side.total, 1) for each, side in zip(counts, sides, strict=True)]
    longest = max((float(part.max(initial=0)) for part in parts), default=0) or 1
    made = []
    for number in chosen:
        if number in labels:
            value, label, tone = labels[number]
            cells = [
                build_comparison_cell(side, name, value, int(each[number]), longest)
                for side, each in zip(sides, counts, strict=True)
            ]
            made.append(
                ComparisonLine(
                    label,
                    cells,
                    build_toggled_query(filters, name, value),
                    value in getattr(filters, name),
                    tone,
                )
            )
    return made


def build_comparison_cell(
    side: ComparisonSide, name: str, value: str, count: int, longest: float
) -> ComparisonCell:
    if not count:
        return ComparisonCell(0)
    query = side.matching.filters.query(**{name: (value,)})
    width = max(count / side.total / longest * COMPARISON_BAR_WIDTH, 1)
    return ComparisonCell(count, query, describe_share(count, side.total), round(width, 1))


def list_shared_claims(known: Columns, sides: Sequence[ComparisonSide]) -> list[SharedClaim]:
    """The claims of both, first those that one asserts and the other denies, then those of which both made most quotes."""
    first, second = (known["claim"][side.matching.rows] for side in sides)
    claims = np.intersect1d(first, second)
    counts = [count_stances_by_claim(known, side.matching.rows, claims) for side in sides]
    apart = (counts[0][:, ASSERTS_CODE] > 0) & (counts[1][:, DENIES_CODE] > 0)
    apart |= (counts[0][:, DENIES_CODE] > 0) & (counts[1][:, ASSERTS_CODE] > 0)
    fewer = np.minimum(counts[0].sum(1), counts[1].sum(1))
    order = np.lexsort((-claims, -fewer, ~apart))[:SHARED_CLAIMS_LOOKED_AT].tolist()
    rows = Claim.objects.defer("search").in_bulk(claims[order].tolist())
    telling = [
        at
        for at in order
        if (claim := rows.get(int(claims[at]))) and len(claim.text.split()) >= LEAST_CLAIM_WORDS
    ]
    return [
        SharedClaim(rows[int(claims[at])], [list_stance_counts(each[at]) for each in counts])
        for at in telling[:CLAIMS_COMPARED]
    ]


def count_stances_by_claim(known: Columns, rows: RowNumbers, claims: ColumnValues) -> ColumnValues:
    """How many of these quotes take each stance to each of these claims, which are in order."""
    there = rows[np.isin(known["claim"][rows], claims)]
    at = np.searchsorted(claims, known["claim"][there])
    kinds = len(CODED_VALUES["stance"])
    return np.bincount(at * kinds + known["stance"][there], minlength=len(claims) * kinds).reshape(
        -1, kinds
    )


def list_stance_counts(counts: ColumnValues) -> list[tuple[str, int]]:
    return [
        (stance, count)
        for stance, count in zip(CODED_VALUES["stance"], counts.tolist(), strict=True)
        if count
    ]
