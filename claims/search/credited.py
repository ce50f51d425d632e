"""The same words credited to different people, where two outlets do so and neither speaker is in doubt."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations

import numpy as np

from claims.models import Match, MatchKind, Quote
from claims.search.columns import (
    ASSERTS_CODE,
    CODED_VALUES,
    REJECTED_CODE,
    Columns,
    ColumnValues,
    RowNumbers,
)

NAMED_CODE = CODED_VALUES["speaker"].index("named")
MOST_CLAIMS_LOOKED_AT = 300  # told by several people, those with the latest quotes
MOST_QUOTES_LOOKED_AT = 3000  # of them
MOST_QUOTES_OF_CLAIM = 40
FEWEST_WORDS = 5  # fewer may well be said by two
LIKE_NAMES = 0.75  # of two spellings of one name
SPEAKER_FIELDS = ("content", "status", "actor_confidence", "actor__name", "wording_id")


def find_credits(known: Columns, rows: RowNumbers) -> dict[int, list[int]]:
    """Return claims whose words are credited to two people, with the row of a quote by each, the
    latest first.

    `rows` are those of claims that several assert. It takes two queries, or none where there are none.
    """
    if not len(rows):
        return {}
    by_claim: dict[int, list[Quote]] = {}
    row_of = dict(zip(known["id"][rows].tolist(), rows.tolist(), strict=True))
    for quote in fetch_told_by_people(row_of):
        by_claim.setdefault(int(known["claim"][row_of[quote.pk]]), []).append(quote)
    copies = find_copies(by_claim)
    credits_of = {}
    for claim, quotes in by_claim.items():
        for one, other in pair_quotes(quotes[:MOST_QUOTES_OF_CLAIM], copies):
            first, second = row_of[one.pk], row_of[other.pk]
            is_of_two_outlets = known["outlet"][first] != known["outlet"][second]
            if is_of_two_outlets and not is_name_like(one, other):
                credits_of[claim] = [first, second]
                break
    return credits_of


def fetch_told_by_people(row_of: Mapping[int, int]) -> list[Quote]:
    """Return those of some quotes, the latest first, that are by people of whom we are sure; of each
    person with each wording one.
    """
    told = Quote.objects.filter(pk__in=row_of, actor__kind="person").select_related("actor")
    quotes = sorted(told.only(*SPEAKER_FIELDS).order_by(), key=lambda quote: row_of[quote.pk])
    latest: dict[tuple[int, int | None], Quote] = {}
    for quote in quotes:
        if not quote.has_unsure_speaker and len(quote.content.split()) >= FEWEST_WORDS:
            latest.setdefault((quote.wording_id, quote.actor_id), quote)
    return list(latest.values())


def select_rows_of_several(known: Columns) -> RowNumbers:
    """Return the rows of claims that several known speakers assert in several outlets, the latest."""
    is_told = (known["status"] != REJECTED_CODE) & (known["stance"] == ASSERTS_CODE)
    is_told &= known["proposition"] & (known["speaker"] == NAMED_CODE)
    rows = np.flatnonzero(is_told)
    claims = known["claim"][rows]
    rows = rows[np.bincount(claims)[claims] > 1]  # which few are, and only these are sorted
    claims = known["claim"][rows]
    several = mask_claims_of_several(claims, known["actor"][rows])
    several &= mask_claims_of_several(claims, known["outlet"][rows])
    rows = rows[several]
    claims = known["claim"][rows]
    distinct, first = np.unique(claims, return_index=True)
    latest = distinct[np.argsort(first)[:MOST_CLAIMS_LOOKED_AT]]
    return rows[np.isin(claims, latest)][:MOST_QUOTES_LOOKED_AT]


def mask_claims_of_several(claims: ColumnValues, values: ColumnValues) -> ColumnValues:
    """Return for each of these quotes whether its claim has several of the values."""
    if not len(claims):
        return np.zeros(0, np.bool_)
    width = int(values.max()) + 1
    pairs = np.unique(claims * width + values)
    return np.asarray(np.bincount(pairs // width)[claims] > 1)


def find_copies(claims: Iterable[int]) -> set[tuple[int, int]]:
    """Return the pairs of wordings of these claims that are copies, either way round."""
    matches = Match.objects.joining().filter(kind=MatchKind.COPY, first__claim__in=claims)
    pairs: set[tuple[int, int]] = set()
    for first, second in matches.order_by().values_list("first", "second"):
        pairs |= {(first, second), (second, first)}
    return pairs


def pair_quotes(
    quotes: Sequence[Quote], copies: set[tuple[int, int]]
) -> Iterator[tuple[Quote, Quote]]:
    """Yield the pairs of quotes with the same words, credited to two actors."""
    for one, other in combinations(quotes, 2):
        wordings = (one.wording_id, other.wording_id)
        is_same = one.wording_id == other.wording_id or wordings in copies
        if is_same and one.actor_id != other.actor_id:
            yield one, other


def is_name_like(one: Quote, other: Quote) -> bool:
    """Tell whether two names may well be one person's: a word of both is the same, or nearly all is."""
    first, second = (quote.actor.name.casefold() if quote.actor else "" for quote in (one, other))
    shared = set(re.findall(r"\w+", first)).intersection(re.findall(r"\w+", second))
    return bool(shared) or SequenceMatcher(None, first, second).ratio() >= LIKE_NAMES
