"""The quotes that readers see, counted or looked for from the rows that they point to."""

from django.db.models import Count, Exists, Model, OuterRef, Q


def build_quote_count(prefix: str = "") -> Count:
    """Return the number of quotes that readers see and that point to a row; `prefix` leads from it to what they point to."""
    is_present = Q(**{f"{prefix}quotes__version__isnull": True})
    is_rejected = Q(**{f"{prefix}quotes__status": "rejected"})
    return Count(f"{prefix}quotes", filter=is_present & ~is_rejected, distinct=True)


def build_quote_exists(model: type[Model]) -> Exists:
    """Return whether a quote that readers see points to a row of this model, by the relation that it calls `quotes`."""
    relation = model._meta.get_field("quotes")
    quotes = relation.related_model._default_manager
    pointing = quotes.filter(**{relation.field.name: OuterRef("pk"), "version__isnull": True})
    return Exists(pointing.exclude(status="rejected"))
