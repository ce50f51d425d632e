from django.urls import include, path
from rest_framework.routers import SimpleRouter

from claims.api.docs import docs
from claims.api.views.actors import ActorViewSet
from claims.api.views.articles import ArticleViewSet
from claims.api.views.claims import ClaimViewSet, MatchViewSet, WordingViewSet
from claims.api.views.deliveries import DeliveryView
from claims.api.views.index import index
from claims.api.views.outlets import OutletViewSet
from claims.api.views.quotes import QuoteViewSet
from claims.api.views.schema import SchemaView

router = SimpleRouter()
router.register("quotes", QuoteViewSet, basename="api-quote")
router.register("actors", ActorViewSet, basename="api-actor")
router.register("claims", ClaimViewSet, basename="api-claim")
router.register("wordings", WordingViewSet, basename="api-wording")
router.register("matches", MatchViewSet, basename="api-match")
router.register("articles", ArticleViewSet, basename="api-article")
router.register("outlets", OutletViewSet, basename="api-outlet")

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/", index, name="api-index"),
    path("v1/deliveries/<str:token>/", DeliveryView.as_view(), name="api-delivery"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
]
