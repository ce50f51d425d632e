"""How well an actor fits a name, and whether that is sure enough to be taken without a look.

A wrong match is the worst that can come of this, since nobody looks at it again. So a name alone is
a match only where it is whole, is exactly one of the actor's, and no other actor is called anything
like it; else an item of Wikidata must say so that a person gave the actor.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from claims.actors.common_bodies import read_common_body
from claims.actors.likeness import CalledActor, compare_called_actors
from claims.models.names import build_name_key
from claims.openrefine.bearers import Bearer, find_bearers, find_owners, read_bearers
from claims.openrefine.queries import NameQuery

OWN_NAME_SCORE = 100.0
OTHER_NAME_SCORE = 97.0
ONE_WORD_SCORE = 60.0  # a surname, or another word that stands for it in articles
LEAST_SCORE = 30.0  # of a candidate that is worth a look
RIVAL_SCORE = 60.0  # of another actor, from which on the name alone does not tell who is meant
OTHER_KIND_PENALTY = 30.0
OTHER_ITEM_SCORE = 35.0  # the most of an actor that is another item of Wikidata
MOST_SCORED = 300  # actors of one query, the nearest to its names


@dataclass(frozen=True, slots=True)
class Candidate:
    """An actor that a query may mean, scored from 0 to 100.

    `is_exact` says that the name is whole, and exactly one of the actor's; `is_same`
    that both are one item of Wikidata, `is_other` that they are two. `is_match` is for certain.
    """

    bearer: Bearer
    score: float
    is_exact: bool = False
    is_same: bool = False
    is_other: bool = False
    is_of_kind: bool = True
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class NamesWanted:
    """The names of a query, made comparable once for all the actors that may bear them.

    `own` are the spellings of its name, `alias_keys` the keys of the further ones.
    """

    own: tuple[str, ...]
    alias_keys: frozenset[str]
    items: frozenset[str]

    @property
    def all_keys(self) -> list[str]:
        """The keys of all names, those of the query's own name first."""
        own_keys = [build_name_key(name) for name in self.own]
        return [*own_keys, *sorted(self.alias_keys)]


@dataclass(frozen=True, slots=True)
class NearActors:
    """The numbers of the actors that are nearest to a query, and whether these are all there are."""

    numbers: tuple[int, ...]
    are_all: bool


def find_candidates(queries: Mapping[str, NameQuery]) -> dict[str, list[Candidate]]:
    """Return the candidates of each query, the likeliest first. It takes three statements."""
    names = [name for query in queries.values() for name in list_names(query)]
    items = {item for query in queries.values() for item in list_items(query)}
    found = find_bearers(names)
    owners = find_owners(items)
    wanted = {key: prepare_names(query) for key, query in queries.items()}
    near = {key: select_near_actors(names, found, owners) for key, names in wanted.items()}
    bearers = read_bearers({pk for actors in near.values() for pk in actors.numbers})
    candidates = {}
    for key, query in queries.items():
        known = [bearers[pk] for pk in near[key].numbers if pk in bearers]
        candidates[key] = rank_candidates(query, wanted[key], known, are_all=near[key].are_all)
    return candidates


def prepare_names(query: NameQuery) -> NamesWanted:
    alias_keys = {build_name_key(alias) for alias in query.aliases}
    return NamesWanted(
        own=(query.name, spell_out(query.name)),
        alias_keys=frozenset(alias_keys - {""}),
        items=frozenset(item for item in list_items(query) if item),
    )


def select_near_actors(
    wanted: NamesWanted, found: Mapping[str, Mapping[int, int]], owners: Mapping[str, int]
) -> NearActors:
    """Return the actors to be scored for a query: whom its items of Wikidata tell, and those that
    its names are nearest to.
    """
    distances: dict[int, int] = {}
    for key in wanted.all_keys:
        for pk, distance in found.get(key, {}).items():
            distances[pk] = min(distance, distances.get(pk, distance))
    for item in wanted.items & owners.keys():
        distances[owners[item]] = -1
    # Of two that are as near, the one of the query's own name has come first.
    nearest = sorted(distances, key=distances.__getitem__)[:MOST_SCORED]
    return NearActors(tuple(nearest), are_all=len(nearest) == len(distances))


def list_names(query: NameQuery) -> tuple[str, ...]:
    """Return all names under which the actor of a query may be known."""
    return (query.name, spell_out(query.name), *query.aliases)


