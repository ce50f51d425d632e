"""Where the words stand that somebody searches for: in what was said, in the title or the text of
its article, or in a name of who said it.

PostgreSQL gives the numbers of all quotes, articles and actors that have them as one value each,
since a row of its own for every number takes ten times as long.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
from django.db import OperationalError, connection
from django.db.models import Subquery
from numpy.typing import NDArray
from psycopg import ClientCursor
from psycopg.errors import QueryCanceled

from claims.models import Actor, Article, Quote
from claims.models.places import PLACES, Place
from claims.search.columns import COPY_HEADER_BYTES, Columns, RowMask

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from claims.search.facets import MatchingQuotes
    from claims.search.filters import Filters

COLUMN_OF_PLACE: dict[Place, str] = {"title": "article", "article": "article", "speaker": "actor"}
# Bytes in a binary copy before the first value, of the size of a value, and before the numbers of
# an array that is not empty; each number has its size before it.
FIELDS_BYTES = 2
SIZE_BYTES = 4
ARRAY_HEADER_BYTES = 20
NUMBER_LAYOUT = np.dtype([("size", ">i4"), ("number", ">i8")])
LABEL_OF_PLACE: dict[Place, str] = {
    "words": "what was said",
    "title": "the headline",
    "article": "the article",
    "speaker": "the speaker’s name",
}
SECONDS_KEPT = 30  # no longer, since words are counted beside the quotes
LONGEST_LOOK = 3000  # milliseconds that PostgreSQL may look for words
MOST_ROWS_LOOKED_THROUGH = 200_000  # where all of them take longer
BEGIN_LOOKING_SQL = (
    "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB';"
    f" SET LOCAL statement_timeout = {LONGEST_LOOK}"
)
MOST_SEARCHES_KEPT = 8  # a megabyte for each place and million quotes


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many quotes have the words in a place, or in any, beside what else is asked for, and the
    query string that looks for them there.
    """

    label: str
    count: int
    selected: bool
    query: str


@dataclass(frozen=True, slots=True)
class WordsFound:
    """The rows of the quotes that have the words in each place that was looked at.

    `is_partial` tells that only what came in last was looked through, since all takes too long.
    """

    columns: Columns
    masks: dict[Place, RowMask]
    until: float  # on the clock of the process, when other spellings may have come up
    is_partial: bool = False


# What was found last in columns that are still the current ones.
_found: OrderedDict[tuple[str, str], WordsFound] = OrderedDict()
_lock = Lock()


def mask_words(known: Columns, filters: "Filters") -> RowMask:
    """Return the rows of the quotes that have the words asked for where they are to be looked for."""
    found = find_places(known, filters, filters.places)
    return reduce(or_, (found.masks[place] for place in filters.places))


def find_places(known: Columns, filters: "Filters", places: Iterable[Place] = PLACES) -> WordsFound:
    """Return the rows of the quotes that have the words in each place. Nothing is asked of the
    database where nothing has changed since the words were looked for last.
    """
    key = (str(connection.settings_dict["NAME"]), filters.q)
    now = time.monotonic()
    with _lock:
        found = _found.get(key)
    if found is None or found.columns is not known or now > found.until:
        found = WordsFound(known, {}, now + SECONDS_KEPT)
    missing = [place for place in places if place not in found.masks]
    if not missing:
        return found
    further = look_for_words(known, filters, missing)
    is_partial = found.is_partial or further.is_partial
    found = WordsFound(known, found.masks | further.masks, found.until, is_partial)
    with _lock:
        _found[key] = found
        _found.move_to_end(key)
        while len(_found) > MOST_SEARCHES_KEPT:
            _found.popitem(last=False)
    return found


def count_places(matching: "MatchingQuotes") -> list[PlaceCount]:
    """Return how many quotes there would be if the words were looked for in each of the places;
    nothing where there are no words.
    """
    filters = matching.filters
    if not filters.q:
        return []
    masks = find_places(matching.columns, filters).masks
    every = reduce(or_, masks.values())
    others = [mask for name, mask in matching.conditions.items() if name != "q"]
    beside = reduce(and_, others, every)
    counts = []
    for place in PLACES:
        where = () if place == "words" else (place,)
        count = int(np.count_nonzero(masks[place] & beside))
        is_chosen = filters.places == (place,)
        counts.append(
            PlaceCount(LABEL_OF_PLACE[place], count, is_chosen, filters.query(where=where))
        )
    is_chosen = set(filters.places) == set(PLACES)
    query = filters.query(where=PLACES)
    number = int(np.count_nonzero(beside))
    return [*counts, PlaceCount("any of these", number, is_chosen, query)]


