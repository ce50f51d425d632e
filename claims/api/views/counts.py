"""What can be counted of quotes: facets, a timeline, an overview, two actors side by side, and trust."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.parameters import QUOTE_PARAMETERS, build_parameter
from claims.api.viewsets import read_filters, refuse_problems, refuse_unknown_parameters
from claims.models import Sample
from claims.pages.choosing_actors import ACTORS_COMPARED, read_comparison
from claims.pages.comparing import Comparison, ComparisonSide, compare_actors
from claims.pages.overview import ActorTrend, build_overview
from claims.pages.overview_tables import OverviewLine, OverviewTable
from claims.search import columns
from claims.search.facets import (
    FACET_HEADINGS,
    MatchingQuotes,
    list_facets,
    read_unfolded_facet,
)
from claims.search.histogram import TIME_STEPS, build_histogram
from claims.search.parameters import SLUG_PARAMETERS
from claims.trust.figures import count_changes_since

UNFOLDING_PARAMETERS = ("more", "find")


# Facets


class FacetValueSerializer(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="as the filter takes it")
    label = serializers.CharField()  # type: ignore[assignment] # a field of this name
    qualifier = serializers.CharField(
        allow_blank=True, help_text="tells it from another of its label"
    )
    count = serializers.IntegerField(help_text="quotes that it would leave")
    selected = serializers.BooleanField()


class FacetSerializer(serializers.Serializer[Any]):
    parameter = serializers.ChoiceField(choices=list(FACET_HEADINGS))
    more = serializers.IntegerField(help_text="values that are not among these")
    values = FacetValueSerializer(many=True)


class FacetListSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="quotes in all")
    facets = FacetSerializer(many=True)


class FacetsView(APIView):
    """What a list of quotes can be narrowed by, with how many quotes each value leaves.

    The parameters are those of quotes.
    """

    tag = "quotes"

    @extend_schema(
        operation_id="get_facets",
        summary="Facets",
        parameters=[
            *QUOTE_PARAMETERS,
            build_parameter("more", "the filter whose values are wanted in full", SLUG_PARAMETERS),
            build_parameter("find", "letters with which a name begins, of those of `more`"),
        ],
        responses=FacetListSerializer,
    )
    def get(self, request: Request) -> Response:
        filters = read_filters(request, UNFOLDING_PARAMETERS)
        unfolded, problems = read_unfolded_facet(request.query_params)
        refuse_problems(problems)
        matching = MatchingQuotes(columns.get_current_columns(), filters)
        facets = list_facets(matching, unfolded=unfolded)
        found = {"count": matching.total, "facets": facets}
        return Response(FacetListSerializer(found).data)


# Timeline


class BarSerializer(serializers.Serializer[Any]):
    since = serializers.DateField()
    until = serializers.DateField(help_text="included")
    count = serializers.IntegerField()


class TimelineSerializer(serializers.Serializer[Any]):
    step = serializers.ChoiceField(choices=TIME_STEPS)
    undated = serializers.IntegerField(help_text="quotes of articles without a date")
    bars = BarSerializer(many=True, help_text="one after the other, the empty ones too")


class TimelineView(APIView):
    """How many quotes were published when, in steps that grow with the time there is to show.

    The parameters are those of quotes.
    """

    tag = "quotes"

    @extend_schema(
        operation_id="get_timeline",
        summary="Timeline",
        parameters=QUOTE_PARAMETERS,
        responses=TimelineSerializer,
    )
    def get(self, request: Request) -> Response:
        filters = read_filters(request)
        matching = MatchingQuotes(columns.get_current_columns(), filters)
        return Response(TimelineSerializer(build_histogram(matching)).data)


# Overview


class NameSerializer(serializers.Serializer[Any]):
    """An actor, outlet or value that heads a row or column."""

    slug = serializers.CharField(
        allow_blank=True, help_text="as the filter takes it; empty for all together"
    )
    label = serializers.CharField()  # type: ignore[assignment] # a field of this name


class TrendSerializer(serializers.Serializer[Any]):
    actor = NameSerializer()
    count = serializers.IntegerField()
    timeline = TimelineSerializer()


class LineSerializer(serializers.Serializer[Any]):
    name = NameSerializer()
    total = serializers.IntegerField()
    counts = serializers.ListField(child=serializers.IntegerField(), help_text="one for each head")


class TableSerializer(serializers.Serializer[Any]):
    heads = NameSerializer(many=True)
    whole = LineSerializer(help_text="over all rows")
    lines = LineSerializer(many=True)
    more = serializers.IntegerField(help_text="rows that are not among these")


class OverviewSerializer(serializers.Serializer[Any]):
    count = serializers.IntegerField(help_text="quotes in all")
    actors = TrendSerializer(many=True, help_text="those quoted most")
    acts = TableSerializer(help_text="by outlet")
    accusations = TableSerializer(help_text="who accuses, by who is named")
    sources = TableSerializer(help_text="unnamed and unknown speakers by outlet")


class OverviewView(APIView):
    """Quotes at a glance: who is quoted most and when, acts by outlet, who accuses whom, and how
    often a speaker has no name. The parameters are those of quotes.
    """

    tag = "quotes"

    @extend_schema(
        operation_id="get_overview",
        summary="Overview",
        parameters=QUOTE_PARAMETERS,
        responses=OverviewSerializer,
    )
    def get(self, request: Request) -> Response:
        overview = build_overview(read_filters(request))
        actors = [describe_trend(trend) for trend in overview.trends]
        described = {
            "count": overview.total,
            "actors": actors,
            "acts": describe_table(overview.acts),
            "accusations": describe_table(overview.accusations),
            "sources": describe_table(overview.sources),
        }
        return Response(OverviewSerializer(described).data)


def describe_trend(trend: ActorTrend) -> dict[str, Any]:
    return {"actor": trend.name, "count": trend.quotes.count, "timeline": trend.over_time}


def describe_table(table: OverviewTable) -> dict[str, Any]:
    return {
        "heads": table.heads,
        "whole": describe_line(table.whole),
        "lines": [describe_line(line) for line in table.lines],
        "more": table.more,
    }


def describe_line(line: OverviewLine) -> dict[str, Any]:
    counts = [cell.count for cell in line.cells]
    return {"name": line.name, "total": line.total.count, "counts": counts}


# Two actors


class ComparedClaimSerializer(serializers.Serializer[Any]):
    claim = serializers.IntegerField(help_text="id of a claim that both spoke of")
    text = serializers.CharField()


class ComparedLineSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment] # a field of this name
    counts = serializers.ListField(child=serializers.IntegerField(), help_text="of each actor")


class ComparedTableSerializer(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    lines = ComparedLineSerializer(many=True)


class ComparedActorSerializer(serializers.Serializer[Any]):
    slug = serializers.CharField()
    name = serializers.CharField()
    quote_count = serializers.IntegerField()
    naming_count = serializers.IntegerField(help_text="quotes that name the other one")


class ComparisonSerializer(serializers.Serializer[Any]):
    actors = ComparedActorSerializer(many=True)
    tables = ComparedTableSerializer(many=True)
    claims = ComparedClaimSerializer(many=True)


COMPARISON_PARAMETERS = [
    OpenApiParameter(
        "actor",
        {
            "type": "array",
            "items": {"type": "string", "minLength": 1},
            "minItems": ACTORS_COMPARED,
            "maxItems": ACTORS_COMPARED,
            "uniqueItems": True,
        },
        required=True,
        description="the two: slugs of actors",
    ),
    *(each for each in QUOTE_PARAMETERS if each.name != "actor"),
]


class ComparisonView(APIView):
    """Two actors side by side: how much, in which acts, where, and on which claims they spoke.

    The parameters are those of quotes, with `actor` given twice.
    """

    tag = "quotes"

    @extend_schema(
        operation_id="compare_actors",
        summary="Two actors side by side",
        parameters=COMPARISON_PARAMETERS,
        responses=ComparisonSerializer,
    )
    def get(self, request: Request) -> Response:
        asked = read_comparison(request.query_params, read_filters(request))
        refuse_problems(asked.problems)
        if len(asked.actors) != ACTORS_COMPARED:
            raise ValidationError({"actor": ["Give two actors to compare."]})
        first, second = asked.actors
        comparison = compare_actors(first, second, asked.filters)
        return Response(ComparisonSerializer(describe_comparison(comparison)).data)


def describe_comparison(comparison: Comparison) -> dict[str, Any]:
    tables = []
    for table in comparison.tables:
        lines = []
        for line in table.lines:
            lines.append({"label": line.label, "counts": [cell.count for cell in line.cells]})
        tables.append({"key": table.key, "title": table.title, "lines": lines})
    claims = [{"claim": shared.claim.pk, "text": shared.claim.text} for shared in comparison.claims]
    actors = [describe_side(side) for side in comparison.sides]
    return {"actors": actors, "tables": tables, "claims": claims}


def describe_side(side: ComparisonSide) -> dict[str, Any]:
    return {
        "slug": side.actor.slug,
        "name": side.actor.name,
        "quote_count": side.total,
        "naming_count": side.about_total,
    }


# Trust


class ShareSerializer(serializers.Serializer[Any]):
    """A share of all quotes, estimated from a sample."""

    value = serializers.FloatField()
    low = serializers.FloatField(help_text="from where it lies with 95 % confidence")
    high = serializers.FloatField(help_text="to where")
    right = serializers.IntegerField(help_text="of the sample")
    number = serializers.IntegerField(help_text="in the sample")


class MeasuredQuestionSerializer(serializers.Serializer[Any]):
    label = serializers.CharField()  # type: ignore[assignment] # a field of this name
    share = ShareSerializer(allow_null=True)


class SampleResultsSerializer(serializers.Serializer[Any]):
    name = serializers.CharField()
    closed_at = serializers.DateTimeField()
    size = serializers.IntegerField()
    headline = ShareSerializer(allow_null=True, help_text="right in quote and speaker")
    questions = MeasuredQuestionSerializer(many=True)
    articles_read_since = serializers.IntegerField(
        help_text="articles that another version of the extractor has read"
    )


class TrustSerializer(serializers.Serializer[Any]):
    sample = SampleResultsSerializer(allow_null=True, help_text="null: none has been judged")


class TrustView(APIView):
    """How many of the quotes are right, as people judged a random sample of them."""

    tag = "trust"

    @extend_schema(operation_id="get_trust", summary="Trust", responses=TrustSerializer)
    def get(self, request: Request) -> Response:
        refuse_unknown_parameters(request, ())
        sample = Sample.objects.closed().first()
        described = describe_sample(sample) if sample else None
        return Response(TrustSerializer({"sample": described}).data)


def describe_sample(sample: Sample) -> dict[str, Any]:
    results = sample.results or {}
    return {
        "name": sample.name,
        "closed_at": sample.closed_at,
        "size": results["size"],
        "headline": results["headline"],
        "questions": results["questions"],
        "articles_read_since": count_changes_since(sample).articles,
    }
