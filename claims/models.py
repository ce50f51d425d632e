"""Articles, actors, quotes and claims. What must hold of them is held by PostgreSQL (constraints and triggers)."""

import hashlib
import re
from typing import TYPE_CHECKING, ClassVar, cast

import pghistory
import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from claims.extraction.schema import ACTOR_KINDS, ACTS, KINDS, STANCES, Act, stance
from claims.querysets import ActorQuerySet, ArticleQuerySet, ClaimQuerySet, OutletQuerySet, QuoteQuerySet, plain

if TYPE_CHECKING:
    from django.db.models import Manager

CONTENT_GAP = " … "  # stands between the parts of a discontinuous content


def choices(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value.replace("_", " ")) for value in values]


def one_of(field: str, values: tuple[str, ...], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def unused_slug(model: type[models.Model], name: str) -> str:
    """A slug for `name` that no row of `model` has yet."""
    base = slugify(name)[:80] or "unnamed"
    taken = set(model._default_manager.filter(slug__startswith=base).values_list("slug", flat=True))
    number, slug = 2, base
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def kept_events() -> tuple[pghistory.RowEvent, ...]:
    """What goes into a row's history: that it was made, changed, deleted; by whom and when is the history's context."""
    return pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent()


class Outlet(models.Model):
    """Who published an article."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=100, unique=True)
    host = models.CharField(max_length=253, unique=True, help_text="the host of its addresses, without www.")

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("outlet", args=[self.slug])


class Article(models.Model):
    """One published text. The offsets of its quotes point into `text`, which never changes under them."""

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"

    key = models.CharField(max_length=2100, unique=True, help_text="its address, or its id where it has none")
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles")
    url = models.URLField(max_length=2000, blank=True)
    title = models.CharField(max_length=1000)
    text = models.TextField()
    published_on = models.DateField()
    extractor = models.CharField(
        max_length=40, blank=True, editable=False, help_text="the version that last read it; empty: not read yet"
    )
    added_at = models.DateTimeField(auto_now_add=True)
    search = models.GeneratedField(
        expression=SearchVector(plain("title"), weight="A", config="english")
        + SearchVector(plain("text"), weight="B", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-published_on", "-id"]
        indexes: ClassVar = [
            GinIndex(fields=["search"], name="article_search"),
            models.Index(fields=["-published_on", "-id"], name="article_newest"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="text_stands_under_quotes",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("text"),  # type: ignore[no-untyped-call]
                condition=pgtrigger.Condition("OLD.text IS DISTINCT FROM NEW.text"),
                func="""
                    IF EXISTS (SELECT 1 FROM claims_quote WHERE article_id = NEW.id) THEN
                        RAISE EXCEPTION 'the text of article % cannot change while quotes point into it', NEW.id
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("article", args=[self.pk])


@pghistory.track(*kept_events())
class Actor(models.Model):
    """A person, organization, state, group or document that says things.

    `article` is set when the name by itself does not tell who is meant (a bare surname): the actor then stands for
    whoever that article means, and is never joined with another article's by its name.
    """

    if TYPE_CHECKING:
        names: "Manager[ActorName]"
        quotes: "Manager[Quote]"

    name = models.CharField(max_length=300)
    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=12, choices=choices(ACTOR_KINDS))
    article = models.ForeignKey(
        Article, models.CASCADE, null=True, blank=True, related_name="actors", help_text="set when known there only"
    )

    objects = ActorQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            one_of("kind", ACTOR_KINDS, "actor_kind_is_known"),
            models.UniqueConstraint(fields=["kind", "name", "article"], nulls_distinct=False, name="actor_is_one_row_per_name"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("actor", args=[self.slug])


@pghistory.track(*kept_events())
class ActorName(models.Model):
    """A name that articles give an actor ("Mr Biden", "President Joe Biden")."""

    actor = models.ForeignKey(Actor, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "name"], name="actor_name_is_given_once")]

    def __str__(self) -> str:
        return self.name


