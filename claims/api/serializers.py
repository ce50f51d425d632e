"""Rows as JSON. Offsets are Unicode code points into the article's `text` (or its version's), the end not included."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from claims.extraction.schema import ACTOR_KINDS, ACTS, DETAIL_ROLES, KINDS, STANCES
from claims.models import (
    Actor,
    Article,
    ArticleVersion,
    Claim,
    FactCheck,
    FactCheckMatch,
    Match,
    MatchKind,
    Outlet,
    Quote,
    QuoteStatus,
    Wording,
)
from claims.models.decided import PUBLIC_STATUSES
from claims.models.places import PLACES
from claims.pages.identity import list_same_as


class PageAddressSerializer(serializers.Serializer[Any]):
    page = serializers.SerializerMethodField(help_text="address of its page")

    def get_page(self, row: Any) -> str:
        return str(self.context["request"].build_absolute_uri(row.get_absolute_url()))


class SelectedSerializer(serializers.Serializer[Any]):
    """A stretch of the article's text."""

    text = serializers.CharField()
    start = serializers.IntegerField(help_text="code points into the article's text")
    end = serializers.IntegerField(help_text="not included")


class ContentSerializer(serializers.Serializer[Any]):
    text = serializers.CharField(help_text="the parts joined by “ … ”")
    spans = SelectedSerializer(many=True)


class DetailSerializer(SelectedSerializer):
    role = serializers.ChoiceField(choices=DETAIL_ROLES)


