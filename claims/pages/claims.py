"""The claims that an actor repeats, and those that two actors both speak of."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from claims.models import Actor, Claim
from claims.search.columns import (
    ASSERTS_CODE,
    CODED_VALUES,
    DENIES_CODE,
    Columns,
    ColumnValues,
    RowNumbers,
)
from claims.search.counting import count_crossed_places, list_stance_counts
from claims.search.quoted import select_standing
from claims.search.reading import UNKNOWN_SPEAKER_NUMBER

REPEATED_CLAIMS_SHOWN = 5
REPEATED_CLAIMS_LOOKED_AT = 40  # claims read, to choose those shown from
SHARED_CLAIMS_SHOWN = 10
SHARED_CLAIMS_LOOKED_AT = 40  # claims read, to choose those shown from
LEAST_CLAIM_WORDS = 3  # a claim of fewer words says little by itself, outside its article
STANCES_COUNTED = len(CODED_VALUES["stance"])

StanceCounts = list[tuple[str, int]]  # each stance taken, with the number of quotes that take it


@dataclass(frozen=True, slots=True)
class RepeatedClaim:
    """A claim that an actor made and that two quotes or more stand behind.

    `others` are those whose name is known.
    """

    claim: Claim
    own: StanceCounts
    others: StanceCounts
    quotes: int
    articles: int


@dataclass(frozen=True, slots=True)
class SharedClaim:
    """A claim that two actors spoke of, and the stances of each."""

    claim: Claim
    stances: list[StanceCounts]


def has_enough_words(claim: Claim) -> bool:
    """Tell whether a claim says something by itself, outside the article that it stands in."""
    return len(claim.text.split()) >= LEAST_CLAIM_WORDS


# Repeated by one


def list_repeated_claims(
    actor: Actor, columns: Columns, own: RowNumbers, *, is_once: bool
) -> list[RepeatedClaim]:
    """Return the claims that an actor made most often, then those that stand in the most articles.

    `own` are the rows of the actor's quotes; each text counts once or with every copy, there and
    here. A claim of a single quote is not repeated.
    """
    standing = select_standing(columns, is_once=is_once)
    rows, quotes, own_quotes = select_claims_of_several(columns, standing, own)
    articles = count_articles_of_claims(columns, rows, len(quotes))
    numbers = np.unique(columns["claim"][rows])
    order = np.lexsort((-numbers, -articles[numbers], -own_quotes[numbers]))
    candidates = numbers[order[:REPEATED_CLAIMS_LOOKED_AT]].tolist()
    claims = Claim.objects.defer("search").in_bulk(candidates)

    repeated = []
    for number in candidates:
        claim = claims.get(number)
        if claim is None or not (articles[number] > 1 or has_enough_words(claim)):
            continue
        of_claim = rows[columns["claim"][rows] == number]
        by_whom = columns["actor"][of_claim]
        by_actor = by_whom == actor.pk
        by_others = (by_whom != actor.pk) & (by_whom != UNKNOWN_SPEAKER_NUMBER)
        repeated_claim = RepeatedClaim(
            claim=claim,
            own=count_stances(columns, of_claim[by_actor]),
            others=count_stances(columns, of_claim[by_others]),
            quotes=int(quotes[number]),
            articles=int(articles[number]),
        )
        repeated.append(repeated_claim)
        if len(repeated) == REPEATED_CLAIMS_SHOWN:
            break
    return repeated


def select_claims_of_several(
    columns: Columns, standing: RowNumbers, own: RowNumbers
) -> tuple[RowNumbers, ColumnValues, ColumnValues]:
    """Return the rows of all standing quotes of those claims of an actor that have several.

    With them come two counts by the claim's number: how many quotes it has, and how many of them
    are the actor's.
    """
    quotes = np.bincount(columns["claim"][standing])
    own_quotes = np.bincount(columns["claim"][own], minlength=len(quotes))
    several = (own_quotes > 0) & (quotes > 1)
    return standing[several[columns["claim"][standing]]], quotes, own_quotes


def count_articles_of_claims(columns: Columns, rows: RowNumbers, claims: int) -> ColumnValues:
    """Return in how many articles each claim stands, by the claim's number, which is below
    `claims`.
    """
    if not len(rows):
        return np.zeros(claims, np.intp)
    articles = int(columns["article"][rows].max()) + 1
    pairs = np.unique(columns["claim"][rows] * articles + columns["article"][rows])
    return np.bincount(pairs // articles, minlength=claims)


def count_stances(columns: Columns, rows: RowNumbers) -> StanceCounts:
    counts = np.bincount(columns["stance"][rows], minlength=STANCES_COUNTED)
    return list_stance_counts(counts)


# Shared by two


def list_shared_claims(columns: Columns, sides: Sequence[RowNumbers]) -> list[SharedClaim]:
    """Return the claims of both sides, whose quotes are given as rows.

    Those that one asserts and the other denies come first, then those of which both made the most
    quotes.
    """
    first, second = sides
    numbers = np.intersect1d(columns["claim"][first], columns["claim"][second])
    of_first = count_stances_by_claim(columns, first, numbers)
    of_second = count_stances_by_claim(columns, second, numbers)
    first_asserts = (of_first[:, ASSERTS_CODE] > 0) & (of_second[:, DENIES_CODE] > 0)
    second_asserts = (of_first[:, DENIES_CODE] > 0) & (of_second[:, ASSERTS_CODE] > 0)
    agreeing = ~(first_asserts | second_asserts)
    quotes_of_both = np.minimum(of_first.sum(axis=1), of_second.sum(axis=1))
    order = np.lexsort((-numbers, -quotes_of_both, agreeing))[:SHARED_CLAIMS_LOOKED_AT].tolist()
    claims = Claim.objects.defer("search").in_bulk(numbers[order].tolist())

    shared = []
    for place in order:
        claim = claims.get(int(numbers[place]))
        if claim is not None and has_enough_words(claim):
            stances = [list_stance_counts(of_first[place]), list_stance_counts(of_second[place])]
            shared.append(SharedClaim(claim, stances))
    return shared[:SHARED_CLAIMS_SHOWN]


def count_stances_by_claim(
    columns: Columns, rows: RowNumbers, claims: ColumnValues
) -> ColumnValues:
    """Return how many of these quotes take each stance (columns) towards each of these claims
    (rows, in their order).
    """
    of_claims = rows[np.isin(columns["claim"][rows], claims)]
    places = np.searchsorted(claims, columns["claim"][of_claims])
    shape = (len(claims), STANCES_COUNTED)
    return count_crossed_places(places, columns["stance"][of_claims], shape)
