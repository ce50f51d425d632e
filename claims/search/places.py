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
from claims.search.columns import COPY_HEADER_BYTES, Columns, RowMask, read_copy

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
LONGEST_LOOK = 3000  # milliseconds that PostgreSQL may look for words of a page
MOST_ROWS_LOOKED_THROUGH = 200_000  # where all of them take longer
BEGIN_LOOKING_SQL = "BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '64MB'"
MOST_SEARCHES_KEPT = 8  # a megabyte for each place and million quotes


@dataclass(frozen=True, slots=True)
class PlaceCount:
    """How many quotes have the words in a place, or in any, beside what else is asked for, and the
    query string that looks for them there. `is_partial` tells that there may be more.
    """

    label: str
    count: int
    selected: bool
    query: str
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class WordsFound:
    """The rows of the quotes that have the words in each place that was looked at.

    In the `partial` places only what came in last was looked through, since all takes too long.
    """

    columns: Columns
    masks: dict[Place, RowMask]
    until: float  # on the clock of the process, when other spellings may have come up
    partial: frozenset[Place] = frozenset()


# What was found last in columns that are still the current ones.
_found: OrderedDict[tuple[str, str], WordsFound] = OrderedDict()
_lock = Lock()


def mask_words(known: Columns, filters: "Filters", *, may_be_partial: bool = False) -> RowMask:
    """Return the rows of the quotes that have the words asked for where they are to be looked for."""
    found = find_places(known, filters, filters.places, may_be_partial=may_be_partial)
    return reduce(or_, (found.masks[place] for place in filters.places))


def find_places(
    known: Columns,
    filters: "Filters",
    places: Iterable[Place] = PLACES,
    *,
    may_be_partial: bool = False,
) -> WordsFound:
    """Return the rows of the quotes that have the words in each place. Nothing is asked of the
    database where nothing has changed since the words were looked for last.

    Only who says so may be given a part, after some seconds. All others are given all, or, where
    that takes longer than any statement may, the error that stops it.
    """
    key = (str(connection.settings_dict["NAME"]), filters.q)
    now = time.monotonic()
    with _lock:
        found = _found.get(key)
    if found is None or found.columns is not known or now > found.until:
        found = WordsFound(known, {}, now + SECONDS_KEPT)
    is_found = set(found.masks)
    if not may_be_partial:
        is_found -= found.partial
    missing = [place for place in places if place not in is_found]
    if not missing:
        return found
    look = look_for_some_words if may_be_partial else look_for_words
    further = look(known, filters, missing)
    partial = (found.partial - further.masks.keys()) | further.partial
    found = WordsFound(known, found.masks | further.masks, found.until, partial)
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
    found = find_places(matching.columns, filters, may_be_partial=matching.may_be_partial)
    masks = found.masks
    every = reduce(or_, masks.values())
    others = [mask for name, mask in matching.conditions.items() if name != "q"]
    beside = reduce(and_, others, every)
    counts = []
    for place in PLACES:
        where = () if place == "words" else (place,)
        count = int(np.count_nonzero(masks[place] & beside))
        is_chosen = filters.places == (place,)
        query = filters.query(where=where)
        is_partial = place in found.partial
        counts.append(PlaceCount(LABEL_OF_PLACE[place], count, is_chosen, query, is_partial))
    is_chosen = set(filters.places) == set(PLACES)
    query = filters.query(where=PLACES)
    number = int(np.count_nonzero(beside))
    is_partial = bool(found.partial)
    return [*counts, PlaceCount("any of these", number, is_chosen, query, is_partial)]


def list_places_of_quotes(
    known: Columns, filters: "Filters", ids: Iterable[int], *, may_be_partial: bool = False
) -> dict[int, list[Place]]:
    """Return in which of the places that are asked for each of these quotes was found; nothing
    where words are looked for in quotes alone.

    Who has the words in the title has them in the article, which is not said again.
    """
    if not filters.where:
        return {}
    wanted: list[Place] = ["words", *filters.where]
    masks = find_places(known, filters, wanted, may_be_partial=may_be_partial).masks
    found_in = {}
    for pk in ids:
        if pk < len(known.row_of_quote) and known.row_of_quote[pk] >= 0:
            row = known.row_of_quote[pk]
            places = [place for place in PLACES if place in masks and masks[place][row]]
            if "title" in places and "article" in places:
                places.remove("article")
            found_in[pk] = places
    return found_in


def look_for_some_words(known: Columns, filters: "Filters", places: list[Place]) -> WordsFound:
    """Return the rows of the quotes that have the words in these places, of all or, where that
    takes too long, of those that came in last.

    The places that are asked for are then looked at by themselves, so that another one in which
    the words are everywhere takes nothing from them.
    """
    try:
        return look_for_words(known, filters, places, longest=LONGEST_LOOK)
    except OperationalError as error:
        is_stopped = isinstance(error.__cause__, QueryCanceled)
        if not is_stopped or connection.in_atomic_block:  # which takes no further statement
            raise
    asked_for = [place for place in places if place in filters.places]
    others = [place for place in places if place not in filters.places]
    if not asked_for or not others:
        return look_for_words(known, filters, places, only_last=True)
    found = look_for_some_words(known, filters, asked_for)
    beside = look_for_words(known, filters, others, only_last=True)
    return WordsFound(known, found.masks | beside.masks, 0, found.partial | beside.partial)


def look_for_words(
    known: Columns,
    filters: "Filters",
    places: list[Place],
    *,
    longest: int | None = None,
    only_last: bool = False,
) -> WordsFound:
    """Return the rows of the quotes that have the words in these places, by one statement.

    It may take `longest` milliseconds, or without that as long as any may.
    """
    queries = [select_numbers(filters, place) for place in places]
    if only_last:
        queries = [select_last_rows(query) for query in queries]
    numbers = read_number_lists(queries, longest)
    masks: dict[Place, RowMask] = {}
    for place, found in zip(places, numbers, strict=True):
        if place == "words":
            masks[place] = known.mask_quotes(found)
        else:
            masks[place] = known.mask_numbers(COLUMN_OF_PLACE[place], found)
    partial = frozenset(places) if only_last else frozenset()
    return WordsFound(known, masks, 0, partial)


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


def read_number_lists(
    queries: "list[QuerySet[Any, Any]]", longest: int | None = None
) -> list[NDArray[np.int64]]:
    """Return the numbers that each query selects, by one statement of `longest` milliseconds.

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
            data = read_copy(cursor, statement)
        else:
            beginning = BEGIN_LOOKING_SQL
            if longest is not None:
                beginning += f"; SET LOCAL statement_timeout = {longest}"
            try:
                cursor.execute(beginning)
                data = read_copy(cursor, statement)
            finally:
                cursor.execute("ROLLBACK")
    return split_number_lists(data, len(queries))


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
