"""A small world of actors to merge and split, and all that is stored of it."""

import random
from typing import Any

from django.contrib.auth.models import User
from django.db import connection

from claims.models import Actor, ActorName, ExternalId, Judgement, MergeCandidate
from tests.factories import make_actor, make_article, make_quote

MERGED_TABLES = (
    "actor",
    "actorname",
    "quote",
    "about",
    "mergecandidate",
    "formerslug",
    "externalid",
    "span",
    "detail",
    "article",
)
FIRST_NAMES = ("Ana", "Omar", "Ruth", "Jen", "Jon")
FAMILY_NAMES = ("Bell", "Reza", "Okafor", "Smith")


def dump_tables() -> dict[str, list[str]]:
    """Every row of the tables that merging may touch, with every column, as PostgreSQL writes it."""
    found = {}
    with connection.cursor() as cursor:
        for table in MERGED_TABLES:
            cursor.execute(f"SELECT row::text FROM (SELECT * FROM claims_{table} ORDER BY id) row")
            found[table] = [line for (line,) in cursor.fetchall()]
    return found


def make_pair(
    first: Actor,
    second: Actor,
    judgement: str | None = None,
    user: User | None = None,
    **values: Any,
) -> MergeCandidate:
    low, high = sorted((first, second), key=lambda actor: actor.pk)
    defaults = {"score": 0.6, "reasons": ["a reason"], **values}
    pair = MergeCandidate.objects.create(first=low, second=high, **defaults)
    if judgement:
        judge = user or User.objects.get_or_create(username="Judge")[0]
        MergeCandidate.objects.filter(pk=pair.pk).judge(judgement, judge)
        pair.refresh_from_db()
    return pair


def make_world(chance: random.Random) -> list[Actor]:
    """Actors of like names, some known in one article alone, with quotes by and about each other."""
    names = [f"{given} {family}" for given in FIRST_NAMES for family in FAMILY_NAMES]
    actors = [make_actor(name, "person") for name in chance.sample(names, chance.randint(4, 7))]
    for surname in chance.sample(FAMILY_NAMES, chance.randint(0, 2)):
        article = make_article(f"{surname} said it rains.")
        actors.append(
            Actor.objects.create(
                name=surname, kind="person", slug=f"{surname.lower()}-{article.pk}", article=article
            )
        )
    for number, actor in enumerate(actors):
        for name in chance.sample(
            ["Bell", "Reza", "Mr Smith", "the mayor", "Ana"], chance.randint(0, 3)
        ):
            ActorName.objects.get_or_create(actor=actor, name=name)
        for _ in range(chance.randint(0, 3)):
            named = " and ".join(each.name for each in chance.sample(actors, chance.randint(0, 2)))
            status = chance.choice(
                ["unreviewed", "unreviewed", "accepted", "corrected", "rejected"]
            )
            source = chance.choice([actor.name, "the mayor", "Bell", "he"])
            content = f"the bridge of {named or 'stone'} is safe"
            make_quote(
                actor=actor,
                source=source,
                content=content,
                status=status,
                actor_confidence=chance.random(),
            )
        if chance.random() < 0.3:
            ExternalId.objects.create(actor=actor, value=f"Q{actor.pk}{number}")
    for _ in range(chance.randint(0, 8)):
        first, second = chance.sample(actors, 2)
        if not MergeCandidate.objects.filter(
            first__in=[first, second], second__in=[first, second]
        ).exists():
            judgement = chance.choice([None, None, *Judgement.values])
            make_pair(
                first,
                second,
                judgement,
                score=chance.random(),
                reasons=[f"reason {chance.random()}"],
            )
    return actors
