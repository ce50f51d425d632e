"""What the rows share: closed sets, shares, slugs, and what goes into their history."""

from collections.abc import Sequence
from functools import reduce
from itertools import count
from operator import or_

import pghistory
from django.db import models
from django.db.models import Q
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
    """A slug for each name, in one query; none is given twice."""
    bases = [slugify(name)[:80] or "unnamed" for name in names]
    like = reduce(or_, (Q(slug__startswith=base) for base in set(bases)), Q(pk__in=[]))
    taken = {UNKNOWN, *model._default_manager.filter(like).values_list("slug", flat=True)}
    slugs: list[str] = []
    for base in bases:
        slug = next(slug for number in count(1) if (slug := base if number == 1 else f"{base}-{number}") not in taken)
        taken.add(slug)
        slugs.append(slug)
    return slugs


def kept_events() -> tuple[pghistory.RowEvent, ...]:
    """What goes into a row's history: that it was made, changed, deleted; by whom and when is the history's context."""
    return pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()
