"""Finds the articles that are copies of one text, and groups them.

What comes in waits in a table that triggers fill. It is compared after it was committed, many at
once where many wait, by one process at a time: so no two copies that come in at once pass each
other by, and whichever comes first, the same are grouped. A pass that is killed leaves its texts
waiting for the next one.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import pghistory
from django.db import connection, transaction

from claims.models import CopyPair
from claims.models.copying import format_array
from claims.passages.shingles import (
    LEAST_SHARE,
    LEAST_SHARE_NEAR,
    JoinedShingles,
    TextShingles,
    compute_share,
)

# The number of the advisory lock that lets one process compare at a time.
COMPARING_LOCK = 7_239_055
TEXTS_AT_ONCE = 200
MOST_CANDIDATES = 30  # of a text: those that have most bands in common with it
# From so many texts on, whoever stored them leaves them to another process that compares already.
MANY_TEXTS = 50

# Texts are looked up by their bands, also where PostgreSQL knows of few yet: of a table that has just
# grown it would read all of them for each.
BY_INDEXES_SQL = "set_config('enable_seqscan', 'off', true)"
# The newest come first, so that what has just come in does not wait for what waited long. An
# article that somebody is writing is left for later. What was known of an edited text goes, but
# not what a curator decided.
TAKE_SQL = """
    WITH waiting AS (
        SELECT a.id, a.text
          FROM claims_uncompared u JOIN claims_article a ON a.id = u.article_id
         ORDER BY u.article_id DESC LIMIT %s
           FOR UPDATE SKIP LOCKED),
    taken AS (
        DELETE FROM claims_uncompared WHERE article_id IN (SELECT id FROM waiting)),
    forgotten AS (
        DELETE FROM claims_copypair
         WHERE (first_id = ANY(ARRAY(SELECT id FROM waiting))
                OR second_id = ANY(ARRAY(SELECT id FROM waiting)))
           AND refused_at IS NULL)
    SELECT id, text,
           EXISTS (SELECT FROM claims_fingerprint WHERE article_id = id AND shared_text IS NOT NULL)
      FROM waiting
"""
FINGERPRINTS_SQL = """
    INSERT INTO claims_fingerprint (article_id, bands)
    SELECT article, bands::integer[] FROM unnest(%s::bigint[], %s::text[]) AS own (article, bands)
        ON CONFLICT (article_id) DO UPDATE SET bands = excluded.bands
"""
CANDIDATES_SQL = """
    SELECT own.article_id, found.article_id, found.shared_text, a.text
      FROM claims_fingerprint own
     CROSS JOIN LATERAL (
           SELECT other.article_id, other.shared_text
             FROM claims_fingerprint other
            WHERE other.bands && own.bands AND other.article_id <> own.article_id
            ORDER BY cardinality(ARRAY(SELECT unnest(other.bands) INTERSECT SELECT unnest(own.bands))) DESC,
                     other.article_id
            LIMIT %s) found
      JOIN claims_article a ON a.id = found.article_id
     WHERE own.article_id = ANY(%s)
"""
GROUPS_SQL = """
    SELECT article_id, shared_text
      FROM claims_fingerprint
     WHERE article_id = ANY(%(articles)s)
        OR shared_text IN (SELECT shared_text FROM claims_fingerprint WHERE article_id = ANY(%(articles)s))
"""
REGROUP_SQL = """
    UPDATE claims_fingerprint f SET shared_text = now.number
      FROM unnest(%s::bigint[], %s::bigint[]) AS now (article_id, number)
     WHERE f.article_id = now.article_id
