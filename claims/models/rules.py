"""What the rows share: closed sets, shares, slugs, and what goes into their history."""

from collections.abc import Sequence
from functools import reduce
from itertools import count
from operator import or_
from typing import Any

import pghistory
from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.text import slugify

from claims.querysets import UNKNOWN


def choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def one_of(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def share(field: str, name: str) -> models.CheckConstraint:
    """Between 0 and 1, or not known."""
    return models.CheckConstraint(condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (0, 1)}), name=name)


def unused_slug(model: type[models.Model], name: str) -> str:
    """A slug for `name` that no row of `model` has yet."""
    return unused_slugs(model, [name])[0]


def unused_slugs(model: type[models.Model], names: Sequence[str]) -> list[str]:
    """A slug for each name, in one query; none is given twice, nor one that leads to where an actor was merged into."""
    bases = [slugify(name)[:80] or "unnamed" for name in names]
    like = reduce(or_, (Q(slug__startswith=base) for base in set(bases)), Q(pk__in=[]))
    taken = {UNKNOWN, *with_former(model, like)}
    slugs: list[str] = []
    for base in bases:
        slug = next(slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def with_former(model: type[models.Model], like: Q) -> QuerySet[Any]:
    """The slugs that rows have, and those that actors had before they were merged: these lead to another now."""
    slugs = model._default_manager.filter(like).order_by().values_list("slug", flat=True)
    if model._meta.label != "claims.Actor":
        return slugs
    former = apps.get_model("claims", "FormerSlug")._default_manager
    return slugs.union(former.filter(like).order_by().values_list("slug", flat=True))


def kept(*without: str) -> Any:
    """A table with a history, which triggers keep: what was made, changed, deleted; by whom and why is its context.

    The columns `without` stay out of it, since PostgreSQL generates them, or since they are too long or nobody's business.
    An index by time finds all that one transaction did.
    """
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return pghistory.track(*events, exclude=list(without), meta={"indexes": [models.Index(fields=["pgh_created_at"])]})