def spell_out(name: str) -> str:
    """Return the name of a body that many places have as actors have it, with its place:
    "Iranian Foreign Ministry" as "Foreign Ministry (Iran)".
    """
    body = read_common_body(name)
    return f"{body.name} ({body.state})" if body and body.state else name


def is_whole(name: str, bearer: Bearer) -> bool:
    """Tell whether a name tells by itself who is meant: a given name with the actor's surname, or
    several words that no bodies of other places have.

    “Mr. Volker”, “Special Envoy” and “Supreme Court” do not, whatever articles call an actor.
    """
    called = CalledActor(name, bearer.kind)
    if bearer.kind == "person":
        own = CalledActor(bearer.name, bearer.kind)
        return called.is_full_person and called.surname == own.surname
    body = read_common_body(name)
    return len(called.words) > 1 and (body is None or bool(body.state))


def list_items(query: NameQuery) -> tuple[str, ...]:
    """Return the items of Wikidata that a query gives; its name may be one, too."""
    return (*query.items, query.name)


def rank_candidates(
    query: NameQuery, wanted: NamesWanted, bearers: Iterable[Bearer], *, are_all: bool
) -> list[Candidate]:
    """Return the candidates of a query, the likeliest first. A name makes none of them a match
    where these are not all who may bear it.
    """
    scored = [score_bearer(query, wanted, bearer) for bearer in bearers]
    kept = [each for each in scored if each.score >= LEAST_SCORE]
    if query.kinds and not query.are_kinds_preferred:
        kept = [each for each in kept if each.is_of_kind]
    kept.sort(key=lambda each: (-each.score, each.bearer.slug))
    sure = find_sure_candidate(kept, are_all=are_all)
    ranked = []
    for each in kept[: query.limit]:
        ranked.append(replace(each, is_match=each is sure))
    return ranked


def score_bearer(query: NameQuery, wanted: NamesWanted, bearer: Bearer) -> Candidate:
    score, is_exact = score_names(wanted, bearer)
    is_same = bool(wanted.items & bearer.items)
    is_other = bool(query.items) and bool(bearer.items) and not is_same
    is_of_kind = not query.kinds or bearer.kind in query.kinds
    if is_same:
        score = OWN_NAME_SCORE
    elif is_other:
        score = min(score, OTHER_ITEM_SCORE)
    if not is_of_kind:
        score -= OTHER_KIND_PENALTY
    return Candidate(bearer, round(score, 1), is_exact, is_same, is_other, is_of_kind)


def score_names(wanted: NamesWanted, bearer: Bearer) -> tuple[float, bool]:
    """Return how well the names fit, and whether the query's own is whole and exactly one of them."""
    own_key = build_name_key(bearer.name)
    other_keys = {build_name_key(name) for name in bearer.other_names}
    scores = [score_likeness(wanted.own[0], bearer)]
    is_exact = False
    for name in wanted.own:
        key = build_name_key(name)
        scores.append(score_key(key, own_key, other_keys))
        is_exact |= key in {own_key, *other_keys} and is_whole(name, bearer)
    for key in wanted.alias_keys & {own_key, *other_keys}:
        # A further name speaks for an actor, and never as loudly as the name that is asked for.
        scores.append(min(score_key(key, own_key, other_keys), OTHER_NAME_SCORE))
    return max(scores), is_exact


def score_key(key: str, own_key: str, other_keys: set[str]) -> float:
    if not key:
        return 0.0
    if key == own_key:
        return OWN_NAME_SCORE
    if key in other_keys:
        return OTHER_NAME_SCORE if " " in key else ONE_WORD_SCORE
    return 0.0


def score_likeness(name: str, bearer: Bearer) -> float:
    """Return how alike a name and the actor's own are spelt, or short for one another."""
    asked = CalledActor(name, bearer.kind)
    if not asked.key:
        return 0.0
    likeness = compare_called_actors(asked, CalledActor(bearer.name, bearer.kind))
    return 100 * likeness.score if likeness else 0.0


def find_sure_candidate(candidates: list[Candidate], *, are_all: bool) -> Candidate | None:
    """Return the one that is meant for certain, if there is one: by its name only among all."""
    same = [each for each in candidates if each.is_same]
    if same:
        return same[0] if len(same) == 1 and same[0].is_of_kind else None
    if not candidates or not are_all:
        return None
    first, *others = candidates
    has_rival = any(each.score >= RIVAL_SCORE for each in others)
    is_clear = first.is_exact and first.is_of_kind and not first.is_other
    return first if is_clear and not has_rival else None
