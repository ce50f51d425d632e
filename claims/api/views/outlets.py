"""Outlets over the REST API."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.parameters import OUTLET_COPIES_PARAMETER
from claims.api.serializers import OutletSerializer
from claims.api.viewsets import CountedViewSet, redirect_to_row
from claims.models import Article, FormerOutletSlug, Outlet


@extend_schema_view(
    list=extend_schema(summary="Outlets", parameters=[OUTLET_COPIES_PARAMETER]),
    retrieve=extend_schema(summary="One outlet", parameters=[OUTLET_COPIES_PARAMETER]),
)
class OutletViewSet(CountedViewSet[Outlet]):
    """Who publishes."""

    one, many = "outlet", "outlets"
    moved_statuses = ("301",)
    counted = "outlet"
    is_once_by_default = False  # an outlet has all that it published
    serializer_class = OutletSerializer
    queryset = Outlet.objects.none()
    lookup_field = "slug"
    parameters = ("copies",)
    order = ("slug",)

    def get_queryset(self) -> QuerySet[Outlet]:
        return Outlet.objects.prefetch_related("hosts")

    def attach_counts(self, rows: Sequence[Outlet]) -> None:
        super().attach_counts(rows)
        articles = Article.objects.all()
        if self.counts.is_once:
            articles = articles.once_per_text()
        per_outlet = articles.count_per_outlet(rows)
        for outlet in rows:
            outlet.article_count = per_outlet.get(outlet.pk, 0)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The outlet of this slug; one that was merged into another leads to that one."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            rows = FormerOutletSlug.objects.filter(slug=self.kwargs["slug"])
            slug = rows.values_list("outlet__slug", flat=True).first()
            return redirect_to_row("outlet", slug, request)
