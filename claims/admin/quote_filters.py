"""Filters of the list of quotes."""

from typing import Any, ClassVar, cast

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from claims.models import Quote
from claims.models.quote_queryset import QuoteQuerySet


class VerbFilter(admin.SimpleListFilter):
    """Quotes by a choice of QuerySet verbs: `CHOICES` has the words and the verb of each value."""

    CHOICES: ClassVar[dict[str, tuple[str, Any]]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, words) for value, (words, _) in self.CHOICES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Quote]) -> QuerySet[Quote]:
        chosen = self.CHOICES.get(self.value() or "")
        if chosen is None:
            return queryset
        _, select = chosen
        return cast("QuerySet[Quote]", select(cast("QuoteQuerySet", queryset)))


class InDoubtFilter(VerbFilter):
    """Quotes that a person should look at, by what is doubtful about them."""

    title = "doubt (to review)"
    parameter_name = "doubt"
    CHOICES: ClassVar = {
        "reported": ("reported by a reader", QuoteQuerySet.reported),
        "any": ("anything in doubt", QuoteQuerySet.in_doubt),
        "speaker": ("speaker in doubt", QuoteQuerySet.speaker_in_doubt),
        "unknown": ("speaker unknown", QuoteQuerySet.speaker_unknown),
        "quote": ("quote in doubt", QuoteQuerySet.quote_in_doubt),
    }


class EditedFilter(VerbFilter):
    """Quotes by whether their article, once edited, still has them."""

    title = "edited articles"
    parameter_name = "edited"
    CHOICES: ClassVar = {
        "orphaned": ("decided on, and no longer in the article", QuoteQuerySet.orphaned),
        "absent": ("no longer in the article", QuoteQuerySet.absent),
        "present": ("in the article", QuoteQuerySet.present),
    }
