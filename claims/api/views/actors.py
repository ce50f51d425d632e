"""Actors over the REST API."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.parameters import COUNTED_COPIES_PARAMETER, WORDS_PARAMETER, build_parameter
from claims.api.serializers import ActorSerializer
from claims.api.viewsets import CountedViewSet, redirect_to_row
from claims.extraction.schema import ACTOR_KINDS
from claims.models import Actor, FormerSlug


@extend_schema_view(
    list=extend_schema(
        summary="Actors",
        parameters=[
            WORDS_PARAMETER,
            build_parameter("kind", "of actor", ACTOR_KINDS),
            COUNTED_COPIES_PARAMETER,
        ],
    ),
    retrieve=extend_schema(summary="One actor", parameters=[COUNTED_COPIES_PARAMETER]),
)
class ActorViewSet(CountedViewSet[Actor]):
    """People, organizations, states, groups and documents that say things."""

    one, many = "actor", "actors"
    moved_statuses = ("301", "302")
    counted = "actor"
    serializer_class = ActorSerializer
    queryset = Actor.objects.none()
    lookup_field = "slug"
    parameters = ("q", "kind", "copies")
    order = ("slug",)
    taken_for: str | None = None  # the slug of the actor that the one asked for is taken for

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The actor of this slug; one that was merged into another, or is taken for it, leads to that one."""
        try:
            response = super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = FormerSlug.objects.filter(slug=self.kwargs["slug"])
            slug = rows.values_list("actor__slug", flat=True).first()
            return redirect_to_row("actor", slug, request)
        if self.taken_for:
            return redirect_to_row("actor", self.taken_for, request, status=302)
        return response

    def get_object(self) -> Actor:
        actor = super().get_object()
        self.taken_for = getattr(actor, "taken_for", None)
        return actor

    def get_queryset(self) -> QuerySet[Actor]:
        actors = Actor.objects.with_items().prefetch_related("names")
        if self.action == "retrieve":
            return actors.with_head()
        actors = actors.standing().exclude(pk__in=self.counts.list_unquoted())
        kind = self.read_parameter("kind")
        name = self.read_parameter("q")
        if kind and kind not in ACTOR_KINDS:
            message = f"There is no kind “{kind}”; there are {', '.join(ACTOR_KINDS)}."
            raise ValidationError({"kind": [message]})
        if kind:
            actors = actors.filter(kind=kind)
        return actors.called(name) if name else actors