class RunnerUpSerializer(serializers.Serializer[Any]):
    """Another actor that the source may mean."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=ACTOR_KINDS)
    confidence = serializers.FloatField()


class OutletSerializer(PageAddressSerializer, serializers.ModelSerializer[Outlet]):
    article_count = serializers.IntegerField(read_only=True)
    quote_count = serializers.IntegerField(read_only=True)
    host = serializers.CharField(read_only=True, help_text="the first of its hosts")
    hosts: Any = serializers.SlugRelatedField(
        slug_field="host", many=True, read_only=True, help_text="where it publishes"
    )

    class Meta:
        model = Outlet
        fields = ("slug", "name", "host", "hosts", "page", "article_count", "quote_count")


class OutletNameSerializer(serializers.ModelSerializer[Outlet]):
    class Meta:
        model = Outlet
        fields = ("slug", "name")


class ActorNameSerializer(serializers.ModelSerializer[Actor]):
    kind = serializers.ChoiceField(choices=ACTOR_KINDS)

    class Meta:
        model = Actor
        fields = ("slug", "name", "kind")


class ActorSerializer(PageAddressSerializer, serializers.ModelSerializer[Actor]):
    kind = serializers.ChoiceField(choices=ACTOR_KINDS)
    names: Any = serializers.SlugRelatedField(
        many=True, read_only=True, slug_field="name", help_text="as articles give them"
    )
    article: Any = serializers.PrimaryKeyRelatedField(
        read_only=True,
        allow_null=True,
        help_text="set when the name alone does not tell who is meant outside it",
    )
    quote_count = serializers.IntegerField(read_only=True)
    same_as = serializers.SerializerMethodField(help_text="addresses of its items of Wikidata")

    class Meta:
        model = Actor
        fields = ("slug", "name", "kind", "names", "article", "page", "same_as", "quote_count")

    def get_same_as(self, actor: Actor) -> list[str]:
        return list_same_as(actor)


class ClaimSerializer(PageAddressSerializer, serializers.ModelSerializer[Claim]):
    quote_count = serializers.IntegerField(read_only=True)
    wordings: Any = serializers.PrimaryKeyRelatedField(
        many=True, read_only=True, help_text="the ways in which it is worded; the first is its own"
    )

    class Meta:
        model = Claim
        fields = ("id", "text", "page", "wordings", "quote_count")


class WordingSerializer(serializers.ModelSerializer[Wording]):
    claim: Any = serializers.PrimaryKeyRelatedField(read_only=True)

    class Meta:
        model = Wording
        fields = ("id", "text", "claim", "is_proposition")
        extra_kwargs: ClassVar = {
            "is_proposition": {
                "help_text": "false: words that say nothing by themselves, and are in no list of claims"
            }
        }


class MatchSerializer(serializers.ModelSerializer[Match]):
    first: Any = serializers.PrimaryKeyRelatedField(read_only=True, help_text="a wording")
    second: Any = serializers.PrimaryKeyRelatedField(
        read_only=True, help_text="the wording that says the same, or denies or answers the first"
    )
    kind = serializers.ChoiceField(choices=MatchKind.choices)
    status = serializers.ChoiceField(choices=[status.value for status in PUBLIC_STATUSES])
    evidence = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="what speaks for and against it"
    )

    class Meta:
        model = Match
        fields = ("id", "first", "second", "kind", "status", "score", "evidence")


class SubjectSerializer(serializers.ModelSerializer[FactCheckMatch]):
    """A wording of a claim here that a fact-check is about."""

    wording = serializers.IntegerField(source="wording.pk", read_only=True)
    claim = serializers.IntegerField(source="wording.claim_id", read_only=True)
    status = serializers.CharField(
        read_only=True, help_text="sure by the words of both, or confirmed by a person"
    )

    class Meta:
        model = FactCheckMatch
        fields = ("wording", "claim", "status", "score")


class FactCheckSerializer(serializers.ModelSerializer[FactCheck]):
    claims = SubjectSerializer(
        source="matches", many=True, help_text="the claims here that it is about"
    )

    class Meta:
        model = FactCheck
        fields = (
            "id",
            "address",
            "reviewer",
            "rating",
            "claim",
            "said_by",
            "said_on",
            "reviewed_on",
            "claims",
        )


class ArticleNameSerializer(PageAddressSerializer, serializers.ModelSerializer[Article]):
    outlet = OutletNameSerializer()

    class Meta:
        model = Article
        fields = ("id", "title", "url", "published_on", "outlet", "page")
        extra_kwargs: ClassVar = {"published_on": {"help_text": "null: not known"}}


class ArticleListSerializer(ArticleNameSerializer):
    quote_count = serializers.IntegerField(read_only=True)

    class Meta(ArticleNameSerializer.Meta):
        fields = (
            *ArticleNameSerializer.Meta.fields,
            "author",
            "section",
            "language",
            "licence",
            "quote_count",
        )  # type: ignore[assignment]


class ArticleSerializer(ArticleListSerializer):
    copies = ArticleNameSerializer(
        many=True, help_text="other articles with nearly all of its text"
    )

    class Meta(ArticleListSerializer.Meta):
        fields = (*ArticleListSerializer.Meta.fields, "copies", "text")  # type: ignore[assignment]


class VersionSerializer(serializers.ModelSerializer[ArticleVersion]):
    """A text that the article had before it was edited."""

    class Meta:
        model = ArticleVersion
        fields = ("id", "seen_at", "sha256")


class ExpandedSerializer(serializers.Serializer[Any]):
    """The rows behind a quote, those that were asked for."""

    actor = ActorSerializer(required=False, allow_null=True)
    claim = ClaimSerializer(required=False)
    article = ArticleSerializer(required=False)

    def to_representation(self, rows: dict[str, Any]) -> dict[str, Any]:
        shown = super().to_representation(rows)
        return {name: shown[name] for name in rows}


class QuoteSerializer(PageAddressSerializer, serializers.ModelSerializer[Quote]):
    actor = ActorNameSerializer(allow_null=True, help_text="null: unknown")
    article = ArticleNameSerializer()
    wording: Any = serializers.PrimaryKeyRelatedField(read_only=True)
    claim = serializers.IntegerField(source="wording.claim_id", read_only=True)
    runners_up = RunnerUpSerializer(
        many=True, help_text="other actors that the source may mean, the likeliest first"
    )
    within: Any = serializers.PrimaryKeyRelatedField(
        read_only=True, allow_null=True, help_text="the quote in whose content this one stands"
    )
    version = VersionSerializer(
        allow_null=True,
        help_text=(
            "in which it stood, and into which its offsets are; null: the article as it is now"
        ),
    )
    details = DetailSerializer(
        many=True, help_text="words of the article that say more of the quote"
    )
    who = serializers.SerializerMethodField(
        help_text="the source in the article's words; null where it gives none"
    )
    cue = serializers.SerializerMethodField(help_text="the reporting words")
    content = serializers.SerializerMethodField(help_text="what was said, in the article's words")
    kind = serializers.ChoiceField(choices=KINDS)
    act = serializers.ChoiceField(choices=ACTS)
    stance = serializers.ChoiceField(choices=STANCES)
    status = serializers.ChoiceField(choices=QuoteStatus.choices)
    expanded = ExpandedSerializer(
        required=False,
        help_text="with `expand`: the rows behind it, as their own addresses give them",
    )
    found_in = serializers.ListField(
        child=serializers.ChoiceField(choices=PLACES),
        required=False,
        help_text="with `where`: in which of these places the words of `q` stand",
    )

    class Meta:
        model = Quote
        fields = (
            "id",
            "page",
            "actor",
            "actor_confidence",
            "actor_method",
            "runners_up",
            "who",
            "cue",
            "content",
            "kind",
            "act",
            "act_confidence",
            "stance",
            "wording",
            "claim",
            "confidence",
            "said_on",
            "within",
            "details",
            "extractor",
            "status",
            "article",
            "version",
            "expanded",
            "found_in",
        )

    @extend_schema_field(SelectedSerializer(allow_null=True))
    def get_who(self, quote: Quote) -> dict[str, Any] | None:
        span = quote.source_span
        if span is None:
            return None
        return {"text": quote.source_text, "start": span.start, "end": span.end}

    @extend_schema_field(SelectedSerializer)
    def get_cue(self, quote: Quote) -> dict[str, Any]:
        return {"text": quote.cue, "start": quote.cue_start, "end": quote.cue_end}

    @extend_schema_field(ContentSerializer)
    def get_content(self, quote: Quote) -> dict[str, Any]:
        spans = []
        for text, span in zip(quote.content_parts, quote.spans.all(), strict=True):
            spans.append({"text": text, "start": span.start, "end": span.end})
        return {"text": quote.content, "spans": spans}
