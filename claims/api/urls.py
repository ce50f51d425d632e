from django.urls import include, path
from rest_framework.routers import SimpleRouter

from claims.api.docs import docs
from claims.api.reconciling import flyout, preview, propose_properties, reconcile, suggest
from claims.api.trying import try_operation
from claims.api.views.actors import ActorViewSet
from claims.api.views.articles import ArticleViewSet
from claims.api.views.changes import ChangesView
from claims.api.views.claims import ClaimViewSet, MatchViewSet, WordingViewSet
from claims.api.views.counts import (
    ComparisonView,
    FacetsView,
    OverviewView,
    TimelineView,
    TrustView,
)
from claims.api.views.curation import (
    ActorMergesView,
    DecisionsView,
    DecisionUndoView,
    MergeUndoView,
)
from claims.api.views.deliveries import DeliveriesView, DeliveryView
from claims.api.views.factchecks import FactCheckViewSet
from claims.api.views.histories import ArticleVersionsView, QuoteHistoryView
from claims.api.views.index import index
from claims.api.views.outlets import OutletViewSet
from claims.api.views.quotes import QuoteViewSet
from claims.api.views.schema import SchemaView
from claims.api.views.topics import TopicView
from claims.api.views.webhooks import WebhooksView, WebhookView

router = SimpleRouter()
router.register("quotes", QuoteViewSet, basename="api-quote")
router.register("actors", ActorViewSet, basename="api-actor")
router.register("claims", ClaimViewSet, basename="api-claim")
router.register("wordings", WordingViewSet, basename="api-wording")
router.register("matches", MatchViewSet, basename="api-match")
router.register("factchecks", FactCheckViewSet, basename="api-factcheck")
router.register("articles", ArticleViewSet, basename="api-article")
router.register("outlets", OutletViewSet, basename="api-outlet")

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/", index, name="api-index"),
    path("v1/facets/", FacetsView.as_view(), name="api-facets"),
    path("v1/timeline/", TimelineView.as_view(), name="api-timeline"),
    path("v1/overview/", OverviewView.as_view(), name="api-overview"),
    path("v1/comparison/", ComparisonView.as_view(), name="api-comparison"),
    path("v1/trust/", TrustView.as_view(), name="api-trust"),
    path("v1/changes/", ChangesView.as_view(), name="api-changes"),
    path("v1/quotes/<str:pk>/history/", QuoteHistoryView.as_view(), name="api-quote-history"),
    path(
        "v1/articles/<str:pk>/versions/", ArticleVersionsView.as_view(), name="api-article-versions"
    ),
    path("v1/quotes/<str:pk>/decisions/", DecisionsView.as_view(), name="api-decisions"),
    path(
        "v1/decisions/<uuid:decision>/undo/", DecisionUndoView.as_view(), name="api-decision-undo"
    ),
    path("v1/actors/<str:slug>/merges/", ActorMergesView.as_view(), name="api-merges"),
    path("v1/merges/<str:pk>/undo/", MergeUndoView.as_view(), name="api-merge-undo"),
    path("v1/deliveries/", DeliveriesView.as_view(), name="api-deliveries"),
    path("v1/deliveries/<str:token>/", DeliveryView.as_view(), name="api-delivery"),
    path("v1/topics/", TopicView.as_view(), name="api-topics"),
    path("v1/webhooks/", WebhooksView.as_view(), name="api-webhooks"),
    path("v1/webhooks/<str:pk>/", WebhookView.as_view(), name="api-webhook"),
    path("reconcile/", reconcile, name="reconcile"),
    path("reconcile/suggest/entity/", suggest, {"what": "entity"}, name="suggest-entity"),
    path("reconcile/suggest/property/", suggest, {"what": "property"}, name="suggest-property"),
    path("reconcile/suggest/type/", suggest, {"what": "type"}, name="suggest-type"),
    path("reconcile/flyout/entity/", flyout, {"what": "entity"}, name="flyout-entity"),
    path("reconcile/flyout/property/", flyout, {"what": "property"}, name="flyout-property"),
    path("reconcile/flyout/type/", flyout, {"what": "type"}, name="flyout-type"),
    path("reconcile/properties/", propose_properties, name="reconcile-properties"),
    path("reconcile/preview/", preview, name="reconcile-preview"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("docs/try/<slug:operation>/", try_operation, name="api-try"),
]
