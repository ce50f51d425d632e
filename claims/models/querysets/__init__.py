"""The verbs that pages, API and exports chain: `Quote.objects.by("russia").doing("deny").search("troops")`."""

from claims.models.querysets.actors import LIKELY, ActorQuerySet, MergeCandidateQuerySet, MergeQuerySet
from claims.models.querysets.articles import ArticleQuerySet, ClaimQuerySet, OutletQuerySet
from claims.models.querysets.quotes import QUOTE_IN_DOUBT, SPEAKER_IN_DOUBT, SPEAKER_UNKNOWN, SPEAKERS, UNKNOWN, QuoteQuerySet
from claims.models.querysets.review import DecisionQuerySet, LeaseQuerySet, ReportQuerySet
from claims.models.querysets.words import plain, typed, why_unsearchable

__all__ = [
    "LIKELY",
    "QUOTE_IN_DOUBT",
    "SPEAKERS",
    "SPEAKER_IN_DOUBT",
    "SPEAKER_UNKNOWN",
    "UNKNOWN",
    "ActorQuerySet",
    "ArticleQuerySet",
    "ClaimQuerySet",
    "DecisionQuerySet",
    "LeaseQuerySet",
    "MergeCandidateQuerySet",
    "MergeQuerySet",
    "OutletQuerySet",
    "QuoteQuerySet",
    "ReportQuerySet",
    "plain",
    "typed",
    "why_unsearchable",
]