class Claim(models.Model):
    """A proposition that quotes assert, deny or question."""

    if TYPE_CHECKING:
        quotes: "Manager[Quote]"

    text = models.TextField(help_text="in the words of the first quote")
    key = models.CharField(max_length=64, unique=True, editable=False, help_text="SHA-256 of the normalised words")
    search = models.GeneratedField(
        expression=SearchVector(plain("text"), config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [GinIndex(fields=["search"], name="claim_search")]

    def __str__(self) -> str:
        return self.text[:100]

    def get_absolute_url(self) -> str:
        return reverse("claim", args=[self.pk])

    @staticmethod
    def key_of(content: str, article: str) -> str:
        """The same for contents that differ only in case, punctuation, white space and a leading "that".

        One or two words ("this", "the charge") mean what their article was speaking of, so they are a claim of that article
        alone (by its key).
        """
        words = re.findall(r"\w+", content.casefold().replace("’", "'").replace("'", ""))
        kept = words[1:] if words[:1] == ["that"] else words
        scope = [f"article {article}:"] if len(kept) < 3 else []
        return hashlib.sha256(" ".join(scope + (kept or [content])).encode()).hexdigest()


# The article is locked, so that its text and its quotes cannot change past each other in two transactions at once.
# TRUNCATE passes by: were it refused, Django could not empty the tables, which `manage.py flush` and tests do so.
SPANS_SELECT_TEXT = """
    SELECT article.text INTO body FROM claims_article article WHERE article.id = quote.article_id FOR SHARE;
    IF quote.cue_end > char_length(body) OR quote.source_end > char_length(body) THEN
        RAISE EXCEPTION 'quote %: a span lies outside the text of article %', quote.id, quote.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF quote.cue <> substr(body, quote.cue_start + 1, quote.cue_end - quote.cue_start) THEN
        RAISE EXCEPTION 'quote %: the cue is not what its span selects', quote.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF quote.source_text <> coalesce(
        substr(body, quote.source_start + 1, quote.source_end - quote.source_start), ''
    ) THEN
        RAISE EXCEPTION 'quote %: the source is not what its span selects', quote.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT string_agg(substr(body, span.start + 1, span."end" - span.start), ' … ' ORDER BY span.start),
           max(span."end"),
           bool_or(span.start < span.before)
      INTO selected, furthest, crossing
      FROM (SELECT s.start, s."end", lag(s."end") OVER (ORDER BY s.start) AS before
              FROM claims_span s WHERE s.quote_id = quote.id) span;
    IF selected IS NULL THEN
        RAISE EXCEPTION 'quote % has no content', quote.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF furthest > char_length(body) THEN
        RAISE EXCEPTION 'quote %: a span lies outside the text of article %', quote.id, quote.article_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF crossing THEN
        RAISE EXCEPTION 'quote %: its content spans overlap', quote.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF quote.content <> selected THEN
        RAISE EXCEPTION 'quote %: the content is not what its spans select', quote.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
"""


class QuoteStatus(models.TextChoices):
    UNREVIEWED = "unreviewed", "unreviewed"
    ACCEPTED = "accepted", "accepted"
    CORRECTED = "corrected", "corrected"
    REJECTED = "rejected", "rejected"


@pghistory.track(*kept_events(), exclude=["search_content"])
class Quote(models.Model):
    """An attributed quote: one cue, at most one source, one or more content spans, all slices of its article's text.

    `/quotes/<id>/` lasts: re-extraction finds a quote again by its article and cue span, and leaves alone every quote
    that a person has touched (any status but unreviewed).
    """

    if TYPE_CHECKING:
        spans: "Manager[Span]"

    article = models.ForeignKey(Article, models.CASCADE, related_name="quotes")
    actor = models.ForeignKey(Actor, models.SET_NULL, null=True, blank=True, related_name="quotes", help_text="empty: unknown")
    claim = models.ForeignKey(Claim, models.PROTECT, related_name="quotes")
    stance = models.CharField(max_length=9, choices=choices(STANCES))
    kind = models.CharField(max_length=8, choices=choices(KINDS))
    act = models.CharField(max_length=10, choices=choices(ACTS))
    source_start = models.PositiveIntegerField(null=True, blank=True)
    source_end = models.PositiveIntegerField(null=True, blank=True)
    source_text = models.TextField(blank=True, help_text="who, in the article's words")
    cue_start = models.PositiveIntegerField()
    cue_end = models.PositiveIntegerField()
    cue = models.TextField(help_text="the reporting words")
    content = models.TextField(help_text="what, in the article's words")
    confidence = models.FloatField(help_text="that this is a quote with these spans, 0 to 1")
    actor_confidence = models.FloatField(null=True, blank=True, help_text="that the actor is right, 0 to 1")
    actor_method = models.CharField(max_length=40, blank=True, help_text="how the actor was found")
    extractor = models.CharField(max_length=40, editable=False, help_text="version of the extractor that found it")
    status = models.CharField(max_length=10, choices=QuoteStatus, default=QuoteStatus.UNREVIEWED)
    added_at = models.DateTimeField(auto_now_add=True)
    search_content = models.GeneratedField(
        expression=SearchVector(plain("content"), config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-article__published_on", "-article_id", "cue_start"]
        indexes: ClassVar = [
            GinIndex(fields=["search_content"], name="quote_search"),
            models.Index(fields=["actor", "act"], name="quote_actor_act"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["article", "cue_start", "cue_end"], name="quote_is_one_row_per_cue"),
            models.CheckConstraint(condition=Q(cue_start__lt=F("cue_end")), name="quote_cue_is_a_span"),
            models.CheckConstraint(
                condition=Q(source_start__isnull=True, source_end__isnull=True)
                | Q(source_start__isnull=False, source_end__isnull=False, source_start__lt=F("source_end")),
                name="quote_source_is_a_span_or_absent",
            ),
            models.CheckConstraint(condition=Q(confidence__range=(0, 1)), name="quote_confidence_is_a_share"),
            models.CheckConstraint(
                condition=Q(actor_confidence__isnull=True) | Q(actor_confidence__range=(0, 1)),
                name="quote_actor_confidence_is_a_share",
            ),
            one_of("kind", KINDS, "quote_kind_is_known"),
            one_of("act", ACTS, "quote_act_is_known"),
            one_of("stance", STANCES, "quote_stance_is_known"),
            one_of("status", tuple(QuoteStatus.values), "quote_status_is_known"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="spans_select_the_text",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                declare=[
                    ("quote", "claims_quote"),
                    ("body", "text"),
                    ("selected", "text"),
                    ("furthest", "integer"),
                    ("crossing", "boolean"),
                ],
                func="""
                    SELECT q.* INTO quote FROM claims_quote q WHERE q.id = NEW.id;
                    IF NOT FOUND THEN RETURN NULL; END IF;
                """
                + SPANS_SELECT_TEXT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_text or 'unknown'} {self.cue}: {self.content[:80]}"

    def get_absolute_url(self) -> str:
        return reverse("quote", args=[self.pk])

    @property
    def content_parts(self) -> list[str]:
        """The text of each content span, in order; needs `spans`, not the article's text."""
        parts, at = [], 0
        for span in self.spans.all():
            parts.append(self.content[at : at + span.end - span.start])
            at += span.end - span.start + len(CONTENT_GAP)
        return parts

    @property
    def touched(self) -> bool:
        """Whether a person has decided on it; extraction then leaves it alone."""
        return self.status != QuoteStatus.UNREVIEWED

    def select_texts(self) -> None:
        """Take texts, claim and stance anew from the spans and the act; to be saved after."""
        text = self.article.text
        self.cue = text[self.cue_start : self.cue_end]
        self.source_text = "" if self.source_start is None else text[self.source_start : self.source_end]
        parts = self.spans.order_by("start").values_list("start", "end")
        self.content = CONTENT_GAP.join(text[start:end] for start, end in parts)
        self.claim, _ = Claim.objects.get_or_create(
            key=Claim.key_of(self.content, self.article.key), defaults={"text": self.content}
        )
        self.stance = stance(cast("Act", self.act))


@pghistory.track(*kept_events())
class Span(models.Model):
    """A stretch of the article's text that is content of a quote; `start` included, `end` not."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="spans")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["start"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="span_is_not_empty"),
            # Looked at when a correction is whole: a span may take the place of one that leaves it.
            models.UniqueConstraint(fields=["quote", "start"], name="span_starts_once", deferrable=models.Deferrable.DEFERRED),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="quote_text_is_selected",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                declare=[
                    ("quote", "claims_quote"),
                    ("body", "text"),
                    ("selected", "text"),
                    ("furthest", "integer"),
                    ("crossing", "boolean"),
                ],
                func="""
                    IF TG_OP = 'UPDATE' AND NEW.quote_id <> OLD.quote_id THEN
                        RAISE EXCEPTION 'span % belongs to its quote and cannot move to another', NEW.id
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    SELECT q.* INTO quote FROM claims_quote q
                     WHERE q.id = CASE WHEN TG_OP = 'DELETE' THEN OLD.quote_id ELSE NEW.quote_id END;
                    IF NOT FOUND THEN RETURN NULL; END IF;
                """
                + SPANS_SELECT_TEXT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}"
