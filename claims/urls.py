from django.urls import path

from claims import views

urlpatterns = [
    path("", views.quotes, name="quotes"),
    path("quotes/<int:pk>/", views.quote, name="quote"),
    path("quotes/<int:pk>/context/", views.context, name="quote-context"),
    path("actors/", views.actors, name="actors"),
    path("actors/<slug:slug>/", views.actor, name="actor"),
    path("claims/", views.claims, name="claims"),
    path("claims/<int:pk>/", views.claim, name="claim"),
    path("articles/", views.articles, name="articles"),
    path("articles/<int:pk>/", views.article, name="article"),
    path("outlets/<slug:slug>/", views.outlet, name="outlet"),
]
