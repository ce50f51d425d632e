"""The quotes that readers see, counted or looked for from the rows that they point to."""

from django.db.models import (
    Count,
    Exists,
    IntegerField,
    ManyToOneRel,
    Model,
    OuterRef,
    Subquery,
)
from django.db.models.functions import Coalesce


def build_quote_count(path: str) -> Coalesce:
    """Return the number of quotes that readers see and of which `path` leads to a row.

    It is looked up for the rows that are shown alone, and not for all that they are chosen from.
    """
    from claims.models.quotes import Quote  # which needs the rows that are counted for

    quotes = Quote.objects.filter(version__isnull=True).exclude(status="rejected")
    theirs = quotes.filter(**{path: OuterRef("pk")}).order_by().values(path)
    number = theirs.annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def build_quote_exists(model: type[Model]) -> Exists:
    """Return whether a quote that readers see points to a row of this model, which calls such
    quotes `quotes`.
    """
    relation = model._meta.get_field("quotes")
    assert isinstance(relation, ManyToOneRel)
    to_row = relation.field
    quotes = to_row.model._default_manager.filter(version__isnull=True)
    return Exists(quotes.filter(**{to_row.name: OuterRef("pk")}).exclude(status="rejected"))
