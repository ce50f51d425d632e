from django.urls import path

from claims.views import actors, articles, claims, comparing, overview, quotes, reports, trust

urlpatterns = [
    path("", quotes.quotes, name="quotes"),
    path("quotes/<int:pk>/", quotes.quote, name="quote"),
    path("quotes/<int:pk>/context/", quotes.context, name="quote-context"),
    path("quotes/<int:pk>/report/", reports.report, name="quote-report"),
    path("quotes/<int:pk>/report/thanks/", reports.reported, name="quote-reported"),
    path("overview/", overview.overview, name="overview"),
    path("actors/", actors.actors, name="actors"),
    path("actors/<slug:slug>/", actors.actor, name="actor"),
    path("compare/", comparing.compare, name="compare"),
    path("claims/", claims.claims, name="claims"),
    path("claims/<int:pk>/", claims.claim, name="claim"),
    path("articles/", articles.articles, name="articles"),
    path("articles/<int:pk>/", articles.article, name="article"),
    path("articles/<int:pk>/versions/", articles.versions, name="article-versions"),
    path("outlets/<slug:slug>/", articles.outlet, name="outlet"),
    path("trust/", trust.trust, name="trust"),
]
