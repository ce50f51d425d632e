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
from claims.models.names import name_key
from claims.models.naming import qualified
from claims.models.querysets import UNKNOWN
from claims.pages.charts import share
from claims.search import columns, stream
from claims.search.columns import CODED, Columns, Rows, Values
from claims.search.facets import LONGEST_NAME, Matching, toggled
from claims.search.filters import Chip, Filters, Problem, clipped

AT_ONCE = 2  # actors
QUOTES, ABOUT = 10, 5  # shown of each side
OUTLETS, CLAIMS, LOOKED_AT = 8, 10, 40
FEW = 3  # words; what has fewer is a claim of its article alone
OFFERED = 12  # actors of a name
WIDTH = 100  # of the picture of the longest bar, in its own units
ASSERTS, DENIES = CODED["stance"].index("asserts"), CODED["stance"].index("denies")


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is to be compared under which filters; `found` are those that a name typed may mean, `taken` the one it does."""

    actors: list[Actor]
    filters: Filters
    problems: list[Problem]
    name: str = ""
    found: tuple[tuple[Actor, int], ...] = ()
    taken: Actor | None = None

    @property
    def chips(self) -> list[Chip]:
        return [chip for chip in self.filters.active() if chip.parameter != "actor"]

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
        return len(self.found) == OFFERED

    @property
    def without(self) -> list[tuple[Actor, str]]:
        """Each actor, with the query string that lets it go."""
        return [(actor, self.filters.without("actor", actor.slug).query()) for actor in self.actors]

    @property
    def offers(self) -> list[tuple[Actor, int, str]]:
        """Each actor that the name may mean, how many quotes are its own, and the query string that takes it."""
        return [(actor, count, self.filters.with_value("actor", actor.slug).query()) for actor, count in self.found]


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of one side. `query` is of the list of those quotes; the bar is as wide as the share."""

    count: int
    query: str = ""
    share: str = ""
    width: float = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A number of each side; `query` narrows the page to what it is of, or widens it again."""

    label: str
    cells: list[Cell]
    query: str = ""
    selected: bool = False
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    key: str
    title: str
    heading: str
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the actors: its quotes under the filters, and those of them that name the other one."""

    actor: Actor
    matching: Matching
    naming: Rows
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
class Shared:
    """A claim that both spoke of, and each one's stances with how many quotes take them."""

    claim: Claim
    stances: list[list[tuple[str, int]]]


@dataclass(frozen=True, slots=True)
class Comparison:
    sides: tuple[Side, Side]
    tables: list[Table]
    claims: list[Shared]


# Who is asked for


def read(query: QueryDict, filters: Filters) -> Asked:
    """The first two actors of the address, and whom the name in it may mean; what is left over is told."""
    slugs = [slug for slug in filters.actor if slug != UNKNOWN]
    problems = [*filters.problems, *left_out(filters, slugs)]
    chosen = replace(filters, actor=tuple(slugs[:AT_ONCE]))
    rows = Actor.objects.for_list().in_bulk(chosen.numbers("actor"))
    actors = [rows[pk] for pk in chosen.numbers("actor") if pk in rows]
    name = query.get("name", "").strip()
    if name and (told := unusable(name, actors)):
        return Asked(actors, chosen, [*problems, told])
    found, taken = fitting(name, [actor.pk for actor in actors]) if name else ((), None)
    return Asked(actors, chosen, problems, name, found, taken)


def left_out(filters: Filters, slugs: Sequence[str]) -> list[Problem]:
    nobody = "Unknown speakers are many people: they cannot be compared."
    problems = [Problem("actor", UNKNOWN, nobody)] if UNKNOWN in filters.actor else []
    others = [f"“{clipped(filters.label('actor', slug))}”" for slug in slugs[AT_ONCE:]]
    if others:
        names = ", ".join(others[:5]) + (" and others" if len(others) > 5 else "")
        problems.append(Problem("actor", clipped(slugs[AT_ONCE]), f"Two actors are compared at a time: {names} left out."))
    return problems


def unusable(name: str, actors: Sequence[Actor]) -> Problem | None:
    if len(actors) == AT_ONCE:
        return Problem("name", clipped(name), "Two actors are compared already; take one away to choose another.")
    if "\0" in name or len(name) > LONGEST_NAME:
        return Problem("name", clipped(name), f"“name” is longer than {LONGEST_NAME} characters, or holds NUL.")
    return None


def fitting(name: str, without: Sequence[int]) -> tuple[tuple[tuple[Actor, int], ...], Actor | None]:
    """The actors of whom quotes stand that a name may mean, first those called just so; and the one, if it is but one."""
    counts = Matching(columns.current(), Filters()).counts("actor")
    exact = quoted(exactly(name), counts, without)
    likely = [*exact, *quoted(beginning(name), counts, [*without, *exact])]
    rows = Actor.objects.for_list().in_bulk(likely[:OFFERED])
    found = qualified(rows[pk] for pk in likely[:OFFERED] if pk in rows)
    taken = found[0] if found and (len(exact) == 1 or len(found) == 1) else None
    return tuple((actor, int(counts[actor.pk])) for actor in found), taken


def exactly(name: str) -> set[int]:
    key = name_key(name)
    given = ActorName.objects.filter(key=key).values("actor")
    return set(Actor.objects.filter(Q(key=key) | Q(pk__in=given)).order_by().values_list("pk", flat=True))


