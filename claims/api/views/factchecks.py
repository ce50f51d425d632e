"""What others found of claims, as JSON."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view

from claims.api.parameters import build_number_parameter
from claims.api.serializers import FactCheckSerializer
from claims.api.viewsets import ListAndDetailViewSet
from claims.models import FactCheck, FactCheckMatch


@extend_schema_view(
    list=extend_schema(
        summary="Fact-checks",
        parameters=[build_number_parameter("claim", "number of a claim that they are about")],
    ),
    retrieve=extend_schema(summary="One fact-check"),
)
class FactCheckViewSet(ListAndDetailViewSet[FactCheck]):
    """What others found of claims: their judgement, with the claims here that seem to be meant."""

    one, many = "factcheck", "factchecks"
    parameters = ("claim",)
    serializer_class = FactCheckSerializer
    queryset = FactCheck.objects.none()
    order = ("-id",)

    def get_queryset(self) -> QuerySet[FactCheck]:
        there = FactCheckMatch.objects.public().seen()
        shown = there.select_related("wording").defer("wording__search")
        matches: Any = Prefetch("matches", shown)
        factchecks = FactCheck.objects.defer("runs").prefetch_related(matches)
        if self.action == "retrieve" or not self.read_parameter("claim"):
            return factchecks
        of_claim = there.filter(
            factcheck=OuterRef("pk"), wording__claim=self.read_row_parameter("claim")
        )
        return factchecks.filter(Exists(of_claim))
