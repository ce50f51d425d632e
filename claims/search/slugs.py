"""Which actors and outlets an address means by their slugs."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Case, DateField, F, TextField, Value, When
from django.db.models.functions import Coalesce

from claims.models import Actor, FormerOutletSlug, FormerSlug, Outlet
from claims.models.naming import NO_DATE


class SlugRow(NamedTuple):
    """An actor or outlet (its `kind`) by the slug that was asked for.

    `slug_now` is another where it was merged, or where its name is taken for another's.
    """

    kind: str
    slug: str
    number: int
    label: str
    slug_now: str


def find_slugs(actors: list[str], outlets: list[str]) -> Iterator[SlugRow]:
    """Yield the actors and outlets of these slugs that there are.

    The label of an actor that is known in one article alone says in which.
    """
    actor_slugs = [slug for slug in actors if "\0" not in slug]
    outlet_slugs = [slug for slug in outlets if "\0" not in slug]
    if not actor_slugs and not outlet_slugs:
        return
    rows = query_slugs(actor_slugs, outlet_slugs)
    for kind, slug, number, name, slug_now, outlet, day in rows:
        label = name
        if outlet:
            when = f"{day:%-d %B %Y}" if day else NO_DATE
            label = f"{name} ({outlet}, {when})"
        yield SlugRow(kind, slug, number, label, slug_now)


def query_slugs(actors: list[str], outlets: list[str]) -> Iterable[tuple[Any, ...]]:
    """Return kind, slug, number, name and the slug of now of these actors and outlets, in one query.

    After these stand outlet and day of the one article that an actor is known in.
    """
    actors_now = Actor.objects.filter(slug__in=actors).order_by()
    actors_merged = FormerSlug.objects.filter(slug__in=actors).order_by()
    outlets_now = Outlet.objects.filter(slug__in=outlets).order_by()
    outlets_merged = FormerOutletSlug.objects.filter(slug__in=outlets).order_by()
    return actors_now.values_list(
        Value("actor"),
        "slug",
        Coalesce("join__actor__pk", "pk"),
        Coalesce("join__actor__name", "name"),
        Coalesce("join__actor__slug", "slug"),
        Case(When(join=None, then=F("article__outlet__name"))),
        Case(When(join=None, then=F("article__published_on"))),
    ).union(
        actors_merged.values_list(
            Value("actor"),
            "slug",
            "actor__pk",
            "actor__name",
            "actor__slug",
            "actor__article__outlet__name",
            "actor__article__published_on",
        ),
        outlets_now.values_list(
            Value("outlet"),
            "slug",
            "pk",
            "name",
            F("slug"),
            Value("", TextField()),
            Value(None, DateField()),
        ),
        outlets_merged.values_list(
            Value("outlet"),
            "slug",
            "outlet__pk",
            "outlet__name",
            "outlet__slug",
            Value("", TextField()),
            Value(None, DateField()),
        ),
    )
