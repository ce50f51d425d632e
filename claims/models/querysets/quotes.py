"""The verbs of quotes: `Quote.objects.by("russia").doing("deny").search("troops")`."""

from datetime import date
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db import models
from django.db.models import Count, Exists, F, FloatField, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Cast, Greatest, Least, Lower

from claims.models.doubt import REVIEW_BELOW
from claims.models.querysets.words import (
    build_plain_column,
    build_search_query,
    has_only_common_words,
    list_phrase_patterns,
)
from claims.passages.marking import HIT_END, HIT_START

if TYPE_CHECKING:  # named in the base classes below, where ruff does not look
    from django.contrib.auth.base_user import AbstractBaseUser

    from claims.models import Quote


MOST_QUOTES_SCANNED = (
    50_000  # quotes in which a phrase is looked for that the index cannot help to find
)
UNKNOWN_SLUG = "unknown"  # the slug of those whom no article makes clear; no actor has it
SPEAKER_VALUES = ("named", "unnamed", UNKNOWN_SLUG)  # how much is known of who speaks

# Columns of a quote, its actor and its article that tell it in a line or two; and those that a line of a list shows.
GIST_FIELDS = (
    *(
        "claim",
        "cue",
        "cue_start",
        "content",
        "stance",
        "status",
        "actor_confidence",
        "within",
        "actor__name",
        "actor__slug",
    ),
    *("article__title", "article__published_on", "article__outlet__name"),
)
LINE_FIELDS = (
    *GIST_FIELDS,
    "source_text",
    "source_start",
    "kind",
    "act",
    "within__status",
    "within__source_text",
    "within__actor__name",
)
# The same for the reader of its article, and of whoever is named.
READER_FIELDS = (
    *("act", "cue_start", "cue_end", "source_start", "source_end", "source_text"),
    *("content", "status", "actor_confidence", "within"),
)
NAMED_ACTOR_FIELDS = ("actor__name", "actor__slug", "actor__kind")

IS_SPEAKER_UNKNOWN = Q(actor__isnull=True, source_start__isnull=False)
IS_SPEAKER_DOUBTFUL = Q(actor__isnull=False, actor_confidence__lt=REVIEW_BELOW)
IS_QUOTE_DOUBTFUL = Q(confidence__lt=REVIEW_BELOW)


