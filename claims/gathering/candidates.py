"""Looks up what may be about the same: rows whose runs of words are found in those of another."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from claims.models.copying import format_array

Column = tuple[str, str]  # a table that has runs, and the column of its numbers

# Rows that are looked at for each run, mostly those stored first: a name or a slogan that half of all
# quotes have is no use to find likes by, and who shares only such runs meets some of its holders.
MOST_HOLDERS = 2000
# Of fewer runs a share tells little: “a witch hunt” has one, all of which any talk of it shares.
LEAST_RUNS = 4
# Of the runs of the row that has fewer, from which share on another row is always read.
SHARE_OF_LIKELY = 0.15
MOST_UNLIKELY = 8  # of the others of a row, those with the greatest share


class Candidate(NamedTuple):
    """A row asked for, one that may be alike, and what share of the shorter one's runs both have, of
    `LEAST_RUNS` at least.
    """

    asked: int
    found: int
    share: float


def build_candidates_sql(own: Column, other: Column) -> str:
    """Return the statement that finds for each row asked for its likes, as many as are allowed, those
    that share most first. Its rows are candidates.

    Its values are those of `list_candidates_values`. Two that have two runs, or pairs of rare words,
    in common may be alike; of those that have but one, all. Each run is looked up by itself, and what
    it finds is counted: no row is compared run by run, however many share a common one.
    """
    own_table, own_number = own
    other_table, other_number = other
    is_another = f"WHERE other.number <> own.{own_number}" if own == other else ""
    return f"""
        SELECT own.{own_number}, found.number, found.share
          FROM {own_table} own
         CROSS JOIN LATERAL (
               SELECT other.number,
                      count(*)::float / greatest({LEAST_RUNS}, least(cardinality(own.runs), other.size)) AS share
                 FROM unnest(own.runs) run
                CROSS JOIN LATERAL (
                      SELECT holder.{other_number} AS number, cardinality(holder.runs) AS size
                        FROM {other_table} holder
                       WHERE holder.runs @> ARRAY[run]
                       LIMIT {MOST_HOLDERS}) other
                {is_another}
                GROUP BY other.number, other.size
               HAVING count(*) >= least(2, cardinality(own.runs), other.size)
                ORDER BY share DESC, count(*) DESC, other.number
                LIMIT %s) found
         WHERE own.{own_number} = ANY(%s::bigint[])
         ORDER BY own.{own_number}, found.share DESC, found.number
    """


def list_candidates_values(numbers: Collection[int], most: int) -> list[int | str]:
    """Return what the statement is asked with: how many likes of each of these rows."""
    return [most, format_array(sorted(numbers))]


def select_candidates_to_read(candidates: Iterable[Candidate]) -> list[Candidate]:
    """Return the candidates to read: all that share much with the row asked for, and the first of
    those that share little. Reading is what costs, and these are many in a large story.

    The candidates of each row stand together, those that share most first.
    """
    selected = []
    asked, unlikely = None, 0
    for candidate in candidates:
        if candidate.asked != asked:
            asked, unlikely = candidate.asked, 0
        is_likely = candidate.share >= SHARE_OF_LIKELY
        unlikely += not is_likely
        if is_likely or unlikely <= MOST_UNLIKELY:
            selected.append(candidate)
    return selected
