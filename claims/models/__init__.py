"""Articles, actors, quotes and claims, with the verbs that chain (each QuerySet beside its model).

What must hold of the rows is held by PostgreSQL: constraints and triggers.
"""

from claims.models.about import About, is_name_in_text, note_actors_named
from claims.models.actors import Actor, ActorName
from claims.models.arrivals import Arrival, ArrivalState, Delivery, Feed, FeedItem
from claims.models.articles import Article, ArticleAddress, ArticleVersion
from claims.models.candidates import Judgement, MergeCandidate
from claims.models.changed_rows import ChangedRow, LogPosition
from claims.models.changes import Change, TransactionId
from claims.models.checks import Unchecked
from claims.models.claims import CONTENT_GAP, Claim, FormerClaim, Wording
from claims.models.copies import CopyPair, Fingerprint, Uncompared
from claims.models.decided import MatchStatus
from claims.models.decisions import Decision, DecisionWork
from claims.models.external_ids import ExternalId
from claims.models.factchecks import FactCheck, FactCheckMatch
from claims.models.followers import (
    Follower,
    FollowRequest,
    Pace,
    SavedSearch,
    SentQuote,
    Trigger,
)
from claims.models.former import FormerArticle, FormerOutletSlug, FormerQuote
from claims.models.item_matches import ItemMatch
from claims.models.joins import ActorJoin, Unjoined
from claims.models.leases import Lease
from claims.models.lookups import Lookup
from claims.models.made_files import FileState, MadeFile
from claims.models.matches import Match, MatchKind, Unrelated, WordingPrint
from claims.models.merges import FormerSlug, Merge, MergedRow
from claims.models.offices import Office
from claims.models.outlets import Outlet, OutletHost, OutletNameOrigin
from claims.models.quotes import Quote, QuoteStatus
from claims.models.reports import Report
from claims.models.samples import Sample, SampleAnswer, SampleItem, SampleJudgement
from claims.models.slugs import find_unused_slug
from claims.models.spans import Detail, Span
from claims.models.tokens import ApiToken, ApiUsage, TokenScope
from claims.models.webhooks import DeliveryState, Webhook, WebhookDelivery, WebhookQuote
from claims.models.words import Word, WordsRead

__all__ = [
    "CONTENT_GAP",
    "About",
    "Actor",
    "ActorJoin",
    "ActorName",
    "ApiToken",
    "ApiUsage",
    "Arrival",
    "ArrivalState",
    "Article",
    "ArticleAddress",
    "ArticleVersion",
    "Change",
    "ChangedRow",
    "Claim",
    "CopyPair",
    "Decision",
    "DecisionWork",
    "Delivery",
    "DeliveryState",
    "Detail",
    "ExternalId",
    "FactCheck",
    "FactCheckMatch",
    "Feed",
    "FeedItem",
    "FileState",
    "Fingerprint",
    "FollowRequest",
    "Follower",
    "FormerArticle",
    "FormerClaim",
    "FormerOutletSlug",
    "FormerQuote",
    "FormerSlug",
    "ItemMatch",
    "Judgement",
    "Lease",
    "LogPosition",
    "Lookup",
    "MadeFile",
    "Match",
    "MatchKind",
    "MatchStatus",
    "Merge",
    "MergeCandidate",
    "MergedRow",
    "Office",
    "Outlet",
    "OutletHost",
    "OutletNameOrigin",
    "Pace",
    "Quote",
    "QuoteStatus",
    "Report",
    "Sample",
    "SampleAnswer",
    "SampleItem",
    "SampleJudgement",
    "SavedSearch",
    "SentQuote",
    "Span",
    "TokenScope",
    "TransactionId",
    "Trigger",
    "Unchecked",
    "Uncompared",
    "Unjoined",
    "Unrelated",
    "Webhook",
    "WebhookDelivery",
    "WebhookQuote",
    "Word",
    "Wording",
    "WordingPrint",
    "WordsRead",
    "find_unused_slug",
    "is_name_in_text",
    "note_actors_named",
]
