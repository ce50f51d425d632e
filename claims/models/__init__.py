"""Articles, actors, quotes and claims. What must hold of them is held by PostgreSQL (constraints and triggers)."""

from claims.models.about import About, note_again, stands_in
from claims.models.actors import Actor, ActorName, Judgement, MergeCandidate
from claims.models.articles import Article, ArticleVersion, Outlet
from claims.models.changes import Change, TransactionId
from claims.models.checks import Unchecked
from claims.models.claims import CONTENT_GAP, Claim
from claims.models.decisions import Decision, Lease, Work
from claims.models.external_ids import ExternalId
from claims.models.merges import FormerSlug, Merge, MergedRow
from claims.models.quotes import Detail, Quote, QuoteStatus, Span
from claims.models.reports import Report
from claims.models.rules import unused_slug
from claims.models.samples import Answer, Sample, SampleItem, SampleJudgement

__all__ = [
    "CONTENT_GAP",
    "About",
    "Actor",
    "ActorName",
    "Answer",
    "Article",
    "ArticleVersion",
    "Change",
    "Claim",
    "Decision",
    "Detail",
    "ExternalId",
    "FormerSlug",
    "Judgement",
    "Lease",
    "Merge",
    "MergeCandidate",
    "MergedRow",
    "Outlet",
    "Quote",
    "QuoteStatus",
    "Report",
    "Sample",
    "SampleItem",
    "SampleJudgement",
    "Span",
    "TransactionId",
    "Unchecked",
    "Work",
    "note_again",
    "stands_in",
    "unused_slug",
]
