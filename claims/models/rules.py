"""What the rows share: closed sets, shares, slugs, and what goes into their history."""

from collections.abc import Iterable, Sequence
from typing import Any

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from claims.models.querysets import UNKNOWN_SLUG

POWERS, PROBES = (
    32,
    16,
)  # numbers of slugs that are asked for at once: powers of two, and steps between two of them


def build_field_choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def build_one_of_constraint(
    field: str, values: tuple[str, ...], name: str
) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def build_share_constraint(field: str, name: str) -> models.CheckConstraint:
    """Between 0 and 1, or not known."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, 1)}), name=name
    )


def find_unused_slug(model: type[models.Model], name: str) -> str:
    """A slug for `name` that no row of `model` has yet."""
    return find_unused_slugs(model, [name])[0]


def find_unused_slugs(model: type[models.Model], names: Sequence[str]) -> list[str]:
    """Return a slug for each name; none is given twice, nor one that leads to where an actor was merged into."""
    bases = [slugify(name)[:80] or "unnamed" for name in names]
    taken = {UNKNOWN_SLUG, *taken_slugs(model, set(bases))}
    slugs: list[str] = []
    for base in bases:
        slug = numbered_slug(model, base, taken) if base in taken else base
        taken.add(slug)
        slugs.append(slug)
    return slugs


def numbered_slug(model: type[models.Model], base: str, given: set[str]) -> str:
    """Return `base` with a number that follows one that is taken, the first unless numbers were given back.

    It is looked for between powers of two, so that the thousandth "report" costs little more than the second.
    """
    last, steps = 1, [2**power for power in range(1, POWERS)]
    while steps:
        slugs = {number: f"{base}-{number}" for number in steps}
        taken = given | taken_slugs(model, slugs.values())
        free = next(number for number in steps if slugs[number] not in taken)
        last = max((number for number in steps if number < free), default=last)
        stride = max((free - last) // PROBES, 1)
        steps = [*range(last + stride, free, stride), free] if free - last > 1 else []
    return f"{base}-{free}"


def taken_slugs(model: type[models.Model], slugs: Iterable[str]) -> set[str]:
    """Return those of the slugs that rows have, or that actors had before they were merged: these lead to another now."""
    wanted = list(slugs)
    found = model._default_manager.filter(slug__in=wanted).order_by().values_list("slug", flat=True)
    if model._meta.label == "claims.Actor":
        former = apps.get_model("claims", "FormerSlug")._default_manager
        found = found.union(
            former.filter(slug__in=wanted).order_by().values_list("slug", flat=True)
        )
    return set(found)


def track_history(*without: str) -> Any:
    """A table with a history, which triggers keep: what was made, changed, deleted; by whom and why is its context.

    The columns `without` stay out of it, since PostgreSQL generates them, or since they are too long or nobody's business.
    An index by time finds all that one transaction did. Rows that are made or deleted together are kept together, which costs
    a statement once; changes are kept row by row, since rows before and after are paired by a key, which may change, too.
    """
    made, gone = (
        pghistory.InsertEvent(level=pghistory.Statement),
        pghistory.DeleteEvent(level=pghistory.Statement),
    )
    events = (made, pghistory.UpdateEvent(), gone)
    return pghistory.track(
        *events, exclude=list(without), meta={"indexes": [models.Index(fields=["pgh_created_at"])]}
    )
