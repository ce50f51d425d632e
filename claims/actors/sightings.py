"""Reads what articles say of the names that may be one actor's: who bears them, where, and how."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from claims.actors.likeness import split_person_name
from claims.actors.named_people import Bearer, NamedPerson, OfficeHeld, Sighting
from claims.actors.stories import Signature, build_signature, is_same_story
from claims.extraction.lexicon.persons import HONORIFICS, PERSON_TITLES, WEAK_TITLES
from claims.models import Article, MergeCandidate
from claims.models.copying import format_array

# A word that more actors than this have tells nobody apart.
MOST_BEARERS = 300
MOST_SIGNATURES = 4_000  # of articles, in memory
# The letters of a quotation that two do not say by chance.
LETTERS_OF_QUOTATION = 40
WORDS_BEFORE_BARE_NAMES = (
    *("mr", "mrs", "ms", "dr", "president", "sen", "senator", "rep", "gov"),
    *("al", "van", "de", "di", "da", "von", "le", "la"),
)

# Persons known everywhere one of whose words this is.
BEARERS_SQL = """
    SELECT id, key FROM claims_actor
     WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END @> ARRAY[%(word)s]
       AND kind = 'person'
     LIMIT %(most)s
"""
# Those into whom a person merged one of such a name.
FORMER_SQL = """
    SELECT actor_id, key FROM claims_formerslug
     WHERE article_id IS NULL AND kind = 'person' AND %(word)s = ANY(string_to_array(key, ' '))
     LIMIT %(most)s
"""
# Persons known in one article alone, by this word or a title and this word.
BARE_SQL = """
    SELECT id, key FROM claims_actor
     WHERE key = ANY(%(keys)s::text[]) AND article_id IS NOT NULL AND kind = 'person'
"""
SIGHTINGS_SQL = """
    SELECT DISTINCT named.number, article.id, article.key, article.published_on
      FROM (SELECT coalesce(named_as_id, actor_id) AS number, article_id
              FROM claims_quote
             WHERE actor_id = ANY(%(actors)s::bigint[]) AND version_id IS NULL
               AND status <> 'rejected'
             UNION
            SELECT named_as_id, article_id
              FROM claims_quote
             WHERE named_as_id = ANY(%(actors)s::bigint[]) AND version_id IS NULL
               AND status <> 'rejected'
             UNION
            SELECT coalesce(about.named_as_id, about.actor_id), quote.article_id
              FROM claims_about about JOIN claims_quote quote ON quote.id = about.quote_id
             WHERE about.actor_id = ANY(%(actors)s::bigint[]) AND quote.version_id IS NULL
               AND quote.status <> 'rejected'
             UNION
            SELECT about.named_as_id, quote.article_id
              FROM claims_about about JOIN claims_quote quote ON quote.id = about.quote_id
             WHERE about.named_as_id = ANY(%(actors)s::bigint[]) AND quote.version_id IS NULL
               AND quote.status <> 'rejected'
           ) named
      JOIN claims_article article ON article.id = named.article_id
     WHERE named.number = ANY(%(actors)s::bigint[])
"""
QUOTATIONS_SQL = """
    SELECT DISTINCT coalesce(named_as_id, actor_id), wording_id
      FROM claims_quote
     WHERE (actor_id = ANY(%(actors)s::bigint[]) OR named_as_id = ANY(%(actors)s::bigint[]))
       AND version_id IS NULL AND status <> 'rejected' AND length(content) >= %(letters)s
"""
# Of a name that many have, those that articles tell in which one of them is named.
OFFICES_SQL = """
    SELECT office.key, office.article_id, office.title, office.place, article.published_on
      FROM claims_office office JOIN claims_article article ON article.id = office.article_id
     WHERE office.key = ANY(%(keys)s::text[])
"""
NAMES_SQL = "SELECT actor_id, key FROM claims_actorname WHERE actor_id = ANY(%(actors)s::bigint[])"
DECIDED_SQL = """
    SELECT id FROM unnest(%(actors)s::bigint[]) AS actor (id)
     WHERE EXISTS (SELECT FROM claims_externalid WHERE actor_id = actor.id)
        OR EXISTS (SELECT FROM claims_formerslug WHERE actor_id = actor.id)
        OR EXISTS (SELECT FROM claims_merge
                    WHERE actors @> ARRAY[actor.id] AND "table" = 'actor' AND undone_at IS NULL)
"""
JOINS_SQL = """
    SELECT alias_id, actor_id FROM claims_actorjoin
     WHERE alias_id = ANY(%(actors)s::bigint[]) OR actor_id = ANY(%(actors)s::bigint[])