"""


class WaitingText(NamedTuple):
    """A text to be compared, and whether its article is in a group already."""

    article: int
    text: str
    is_grouped: bool


class FoundPair(NamedTuple):
    """Two articles, the one with the lower number first, and how much of the shorter text the
    longer one has.
    """

    first: int
    second: int
    share: float


class ComparedTexts:
    """Texts by their articles, and the numbers of the groups that these are in."""

    def __init__(self, shingles: dict[int, TextShingles]):
        self.shingles = shingles
        self.groups: dict[int, int | None] = {}

    def get_group(self, article: int) -> int:
        """Return the number of an article's group; it is alone in that of its own number."""
        return self.groups.get(article) or article

    def are_grouped(self, pair: FoundPair) -> bool:
        return self.get_group(pair.first) == self.get_group(pair.second)

    def have_refused_pair(self, pair: FoundPair, refused: Iterable[tuple[int, int]]) -> bool:
        """Tell whether one of the refused pairs is of the same two groups."""
        groups = {self.get_group(pair.first), self.get_group(pair.second)}
        return any({self.get_group(one), self.get_group(two)} == groups for one, two in refused)

    def join_groups(self, pair: FoundPair) -> None:
        joined, other = self.get_group(pair.first), self.get_group(pair.second)
        for article in self.shingles:
            if self.get_group(article) == other:
                self.groups[article] = joined

    def compute_share_by_groups(self, pair: FoundPair) -> float:
        """Return how much of one text the group of the other has together: the greater share."""
        shares = [pair.share]
        for article, other in (pair[:2], (pair.second, pair.first)):
            group = self.get_group(other)
            members = [each for each in self.shingles if self.get_group(each) == group]
            if len(members) > 1:
                joined = JoinedShingles([self.shingles[member] for member in members])
                shares.append(compute_share(self.shingles[article], joined))
        return max(shares)


def compare_when_stored(stored: int = 1) -> None:
    """Have the texts that wait compared as soon as this transaction is committed.

    Whoever stores many at a time, as `load` does in several processes, does not wait for another
    process that compares, and comes back to what is left in the end. Whatever goes wrong with all
    that does not touch what was stored: it waits for the next time.
    """
    waits = stored < MANY_TEXTS
    transaction.on_commit(lambda: compare_waiting_texts(waits=waits), robust=True)


def have_all_texts_compared() -> None:
    """Have the texts of all articles wait to be compared."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO claims_uncompared (article_id)"
            " SELECT id FROM claims_article ON CONFLICT DO NOTHING"
        )


def compare_all_waiting_texts() -> Iterator[int]:
    """Compare all texts that wait; yield how many were compared, time and again."""
    while compared := compare_waiting_texts():
        yield compared


def compare_waiting_texts(*, waits: bool = True) -> int:
    """Compare some of the texts that wait with all others, and group the copies.

    Return how many were compared: none where somebody else compares, unless it `waits` for that.
    """
    with pghistory.context(why="copies of one text"), transaction.atomic():
        if waits:
            wait_for_comparing()
        elif not try_to_compare():
            return 0
        waiting = take_waiting_texts()
        if not waiting:
            return 0
        texts = ComparedTexts({text.article: TextShingles(text.text) for text in waiting})
        write_fingerprints(texts.shingles)
        pairs = find_likely_pairs(texts)
        write_pairs([pair for pair in pairs if pair.share >= LEAST_SHARE])
        changed = {text.article for text in waiting if text.is_grouped}
        texts.groups |= group_copies(changed | list_articles(pairs))
        by_groups = find_copies_of_groups(texts, pairs)
        write_pairs(by_groups)
        group_copies(list_articles(by_groups))
        return len(waiting)


def wait_for_comparing() -> None:
    """Wait until nobody else compares, and keep others waiting until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock(%s), {BY_INDEXES_SQL}", [COMPARING_LOCK])