def list_places_of_quotes(
    known: Columns, filters: "Filters", ids: Iterable[int]
) -> dict[int, list[Place]]:
    """Return in which of the places that are asked for each of these quotes was found; nothing
    where words are looked for in quotes alone.

    Who has the words in the title has them in the article, which is not said again.
    """
    if not filters.where:
        return {}
    masks = find_places(known, filters, ["words", *filters.where]).masks
    found_in = {}
    for pk in ids:
        if pk < len(known.row_of_quote) and known.row_of_quote[pk] >= 0:
            row = known.row_of_quote[pk]
            places = [place for place in PLACES if place in masks and masks[place][row]]
            if "title" in places and "article" in places:
                places.remove("article")
            found_in[pk] = places
    return found_in


def look_for_words(known: Columns, filters: "Filters", places: list[Place]) -> WordsFound:
    """Return the rows of the quotes that have the words in these places, of all or, where that
    takes too long, of those that came in last.
    """
    queries = [select_numbers(filters, place) for place in places]
    is_partial = False
    try:
        numbers = read_number_lists(queries)
    except OperationalError as error:
        if not isinstance(error.__cause__, QueryCanceled):
            raise
        is_partial = True
        numbers = read_number_lists([select_last_rows(query) for query in queries])
    masks: dict[Place, RowMask] = {}
    for place, found in zip(places, numbers, strict=True):
        if place == "words":
            masks[place] = known.mask_quotes(found)
        else:
            masks[place] = known.mask_numbers(COLUMN_OF_PLACE[place], found)
    return WordsFound(known, masks, 0, is_partial)


def select_numbers(filters: "Filters", place: Place) -> "QuerySet[Any, Any]":
    """Return the query of the quotes, articles or actors that have the words in a place."""
    if place == "words":
        return Quote.objects.search(filters.q).order_by().values("pk")
    if place == "title":
        return Article.objects.titled(filters.q).order_by().values("pk")
    if place == "article":
        return Article.objects.search(filters.q).order_by().values("pk")
    return Actor.objects.list_speaking(filters.q)


def select_last_rows(query: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    """Return the same query of the rows that came in last."""
    highest = query.model._default_manager.order_by("-pk").values("pk")[:1]
    return query.filter(pk__gt=Subquery(highest) - MOST_ROWS_LOOKED_THROUGH)


def read_number_lists(queries: "list[QuerySet[Any, Any]]") -> list[NDArray[np.int64]]:
    """Return the numbers that each query selects, by one statement.

    All words are in an index. Without it PostgreSQL would read the words of every text where many
    have them, which takes some times as long.
    """
    lists = []
    parameters: list[Any] = []
    for query in queries:
        if query.query.is_empty():
            lists.append("ARRAY[]::bigint[]")
            continue
        sql, values = query.query.sql_with_params()
        lists.append(f"ARRAY({sql})")
        parameters += values
    statement = f"COPY (SELECT {', '.join(lists)}) TO STDOUT (FORMAT binary)"
    with connection.cursor() as cursor:
        statement = ClientCursor(cursor.connection).mogrify(statement, parameters)
        if connection.in_atomic_block:  # which is somebody else's, and keeps its settings
            data = copy_all(cursor, statement)
        else:
            try:
                cursor.execute(BEGIN_LOOKING_SQL)
                data = copy_all(cursor, statement)
            finally:
                cursor.execute("ROLLBACK")
    return split_number_lists(data, len(queries))


def copy_all(cursor: Any, statement: str) -> bytes:
    with cursor.copy(statement) as copy:
        return b"".join(copy)


def split_number_lists(data: bytes, number: int) -> list[NDArray[np.int64]]:
    """Return the arrays of the one row of a binary copy."""
    lists = []
    start = COPY_HEADER_BYTES + FIELDS_BYTES
    for _ in range(number):
        size = int.from_bytes(data[start : start + SIZE_BYTES], "big")
        start += SIZE_BYTES
        values = data[start + ARRAY_HEADER_BYTES : start + size]
        lists.append(np.frombuffer(values, NUMBER_LAYOUT)["number"].astype(np.int64))
        start += size
    return lists
