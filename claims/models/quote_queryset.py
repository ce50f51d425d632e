"""The verbs of quotes, which chain: `Quote.objects.by("russia").doing("deny").search("troops")`."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.search import SearchHeadline
from django.db import models
from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Least, Lower, Substr

from claims.models.about import About
from claims.models.actors import UNKNOWN_SLUG
from claims.models.copies import build_day_column, build_earlier_copy_condition
from claims.models.doubt import (
    IS_IN_DOUBT,
    IS_QUOTE_DOUBTFUL,
    IS_SPEAKER_DOUBTFUL,
    IS_SPEAKER_UNKNOWN,
)
from claims.models.leases import Lease
from claims.models.number_lists import build_number_list
from claims.models.places import WORDS_ALONE, Place, build_place_condition, build_rank
from claims.models.reports import Report
from claims.models.spans import Detail, Span
from claims.models.spelled_query import Spellings
from claims.models.text_search import build_plain_column, build_search_query
from claims.passages.marking import HIT_END, HIT_START

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser

    from claims.models.quotes import Quote  # noqa: F401 (of which the verbs are)

SPEAKER_CONDITIONS = {
    "named": Q(actor__isnull=False) & ~Q(actor__kind="unnamed"),
    "unnamed": Q(actor__kind="unnamed"),
    UNKNOWN_SLUG: Q(actor__isnull=True),
}

# Characters between the reporting words and what is said; fewer are a space and a mark.
SHORTEST_BRIDGE = 3
LONGEST_BRIDGE = 80

# Columns of a quote, its actor and its article that tell it in a sentence.
GIST_FIELDS = (
    "wording__claim",
    "cue",
    "cue_start",
    "cue_end",
    "source_text",
    "source_start",
    "content",
    "kind",
    "act",
    "stance",
    "status",
    "actor_confidence",
    "within",
    "actor__name",
    "actor__slug",
    "article__title",
    "article__published_on",
    "article__outlet__name",
)
# Those that the reader of its article shows, and those of whoever speaks or is named.
READER_FIELDS = (
    "act",
    "kind",
    "stance",
    "cue",
    "cue_start",
    "cue_end",
    "source_start",
    "source_end",
    "source_text",
    "content",
    "status",
    "actor_confidence",
    "within",
)
NAMED_ACTOR_FIELDS = ("actor__name", "actor__slug", "actor__kind")


class QuoteQuerySet(models.QuerySet["Quote"]):
    # Which quotes stand

    def standing(self) -> Self:
        """Return what readers see: all but what a curator rejected, and what its article
        no longer says.
        """
        return self.present().exclude(status="rejected")

    def present(self) -> Self:
        """Return the quotes whose words stand in their article as it is now."""
        return self.filter(version__isnull=True)

    def absent(self) -> Self:
        """Return the quotes whose words, or their place, an edited article no longer has."""
        return self.filter(version__isnull=False)

    def decided(self) -> Self:
        """Return the quotes that a person has touched."""
        return self.exclude(status="unreviewed")

    def orphaned(self) -> Self:
        """Return decisions on words that their article no longer has: a curator puts them
        to new words or leaves them.
        """
        return self.absent().decided()

    # What a reader filters by

    def by(self, *slugs: str) -> Self:
        """Return the quotes of any of these actors.

        “unknown” is nobody whom the article makes clear.
        """
        said_by_them = Q(actor__slug__in=slugs)
        if UNKNOWN_SLUG in slugs:
            said_by_them |= Q(actor__isnull=True)
        return self.filter(said_by_them)

    def with_speaker(self, *sorts: str) -> Self:
        """Return the quotes whose speaker has a name (“named”), has none in the article
        (“unnamed”) or is not clear (“unknown”).
        """
        is_of_a_sort = Q()
        for sort in sorts:
            is_of_a_sort |= SPEAKER_CONDITIONS[sort]
        return self.filter(is_of_a_sort)

    def about(self, *slugs: str) -> Self:
        """Return the quotes whose content names one of these actors."""
        named = About.objects.filter(actor__slug__in=slugs)
        return self.filter(pk__in=named.values("quote"))

    def doing(self, *acts: str) -> Self:
        return self.filter(act__in=acts)

    def of_kind(self, *kinds: str) -> Self:
        return self.filter(kind__in=kinds)

    def taking(self, *stances: str) -> Self:
        return self.filter(stance__in=stances)

    def in_outlets(self, *slugs: str) -> Self:
        return self.filter(article__outlet__slug__in=slugs)

    def published(self, since: date | None = None, until: date | None = None) -> Self:
        """Return the quotes of articles of these dates, both included.

        An article without a date is of none.
        """
        quotes = self
        if since:
            quotes = quotes.filter(article__published_on__gte=since)
        if until:
            quotes = quotes.filter(article__published_on__lte=until)
        return quotes

    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def once_per_text(self) -> Self:
        """Leave out what an earlier copy of an article says in the same words.

        What a curator rejected stands for nothing else, and nothing for it.
        """
        told = self.model._default_manager.filter(version__isnull=True).exclude(status="rejected")
        earlier = told.alias(
            copy_day=build_day_column("article__"),
            plain_content=Lower(build_plain_column("content")),
        ).filter(
            build_earlier_copy_condition("article__", "article_id"),
            plain_content=Lower(build_plain_column(OuterRef("content"))),
        )
        return self.filter(Q(status="rejected") | ~Exists(earlier))

    # What waits for a curator

    def unreviewed(self) -> Self:
        return self.present().with_status("unreviewed")

    def speaker_unknown(self) -> Self:
        """Return the unreviewed quotes that have a source of which nobody knows who it is."""
        return self.unreviewed().filter(IS_SPEAKER_UNKNOWN)

    def speaker_in_doubt(self) -> Self:
        """Return the unreviewed quotes whose speaker may well be wrong."""
        return self.unreviewed().filter(IS_SPEAKER_DOUBTFUL)

    def quote_in_doubt(self) -> Self:
        """Return the unreviewed quotes that may well be no quotes, or end elsewhere."""
        return self.unreviewed().filter(IS_QUOTE_DOUBTFUL)

    def in_doubt(self) -> Self:
        """Return the quotes that a person should look at, for any of these reasons."""
        return self.unreviewed().filter(IS_IN_DOUBT)

    def free_for(self, curator: "AbstractBaseUser") -> Self:
        """Return the quotes that no other curator has before them."""
        taken = Lease.objects.of_others(curator).filter(quote=OuterRef("pk"))
        return self.filter(~Exists(taken))

    def reported(self) -> Self:
        """Return the quotes of which a reader's report is open."""
        reports = Report.objects.unsettled().filter(quote=OuterRef("pk"))
        return self.filter(Exists(reports))

    def numbered(self, numbers: list[int]) -> Self:
        """Return the quotes of these numbers, of which there may be very many."""
        return self.filter(pk__in=build_number_list(numbers))

    # Words

    def search(
        self,
        text: str,
        spellings: Spellings | None = None,
        places: Sequence[Place] = WORDS_ALONE,
    ) -> Self:
        """Return the quotes that have these words, however they are spelled, in one of the places.

        Without `spellings` PostgreSQL looks them up itself.
        """
        has_words = Q()
        for place in places:
            has_words |= build_place_condition(text, place, spellings)
        return self.filter(has_words)

    def by_relevance(self, text: str, places: Sequence[Place] = WORDS_ALONE) -> Self:
        """Order by how well a quote fits the words, and annotate that as `rank`."""
        rank = build_rank(text, tuple(places))
        return self.annotate(rank=rank).order_by("-rank", "-id")

    def with_hits(self, text: str) -> Self:
        """Annotate `hits`: the content, the words asked for between marks
        (`marking.HIT_START`, `HIT_END`).
        """
        hits = SearchHeadline(
            "content",
            build_search_query(text),
            config="english",
            start_sel=HIT_START,
            stop_sel=HIT_END,
            highlight_all=True,
        )
        return self.annotate(hits=hits)

    # Order

    def newest(self) -> Self:
        return self.order_by(
            F("article__published_on").desc(nulls_last=True), "-article_id", "cue_start", "pk"
        )

    def oldest(self) -> Self:
        return self.order_by(
            F("article__published_on").asc(nulls_last=True), "article_id", "cue_start", "pk"
        )

    def arrived_last(self) -> Self:
        """Order by when they came in, the last first."""
        return self.order_by("-pk")

    def with_bounds(self) -> Self:
        """Annotate `begins` and `ends`: where the first of a quote's parts begins in the
        text, and the last ends.
        """
        spans = Span.objects.filter(quote=OuterRef("pk"))
        first_start = spans.order_by("start").values("start")[:1]
        last_end = spans.order_by("-end").values("end")[:1]
        return self.alias(first=Subquery(first_start), last=Subquery(last_end)).annotate(
            begins=Least("cue_start", "source_start", "first"),
            ends=Greatest("cue_end", "source_end", "last"),
        )

    def within_bounds(self, start: int, end: int) -> Self:
        """Return the quotes that have a part between these characters of their article.

        They come with `begins` and `ends`.
        """
        return self.with_bounds().filter(begins__lt=end, ends__gt=start)

    def in_reading_order(self) -> Self:
        """Order as a reader of their article meets them; with `begins` and `ends`."""
        return self.with_bounds().order_by("begins", "cue_start", "pk")

    # What is fetched along with them

    def for_display(self) -> Self:
        """Fetch all that a quote's line shows, in a constant number of queries."""
        return self.select_related("article__outlet", "actor", "wording").prefetch_related(
            "spans", "details"
        )

    def for_list(self) -> Self:
        """Fetch what tells a quote in a sentence, and where it stands, and nothing else."""
        quotes = self.select_related("article__outlet", "actor", "wording").only(*GIST_FIELDS)
        return quotes.with_sentence_parts()

    def with_sentence_parts(self) -> Self:
        """Annotate what a sentence needs besides: `says_from` and `says_to`, where in the text what
        is said begins and ends, `bridge`, the few words between that and the cue, and `hearer`.

        The text is opened for those alone that have such words.
        """
        spans = Span.objects.filter(quote=OuterRef("pk"))
        hearers = Detail.objects.filter(quote=OuterRef("pk"), role="addressee").order_by("start")
        start = Subquery(spans.order_by("start").values("start")[:1])
        quotes = self.annotate(
            says_from=start,
            says_to=Subquery(spans.order_by("-end").values("end")[:1]),
            hearer=Subquery(hearers.values("text")[:1]),
        )
        length = F("says_from") - F("cue_end")
        text = Coalesce("version__text", "article__text")
        words = Substr(text, F("cue_end") + 1, length, output_field=TextField())
        has_bridge = Q(
            says_from__range=(F("cue_end") + SHORTEST_BRIDGE, F("cue_end") + LONGEST_BRIDGE)
        )
        bridge = Case(When(has_bridge, then=words), default=Value(""), output_field=TextField())
        return quotes.annotate(bridge=bridge)

    def for_reader(self) -> Self:
        """Fetch all that the reader of their article shows, in a constant number of queries.

        Spans are `parts` and whom each names is `naming`: lists, which cost less than managers.
        """
        about = About.objects.select_related("actor").only("quote", *NAMED_ACTOR_FIELDS)
        quotes = self.select_related("actor").only(*READER_FIELDS, *NAMED_ACTOR_FIELDS)
        return quotes.prefetch_related(
            Prefetch("spans", to_attr="parts"), Prefetch("named", about, to_attr="naming")
        ).order_by("cue_start", "pk")

    def with_others(self, article: int) -> Self:
        """Annotate quotes of an article with `claim_number`, and `is_told_elsewhere`: whether other
        articles have a quote of that claim.
        """
        standing = self.model._default_manager.standing()
        own = standing.filter(article=article).values("wording__claim")
        told = standing.filter(wording__claim__in=own).exclude(article=article)
        is_told = Q(wording__claim__in=told.values("wording__claim"))
        return self.annotate(
            is_told_elsewhere=Case(When(is_told, then=True), default=False),
            claim_number=F("wording__claim"),
        )

    def with_version(self) -> Self:
        """Fetch the text in which each stood whose article no longer has its words."""
        return self.select_related("version")
