"""Articles, actors, quotes and claims. What must hold of them is held by PostgreSQL (constraints and triggers)."""

from claims.models.about import About, is_name_in_text, note_actors_named
from claims.models.actors import Actor, ActorName, Judgement, MergeCandidate
from claims.models.articles import Article, ArticleVersion, Outlet
from claims.models.changes import Change, TransactionId
from claims.models.checks import Unchecked
from claims.models.claims import CONTENT_GAP, Claim
from claims.models.decisions import Decision, DecisionWork, Lease
from claims.models.external_ids import ExternalId
from claims.models.merges import FormerSlug, Merge, MergedRow
from claims.models.quotes import Detail, Quote, QuoteStatus, Span
from claims.models.reports import Report
from claims.models.rules import find_unused_slug
from claims.models.samples import Sample, SampleAnswer, SampleItem, SampleJudgement

__all__ = [
    "CONTENT_GAP",
    "About",
    "Actor",
    "ActorName",
    "Article",
    "ArticleVersion",
    "Change",
    "Claim",
    "Decision",
    "DecisionWork",
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
    "SampleAnswer",
    "SampleItem",
    "SampleJudgement",
    "Span",
    "TransactionId",
    "Unchecked",
    "find_unused_slug",
    "is_name_in_text",
    "note_actors_named",
]
