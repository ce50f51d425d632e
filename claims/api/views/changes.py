"""What was written, for whoever keeps a copy: each row that changed, where it is now, or that it is gone."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from claims.api.problems import TooOld
from claims.api.views import RESOURCES
from claims.api.viewsets import refuse_unknown_parameters
from claims.models import (
    Actor,
    Article,
    ChangedRow,
    Claim,
    FactCheck,
    FormerArticle,
    FormerClaim,
    FormerOutletSlug,
    FormerQuote,
    FormerSlug,
    LogPosition,
    Match,
    Outlet,
    Quote,
    Wording,
)
from newsroom.row_numbers import read_row_number

ENTRIES_OF_PAGE = 50
MOST_ENTRIES_OF_PAGE = 500
CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,18})")
# Where the key of a row that was merged into another leads to: a table, its column of former keys,
# and the column of the key now.
FORMER_KEYS: dict[str, tuple[type[Model], str, str]] = {
    "actor": (FormerSlug, "slug", "actor__slug"),
    "article": (FormerArticle, "number", "article_id"),
    "outlet": (FormerOutletSlug, "slug", "outlet__slug"),
    "quote": (FormerQuote, "number", "quote_id"),
}
SLUGGED = ("actor", "outlet")


class ChangeEntrySerializer(serializers.Serializer[Any]):
    """A row that was made, changed or removed."""

    at = serializers.DateTimeField(help_text="when the database wrote it down")
    resource = serializers.ChoiceField(choices=sorted(RESOURCES))
    key = serializers.CharField(help_text="its id, or slug")
    change = serializers.ChoiceField(
        choices=("present", "moved", "gone"),
        help_text="what is so now: it is there, it is one with another, or it is there no more",
    )
    address = serializers.URLField(help_text="of it in this API")
    moved_to = serializers.URLField(allow_null=True, help_text="address of the one that it is now")


class ChangesSerializer(serializers.Serializer[Any]):
    since = serializers.CharField(help_text="what to ask with next time, to go on from here")
    next = serializers.URLField(
        allow_null=True, help_text="address of what comes after; null: that is all for now"
    )
    results = ChangeEntrySerializer(many=True)


class ChangesView(APIView):
    """Rows written since a moment, in an order in which none ever comes in before one that was read.

    Without `since` it gives no rows, and the `since` of now: with that you begin, then read the lists,
    and then follow. A row comes again whenever it is written; what is told of it is what is so when
    you ask.
    """

    one, tag = "changes", "changes"
    problem_statuses = (410,)

    @extend_schema(
        operation_id="list_changes",
        summary="Changes",
        parameters=[
            OpenApiParameter(
                "since",
                {
                    "anyOf": [
                        {"type": "string", "pattern": f"^{CURSOR.pattern}$"},
                        {"type": "string", "format": "date-time"},
                    ]
                },
                description="a `since` that you were given, or a time such as 2024-03-05T09:30:00Z",
            ),
            OpenApiParameter(
                "page_size",
                {"type": "integer", "minimum": 1, "maximum": MOST_ENTRIES_OF_PAGE},
                description="entries of a page",
            ),
        ],
        responses=ChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ("since", "page_size"))
        size = read_size(request)
        written = request.query_params.get("since")
        if written is None:
            end = format_position(ChangedRow.find_end())
            return Response({"since": end, "next": None, "results": []})
        position = read_position(written)
        entries = list(ChangedRow.objects.settled().after(position).in_order()[: size + 1])
        if ChangedRow.has_forgotten_after(position):
            raise TooOld("What changed so long ago is no longer kept: read the lists anew.")
        shown = entries[:size]
        last = format_position(shown[-1].position if shown else position)
        following = None
        if len(entries) > size:
            query = urlencode({"since": last, "page_size": size})
            following = request.build_absolute_uri(f"{request.path}?{query}")

        def build_address(resource: str, key: str) -> str:
            return str(reverse(f"api-{resource}-detail", args=[key], request=request))

        changes = describe_entries(shown, build_address)
        return Response({"since": last, "next": following, "results": changes})


# Reading


def read_size(request: Request) -> int:
    size = read_row_number(request.query_params.get("page_size", str(ENTRIES_OF_PAGE)))
    if size is None or not 1 <= size <= MOST_ENTRIES_OF_PAGE:
        message = f"“page_size” should be a number from 1 to {MOST_ENTRIES_OF_PAGE}."
        raise ValidationError({"page_size": [message]})
    return size


def read_position(written: str) -> LogPosition:
    """Return the place in the log that a `since` names. Raises `ValidationError` if it is none."""
    position = find_position(written)
    if position is None:
        message = "“since” should be one that you were given, or a time with its zone."
        raise ValidationError({"since": [message]})
    return position


def find_position(written: str) -> LogPosition | None:
    found = CURSOR.fullmatch(written)
    if found:
        return LogPosition(int(found[1]), int(found[2]))
    moment = read_moment(written)
    return ChangedRow.find_position_at(moment) if moment else None


def read_moment(written: str) -> datetime | None:
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    if moment is None or moment.tzinfo is None or not 1970 < moment.year < 9999:
        return None
    return moment


def format_position(position: LogPosition) -> str:
    return f"{position.written}-{position.entry}"


# Describing


def describe_entries(
    entries: Sequence[ChangedRow], build_address: Callable[[str, str], str]
) -> list[dict[str, Any]]:
    """Return what is so now of each row, once, in the order in which they were written last."""
    latest = {(entry.resource, entry.key): entry for entry in entries}
    ordered = sorted(latest.values(), key=lambda entry: entry.position)
    keys: dict[str, set[str]] = defaultdict(set)
    for resource, key in latest:
        keys[resource].add(key)
    present = {resource: find_present_keys(resource, keys[resource]) for resource in keys}
    moved = {
        resource: find_moved_keys(resource, keys[resource] - present[resource]) for resource in keys
    }
    changes = []
    for entry in ordered:
        new_key = moved[entry.resource].get(entry.key)
        change = "gone"
        if entry.key in present[entry.resource]:
            change = "present"
        elif new_key:
            change = "moved"
        changes.append(
            {
                "at": entry.at,
                "resource": entry.resource,
                "key": entry.key,
                "change": change,
                "address": build_address(entry.resource, entry.key),
                "moved_to": new_key and build_address(entry.resource, new_key),
            }
        )
    return changes


def find_present_keys(resource: str, keys: Iterable[str]) -> set[str]:
    """Return those of the keys whose rows are there, for everybody to see."""
    rows: Any = {
        "quote": Quote.objects.all(),
        "actor": Actor.objects.all(),
        "claim": Claim.objects.all(),
        "wording": Wording.objects.all(),
        "match": Match.objects.public(),
        "factcheck": FactCheck.objects.all(),
        "article": Article.objects.all(),
        "outlet": Outlet.objects.all(),
    }[resource]
    column = "slug" if resource in SLUGGED else "pk"
    found = rows.filter(**{f"{column}__in": list(keys)}).order_by()
    return {str(key) for key in found.values_list(column, flat=True)}


def find_moved_claims(keys: set[str]) -> dict[str, str]:
    """Return the claim that each of these is now: that of its first wording, or of what took the
    place of that.
    """
    claims = Wording.objects.filter(pk__in=list(keys)).values_list("pk", "claim_id")
    former = FormerClaim.objects.filter(number__in=list(keys)).values_list("number", "wording")
    claim_of = dict(
        Wording.objects.filter(pk__in=[pk for _, pk in former]).values_list("pk", "claim")
    )
    moved = {str(number): claim_of[wording] for number, wording in former if wording in claim_of}
    moved.update((str(key), now) for key, now in claims if key != now)
    return {key: str(now) for key, now in moved.items()}


def find_moved_keys(resource: str, keys: set[str]) -> dict[str, str]:
    """Return the key of the row that each of these rows is now; those that are gone are left out."""
    if not keys:
        return {}
    if resource == "claim":
        return find_moved_claims(keys)
    if resource not in FORMER_KEYS:
        return {}
    table, column, column_now = FORMER_KEYS[resource]
    former = table._default_manager.filter(**{f"{column}__in": list(keys)})
    return {str(key): str(now) for key, now in former.values_list(column, column_now)}