"""


class Stories:
    """Tells which articles are about one story; texts are read some at once, and few twice.

    `ignored` are the names of whom it is asked: that both articles have them says nothing.
    """

    def __init__(self) -> None:
        self.signatures: dict[int, Signature] = {}
        self.ignored: Signature = frozenset()

    def count(self, here: Sighting, near: Sequence[Sighting]) -> int:
        """Return how many of the articles near to one in time are of its story."""
        others = [seen for seen in near if seen.article != here.article]
        number = len(near) - len(others)
        if not others:
            return number
        self.read({here.article, *(seen.article for seen in others)})
        own = self.signatures[here.article]
        for seen in others:
            number += is_same_story(own, self.signatures[seen.article], self.ignored)
        return number

    def read(self, articles: set[int]) -> None:
        """Read those of the articles that are not known; of too many the others are forgotten."""
        missing = articles - self.signatures.keys()
        if len(self.signatures) + len(missing) > MOST_SIGNATURES:
            self.signatures.clear()
            missing = articles
        if not missing:
            return
        texts = Article.objects.filter(pk__in=missing).order_by().values_list("pk", "text")
        for number, text in texts:
            self.signatures[number] = build_signature(text)
        for number in articles - self.signatures.keys():  # deleted just now
            self.signatures[number] = frozenset()


@dataclass(frozen=True, slots=True)
class Namesakes:
    """All persons who have a word in their names: by full names, by those of actors that were merged
    into them, and by the word alone.

    `titles` stand before the bare ones in their articles; `heads` are the actors that aliases are
    taken for; `apart` are the pairs that a person found to be two.
    """

    full: list[NamedPerson]
    former: list[NamedPerson]
    bare: list[NamedPerson]
    titles: dict[int, frozenset[str]]
    heads: dict[int, int]
    apart: set[tuple[int, int]]

    def list_bearers(self, word: str) -> list[Bearer]:
        """Return whom the bare word may mean: names taken for one actor's are one."""
        members: defaultdict[int, list[NamedPerson]] = defaultdict(list)
        for person in (*self.full, *self.former):
            if is_word_for(word, person):
                members[self.heads.get(person.number, person.number)].append(person)
        bearers = []
        for number, people in members.items():
            sightings = {seen for person in people for seen in person.sightings}
            quotations = frozenset().union(*(person.quotations for person in people))
            given = max((person.name.given for person in people), key=len)
            surname = min(person.name.surname for person in people)
            offices = frozenset().union(*(person.offices for person in people))
            numbers = frozenset({number, *(person.number for person in people)})
            bearers.append(
                Bearer(
                    number=number,
                    members=numbers,
                    given=given,
                    surname=surname,
                    sightings=tuple(sorted(sightings, key=lambda seen: seen.key)),
                    offices=offices,
                    quotations=quotations,
                )
            )
        return bearers


def is_word_for(word: str, person: NamedPerson) -> bool:
    """Return whether a person may be called by this word alone: by the first or the last."""
    words = (*person.name.given, person.name.surname)
    return word in (words[0], words[-1]) or (len(words) > 2 and word in words)


def read_namesakes(word: str, *, with_bare: bool) -> Namesakes:
    """Read the persons who have a word in their names, of too many nobody."""
    full: dict[int, str] = dict(run_query(BEARERS_SQL, word=word, most=MOST_BEARERS + 1))
    if len(full) > MOST_BEARERS:
        full = {}
    former = run_query(FORMER_SQL, word=word, most=MOST_BEARERS)
    bare: dict[int, str] = {}
    if with_bare:
        keys = [word, *(f"{title} {word}" for title in WORDS_BEFORE_BARE_NAMES)]
        bare = dict(run_query(BARE_SQL, keys=format_array(keys)))
    numbers = [*full, *(number for number, _ in former), *bare]
    actors = format_array(numbers)
    sightings: defaultdict[int, list[Sighting]] = defaultdict(list)
    for number, article, key, day in run_query(SIGHTINGS_SQL, actors=actors):
        sightings[number].append(Sighting(article, key, day))
    quotations: defaultdict[int, set[int]] = defaultdict(set)
    for number, claim in run_query(QUOTATIONS_SQL, actors=actors, letters=LETTERS_OF_QUOTATION):
        quotations[number].add(claim)
    called: defaultdict[int, set[str]] = defaultdict(set)
    for number, key in run_query(NAMES_SQL, actors=actors):
        called[number].add(key)

    own_keys = format_array(sorted({*full.values(), *(key for _, key in former), *bare.values()}))
    offices: defaultdict[tuple[str, int], set[OfficeHeld]] = defaultdict(set)
    for key, article, title, place, day in run_query(OFFICES_SQL, keys=own_keys):
        offices[key, article].add(OfficeHeld(title, place, day))

    decided = {number for (number,) in run_query(DECIDED_SQL, actors=actors)}

    def build_person(number: int, key: str) -> NamedPerson:
        seen = tuple(sorted(sightings[number], key=lambda sighting: sighting.key))
        return NamedPerson(
            number=number,
            key=key,
            name=split_person_name(key),
            sightings=seen,
            called=frozenset(called[number]),
            offices=list_offices_of_titles(called[number]).union(
                *(offices[key, sighting.article] for sighting in seen)
            ),
            quotations=frozenset(quotations[number]),
            is_decided=number in decided,
        )

    return Namesakes(
        full=[build_person(number, key) for number, key in full.items()],
        former=[build_person(number, key) for number, key in former],
        bare=[build_person(number, key) for number, key in bare.items()],
        titles={number: find_titles(called[number] | {key}) for number, key in bare.items()},
        heads=dict(run_query(JOINS_SQL, actors=actors)),
        apart=read_pairs_apart(numbers),
    )


def find_titles(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(word for key in keys for word in key.split()[:-1] if word in PERSON_TITLES)


def list_offices_of_titles(keys: Iterable[str]) -> frozenset[OfficeHeld]:
    """Return the offices that are told by the titles among what articles call somebody."""
    titles = find_titles(keys) - HONORIFICS - WEAK_TITLES
    return frozenset(OfficeHeld(title, "", None) for title in titles)


def read_pairs_apart(actors: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs that a person found to be two actors."""
    judged = MergeCandidate.objects.filter(judgement="different").order_by()
    pairs = judged.filter(first__in=actors) | judged.filter(second__in=actors)
    return set(pairs.values_list("first", "second"))


def run_query(statement: str, **values: str | int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
