"""Brings claims up to date with what was stored: wordings that wait are read, matched and grouped.

What is written of quotes makes their wordings wait, in a table that triggers fill. They are related
after that was committed, some at once, by one process at a time. A pass that is killed leaves its
wordings waiting; one that cannot be related is set aside, with an error that is logged. Since how
two wordings relate is a matter of their words alone, it makes no difference which came first, and
a second pass over the same changes nothing; but of the least likely matches of a wording that shares
a little with many, which are but proposed, only some are found.
"""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pghistory
from django.db import InterfaceError, OperationalError, connection, transaction

from claims.gathering.candidates import (
    Candidate,
    build_candidates_sql,
    list_candidates_values,
    select_candidates_to_read,
)
from claims.gathering.factchecks import forget_subjects, look_up_factchecks_of
from claims.gathering.grouping import regroup, wait_for_grouping
from claims.gathering.pairing import FoundMatch, find_propositions, match_wordings
from claims.gathering.prints import compute_runs
from claims.gathering.reading import ReadWording, read_wordings
from claims.gathering.targets import (
    find_answers_in_articles,
    find_matches_in_articles,
    list_pairs_with_figures,
)
from claims.models import Match, WordingPrint
from claims.models.copying import format_array

logger = logging.getLogger(__name__)

WHY = "how wordings relate"  # in the history of what is written
WORDINGS_AT_ONCE = 100
# Of a wording, those that share most with it. By the quotes of 640 articles of many outlets no sure
# match is lost by that, whichever of two wordings came first.
MOST_CANDIDATES = 40

PRINTS = ("claims_wordingprint", "wording_id")

TAKE_SQL = """
    DELETE FROM claims_unrelated
     WHERE id = ANY(ARRAY(SELECT id FROM claims_unrelated ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED))
    RETURNING wording
"""
PRINTS_SQL = """
    INSERT INTO claims_wordingprint (wording_id, runs, read_as)
    SELECT wording, runs::integer[], read_as
      FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS own (wording, runs, read_as)
        ON CONFLICT (wording_id) DO UPDATE SET runs = excluded.runs, read_as = excluded.read_as
"""
CANDIDATES_SQL = build_candidates_sql(PRINTS, PRINTS)


def relate_all_waiting_wordings() -> Iterator[int]:
    """Relate all wordings that wait; yield how many were looked at, time and again."""
    while related := relate_waiting_wordings():
        yield related


def have_all_wordings_related() -> None:
    """Have all wordings read anew and related."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE claims_wordingprint SET read_as = ''")
        cursor.execute("INSERT INTO claims_unrelated (wording) SELECT id FROM claims_wording")


def relate_waiting_wordings() -> int:
    """Relate some of the wordings that wait to all others; return how many were looked at."""
    try:
        with pghistory.context(why=WHY), transaction.atomic():
            wait_for_grouping()
            taken = take_waiting_wordings(WORDINGS_AT_ONCE)
            relate_wordings(taken)
            return len(taken)
    except (OperationalError, InterfaceError):
        raise  # it is the database's fault, and no wording's
    except Exception:
        logger.exception("Some wordings could not be related; each is tried alone.")
    return sum(relate_oldest_waiting_wording() for _ in range(WORDINGS_AT_ONCE))


def relate_oldest_waiting_wording() -> int:
    """Relate the wording that waits longest; if it fails, it waits no more. Return 0 if none waits.

    It waits again as soon as one of its quotes is written.
    """
    with pghistory.context(why=WHY), transaction.atomic():
        wait_for_grouping()
        taken = take_waiting_wordings(1)
        try:
            with transaction.atomic():
                relate_wordings(taken)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            logger.exception("Wording %s could not be related and is set aside.", taken[0])
        return len(taken)


def relate_wordings(numbers: Collection[int]) -> None:
    """Relate these wordings to all others."""
    if not numbers:
        return
    waiting = set(numbers)
    read = read_wordings(waiting)
    forget_wordings(waiting - read.keys())
    changed = select_changed(read.values())
    changed += find_answers_in_articles(changed, read)
    write_prints(changed)
    look_up_factchecks_of(changed)
    touched = write_matches(changed, find_matches(changed, read))
    regroup(waiting | touched, read, find_propositions(changed))


def take_waiting_wordings(most: int) -> list[int]:
    """Take the wordings that wait longest, as many as that, and return them."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [most])
        return [number for (number,) in cursor.fetchall()]


def forget_wordings(numbers: Collection[int]) -> None:
    """Forget what was read of wordings of which readers see no quote any more."""
    if not numbers:
        return
    WordingPrint.objects.filter(wording__in=numbers).delete()
    forget_matches(Match.objects.of(*numbers))
    forget_subjects(numbers)


