"""The quotes that readers see, counted or looked for from the rows that they point to."""

from django.db.models import Count, Exists, ManyToOneRel, Model, OuterRef, Q


def build_quote_count(prefix: str = "") -> Count:
    """Return the number of quotes that readers see and that point to a row.

    `prefix` leads from it to what they point to.
    """
    is_present = Q(**{f"{prefix}quotes__version__isnull": True})
    is_rejected = Q(**{f"{prefix}quotes__status": "rejected"})
    return Count(f"{prefix}quotes", filter=is_present & ~is_rejected, distinct=True)


def build_quote_exists(model: type[Model]) -> Exists:
    """Return whether a quote that readers see points to a row of this model, which calls such
    quotes `quotes`.
    """
    relation = model._meta.get_field("quotes")
    assert isinstance(relation, ManyToOneRel)
    to_row = relation.field
    quotes = to_row.model._default_manager.filter(version__isnull=True)
    return Exists(quotes.filter(**{to_row.name: OuterRef("pk")}).exclude(status="rejected"))
