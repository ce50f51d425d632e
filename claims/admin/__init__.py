"""The admin panel: where a curator corrects what extraction got wrong."""

from django.contrib import admin

from claims.admin.actors import ActorAdmin
from claims.admin.articles import ArticleAdmin
from claims.admin.candidates import MergeCandidateAdmin
from claims.admin.claims import ClaimAdmin
from claims.admin.copies import CopyPairAdmin
from claims.admin.factchecks import FactCheckAdmin, FactCheckMatchAdmin
from claims.admin.following import MadeFileAdmin, SavedSearchAdmin
from claims.admin.history import DecisionAdmin
from claims.admin.items import ItemMatchAdmin
from claims.admin.joins import ActorJoinAdmin
from claims.admin.matches import MatchAdmin
from claims.admin.merges import MergeAdmin
from claims.admin.outlets import OutletAdmin
from claims.admin.quotes import QuoteAdmin
from claims.admin.reports import ReportAdmin
from claims.admin.samples import SampleAdmin
from claims.admin.tokens import ApiTokenAdmin
from claims.admin.webhooks import WebhookAdmin, WebhookDeliveryAdmin

__all__ = [
    "ActorAdmin",
    "ActorJoinAdmin",
    "ApiTokenAdmin",
    "ArticleAdmin",
    "ClaimAdmin",
    "CopyPairAdmin",
    "DecisionAdmin",
    "FactCheckAdmin",
    "FactCheckMatchAdmin",
    "ItemMatchAdmin",
    "MadeFileAdmin",
    "MatchAdmin",
    "MergeAdmin",
    "MergeCandidateAdmin",
    "OutletAdmin",
    "QuoteAdmin",
    "ReportAdmin",
    "SampleAdmin",
    "SavedSearchAdmin",
    "WebhookAdmin",
    "WebhookDeliveryAdmin",
]

admin.site.site_header = "Newsroom"
admin.site.site_title = "Newsroom"
admin.site.index_title = "Curation"
