from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from claims.api import views
from claims.api.deliveries import DeliveryView
from claims.api.docs import docs
from claims.api.topics import TopicView

router = SimpleRouter()
router.register("quotes", views.QuoteViewSet, basename="api-quote")
router.register("actors", views.ActorViewSet, basename="api-actor")
router.register("claims", views.ClaimViewSet, basename="api-claim")
router.register("wordings", views.WordingViewSet, basename="api-wording")
router.register("matches", views.MatchViewSet, basename="api-match")
router.register("articles", views.ArticleViewSet, basename="api-article")
router.register("outlets", views.OutletViewSet, basename="api-outlet")

urlpatterns = [
    path("v1/", include(router.urls)),
    path("v1/", views.index, name="api-index"),
    path("v1/deliveries/<str:token>/", DeliveryView.as_view(), name="api-delivery"),
    path("v1/topics/", TopicView.as_view(), name="api-topics"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
]
