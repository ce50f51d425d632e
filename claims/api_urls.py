from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from claims import api

router = SimpleRouter()
router.register("quotes", api.QuoteViewSet, basename="api-quote")
router.register("actors", api.ActorViewSet, basename="api-actor")
router.register("claims", api.ClaimViewSet, basename="api-claim")
router.register("articles", api.ArticleViewSet, basename="api-article")
router.register("outlets", api.OutletViewSet, basename="api-outlet")

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/", api.index, name="api-index"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", api.docs, name="api-docs"),
]
