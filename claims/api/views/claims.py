"""Claims over the REST API, how they are worded, and how two wordings relate."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.parameters import (
    COUNTED_COPIES_PARAMETER,
    DISPUTED_PARAMETER,
    WORDS_PARAMETER,
    build_number_parameter,
    build_parameter,
)
from claims.api.serializers import ClaimSerializer, MatchSerializer, WordingSerializer
from claims.api.viewsets import CountedViewSet, ListAndDetailViewSet, redirect_to_row
from claims.models import Claim, Match, MatchKind, Wording
from claims.search.columns import get_current_columns
from claims.search.disputed import list_disputed
from claims.search.parameters import DISPUTED_VALUES
from newsroom.row_numbers import read_row_number


@extend_schema_view(
    list=extend_schema(
        summary="Claims",
        parameters=[WORDS_PARAMETER, DISPUTED_PARAMETER, COUNTED_COPIES_PARAMETER],
    ),
    retrieve=extend_schema(summary="One claim", parameters=[COUNTED_COPIES_PARAMETER]),
)
class ClaimViewSet(CountedViewSet[Claim]):
    """Propositions that quotes assert, deny or question."""

    one, many = "claim", "claims"
    moved_statuses = ("301",)
    counted = "claim"
    parameters = ("q", "disputed", "copies")
    serializer_class = ClaimSerializer
    queryset = Claim.objects.none()
    order = ("-id",)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The claim of this id; the number of another of its wordings leads to it."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            number = read_row_number(self.kwargs["pk"]) or 0
            claim = Wording.objects.find_claim(number)
            return redirect_to_row("claim", claim.pk if claim else None, request)

    def get_queryset(self) -> QuerySet[Claim]:
        wordings = Wording.objects.only("claim").order_by("pk")
        claims = Claim.objects.defer("search").prefetch_related(Prefetch("wordings", wordings))
        if self.action == "retrieve":
            return claims
        claims = claims.standing().exclude(pk__in=self.counts.list_unquoted())
        way = self.read_parameter("disputed")
        if way and way not in DISPUTED_VALUES:
            message = f"“disputed” should be {' or '.join(DISPUTED_VALUES)}, not “{way}”."
            raise ValidationError({"disputed": [message]})
        if way:
            disputed = list_disputed(get_current_columns(), way)
            claims = claims.filter(pk__in=disputed.tolist())
        words = self.read_words()
        return claims.search(words) if words else claims


@extend_schema_view(
    list=extend_schema(
        summary="Wordings",
        parameters=[WORDS_PARAMETER, build_number_parameter("claim", "number of a claim")],
    ),
    retrieve=extend_schema(summary="One wording"),
)
class WordingViewSet(ListAndDetailViewSet[Wording]):
    """The words of claims, whatever their case and marks."""

    one, many = "wording", "wordings"
    parameters = ("q", "claim")
    serializer_class = WordingSerializer
    queryset = Wording.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Wording]:
        wordings = Wording.objects.defer("search")
        if self.action == "retrieve":
            return wordings
        if self.read_parameter("claim"):
            wordings = wordings.filter(claim=self.read_row_parameter("claim"))
        words = self.read_words()
        return wordings.search(words) if words else wordings


@extend_schema_view(
    list=extend_schema(
        summary="Matches",
        parameters=[
            build_number_parameter("claim", "number of a claim, one of whose wordings it is of"),
            build_number_parameter("wording", "number of a wording that it is of"),
            build_parameter(
                "kind", "how the second wording relates to the first", MatchKind.values
            ),
        ],
    ),
    retrieve=extend_schema(summary="One match"),
)
class MatchViewSet(ListAndDetailViewSet[Match]):
    """How two wordings relate, where that is sure or a person confirmed it."""

    one, many = "match", "matches"
    parameters = ("claim", "wording", "kind")
    serializer_class = MatchSerializer
    queryset = Match.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[Match]:
        matches = Match.objects.public()
        kind = self.read_parameter("kind")
        if kind and kind not in MatchKind.values:
            message = f"There is no kind “{kind}”; there are {', '.join(MatchKind.values)}."
            raise ValidationError({"kind": [message]})
        if kind:
            matches = matches.filter(kind=kind)
        if self.read_parameter("wording"):
            matches = matches.of(self.read_row_parameter("wording"))
        if self.read_parameter("claim"):
            claim = self.read_row_parameter("claim")
            matches = matches.of(*Wording.objects.of_claim(claim))
        return matches
