"""Slugs for rows: made from their names, each given once.

A name that a slug stands for already gets a number: by hand the next one, and where many rows are
stored the row's own key, which nobody has to look for.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db import connection, models
from django.utils.text import slugify

from claims.models.actors import UNKNOWN_SLUG, Actor
from claims.models.copying import format_array
from claims.models.former import FormerOutletSlug
from claims.models.merges import FormerSlug
from claims.models.outlets import Outlet

LONGEST_BASE = 80  # characters of a slug without its number; the column takes 100
LARGEST_POWER = 31  # numbers up to 2 ** 31 are tried
FORMER_SLUG_MODELS: dict[type[models.Model], type[models.Model]] = {
    Actor: FormerSlug,
    Outlet: FormerOutletSlug,
}
TAKEN_SLUGS_SQL = 'SELECT slug FROM "{table}" WHERE slug = ANY(%s::text[])'
NUMBERS_PER_QUERY = 16  # asked for at once between two powers of two


def find_unused_slug(model: type[models.Model], name: str) -> str:
    """Return a slug for `name` that no row of `model` has yet."""
    return find_unused_slugs(model, [name])[0]


def find_unused_slugs(model: type[models.Model], names: Sequence[str]) -> list[str]:
    """Return a slug for each name.

    No slug is given twice, and none that leads to where an actor was merged into.
    """
    bases = [slugify(name)[:LONGEST_BASE] or "unnamed" for name in names]
    taken = {UNKNOWN_SLUG, *find_taken_slugs(model, set(bases))}
    slugs: list[str] = []
    for base in bases:
        slug = find_numbered_slug(model, base, taken) if base in taken else base
        taken.add(slug)
        slugs.append(slug)
    return slugs


def build_slugs_of_rows(model: type[models.Model], names: Mapping[int, str]) -> dict[int, str]:
    """Return a slug for each new row, by its primary key, in one query.

    The first whose slug is free has it as it is, and every other one with its key behind it.
    """
    bases = {pk: slugify(name)[:LONGEST_BASE] or "unnamed" for pk, name in names.items()}
    numbered = {pk: f"{base}-{pk}" for pk, base in bases.items()}
    taken = {UNKNOWN_SLUG, *find_taken_slugs(model, {*bases.values(), *numbered.values()})}
    slugs: dict[int, str] = {}
    for pk, base in bases.items():
        slug = numbered[pk] if base in taken else base
        if slug in taken:  # an actor whose name ends in this number
            slug = find_numbered_slug(model, slug, taken)
        taken.add(slug)
        slugs[pk] = slug
    return slugs


def find_numbered_slug(model: type[models.Model], base: str, given: set[str]) -> str:
    """Return `base` with a number that follows one that is taken, the first unless numbers
    were given back.

    It is looked for between powers of two, so that the thousandth "report" costs little more
    than the second. `given` are slugs that are taken though no row has them yet.
    """
    last_taken = 1
    candidates = [2**power for power in range(1, LARGEST_POWER + 1)]
    while True:
        slugs = {number: f"{base}-{number}" for number in candidates}
        taken = given | find_taken_slugs(model, slugs.values())
        first_free = next(number for number in candidates if slugs[number] not in taken)
        taken_before = [number for number in candidates if number < first_free]
        last_taken = max(taken_before, default=last_taken)
        if first_free - last_taken <= 1:
            return slugs[first_free]
        stride = max((first_free - last_taken) // NUMBERS_PER_QUERY, 1)
        candidates = [*range(last_taken + stride, first_free, stride), first_free]


def find_taken_slugs(model: type[models.Model], slugs: Iterable[str]) -> set[str]:
    """Return those of the slugs that rows have, or that actors and outlets had before they
    were merged: these lead to another now.
    """
    wanted = format_array(slugs)
    tables = [model._meta.db_table]
    former_slugs = FORMER_SLUG_MODELS.get(model)
    if former_slugs:
        tables.append(former_slugs._meta.db_table)
    selects = [TAKEN_SLUGS_SQL.format(table=table) for table in tables]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(selects), [wanted] * len(tables))
        return {slug for (slug,) in cursor.fetchall()}
