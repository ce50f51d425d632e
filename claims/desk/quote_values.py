"""All values of a quote as JSON: kept with decisions, and compared to see what has changed."""

import hashlib
import json
from datetime import date, datetime
from typing import Any

from django.db import models

from claims.models import About, Quote, Report

QuoteValues = dict[str, Any]


def build_quote_values(pk: int) -> QuoteValues:
    """Return all that a decision may change: quote, spans, actors named, wording, reports."""
    quotes = Quote.objects.select_related("wording").defer("search_content", "wording__search")
    quote = quotes.get(pk=pk)
    named = About.objects.filter(quote=quote).order_by("pk")
    reports = Report.objects.filter(quote=quote).order_by("pk")
    return {
        **build_part_values(quote),
        "about": [build_row_values(about) for about in named],
        "wording": build_row_values(quote.wording, "claim"),
        "reports": [build_row_values(report, "sender") for report in reports],
    }


def build_part_values(quote: Quote) -> QuoteValues:
    """Return the values of the quote and its content spans: what a decision is about."""
    return {
        "quote": build_row_values(quote),
        "spans": [build_row_values(span) for span in quote.spans.all()],
    }


def build_row_values(row: models.Model, *left_out: str) -> QuoteValues:
    """Return the values of a row by their columns, but for generated ones and those left out.

    Its actor is whom it names itself: who that name is taken for is found by articles, time and
    again, and is no part of what a person decides on.
    """
    values = {}
    for field in row._meta.concrete_fields:
        if field.name not in left_out and not field.generated:
            values[field.attname] = convert_to_json(getattr(row, field.attname))
    named = values.pop("named_as_id", None)
    if named:
        values["actor_id"] = named
    return values


def convert_to_json(value: Any) -> Any:
    """Return a value as JSON can hold it, whole: Django's own encoder would cut microseconds."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def convert_from_json(model: type[models.Model], values: QuoteValues) -> QuoteValues:
    """Return the values of a row as the fields of its model take them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: fields[name].to_python(value) for name, value in values.items()}


def compute_quote_state(quote: Quote) -> str:
    """Return a short text that is another as soon as the stored quote or one of its spans is."""
    return compute_parts_digest(build_part_values(quote))


def compute_parts_digest(values: QuoteValues) -> str:
    serialized = json.dumps([values["quote"], values["spans"]], sort_keys=True)
    return hashlib.sha256(serialized.encode()).hexdigest()[:32]
