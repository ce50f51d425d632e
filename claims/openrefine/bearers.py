"""Which actors have a name, or one that is near it. All names of a batch are looked up together.

Only those who are known everywhere are candidates: a bare surname in one article is nobody of whom
another table could speak. A name that is taken for another actor's leads to that one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection

from claims.models import Actor, ExternalId
from claims.models.actors import IS_KNOWN_EVERYWHERE
from claims.models.copying import format_array
from claims.models.names import build_initials, build_name_key

MOST_WITH_NAME = 50
MOST_WITH_WORD = 200

# Materialized, since PostgreSQL cannot tell how common a word is, and would rather read the whole
# table until the limit is reached.
BEARERS_SQL = """
    SELECT wanted.key, coalesce(taken.actor_id, found.id), min(found.distance)
      FROM unnest(%(keys)s::text[], %(initials)s::text[], %(firsts)s::text[], %(lasts)s::text[])
           AS wanted (key, initials, first_word, last_word)
     CROSS JOIN LATERAL (
           (SELECT id, 0 AS distance FROM claims_actor WHERE key = wanted.key AND article_id IS NULL
             LIMIT %(named)s)
            UNION
           (SELECT named.id, 0 FROM claims_actorname name JOIN claims_actor named ON named.id = name.actor_id
             WHERE name.key = wanted.key AND named.article_id IS NULL
             LIMIT %(named)s)
            UNION
           (SELECT id, 1 FROM claims_actor WHERE initials = wanted.key AND article_id IS NULL
             LIMIT %(named)s)
            UNION
           (SELECT id, 1 FROM claims_actor WHERE key = wanted.initials AND article_id IS NULL
             LIMIT %(named)s)
            UNION
           (WITH bearers AS MATERIALIZED (
                 SELECT id FROM claims_actor
                  WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                        @> ARRAY[wanted.first_word, wanted.last_word])
            SELECT id, 2 FROM bearers LIMIT %(worded)s)
            UNION
           (WITH bearers AS MATERIALIZED (
                 SELECT id FROM claims_actor
                  WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                        @> ARRAY[wanted.last_word])
            SELECT id, 3 FROM bearers LIMIT %(worded)s)
           ) found
      LEFT JOIN claims_actorjoin taken ON taken.alias_id = found.id
     GROUP BY 1, 2
     ORDER BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor that a name may mean: all its names, and its items of Wikidata."""

    pk: int
    slug: str
    name: str
    kind: str
    other_names: tuple[str, ...]
    items: frozenset[str]


def find_bearers(names: Iterable[str]) -> dict[str, dict[int, int]]:
    """Return the numbers of the actors that may bear each of these names, by the names' keys.

    Each comes with how far the name is from one of its own: 0 is exactly one, 1 is short for one,
    2 has its first and last word, 3 the last alone.
    """
    keys = sorted({build_name_key(name) for name in names} - {""})
    if not keys:
        return {}
    words = [key.split() for key in keys]
    values: dict[str, str | int] = {
        "keys": format_array(keys),
        "initials": format_array(build_initials(key) if " " in key else None for key in keys),
        "firsts": format_array(each[0] for each in words),
        "lasts": format_array(each[-1] for each in words),
        "named": MOST_WITH_NAME,
        "worded": MOST_WITH_WORD,
    }
    found: defaultdict[str, dict[int, int]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(BEARERS_SQL, values)
        for key, number, distance in cursor.fetchall():
            found[key][number] = distance
    return found


def find_owners(items: Collection[str]) -> dict[str, int]:
    """Return which actor has each of these items of Wikidata."""
    rows = ExternalId.objects.filter(value__in=items, scheme="wikidata")
    return dict(rows.values_list("value", "actor_id"))


def read_bearers(numbers: Collection[int]) -> dict[int, Bearer]:
    """Return those of these actors that are known everywhere, with their names and items."""
    actors = Actor.objects.filter(IS_KNOWN_EVERYWHERE, pk__in=numbers).order_by()
    rows = actors.with_other_names().with_items()
    columns = ("pk", "slug", "name", "kind", "other_names", "items")
    found = {}
    for pk, slug, name, kind, other_names, items in rows.values_list(*columns):
        found[pk] = Bearer(pk, slug, name, kind, tuple(other_names), frozenset(items))
    return found
