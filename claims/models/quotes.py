"""Who said what, in which words of an article."""

from typing import TYPE_CHECKING, Any, ClassVar, cast

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q, Value

from claims.extraction.schema import ACTS, KINDS, STANCES, Act, Span, get_stance_of_act
from claims.models.about import About
from claims.models.actors import Actor
from claims.models.addresses import get_address
from claims.models.articles import Article, ArticleVersion
from claims.models.changed_rows import build_log_triggers
from claims.models.changes import build_change_triggers, build_join_triggers
from claims.models.checks import COLUMNS_CHECKED, build_check_when_changed, build_check_when_made
from claims.models.claims import CONTENT_GAP, Claim, Wording
from claims.models.doubt import (
    IS_QUOTE_DOUBTFUL,
    IS_SPEAKER_DOUBTFUL,
    IS_SPEAKER_UNKNOWN,
    is_speaker_unsure,
)
from claims.models.matches import build_waiting_triggers
from claims.models.quote_queryset import QuoteQuerySet
from claims.models.rules import (
    build_field_choices,
    build_one_of_constraint,
    build_share_constraint,
    track_history,
)
from claims.models.text_search import build_plain_column
from claims.passages.parts import SHORTEST_PART

if TYPE_CHECKING:
    from django.db.models import Manager

    from claims.models.spans import Detail
    from claims.models.spans import Span as ContentSpan


class QuoteStatus(models.TextChoices):
    UNREVIEWED = "unreviewed", "unreviewed"
    ACCEPTED = "accepted", "accepted"
    CORRECTED = "corrected", "corrected"
    REJECTED = "rejected", "rejected"


IS_UNREVIEWED = Q(status="unreviewed")


# What of a quote bears on whose its speaker's name is, where an update changed it.
SAYS_OTHER_OF_ACTORS = (
    "coalesce(old_row.named_as_id, old_row.actor_id)"
    " IS DISTINCT FROM coalesce(new_row.named_as_id, new_row.actor_id)"
    " OR old_row.status <> new_row.status"
    " OR old_row.version_id IS DISTINCT FROM new_row.version_id"
    " OR old_row.wording_id <> new_row.wording_id"
)


