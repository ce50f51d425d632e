"""Reads whom articles quote, and who is quoted beside whom; of each actor so many quotes at most."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection

from claims.models import ActorName
from claims.models.copying import format_array

# How many quotes of each actor are read to see with whom it is quoted.
QUOTES_READ_FOR_COMPANY = 200
# From so many quotes on an actor is quoted beside everybody, so that it says nothing.
OFTEN_QUOTED = 50
# How many of those whom two actors are both quoted beside are named in a reason.
MOST_COMPANIONS_NAMED = 3

# Whom these articles quote, and whether so few quotes are theirs that it says something.
QUOTED_SQL = """
      WITH quoted AS MATERIALIZED (
           SELECT DISTINCT article_id, actor_id FROM claims_quote
            WHERE article_id = ANY(%(articles)s::bigint[]) AND actor_id IS NOT NULL),
           often AS MATERIALIZED (
           SELECT actor_id,
                  (SELECT count(*)
                     FROM (SELECT FROM claims_quote
                            WHERE actor_id = here.actor_id LIMIT %(often)s) said) < %(often)s AS is_telling
             FROM (SELECT DISTINCT actor_id FROM quoted) here)
    SELECT quoted.article_id, quoted.actor_id, often.is_telling FROM quoted JOIN often USING (actor_id)
"""
# Of each article a few names are enough: the first in the alphabet, so that the order in which they
# came means nothing. `homes` has the articles in which actors are compared, and `known` whom they
# are compared with there; `telling` those whom these articles quote.
COMPANIONS_SQL = """
      WITH telling AS MATERIALIZED (
           SELECT told.article_id, actor.id, actor.name COLLATE "C" AS name
             FROM unnest(%(telling_in)s::bigint[], %(telling)s::bigint[]) AS told (article_id, id)
             JOIN claims_actor actor ON actor.id = told.id),
           said AS MATERIALIZED (
           SELECT DISTINCT known.home, known.id, quoted.article_id
             FROM unnest(%(homes)s::bigint[], %(known)s::bigint[]) AS known (home, id)
            CROSS JOIN LATERAL (
                  SELECT article_id FROM claims_quote
                   WHERE actor_id = known.id LIMIT %(read)s) quoted),
           heard AS MATERIALIZED (
           SELECT read.home, read.article_id, first.id, first.name
             FROM (SELECT DISTINCT home, article_id FROM said) read
            CROSS JOIN LATERAL (
                  SELECT DISTINCT telling.name, telling.id
                    FROM claims_quote quote
                    JOIN telling ON telling.article_id = read.home AND telling.id = quote.actor_id
                   WHERE quote.article_id = read.article_id
                   ORDER BY telling.name, telling.id LIMIT %(first)s) first)
    SELECT DISTINCT said.home, said.id, heard.name, heard.id
      FROM said JOIN heard USING (home, article_id)
"""

# The name and the primary key of an actor that another one is quoted beside.
Companion = tuple[str, int]


def read_names(actors: Iterable[int]) -> dict[int, list[str]]:
    """Return what articles call these actors, in the order of the alphabet."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    rows = ActorName.objects.filter(actor__in=sorted(actors)).order_by("name")
    for actor, name in rows.values_list("actor", "name"):
        names[actor].append(name)
    return names


def read_quoted_actors(articles: Iterable[int]) -> dict[int, dict[int, bool]]:
    """Return whom these articles quote, by article, and whether it says something of others.

    Of those whom everybody quotes it does not.
    """
    values: dict[str, Any] = {"articles": format_array(sorted(articles)), "often": OFTEN_QUOTED}
    quoted: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(QUOTED_SQL, values)
        for article, actor, is_telling in cursor.fetchall():
            quoted[article][actor] = is_telling
    return quoted


def find_companions(
    compared: Iterable[tuple[int, int]], quoted: dict[int, dict[int, bool]]
) -> dict[tuple[int, int], list[Companion]]:
    """Return, for each article and actor, those of the article that it is quoted beside anywhere.

    Who is quoted beside everybody is left out. Of each article the first few are read: as many as a
    reason names, and two more, since the pair itself may be among them.
    """
    pairs = sorted(compared)
    telling = [
        (article, actor)
        for article in sorted({article for article, _ in pairs})
        for actor, is_telling in quoted[article].items()
        if is_telling
    ]
    companions: defaultdict[tuple[int, int], list[Companion]] = defaultdict(list)
    if not pairs or not telling:
        return companions
    values: dict[str, Any] = {
        "homes": format_array(article for article, _ in pairs),
        "known": format_array(actor for _, actor in pairs),
        "telling_in": format_array(article for article, _ in telling),
        "telling": format_array(actor for _, actor in telling),
        "read": QUOTES_READ_FOR_COMPANY,
        "first": MOST_COMPANIONS_NAMED + 2,
    }
    with connection.cursor() as cursor:
        cursor.execute(COMPANIONS_SQL, values)
        for article, pk, name, companion in sorted(cursor.fetchall()):
            companions[article, pk].append((name, companion))
    return companions
