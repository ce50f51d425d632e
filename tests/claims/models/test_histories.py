"""What history is looked up by: no more indexes than that, since each is written with every row."""

import pytest
from django.db import connection
from django.db.models import Model

from claims.models import Actor, ActorName, Article, Detail, MergeCandidate, Quote, Span

pytestmark = pytest.mark.django_db

ROW_AND_TIME = {("pgh_id",), ("pgh_obj_id",), ("pgh_created_at",)}


def list_indexed_columns(model: type[Model]) -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        rows = connection.introspection.get_constraints(cursor, model._meta.db_table)
    return {tuple(row["columns"]) for row in rows.values() if row["index"] or row["unique"]}


@pytest.mark.parametrize(
    ("model", "part_of"),
    [
        (Article, None),
        (Actor, None),
        (MergeCandidate, None),
        (Quote, None),
        (ActorName, "actor_id"),
        (Span, "quote_id"),
        (Detail, "quote_id"),
    ],
)
def test_events_are_found_by_their_row_and_time_and_parts_by_what_they_belong_to(
    model: type[Model], part_of: str | None
) -> None:
    events = model.pgh_event_model  # type: ignore[attr-defined]

    indexed = list_indexed_columns(events)

    assert indexed == ROW_AND_TIME | ({(part_of,)} if part_of else set())


@pytest.mark.parametrize(
    ("model", "column"),
    [(Quote, "article_id"), (Quote, "actor_id"), (Span, "quote_id"), (Detail, "quote_id")],
)
def test_what_a_unique_or_wider_index_finds_has_no_index_of_its_own(
    model: type[Model], column: str
) -> None:
    indexed = list_indexed_columns(model)

    assert (column,) not in indexed
    assert any(columns[0] == column for columns in indexed)
