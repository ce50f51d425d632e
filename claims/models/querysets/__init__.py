"""The verbs that pages, API and exports chain: `Quote.objects.by("russia").doing("deny").search("troops")`."""

from claims.models.querysets.actors import (
    LIKELY_SCORE,
    ActorQuerySet,
    MergeCandidateQuerySet,
    MergeQuerySet,
)
from claims.models.querysets.articles import ArticleQuerySet, ClaimQuerySet, OutletQuerySet
from claims.models.querysets.quotes import (
    IS_QUOTE_DOUBTFUL,
    IS_SPEAKER_DOUBTFUL,
    IS_SPEAKER_UNKNOWN,
    SPEAKER_VALUES,
    UNKNOWN_SLUG,
    QuoteQuerySet,
)
from claims.models.querysets.review import DecisionQuerySet, LeaseQuerySet, ReportQuerySet
from claims.models.querysets.words import (
    build_plain_column,
    replace_typographic_marks,
    why_unsearchable,
)

__all__ = [
    "IS_QUOTE_DOUBTFUL",
    "IS_SPEAKER_DOUBTFUL",
    "IS_SPEAKER_UNKNOWN",
    "LIKELY_SCORE",
    "SPEAKER_VALUES",
    "UNKNOWN_SLUG",
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
    "build_plain_column",
    "replace_typographic_marks",
    "why_unsearchable",
]
