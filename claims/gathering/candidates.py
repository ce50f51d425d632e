"""Looks up what may be about the same: rows whose runs of words are found in those of another."""

from collections.abc import Collection

from claims.models.copying import format_array

Column = tuple[str, str]  # a table that has runs, and the column of its numbers


def build_candidates_sql(own: Column, other: Column) -> str:
    """Return the statement that finds for each row asked for its likes, as many as are allowed, those
    with the most runs in common first.

    Its values are those of `list_candidates_values`. Two that have two runs, or pairs of rare words,
    in common may be alike; of those that have but one, all. Each run is looked up by itself, and what
    it finds is counted: no row is compared run by run, however many share a common one.
    """
    own_table, own_number = own
    other_table, other_number = other
    is_another = f"WHERE other.{other_number} <> own.{own_number}" if own == other else ""
    return f"""
        SELECT own.{own_number}, found.number
          FROM {own_table} own
         CROSS JOIN LATERAL (
               SELECT other.{other_number} AS number
                 FROM unnest(own.runs) run
                 JOIN {other_table} other ON other.runs @> ARRAY[run]
                {is_another}
                GROUP BY other.{other_number}, cardinality(other.runs)
               HAVING count(*) >= least(2, cardinality(own.runs), cardinality(other.runs))
                ORDER BY count(*) DESC, other.{other_number}
                LIMIT %s) found
         WHERE own.{own_number} = ANY(%s::bigint[])
    """


def list_candidates_values(numbers: Collection[int], most: int) -> list[int | str]:
    """Return what the statement is asked with: how many likes of each of these rows."""
    return [most, format_array(sorted(numbers))]