def beginning(name: str) -> set[int]:
    return set(Actor.objects.beginning_with(name).order_by().values_list("pk", flat=True))


def quoted(actors: set[int], counts: Values, without: Sequence[int]) -> list[int]:
    """Those of whom there are quotes, the most quoted first."""
    there = [pk for pk in actors if pk < len(counts) and counts[pk] and pk not in without]
    return sorted(there, key=lambda pk: (-counts[pk], pk))


# What is compared


def compare(first: Actor, second: Actor, filters: Filters) -> Comparison:
    known = columns.current()
    sides = sides_of(Matching(known, filters), first, second)
    tables = [numbers(known, sides), acts(known, sides, filters), outlets(known, sides, filters)]
    return Comparison(sides, [table for table in tables if table.lines], shared(known, sides))


def sides_of(both: Matching, first: Actor, second: Actor) -> tuple[Side, Side]:
    """Each of the two by itself; the quotes that are shown of both are read at once."""
    found = [
        (each, other, matching := both.by(each), naming(matching, other)) for each, other in ((first, second), (second, first))
    ]
    ids = [stream.in_order(matching, 0, QUOTES) for _, _, matching, _ in found]
    about = [both.columns["id"][rows[:ABOUT]].tolist() for *_, rows in found]
    quotes = stream.rows_of({pk for shown in (*ids, *about) for pk in shown}, both.filters)
    one, two = (
        Side(
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


def naming(matching: Matching, other: Actor) -> Rows:
    """Those that name the other one, whomever else the filters ask for."""
    beside = matching.beside("about")
    return beside[matching.columns.naming([other.pk])[beside]]


def numbers(known: Columns, sides: Sequence[Side]) -> Table:
    def different(name: str) -> list[Cell]:
        return [Cell(len(np.unique(known[name][side.matching.rows]))) for side in sides]

    lines = [
        Line("Quotes", [Cell(side.total, side.query) for side in sides]),
        Line("Articles", different("article")),
        Line("Outlets", different("outlet")),
        Line("Quotes that name the other", [Cell(side.about_total, side.about) for side in sides]),
    ]
    return Table("numbers", "In numbers", "What", lines)


def acts(known: Columns, sides: Sequence[Side], filters: Filters) -> Table:
    labels = {number: (act, act.replace("_", " "), f"act-{act}") for number, act in enumerate(CODED["act"])}
    return Table("acts", "Acts, as shares", "Act", lines(known, sides, filters, "act", len(labels), lambda _: labels))


def outlets(known: Columns, sides: Sequence[Side], filters: Filters) -> Table:
    def labels(numbers: Sequence[int]) -> dict[int, tuple[str, str, str]]:
        return {pk: (slug, name, "") for pk, (slug, name) in Outlet.objects.named(numbers).items()}

    return Table("outlets", "Outlets that quote them most", "Outlet", lines(known, sides, filters, "outlet", OUTLETS, labels))


Labelled = Callable[[list[int]], dict[int, tuple[str, str, str]]]  # slug or value, label and tone of each number


def lines(known: Columns, sides: Sequence[Side], filters: Filters, name: str, shown: int, labelled: Labelled) -> list[Line]:
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
            cells = [cell(side, name, value, int(each[number]), longest) for side, each in zip(sides, counts, strict=True)]
            made.append(Line(label, cells, toggled(filters, name, value), value in getattr(filters, name), tone))
    return made


def cell(side: Side, name: str, value: str, count: int, longest: float) -> Cell:
    if not count:
        return Cell(0)
    query = side.matching.filters.query(**{name: (value,)})
    width = max(count / side.total / longest * WIDTH, 1)
    return Cell(count, query, share(count, side.total), round(width, 1))


def shared(known: Columns, sides: Sequence[Side]) -> list[Shared]:
    """The claims of both, first those that one asserts and the other denies, then those of which both made most quotes."""
    first, second = (known["claim"][side.matching.rows] for side in sides)
    claims = np.intersect1d(first, second)
    counts = [per_stance(known, side.matching.rows, claims) for side in sides]
    apart = (counts[0][:, ASSERTS] > 0) & (counts[1][:, DENIES] > 0)
    apart |= (counts[0][:, DENIES] > 0) & (counts[1][:, ASSERTS] > 0)
    fewer = np.minimum(counts[0].sum(1), counts[1].sum(1))
    order = np.lexsort((-claims, -fewer, ~apart))[:LOOKED_AT].tolist()
    rows = Claim.objects.defer("search").in_bulk(claims[order].tolist())
    telling = [at for at in order if (claim := rows.get(int(claims[at]))) and len(claim.text.split()) >= FEW]
    return [Shared(rows[int(claims[at])], [taken(each[at]) for each in counts]) for at in telling[:CLAIMS]]


def per_stance(known: Columns, rows: Rows, claims: Values) -> Values:
    """How many of these quotes take each stance to each of these claims, which are in order."""
    there = rows[np.isin(known["claim"][rows], claims)]
    at = np.searchsorted(claims, known["claim"][there])
    kinds = len(CODED["stance"])
    return np.bincount(at * kinds + known["stance"][there], minlength=len(claims) * kinds).reshape(-1, kinds)


def taken(counts: Values) -> list[tuple[str, int]]:
    return [(stance, count) for stance, count in zip(CODED["stance"], counts.tolist(), strict=True) if count]
