"""Takes the initials of a body for its name: "FBI", where articles call one body alone so."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from claims.actors.grouping import CALLED_SO_REASON
from claims.actors.named_people import FoundJoin
from claims.models import MergeCandidate
from claims.models.copying import format_array

MOST_BODIES_OF_INITIALS = 50

BODIES_SQL = """
    SELECT wanted.initials, body.id, body.kind, body.key, body.said,
           EXISTS (SELECT FROM claims_actorname
                    WHERE actor_id = body.id AND key = wanted.initials) AS is_called_so
      FROM unnest(%(initials)s::text[]) AS wanted (initials)
     CROSS JOIN LATERAL (
           SELECT id, kind, key,
                  (SELECT count(*)
                     FROM (SELECT FROM claims_quote
                            WHERE actor_id = actor.id OR named_as_id = actor.id
                            LIMIT %(most)s) own) AS said
             FROM claims_actor actor
            WHERE (key = wanted.initials OR initials = wanted.initials)
              AND article_id IS NULL AND kind IN ('organization', 'state')
            ORDER BY key, id LIMIT %(most)s) body
"""


class Body(NamedTuple):
    """A body that is known by some initials: by its own name, or since articles call it so."""

    initials: str
    number: int
    kind: str
    key: str
    said: int
    is_called_so: bool


def find_bodies_by_initials(initials: Iterable[str]) -> tuple[list[int], list[FoundJoin]]:
    """Return the bodies looked at, and which of them are taken for which.

    Initials are a body's name if one body alone is called so by articles.
    """
    wanted = sorted(word for word in set(initials) if len(word) > 1)
    values: dict[str, str | int] = {
        "initials": format_array(wanted),
        "most": MOST_BODIES_OF_INITIALS,
    }
    with connection.cursor() as cursor:
        cursor.execute(BODIES_SQL, values)
        bodies = [Body(*row) for row in cursor.fetchall()]
    by_initials: defaultdict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        by_initials[body.initials].append(body)
    joins = []
    for found in by_initials.values():
        short = [body for body in found if body.key == body.initials]
        long = [body for body in found if body.key != body.initials and body.is_called_so]
        if len(short) == 1 and len(long) == 1 and not are_apart(short[0], long[0]):
            joins.append(FoundJoin(short[0].number, long[0].number, (CALLED_SO_REASON,)))
    return [body.number for body in bodies], joins


def are_apart(one: Body, other: Body) -> bool:
    """Return whether a person found that these are two."""
    first, second = sorted((one.number, other.number))
    judged = MergeCandidate.objects.filter(first=first, second=second, judgement="different")
    return judged.exists()
