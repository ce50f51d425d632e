"""Writes which names are taken for which actors, and has their quotes follow; or takes that back."""

import json
from collections.abc import Iterable, Sequence

from django.db import connection

from claims.actors.named_people import FoundJoin
from claims.models import About, ActorJoin, Quote
from claims.models.copying import format_array

UNSURE_SCORE = 0.6  # of a pair that a person parted
NAMES_ALONE_REASON = "the names may be one person's"

PROPOSE_SQL = """
    INSERT INTO claims_mergecandidate AS pair (first_id, second_id, score, reasons)
    SELECT * FROM unnest(%(firsts)s::bigint[], %(seconds)s::bigint[],
                         %(scores)s::double precision[], %(reasons)s::jsonb[])
        ON CONFLICT (first_id, second_id) DO UPDATE
       SET score = EXCLUDED.score, reasons = EXCLUDED.reasons
     WHERE pair.judgement IS NULL
       AND (pair.score, pair.reasons) IS DISTINCT FROM (EXCLUDED.score, EXCLUDED.reasons)
"""

# To `actor`, 0 for what is joined no more. What stands with neither the alias nor the actor that it
# was taken for (`before`) has been given another speaker by a person, and stays.
MOVE_QUOTES_SQL = """
    UPDATE claims_quote quote
       SET actor_id = coalesce(nullif(found.actor, 0), found.alias),
           named_as_id = CASE WHEN found.actor <> 0 THEN found.alias END
      FROM unnest(%(aliases)s::bigint[], %(actors)s::bigint[], %(before)s::bigint[])
           AS found (alias, actor, before)
     WHERE (quote.named_as_id = found.alias
            AND (quote.status = 'unreviewed' OR quote.actor_id = found.before)
            OR quote.actor_id = CASE WHEN found.actor <> 0 THEN found.alias END
            AND quote.named_as_id IS NULL)
       AND quote.actor_id <> coalesce(nullif(found.actor, 0), found.alias)
"""
# Of several notes that one quote is about one actor, by several names, the first moves alone.
MOVE_ABOUTS_SQL = """
    UPDATE claims_about about
       SET actor_id = moved.actor, named_as_id = nullif(moved.alias, moved.actor)
      FROM (SELECT DISTINCT ON (one.quote_id, target.actor) one.id, target.alias, target.actor
              FROM unnest(%(aliases)s::bigint[], %(actors)s::bigint[]) AS found (alias, actor)
             CROSS JOIN LATERAL (
                   SELECT found.alias, coalesce(nullif(found.actor, 0), found.alias) AS actor
                   ) target
              JOIN claims_about one
                ON one.named_as_id = found.alias
                   OR one.actor_id = CASE WHEN found.actor <> 0 THEN found.alias END
                   AND one.named_as_id IS NULL
             ORDER BY one.quote_id, target.actor, one.id) moved
     WHERE about.id = moved.id AND about.actor_id <> moved.actor
       AND NOT EXISTS (
           SELECT FROM claims_about other
            WHERE other.quote_id = about.quote_id AND other.actor_id = moved.actor)
"""


def write_joins(looked_at: Sequence[int], found: Sequence[FoundJoin]) -> int:
    """Bring the joins of the actors looked at to what was found; return how many changed.

    The quotes go with them, and so do those that were stored while their joins were others.
    """
    wanted = {join.alias: join for join in found}
    stored = {
        join.alias_id: join for join in ActorJoin.objects.filter(alias__in=looked_at).order_by()
    }
    gone = [alias for alias in stored if alias not in wanted]
    new = [
        ActorJoin(alias_id=alias, actor_id=join.actor, reasons=list(join.reasons))
        for alias, join in sorted(wanted.items())
        if alias not in stored or stored[alias].actor_id != join.actor
    ]
    changed = [*gone, *(join.alias_id for join in new)]
    if changed:
        ActorJoin.objects.filter(alias__in=changed).delete()
        ActorJoin.objects.bulk_create(new)
        follow_heads({join.alias_id: join.actor_id for join in new})
    moves = dict.fromkeys(looked_at, 0) | {alias: join.actor for alias, join in wanted.items()}
    move_quotes(moves, {alias: join.actor_id for alias, join in stored.items()})
    return len(changed)


def follow_heads(heads: dict[int, int]) -> None:
    """Have what was taken for one that is now an alias itself be taken for its actor."""
    followers = list(ActorJoin.objects.filter(actor__in=heads).order_by("pk"))
    moves = {}
    before = {}
    for join in followers:
        before[join.alias_id] = join.actor_id
        join.actor_id = heads[join.actor_id]
        moves[join.alias_id] = join.actor_id
    ActorJoin.objects.bulk_update(followers, ["actor"])
    move_quotes(moves, before)


def move_quotes(moves: dict[int, int], before: dict[int, int]) -> None:
    """Give the quotes of aliases, and the notes about them, to their actors; back to them for 0.

    `before` has whom they were taken for until now.
    """
    if not moves:
        return
    values = {
        "aliases": format_array(moves),
        "actors": format_array(moves.values()),
        "before": format_array(before.get(alias) for alias in moves),
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE_QUOTES_SQL, values)
        cursor.execute(MOVE_ABOUTS_SQL, values)


def propose_unsure(pairs: Iterable[FoundJoin]) -> None:
    """Store the pairs that may be one for a person to judge, with what is known of them by now.

    What a person judged stays as it is.
    """
    rows: dict[tuple[int, int], tuple[str, str]] = {}
    for pair in pairs:
        first, second = sorted((pair.alias, pair.actor))
        reasons = list(pair.reasons) or [NAMES_ALONE_REASON]
        rows[first, second] = str(round(pair.score, 2)), json.dumps(reasons, ensure_ascii=False)
    if not rows:
        return
    values = {
        "firsts": format_array(first for first, _ in rows),
        "seconds": format_array(second for _, second in rows),
        "scores": format_array(score for score, _ in rows.values()),
        "reasons": format_array(reasons for _, reasons in rows.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(PROPOSE_SQL, values)


def forget_names(actors: Sequence[int]) -> None:
    """Have no quote and no note name these actors any more, which are about to go.

    That are those to which a person has given somebody else since.
    """
    for model in (Quote, About):
        model._default_manager.filter(named_as__in=actors).update(named_as=None)
