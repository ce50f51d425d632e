"""Which two actors are to be compared: those of the address, or those whom a typed name may mean."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

from django.db.models import Q
from django.http import QueryDict

from claims.models import Actor, ActorName
from claims.models.actors import UNKNOWN_SLUG
from claims.models.names import build_name_key
from claims.models.naming import qualify_actors
from claims.search import columns
from claims.search.columns import ColumnValues
from claims.search.facets import LONGEST_TYPED_NAME, MatchingQuotes
from claims.search.filters import FilterChip, Filters
from claims.search.problems import QueryProblem, shorten_query_value

ACTORS_COMPARED = 2
ACTORS_OFFERED_TO_COMPARE = 12  # that a typed name may mean
LEFT_OUT_NAMED = 5  # actors left out whose names are told


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Who is to be compared under which filters.

    `name` is a name typed to choose an actor by; `found` are the actors that it may mean, each with
    the number of its quotes; `taken` is the one that it means, where that is clear.
    """

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
        """Return the parameters that the form of words and days carries along."""
        return parse_qsl(self.filters.query(q="", since=None, until=None))

    @property
    def state(self) -> list[tuple[str, str]]:
        """Return all parameters, which the form of names carries along."""
        return parse_qsl(self.filters.query())

    @property
    def cut(self) -> bool:
        """Tell whether the name may mean others than those offered."""
        return len(self.found) == ACTORS_OFFERED_TO_COMPARE

    @property
    def without(self) -> list[tuple[Actor, str]]:
        """Return each actor with the query string that lets it go."""
        return [(actor, self.filters.without("actor", actor.slug).query()) for actor in self.actors]

    @property
    def offers(self) -> list[tuple[Actor, int, str]]:
        """Return each actor that the name may mean, how many quotes it has, and the query string
        that takes it.
        """
        return [
            (actor, count, self.filters.with_value("actor", actor.slug).query())
            for actor, count in self.found
        ]


def read_comparison(query: QueryDict, filters: Filters) -> ComparisonRequest:
    """Return who is to be compared: the first two actors of the address, and whom the name in it
    may mean.

    What is left out of the comparison is told in the problems.
    """
    slugs = [slug for slug in filters.actor if slug != UNKNOWN_SLUG]
    problems = [*filters.problems, *list_left_out_problems(filters, slugs)]
    chosen = replace(filters, actor=tuple(slugs[:ACTORS_COMPARED]))
    numbers = chosen.numbers("actor")
    rows = Actor.objects.for_list().in_bulk(numbers)
    actors = [rows[number] for number in numbers if number in rows]
    name = query.get("name", "").strip()
    if not name:
        return ComparisonRequest(actors, chosen, problems)
    name_problem = find_name_problem(name, actors)
    if name_problem:
        return ComparisonRequest(actors, chosen, [*problems, name_problem])
    found, taken = find_actors_meant(name, [actor.pk for actor in actors])
    return ComparisonRequest(actors, chosen, problems, name, found, taken)


def list_left_out_problems(filters: Filters, slugs: Sequence[str]) -> list[QueryProblem]:
    """Return a problem for unknown speakers, and one for the actors after the first two."""
    problems = []
    if UNKNOWN_SLUG in filters.actor:
        message = "Unknown speakers are many people: they cannot be compared."
        problems.append(QueryProblem("actor", UNKNOWN_SLUG, message))
    left_out = slugs[ACTORS_COMPARED:]
    if left_out:
        labels = [
            f"“{shorten_query_value(filters.label('actor', slug))}”"
            for slug in left_out[:LEFT_OUT_NAMED]
        ]
        others = " and others" if len(left_out) > LEFT_OUT_NAMED else ""
        names = ", ".join(labels) + others
        message = f"Two actors are compared at a time: {names} left out."
        problems.append(QueryProblem("actor", shorten_query_value(left_out[0]), message))
    return problems


def find_name_problem(name: str, actors: Sequence[Actor]) -> QueryProblem | None:
    """Return why no actor can be looked for by a name, if so."""
    if len(actors) == ACTORS_COMPARED:
        message = "Two actors are compared already; take one away to choose another."
    elif "\0" in name or len(name) > LONGEST_TYPED_NAME:
        message = f"“name” is longer than {LONGEST_TYPED_NAME} characters, or holds NUL."
    else:
        return None
    return QueryProblem("name", shorten_query_value(name), message)


def find_actors_meant(
    name: str, without: Sequence[int]
) -> tuple[tuple[tuple[Actor, int], ...], Actor | None]:
    """Return the quoted actors that a name may mean, each with the number of its quotes, and the
    one that it means.

    Those called exactly so come first. It means one where one alone is called exactly so, or where
    one alone is found.
    """
    counts = MatchingQuotes(columns.get_current_columns(), Filters()).counts("actor")
    exact = select_quoted_actors(find_actors_called(name), counts, without)
    beginning = find_actors_beginning_with(name)
    others = select_quoted_actors(beginning, counts, [*without, *exact])
    offered = [*exact, *others][:ACTORS_OFFERED_TO_COMPARE]
    rows = Actor.objects.for_list().in_bulk(offered)
    actors = qualify_actors(rows[pk] for pk in offered if pk in rows)
    is_clear = len(exact) == 1 or len(actors) == 1
    taken = actors[0] if actors and is_clear else None
    return tuple((actor, int(counts[actor.pk])) for actor in actors), taken


def find_actors_called(name: str) -> set[int]:
    """Return the actors that have exactly this name among theirs, but for its spelling
    (`build_name_key`).
    """
    key = build_name_key(name)
    given = ActorName.objects.filter(key=key).values("actor")
    called = Actor.objects.filter(Q(key=key) | Q(pk__in=given))
    return set(called.order_by().values_list("pk", flat=True))


def find_actors_beginning_with(name: str) -> set[int]:
    return set(Actor.objects.beginning_with(name).order_by().values_list("pk", flat=True))


def select_quoted_actors(
    actors: set[int], counts: ColumnValues, without: Sequence[int]
) -> list[int]:
    """Return the actors of whom there are quotes, the most quoted first."""
    quoted = [pk for pk in actors if pk < len(counts) and counts[pk] and pk not in without]
    return sorted(quoted, key=lambda pk: (-counts[pk], pk))
