"""What was written, for whoever keeps a copy: each row that changed, where it is now, or that it is gone."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

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
from claims.following.changes import list_changes
from claims.models import ChangedRow, LogPosition
from newsroom.row_numbers import read_row_number

ENTRIES_OF_PAGE = 50
MOST_ENTRIES_OF_PAGE = 500
CURSOR = re.compile(r"([0-9]{1,19})-([0-9]{1,18})")
LARGEST_TRANSACTION = 2**63 - 1


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
    changes = []
    for change in list_changes(entries):
        described: dict[str, Any] = change._asdict()
        described.pop("key_now")
        described["address"] = build_address(change.resource, change.key)
        moved_to = change.key_now and build_address(change.resource, change.key_now)
        described["moved_to"] = moved_to or None
        changes.append(described)
    return changes