def try_to_compare() -> bool:
    """Keep others from comparing until this transaction ends, unless somebody compares already."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock(%s), {BY_INDEXES_SQL}", [COMPARING_LOCK])
        ((is_free, _),) = cursor.fetchall()
    return bool(is_free)


def take_waiting_texts() -> list[WaitingText]:
    with connection.cursor() as cursor:
        cursor.execute(TAKE_SQL, [TEXTS_AT_ONCE])
        return [WaitingText(*row) for row in cursor.fetchall()]


def write_fingerprints(shingles: dict[int, TextShingles]) -> None:
    bands = [format_array(own.bands) for own in shingles.values()]
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINTS_SQL, [format_array(shingles), format_array(bands)])


def find_likely_pairs(texts: ComparedTexts) -> list[FoundPair]:
    """Return the pairs of texts, one of which at least has been waiting, that have much in common.

    The other texts are added to `texts`, with their groups.
    """
    waiting = list(texts.shingles)
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES_SQL, [MOST_CANDIDATES, waiting])
        for article, other, group, text in cursor.fetchall():
            if other not in texts.shingles:
                texts.shingles[other] = TextShingles(text)
                texts.groups[other] = group
            share = compute_share(texts.shingles[article], texts.shingles[other])
            if share >= LEAST_SHARE_NEAR:
                found.add(FoundPair(min(article, other), max(article, other), share))
    return sorted(found)


def find_copies_of_groups(texts: ComparedTexts, pairs: Sequence[FoundPair]) -> list[FoundPair]:
    """Return those pairs, of texts in different groups, of which one is a copy of what the group of
    the other has together.

    Where each outlet cuts something else, no two may have enough in common, and nobody the whole.
    Groups stay apart between which a curator refused a pair.
    """
    found: list[FoundPair] = []
    left = [pair for pair in pairs if not texts.are_grouped(pair)]
    refused = find_refused_pairs(texts.shingles) if left else []
    is_changed = bool(left)
    while is_changed:
        is_changed = False
        for pair in left:
            if texts.are_grouped(pair) or texts.have_refused_pair(pair, refused):
                continue
            share = texts.compute_share_by_groups(pair)
            if share >= LEAST_SHARE:
                found.append(FoundPair(pair.first, pair.second, share))
                texts.join_groups(pair)
                is_changed = True
    return found


def find_refused_pairs(articles: Collection[int]) -> list[tuple[int, int]]:
    """Return the pairs of these articles that a curator found to be no copies."""
    refused = CopyPair.objects.filter(refused_at__isnull=False)
    among_these = refused.filter(first__in=articles, second__in=articles).order_by()
    return list(among_these.values_list("first", "second"))


def list_articles(pairs: Iterable[FoundPair]) -> set[int]:
    return {article for pair in pairs for article in pair[:2]}


def write_pairs(pairs: Sequence[FoundPair]) -> None:
    """Store the pairs that are not known; one that a curator refused stays so."""
    rows = [
        CopyPair(first_id=first, second_id=second, share=share) for first, second, share in pairs
    ]
    if rows:
        CopyPair.objects.bulk_create(rows, ignore_conflicts=True)


def group_copies(changed: Collection[int]) -> dict[int, int | None]:
    """Give these articles, and all in their groups, the groups that the pairs make of them.

    A group has all that are copies of one another, be it by way of others. Return the number of
    each article's group.
    """
    if not changed:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(GROUPS_SQL, {"articles": list(changed)})
        numbers = dict(cursor.fetchall())
    pairs = CopyPair.objects.standing().filter(first__in=numbers, second__in=numbers).order_by()
    leads = find_leads(numbers, pairs.values_list("first", "second"))
    sizes = Counter(leads.values())
    moved: dict[int, int | None] = {}
    for article, lead in leads.items():
        number = lead if sizes[lead] > 1 else None
        if numbers[article] != number:
            moved[article] = number
    if moved:
        with connection.cursor() as cursor:
            cursor.execute(REGROUP_SQL, [list(moved), list(moved.values())])
    return numbers | moved


def find_leads(articles: Iterable[int], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Return, for each article, the lowest number among all that pairs lead to from it."""
    leads = {article: article for article in articles}

    def find_lead(article: int) -> int:
        while leads[article] != article:
            leads[article] = leads[leads[article]]
            article = leads[article]
        return article

    for first, second in pairs:
        one, other = find_lead(first), find_lead(second)
        leads[max(one, other)] = min(one, other)
    return {article: find_lead(article) for article in leads}