def forget_matches(matches: Iterable[Match]) -> set[int]:
    """Forget what was found of these pairs, not what a person decided; return their wordings."""
    gone = []
    found_no_more = []
    touched: set[int] = set()
    for match in matches:
        touched.update((match.first_id, match.second_id))
        if match.is_decided:
            found_no_more.append(match.pk)
        else:
            gone.append(match.pk)
    if gone:
        Match.objects.filter(pk__in=gone).delete()
    if found_no_more:
        Match.objects.filter(pk__in=found_no_more).exclude(found="").update(found="")
    return touched


def select_changed(wordings: Iterable[ReadWording]) -> list[ReadWording]:
    """Return the wordings that were never read, or by other quotes than now."""
    own = {wording.number: wording for wording in wordings}
    prints = WordingPrint.objects.filter(wording__in=own)
    read_as = dict(prints.values_list("wording", "read_as"))
    return [wording for number, wording in own.items() if read_as.get(number) != wording.digest]


def write_prints(wordings: Sequence[ReadWording]) -> None:
    if not wordings:
        return
    runs = []
    for wording in wordings:
        found = compute_runs(quote.utterance for quote in wording.quotes)
        runs.append(format_array(found))
    numbers = format_array(wording.number for wording in wordings)
    digests = format_array(wording.digest for wording in wordings)
    with connection.cursor() as cursor:
        cursor.execute(PRINTS_SQL, [numbers, format_array(runs), digests])


def find_matches(
    wordings: Sequence[ReadWording], read: dict[int, ReadWording]
) -> dict[tuple[int, int], FoundMatch]:
    """Return how these wordings relate to all others; these are read and added to `read`."""
    numbers = [wording.number for wording in wordings]
    pairs = find_likely_pairs(numbers) | list_pairs_found_before(numbers)
    others = {number for pair in pairs for number in pair}
    read |= read_wordings(others - read.keys())
    found = find_matches_in_articles(wordings, read)
    for one, other in sorted(pairs | list_pairs_with_figures(wordings, read)):
        if one in read and other in read:
            match = match_wordings(read[one], read[other])
            if match:
                found[match.pair] = match
    return found


def find_likely_pairs(numbers: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of wordings, one of which at least is among these, that have runs in common
    and are worth reading.
    """
    if not numbers:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_SQL, list_candidates_values(numbers, MOST_CANDIDATES))
        candidates = [Candidate(*row) for row in cursor.fetchall()]
    pairs = set()
    for asked, found, _ in select_candidates_to_read(candidates):
        pairs.add((min(asked, found), max(asked, found)))
    return pairs


def list_pairs_found_before(numbers: Sequence[int]) -> set[tuple[int, int]]:
    """Return the pairs of these wordings that matched by their words when they were read last: since
    then others may have come that share more, for which these are not to be forgotten.
    """
    matches = Match.objects.of(*numbers).exclude(found="").order_by()
    by_their_words = matches.exclude(evidence__contains=["in one article"])
    pairs = set()
    for first, second in by_their_words.values_list("first", "second"):
        pairs.add((min(first, second), max(first, second)))
    return pairs


def write_matches(
    wordings: Sequence[ReadWording], found: dict[tuple[int, int], FoundMatch]
) -> set[int]:
    """Bring the matches of these wordings to what was found; return all wordings that it concerns."""
    touched = {number for pair in found for number in pair}
    left = dict(found)
    outdated = []
    for stored in Match.objects.of(*(wording.number for wording in wordings)):
        pair = (min(stored.first_id, stored.second_id), max(stored.first_id, stored.second_id))
        match = left.pop(pair, None)
        if match is None:
            outdated.append(stored)
        else:
            update_match(stored, match)
    touched |= forget_matches(outdated)
    Match.objects.bulk_create([build_match(match) for match in left.values()])
    return touched


def build_match(match: FoundMatch) -> Match:
    return Match(
        first_id=match.first,
        second_id=match.second,
        kind=match.kind,
        score=match.score,
        evidence=list(match.evidence),
        status=match.status,
        found=match.status,
    )


def update_match(stored: Match, match: FoundMatch) -> None:
    """Bring a match to what was found now; what a person decided stays, and so does of what.

    Of a pair on which a person decided as something else, nothing is found that this could go
    back to: the decision taken back, it is read anew.
    """
    relation = {
        "first_id": match.first,
        "second_id": match.second,
        "kind": match.kind.value,
    }
    reading = {"score": match.score, "evidence": list(match.evidence)}
    if not stored.is_decided:
        values = {
            **relation,
            **reading,
            "status": match.status.value,
            "found": match.status.value,
        }
    elif has_values(stored, relation):
        values = {**reading, "found": match.status.value}
    else:
        values = {"found": ""}
    if not has_values(stored, values):
        Match.objects.filter(pk=stored.pk).update(**values)


def has_values(match: Match, values: Mapping[str, object]) -> bool:
    return all(getattr(match, name) == value for name, value in values.items())
