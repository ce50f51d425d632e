"""What the rows share: closed sets, shares, and what goes into their history."""

from collections.abc import Iterable
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q


def build_field_choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def build_one_of_constraint(
    field: str, values: tuple[str, ...], name: str
) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def build_share_constraint(field: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a field is between 0 and 1, or not known."""
    is_unknown = Q(**{f"{field}__isnull": True})
    is_share = Q(**{f"{field}__range": (0, 1)})
    return models.CheckConstraint(condition=is_unknown | is_share, name=name)


def track_history(*without: str, unindexed: Iterable[str] = ()) -> Any:
    """Give a table a history, which triggers keep: what was made, changed and deleted.

    Its context says by whom and why.

    The columns `without` stay out of it: those that PostgreSQL generates, that are too long,
    or that are nobody's business. An index by time finds all that one transaction did. Rows
    that are made or deleted together are kept together, which costs a statement once; changes
    are kept row by row, since rows before and after are paired by a key, which may change,
    too.

    Of the references of an event those `unindexed` have no index: nobody looks events up by
    them, and where many rows are stored an index costs as much as the rows do.
    """
    events = (
        pghistory.InsertEvent(level=pghistory.Statement),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(level=pghistory.Statement),
    )
    meta = {"indexes": [models.Index(fields=["pgh_created_at"])]}
    track = pghistory.track(*events, exclude=list(without), meta=meta)

    def track_model(model: Any) -> Any:
        tracked = track(model)
        for name in unindexed:
            tracked.pgh_event_model._meta.get_field(name).db_index = False
        return tracked

    return track_model