@track_history(
    "search_content",
    "named_as",
    unindexed=("article", "version", "actor", "wording", "within", "pgh_context"),
)
class Quote(models.Model):
    """An attributed quote: one cue, at most one source, one or more content spans, all slices
    of its article's text.

    `/quotes/<id>/` lasts: re-extraction finds a quote again by its article and cue span, and
    leaves alone every quote that a person has touched (any status but unreviewed). One whose
    words an edited article no longer has keeps the `version` in which they stood, and is a
    slice of that text.
    """

    if TYPE_CHECKING:
        spans: "Manager[ContentSpan]"
        details: "Manager[Detail]"
        inner: "Manager[Quote]"
        named: "Manager[About]"
        elsewhere: Any  # where copies of its article have its words, once that has been asked for
        why: list[tuple[str, list[str]]]  # what it is in a list for, once that has been asked for
        parts: "list[ContentSpan]"  # its spans, and whom it names, as `for_reader` reads them
        naming: "list[About]"
        begins: int  # where the first of its parts does, once that has been asked for
        teller: Any  # who told what it stands within, once that has been asked for
        says_from: int | None  # what its sentence needs, as `with_sentence_parts` reads it
        says_to: int | None
        bridge: str
        hearer: str | None
        claim_number: int  # its claim, as `with_others` reads it
        hangs: int  # under how many quotes right above it in a list, once that has been asked for

    is_stored = True  # False for one that is only shown, of a document that is no article

    # Found by `quote_is_one_row_per_cue`.
    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes", db_index=False)
    version = models.ForeignKey(
        ArticleVersion,
        models.RESTRICT,
        null=True,
        blank=True,
        editable=False,
        related_name="quotes",
        db_index=False,
        help_text="in which it stood; empty: it stands in the article's text",
    )
    actor = models.ForeignKey(
        Actor,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="quotes",
        db_index=False,  # found by `quote_actor_act`
        help_text="empty: unknown",
    )
    named_as = models.ForeignKey(
        Actor,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="quotes_named",
        db_index=False,
        help_text="whom its article names, where that is taken for the actor",
    )
    wording = models.ForeignKey(
        Wording, models.PROTECT, related_name="quotes", help_text="the words of its content"
    )
    stance = models.CharField(max_length=9, choices=build_field_choices(STANCES))
    kind = models.CharField(max_length=8, choices=build_field_choices(KINDS))
    act = models.CharField(max_length=10, choices=build_field_choices(ACTS))
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_text = models.TextField(blank=True, help_text="who, in the article's words")
    cue_start = models.PositiveIntegerField()
    cue_end = models.PositiveIntegerField()
    cue = models.TextField(help_text="the reporting words")
    content = models.TextField(help_text="what, in the article's words")
    confidence = models.FloatField(help_text="that this is a quote with these spans, 0 to 1")
    actor_confidence = models.FloatField(
        null=True, blank=True, help_text="that the actor is right, 0 to 1"
    )
    actor_method = models.CharField(max_length=40, blank=True, help_text="how the actor was found")
    act_confidence = models.FloatField(
        null=True, blank=True, help_text="that the act is right, 0 to 1"
    )
    runners_up = models.JSONField(
        default=list,
        blank=True,
        db_default=Value([], models.JSONField()),
        help_text="other actors that the source may mean",
    )
    said_on = models.DateField(
        null=True, blank=True, help_text="the day it was said, where the article tells"
    )
    within = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="inner",
        help_text="the quote in whose content it stands",
    )
    extractor = models.CharField(
        max_length=40, editable=False, help_text="version of the extractor that found it"
    )
    status = models.CharField(max_length=10, choices=QuoteStatus, default=QuoteStatus.UNREVIEWED)
    added_at = models.DateTimeField(auto_now_add=True)
    about: "models.ManyToManyField[Actor, About]" = models.ManyToManyField(
        Actor,
        through=About,
        through_fields=("quote", "actor"),
        related_name="talked_about_in",
    )
    search_content = models.GeneratedField(
        expression=SearchVector(build_plain_column("content"), config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = [
            F("article__published_on").desc(nulls_last=True),
            "-article_id",
            "cue_start",
        ]
        indexes: ClassVar = [
            GinIndex(fields=["search_content"], name="quote_search"),
            models.Index(fields=["actor", "act"], name="quote_actor_act"),
            models.Index(fields=["version"], condition=Q(version__isnull=False), name="quote_gone"),
            models.Index(
                fields=["named_as"], condition=Q(named_as__isnull=False), name="quote_named_as"
            ),
            # What waits for a curator, in the order in which the review desk hands it out.
            models.Index(
                fields=["confidence", "id"],
                condition=IS_UNREVIEWED & IS_QUOTE_DOUBTFUL,
                name="quote_in_doubt",
            ),
            models.Index(
                fields=["confidence", "id"],
                condition=IS_UNREVIEWED & IS_SPEAKER_UNKNOWN,
                name="quote_speaker_unknown",
            ),
            models.Index(
                fields=["actor_confidence", "id"],
                condition=IS_UNREVIEWED & IS_SPEAKER_DOUBTFUL,
                name="quote_speaker_in_doubt",
            ),
        ]
        constraints: ClassVar = [
            # Looked at when an edit is whole: a quote may move to where another stood that moves
            # as well.
            models.UniqueConstraint(
                fields=["article", "version", "cue_start", "cue_end"],
                nulls_distinct=False,
                deferrable=models.Deferrable.DEFERRED,
                name="quote_is_one_row_per_cue",
            ),
            models.CheckConstraint(
                condition=Q(cue_start__lt=F("cue_end")), name="quote_cue_is_a_span"
            ),
            models.CheckConstraint(
                condition=Q(source_start__isnull=True, source_end__isnull=True)
                | Q(
                    source_start__isnull=False,
                    source_end__isnull=False,
                    source_start__lt=F("source_end"),
                ),
                name="quote_source_is_a_span_or_absent",
            ),
            models.CheckConstraint(
                condition=Q(confidence__range=(0, 1)), name="quote_confidence_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(actor_confidence__isnull=True) | Q(actor_confidence__range=(0, 1)),
                name="quote_actor_confidence_is_a_share",
            ),
            build_share_constraint("act_confidence", "quote_act_confidence_is_a_share"),
            models.CheckConstraint(condition=~Q(within=F("pk")), name="quote_is_not_within_itself"),
            build_one_of_constraint("kind", KINDS, "quote_kind_is_known"),
            build_one_of_constraint("act", ACTS, "quote_act_is_known"),
            build_one_of_constraint("stance", STANCES, "quote_stance_is_known"),
            build_one_of_constraint("status", tuple(QuoteStatus.values), "quote_status_is_known"),
        ]
        triggers: ClassVar = [
            build_check_when_made("id"),
            build_check_when_changed("id", COLUMNS_CHECKED),
            *build_change_triggers("quote", "id"),
            *build_waiting_triggers(),
            *build_log_triggers("quote", "SELECT 'quote', id::text FROM {rows}"),
            *build_join_triggers("quote", ("actor_id", "named_as_id"), SAYS_OTHER_OF_ACTORS),
        ]
        permissions: ClassVar = [("bulk_quote", "Can decide on many quotes at once")]

    def __str__(self) -> str:
        return f"{self.source_text or 'unknown'} {self.cue}: {self.content[:80]}"

    def get_absolute_url(self) -> str:
        """Return the address of its page.

        One that is never stored has none, and is at its place in the text that is shown.
        """
        if not self.is_stored:
            return f"#quote-{self.pk}"
        return get_address("quote", self.pk)

    @property
    def address_in_article(self) -> str:
        """Return where it stands on its article's page.

        The page of a long article is in parts: the part that has the quote is asked for.
        """
        address = get_address("article", self.article_id)
        if self.cue_start >= SHORTEST_PART:
            address += f"?quote={self.pk}"
        return f"{address}#quote-{self.pk}"

    @property
    def claim(self) -> Claim:
        """Return the claim that it makes, or takes another stance to."""
        claim: Claim = self.wording.claim
        return claim

    @property
    def claim_id(self) -> int:
        """Return the number of its claim; needs its wording."""
        return self.wording.claim_id

    @property
    def text(self) -> str:
        """Return the text of which it is a slice: the article's, or that of the version in
        which it stood.
        """
        return self.version.text if self.version else self.article.text

    @property
    def headline(self) -> str:
        """Return the title above it."""
        return self.version.title if self.version else self.article.title

    @property
    def said_by(self) -> str:
        """Return who said it as well as we know: the actor, or the article's words."""
        if self.actor:
            return self.actor.name
        return self.source_text or "an unknown speaker"

    @property
    def source_span(self) -> Span | None:
        if self.source_start is None or self.source_end is None:
            return None
        return Span(self.source_start, self.source_end)

    @property
    def cue_span(self) -> Span:
        return Span(self.cue_start, self.cue_end)

    @property
    def content_spans(self) -> list[Span]:
        """Return the spans of its content in the order of the text.

        Reads `spans` unless they are prefetched.
        """
        return [Span(span.start, span.end) for span in self.spans.all()]

    @property
    def all_spans(self) -> list[Span]:
        """Return the spans of cue, source and content, in no order.

        Reads `spans` unless they are prefetched.
        """
        spans = [self.cue_span, *self.content_spans]
        if self.source_span:
            spans.append(self.source_span)
        return spans

    @property
    def content_parts(self) -> list[str]:
        """Return the text of each content span, in order; needs `spans`, not the article's text."""
        parts = []
        start = 0
        for span in self.content_spans:
            end = start + span.end - span.start
            parts.append(self.content[start:end])
            start = end + len(CONTENT_GAP)
        return parts

    @property
    def touched(self) -> bool:
        """Return whether a person has decided on it; extraction then leaves it alone."""
        return self.status != QuoteStatus.UNREVIEWED

    @property
    def has_unsure_speaker(self) -> bool:
        return is_speaker_unsure(self)

    def select_texts(self) -> None:
        """Set texts, wording and stance anew from the spans and the act, without saving the quote.

        The content spans are read from the database, whatever has been prefetched.
        """
        text = self.text
        source = self.source_span
        self.source_text = source.of(text) if source else ""
        self.cue = self.cue_span.of(text)
        contents = self.spans.order_by("start").values_list("start", "end")
        self.content = CONTENT_GAP.join(text[start:end] for start, end in contents)
        self.wording, _ = Wording.objects.get_or_create(
            key=Wording.key_of(self.content, self.article.key), defaults={"text": self.content}
        )
        self.stance = get_stance_of_act(cast("Act", self.act))
