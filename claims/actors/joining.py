"""Takes names for one actor's, across articles, once what is stored says that surely.

Each article's names are stored as actors of their own, by name alone (`resolution.py`). Which of
these are one is then worked out from all that articles say, and from what people judged, so it does
not matter which came first: the result is a function of what is stored. What articles newly say
waits in a table that triggers fill, so that a pass that is killed is made up for by the next one. A
pass looks at the namesakes of those that wait, and at no one else.

A name that is taken for an actor's stays an actor (`ActorJoin`), with its address leading there, and
each quote keeps whom its article names. So everything can be undone, and is when the evidence is gone.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import pghistory
from django.contrib.auth.models import User
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from claims.actors.bare_names import find_bearer_meant
from claims.actors.grouping import group_full_names
from claims.actors.initials import find_bodies_by_initials
from claims.actors.likeness import split_person_name
from claims.actors.named_people import FoundJoin, NamedPerson
from claims.actors.sightings import (
    WORDS_BEFORE_BARE_NAMES,
    Namesakes,
    Stories,
    read_namesakes,
    run_query,
)
from claims.actors.writing_joins import (
    UNSURE_SCORE,
    move_quotes,
    propose_unsure,
    write_joins,
)
from claims.history.writing import add_beside_others
from claims.models import ActorJoin, Judgement, MergeCandidate, Unjoined
from claims.models.copying import format_array
from claims.models.names import build_initials, build_name_key

logger = logging.getLogger(__name__)

# The number of the advisory lock that lets one process join at a time.
JOINING_LOCK = 7_239_057
NAMES_AT_ONCE = 300  # in one transaction, so that nobody waits long for it
ROWS_AT_ONCE = 20_000  # from which they are chosen
WHY = "who is who, by what articles say"

CLASS_OF_ROLLBACKS = "40"  # the beginning of PostgreSQL's SQLSTATEs of these

# Of what has waited longest some names, those of one surname together.
TAKE_SQL = """
    WITH oldest AS (
         SELECT waiting.id, coalesce(waiting.actor_id, 0) AS number, waiting.name,
                actor.kind, coalesce(actor.key, '') AS key
           FROM (SELECT * FROM claims_unjoined ORDER BY id LIMIT %(most)s) waiting
           LEFT JOIN claims_actor actor ON actor.id = waiting.actor_id),
         chosen AS (
         SELECT number, name FROM oldest
          GROUP BY number, name, key
          ORDER BY substring(coalesce(nullif(key, ''), lower(name)) FROM '[^ ]*$'), number, name
          LIMIT %(names)s),
         taken AS (
         DELETE FROM claims_unjoined
          WHERE id IN (SELECT id FROM oldest JOIN chosen USING (number, name)))
    SELECT DISTINCT kind, key, name FROM oldest JOIN chosen USING (number, name)
"""
NAMES_OF_SQL = """
    SELECT DISTINCT kind, key FROM claims_actor
     WHERE id = ANY(%(actors)s::bigint[]) AND kind <> 'unnamed'
"""
HAVE_BARE_SQL = """
    SELECT DISTINCT wanted.word
      FROM unnest(%(words)s::text[], %(keys)s::text[]) AS wanted (word, key)
     WHERE EXISTS (SELECT FROM claims_actor
                    WHERE key = wanted.key AND article_id IS NOT NULL AND kind = 'person')
"""
# Words that two persons or more have, or one who is taken for another: the others are alone.
SHARED_BY_SEVERAL_SQL = """
    SELECT wanted.word
      FROM unnest(%(words)s::text[]) AS wanted (word)
     CROSS JOIN LATERAL (
             WITH bearers AS MATERIALIZED (
                  SELECT id FROM claims_actor
                   WHERE CASE WHEN article_id IS NULL AND NOT kind = 'unnamed' THEN words END
                         @> ARRAY[wanted.word]
                     AND kind = 'person')
           SELECT count(*) AS number,
                  bool_or(EXISTS (SELECT FROM claims_actorjoin WHERE alias_id = limited.id)) AS is_joined
             FROM (SELECT id FROM bearers LIMIT 2) limited) found
     WHERE found.number > 1 OR found.is_joined