class QuoteQuerySet(models.QuerySet["Quote"]):
    def standing(self) -> Self:
        """What readers see: all but what a curator rejected, and what its article no longer says."""
        return self.present().exclude(status="rejected")

    def present(self) -> Self:
        """Those whose words stand in their article as it is now."""
        return self.filter(version__isnull=True)

    def absent(self) -> Self:
        """Those whose words, or their place, an edited article no longer has."""
        return self.filter(version__isnull=False)

    def decided(self) -> Self:
        """Those that a person has touched."""
        return self.exclude(status="unreviewed")

    def orphaned(self) -> Self:
        """Decisions on words that their article no longer has, for a curator to put to new words or to leave."""
        return self.absent().decided()

    def by(self, *slugs: str) -> Self:
        """Quotes of one of these actors; “unknown” is nobody whom the article makes clear."""
        nobody = Q(actor__isnull=True) if UNKNOWN_SLUG in slugs else Q()
        return self.filter(Q(actor__slug__in=slugs) | nobody)

    def with_speaker(self, *sorts: str) -> Self:
        """Quotes whose speaker has a name, has none in the article, or is not clear: “named”, “unnamed”, “unknown”."""
        each = {
            "named": Q(actor__isnull=False) & ~Q(actor__kind="unnamed"),
            "unnamed": Q(actor__kind="unnamed"),
            UNKNOWN_SLUG: Q(actor__isnull=True),
        }
        return self.filter(reduce(or_, (each[sort] for sort in sorts)))

    def about(self, *slugs: str) -> Self:
        """Quotes whose content names one of these actors."""
        named = apps.get_model("claims", "About")._default_manager.filter(actor__slug__in=slugs)
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
        """In articles of these dates, both included; those without a date are of none."""
        found = self.filter(article__published_on__gte=since) if since else self
        return found.filter(article__published_on__lte=until) if until else found

    def with_status(self, *statuses: str) -> Self:
        return self.filter(status__in=statuses)

    def unreviewed(self) -> Self:
        return self.present().with_status("unreviewed")

    def speaker_unknown(self) -> Self:
        """Unreviewed ones that have a source, and nobody knows who it is."""
        return self.unreviewed().filter(IS_SPEAKER_UNKNOWN)

    def speaker_in_doubt(self) -> Self:
        """Unreviewed ones whose speaker may well be wrong."""
        return self.unreviewed().filter(IS_SPEAKER_DOUBTFUL)

    def quote_in_doubt(self) -> Self:
        """Unreviewed ones that may well be no quotes, or end elsewhere."""
        return self.unreviewed().filter(IS_QUOTE_DOUBTFUL)

    def in_doubt(self) -> Self:
        """Those that a person should look at, for any of these reasons."""
        return self.unreviewed().filter(
            IS_SPEAKER_UNKNOWN | IS_SPEAKER_DOUBTFUL | IS_QUOTE_DOUBTFUL
        )

    def free_for(self, curator: "AbstractBaseUser") -> Self:
        """Those that no other curator has before them."""
        taken = (
            apps.get_model("claims", "Lease")
            .objects.of_others(curator)
            .filter(quote=OuterRef("pk"))
        )
        return self.filter(~Exists(taken))

    def reported(self) -> Self:
        """Those of which a reader's report is open."""
        reports = (
            apps.get_model("claims", "Report").objects.unsettled().filter(quote=OuterRef("pk"))
        )
        return self.filter(Exists(reports))

    def search(self, text: str) -> Self:
        """Quotes whose content has these words; the index knows stems alone, so a phrase is also looked for as it stands.

        A phrase of words that the index leaves out ("to be") is looked for in each of the quotes stored last.
        """
        patterns = list_phrase_patterns(text)
        found = (
            self.stored_last()
            if patterns and has_only_common_words(text)
            else self.filter(search_content=build_search_query(text))
        )
        for pattern in patterns:
            found = found.alias(plain_content=Lower(build_plain_column("content"))).filter(
                plain_content__regex=pattern
            )
        return found

    def stored_last(self) -> Self:
        return self.filter(
            pk__in=self.model._default_manager.order_by("-pk").values("pk")[:MOST_QUOTES_SCANNED]
        )

    def by_relevance(self, text: str) -> Self:
        """The rank is of double precision, so that what is read of it can be compared with it again (by cursors)."""
        rank = SearchRank(F("search_content"), build_search_query(text), cover_density=True)
        return self.annotate(rank=Cast(rank, FloatField())).order_by("-rank", "-id")

    def with_hits(self, text: str) -> Self:
        """With `hits`: the content, the words asked for between marks (`marking.HIT_START`, `HIT_END`)."""
        marks = SearchHeadline(
            "content",
            build_search_query(text),
            config="english",
            start_sel=HIT_START,
            stop_sel=HIT_END,
            highlight_all=True,
        )
        return self.annotate(hits=marks)

    def newest(self) -> Self:
        return self.order_by(
            F("article__published_on").desc(nulls_last=True), "-article_id", "cue_start", "pk"
        )

    def oldest(self) -> Self:
        return self.order_by(
            F("article__published_on").asc(nulls_last=True), "article_id", "cue_start", "pk"
        )

    def for_display(self) -> Self:
        """With all that a quote's line shows, in a constant number of queries."""
        return self.select_related("article__outlet", "actor", "claim").prefetch_related(
            "spans", "details"
        )

    def for_list(self) -> Self:
        """With what a line of a list shows, and without all else."""
        return self.for_gist().select_related("within__actor").only(*LINE_FIELDS)

    def for_gist(self) -> Self:
        """With what tells a quote in a line or two, and where it stands among others, and without all else."""
        return self.select_related("article__outlet", "actor").only(*GIST_FIELDS)

    def for_reader(self) -> Self:
        """With all that the reader of their article shows, in a constant number of queries.

        Spans are `parts` and whom each names is `naming`: lists, which cost less than managers.
        """
        about = (
            apps.get_model("claims", "About")
            ._default_manager.select_related("actor")
            .only("quote", *NAMED_ACTOR_FIELDS)
        )
        having = Prefetch("spans", to_attr="parts"), Prefetch("named", about, to_attr="naming")
        return (
            self.select_related("actor")
            .only(*READER_FIELDS, *NAMED_ACTOR_FIELDS)
            .prefetch_related(*having)
            .order_by("cue_start", "pk")
        )

    def with_bounds(self) -> Self:
        """With `begins` and `ends`: where the first of its parts begins in the text, and the last ends."""
        spans = apps.get_model("claims", "Span")._default_manager.filter(quote=OuterRef("pk"))
        first, last = (
            spans.order_by("start").values("start")[:1],
            spans.order_by("-end").values("end")[:1],
        )
        return self.alias(first=Subquery(first), last=Subquery(last)).annotate(
            begins=Least("cue_start", "source_start", "first"),
            ends=Greatest("cue_end", "source_end", "last"),
        )

    def within_bounds(self, start: int, end: int) -> Self:
        """Those that have a part between these characters of their article; with `begins` and `ends`."""
        return self.with_bounds().filter(**{"begins__lt": end, "ends__gt": start})

    def in_reading_order(self) -> Self:
        """In the order in which a reader of their article meets them; with `begins` and `ends`."""
        return self.with_bounds().order_by("begins", "cue_start", "pk")

    def with_outer(self) -> Self:
        """With the quote that each stands within, and who said that."""
        return self.select_related("within__actor")

    def with_version(self) -> Self:
        """With the text in which each stood whose article no longer has its words."""
        return self.select_related("version")

    def denials_of(self, quote: "Quote") -> Self:
        """Denials in the same article by actors whom a quote names, and by anybody of its claim wherever."""
        named = (
            apps.get_model("claims", "About")._default_manager.filter(quote=quote).values("actor")
        )
        here = Q(article=quote.article_id, actor__in=named, act="deny")
        return self.filter(here | Q(claim=quote.claim_id, stance="denies")).exclude(pk=quote.pk)

    def denied_by(self, denial: "Quote") -> Self:
        """What a denial may be of, the other way round: what others say in the same article of who denies."""
        if denial.act != "deny" or not denial.actor_id:
            return self.none()
        return self.filter(article=denial.article_id, about=denial.actor_id).exclude(
            actor=denial.actor_id
        )

    def per_stance(self) -> list[tuple[str, int]]:
        """Each stance taken, with how many quotes take it."""
        return list(self.order_by("stance").values_list("stance").annotate(Count("pk")))


def build_quote_count(prefix: str = "") -> Count:
    """How many quotes that readers see stand behind a row."""
    seen = Q(**{f"{prefix}quotes__version__isnull": True}) & ~Q(
        **{f"{prefix}quotes__status": "rejected"}
    )
    return Count(f"{prefix}quotes", filter=seen, distinct=True)


def build_quote_exists(column: str) -> Exists:
    """Whether a quote that readers see points to a row, by this column."""
    quotes = apps.get_model("claims", "Quote")._default_manager
    return Exists(
        quotes.filter(**{column: OuterRef("pk"), "version__isnull": True}).exclude(
            status="rejected"
        )
    )
