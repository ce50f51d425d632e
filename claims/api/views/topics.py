"""A topic as the REST API tells it: everybody who spoke on it, by sides."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.parameters import (
    QUOTE_PARAMETERS,
    build_number_parameter,
    build_parameter,
    build_words_parameter,
)
from claims.api.viewsets import list_empty, refuse_problems
from claims.pages.topics import (
    PARAMETERS_BESIDE_FILTERS,
    SIDES,
    SpeakerOnTopic,
    Topic,
    build_topic,
)
from claims.search import columns
from claims.search.filters import Filters
from claims.search.reading import LONGEST_SEARCH_TEXT
from newsroom.row_numbers import read_row_number

OTHER_PARAMETERS = [
    build_parameter("side", "all who take this side, in pages; without it some of each", SIDES),
    build_number_parameter("page", "of the side, from 1", least=1),
    build_words_parameter("words that a topic needs", LONGEST_SEARCH_TEXT, is_needed=True),
]
TOPIC_PARAMETERS = [*(each for each in QUOTE_PARAMETERS if each.name != "q"), *OTHER_PARAMETERS]


class SpeakerSerializer(serializers.Serializer[SpeakerOnTopic]):
    """Somebody who takes a side, by the latest quote."""

    actor = serializers.SerializerMethodField(help_text="slug; null: unknown")
    name = serializers.SerializerMethodField(help_text="of the actor; empty: unknown")
    is_unsure = serializers.BooleanField(
        source="quote.has_unsure_speaker", help_text="whether the speaker may be wrong"
    )
    quote = serializers.IntegerField(source="quote.pk", help_text="number of the latest quote")
    cue = serializers.CharField(source="quote.cue")
    content = serializers.CharField(source="quote.content")
    outlet = serializers.CharField(source="quote.article.outlet.name")
    published_on = serializers.DateField(source="quote.article.published_on", allow_null=True)
    others = serializers.IntegerField(help_text="how many other quotes there are")
    replies_to = serializers.SerializerMethodField(
        help_text="number of the claim that is denied or answered in other words; else null"
    )
    is_near = serializers.BooleanField(help_text="whether the article alone ties it to the topic")

    def get_actor(self, speaker: SpeakerOnTopic) -> str | None:
        return speaker.quote.actor.slug if speaker.quote.actor else None

    def get_name(self, speaker: SpeakerOnTopic) -> str:
        return speaker.quote.actor.name if speaker.quote.actor else ""

    def get_replies_to(self, speaker: SpeakerOnTopic) -> int | None:
        return speaker.match.first.claim_id if speaker.match else None


class SideSerializer(serializers.Serializer[Any]):
    side = serializers.ChoiceField(source="name", choices=SIDES)
    number = serializers.IntegerField(help_text="of those who take it")
    quotes = serializers.IntegerField(help_text="by them")
    speakers = SpeakerSerializer(many=True, help_text="those heard last first")


class TopicSerializer(serializers.Serializer[Topic]):
    quotes = serializers.IntegerField(help_text="on the topic, of all sides")
    sides = SideSerializer(many=True)


class TopicView(APIView):
    """Everybody who spoke on what words ask for, as `/topics/` shows them."""

    tag = "quotes"

    @extend_schema(
        operation_id="get_topic",
        summary="Who said what on a topic",
        parameters=TOPIC_PARAMETERS,
        responses=TopicSerializer,
    )
    def get(self, request: Request) -> Response:
        filters = Filters.read(request.query_params, also=PARAMETERS_BESIDE_FILTERS)
        problems = [*filters.problems, *list_empty(request)]
        topic = None
        if filters.q:
            topic = build_topic(columns.get_current_columns(), filters, request.query_params)
            problems += topic.problems
        refuse_problems(problems)
        if not read_row_number(request.query_params.get("page", "1")):
            raise ValidationError({"page": ["“page” should be a number from 1."]})
        if topic is None:
            raise ValidationError({"q": ["A topic needs words to search for (“q”)."]})
        return Response(TopicSerializer(topic).data)