"""


@dataclass(frozen=True, slots=True)
class WaitingName:
    """What waits: the kind of an actor and the key of its name."""

    kind: str
    key: str


def join_all_waiting_names(*, is_patient: bool = True) -> Iterator[int]:
    """Find the joins of all names that wait; yield how many joins were changed, time and again.

    Whoever is not patient ends at once where another joins: that one does it.
    """
    while has_waiting_names():
        changed = join_waiting_names(is_patient=is_patient)
        if changed is None:
            return
        yield changed


def has_waiting_names() -> bool:
    return bool(run_query("SELECT 1 FROM claims_unjoined LIMIT 1"))


def have_all_names_joined() -> None:
    """Have the joins of all actors found anew."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO claims_unjoined (actor_id) SELECT id FROM claims_actor")


def join_waiting_names(*, is_patient: bool = True) -> int | None:
    """Find the joins of some names that wait, and of their namesakes; return how many changed.

    Return None where another joins, for whoever is not patient.
    """
    with pghistory.context(why=WHY), transaction.atomic():
        if not begin_joining(is_patient=is_patient):
            return None
        waiting = take_waiting_names()
        if not waiting:
            return 0
        return Joiner(waiting).join()


def join_names_of(actors: Sequence[int]) -> None:
    """Find the joins of these actors' names, unless another joins: the next pass does it too."""
    with pghistory.context(why=WHY), transaction.atomic():
        if begin_joining(is_patient=False):
            rows = run_query(NAMES_OF_SQL, actors=format_array(actors))
            Joiner([WaitingName(kind, key) for kind, key in rows]).join()


def begin_joining(*, is_patient: bool) -> bool:
    """Keep others from joining and from changing what is there until this transaction ends.

    Wait until nobody else joins; whoever is not patient gets False instead.
    """
    add_beside_others()
    if not is_patient:
        return try_to_join()
    wait_for_joining()
    return True


def wait_for_joining() -> None:
    """Wait until nobody else joins, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [JOINING_LOCK])


def try_to_join() -> bool:
    """Keep others from joining until this transaction ends, unless somebody joins already."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [JOINING_LOCK])
        ((is_free,),) = cursor.fetchall()
    return bool(is_free)


def take_waiting_names() -> list[WaitingName]:
    names = set()
    for kind, key, name in run_query(TAKE_SQL, most=ROWS_AT_ONCE, names=NAMES_AT_ONCE):
        if name:  # of one that is gone, whose kind nobody knows
            names.add(WaitingName("", build_name_key(name)))
        elif kind and kind != "unnamed":
            names.add(WaitingName(kind, key))
    return sorted(names, key=lambda name: (name.kind, name.key))


class Joiner:
    """Finds the joins of the namesakes of some names, and writes what differs from what there is.

    Full names come first, as a bare one is taken for what they are taken for.
    """

    def __init__(self, waiting: Sequence[WaitingName]):
        self.stories = Stories()
        people = [name for name in waiting if name.kind in ("person", "")]
        bodies = [name for name in waiting if name.kind != "person"]
        self.surnames = sorted({split_person_name(name.key).surname for name in people} - {""})
        self.words = {word for name in people for word in name.key.split()}
        self.initials = set()
        for name in bodies:
            is_one_word = " " not in name.key
            self.initials.add(name.key if is_one_word else build_initials(name.key))

    def join(self) -> int:
        changed = 0
        for surname in find_shared_words(self.surnames):
            changed += join_alone(self.join_full_names, surname)
        for word in find_words_with_bare_names(self.words):
            changed += join_alone(self.join_bare_names, word)
        for word in sorted(self.initials):
            changed += join_alone(self.join_bodies, word)
        return changed

    def join_full_names(self, surname: str) -> int:
        namesakes = read_namesakes(surname, with_bare=False)
        people = [each for each in namesakes.full if each.name.surname == surname]
        full = [each for each in people if each.name.given]
        self.stories.ignored = collect_words(full)
        grouping = group_full_names(full, namesakes.apart, self.stories.count)
        changed = write_joins([each.number for each in people], grouping.joins)
        if changed:
            self.words |= collect_words(full)
        propose_unsure(grouping.unsure)
        return changed

    def join_bare_names(self, word: str) -> int:
        namesakes = read_namesakes(word, with_bare=True)
        self.stories.ignored = frozenset({word})
        found = list(self.find_meant(word, namesakes))
        propose_unsure(join for join in found if not join.is_sure)
        sure = [join for join in found if join.is_sure]
        return write_joins([each.number for each in namesakes.bare], sure)

    def find_meant(self, word: str, namesakes: Namesakes) -> Iterator[FoundJoin]:
        bearers = namesakes.list_bearers(word)
        bearers.sort(key=lambda bearer: sorted(bearer.given))
        for bare in sorted(namesakes.bare, key=lambda each: each.number):
            if len(bare.sightings) != 1:
                continue
            titles = namesakes.titles[bare.number]
            meant = find_bearer_meant(bare, titles, bearers, namesakes.apart, self.stories.count)
            if meant:
                yield meant

    def join_bodies(self, initials: str) -> int:
        looked_at, joins = find_bodies_by_initials([initials])
        return write_joins(looked_at, joins)


