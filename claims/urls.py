from django.urls import path

from claims.views import actors, articles, claims, comparing, quotes

urlpatterns = [
    path("", quotes.quotes, name="quotes"),
    path("quotes/<int:pk>/", quotes.quote, name="quote"),
    path("quotes/<int:pk>/context/", quotes.context, name="quote-context"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("compare/", comparing.compare, name="compare"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("outlets/<slug:slug>/", articles.outlet, name="outlet"),
]