def join_alone(join: Callable[[str], int], word: str) -> int:
    """Return how many joins one word changes; one that the database refuses changes nothing.

    It is set aside, so that no other name has to wait for it, until something new wakes it.
    """
    try:
        with transaction.atomic():
            changed = join(word)
            connection.check_constraints()
            return changed
    except DatabaseError as error:
        if connection.needs_rollback or is_rolled_back(error):
            raise
        logger.exception("The names with “%s” are set aside: they cannot be joined", word)
        return 0


def is_rolled_back(error: DatabaseError) -> bool:
    """Return whether a transaction has to be done again as a whole, such as one of two that waited
    for each other.
    """
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return state.startswith(CLASS_OF_ROLLBACKS)


def collect_words(people: Iterable[NamedPerson]) -> frozenset[str]:
    return frozenset(word for each in people for word in each.key.split())


def find_shared_words(words: Iterable[str]) -> list[str]:
    """Return those of the words in the names of persons that several have."""
    rows = run_query(SHARED_BY_SEVERAL_SQL, words=format_array(words))
    return sorted(word for (word,) in rows)


def find_words_with_bare_names(words: Iterable[str]) -> list[str]:
    """Return those of the words by which somebody is called in an article, a title aside."""
    pairs = []
    for word in sorted(words):
        pairs.append((word, word))
        pairs += [(word, f"{title} {word}") for title in WORDS_BEFORE_BARE_NAMES]
    rows = run_query(
        HAVE_BARE_SQL,
        words=format_array(word for word, _ in pairs),
        keys=format_array(key for _, key in pairs),
    )
    return sorted(word for (word,) in rows)


def part_joins(actors: Sequence[int]) -> None:
    """Let names be actors of their own again that are taken for these actors', or are these.

    The next pass takes them for what they are then.
    """
    joins = ActorJoin.objects.filter(Q(alias__in=actors) | Q(actor__in=actors)).order_by()
    before = dict(joins.values_list("alias", "actor"))
    if before:
        joins.delete()
        move_quotes(dict.fromkeys(before, 0), before)
    have_names_joined([*actors, *before])


def have_names_joined(actors: Iterable[int]) -> None:
    """Have the joins of actors found anew, as soon as this transaction is committed."""
    numbers = sorted(set(actors))
    Unjoined.objects.bulk_create([Unjoined(actor_id=number) for number in numbers])
    join_when_stored(numbers)


def join_when_stored(actors: Iterable[int]) -> None:
    """Have the joins of these actors found as soon as this transaction is committed.

    They wait as well, and all others do: whatever goes wrong here is made up for by the next pass.
    """
    transaction.on_commit(partial(join_names_of, sorted(set(actors))), robust=True)


def tell_apart(joins: Iterable[ActorJoin], user: User) -> int:
    """Record that names are not those of the actors that they are taken for; return how many.

    That is a judgement on each pair, which can be taken back as any other.
    """
    parted = list(joins)
    for join in parted:
        first, second = sorted((join.alias_id, join.actor_id))
        pair, _ = MergeCandidate.objects.get_or_create(
            first_id=first,
            second_id=second,
            defaults={"score": UNSURE_SCORE, "reasons": join.reasons},
        )
        MergeCandidate.objects.filter(pk=pair.pk).judge(Judgement.DIFFERENT, user)
    join_when_stored(number for join in parted for number in (join.alias_id, join.actor_id))
    return len(parted)
