"""Addresses of the people slice. A code is in an address; a name never is."""

from django.urls import path

from croisee_web.people import views

app_name = "people"
urlpatterns = [
    path("etudes/<slug:slug>/participation/", views.register, name="register"),
    path("etudes/<slug:slug>/participation/<slug:code>/", views.participant, name="participant"),
    path("etudes/<slug:slug>/participation/<slug:code>/modifier/", views.change, name="change"),
    path(
        "etudes/<slug:slug>/participation/<slug:code>/consentement/",
        views.consent,
        name="consent",
    ),
    path("etudes/<slug:slug>/participation/<slug:code>/lien/", views.link, name="link"),
    path("etudes/<slug:slug>/participation/<slug:code>/identite/", views.identity, name="identity"),
    path(
        "etudes/<slug:slug>/participation/<slug:code>/retrait/", views.withdrawal, name="withdrawal"
    ),
    path("p/<str:token>/mes-donnees/", views.own_page, name="own-page"),
    path("p/<str:token>/mes-donnees/consentement/", views.own_consent, name="own-consent"),
    path("p/<str:token>/mes-donnees/paquet.zip", views.own_package, name="own-package"),
    path("p/<str:token>/mes-donnees/retrait/", views.own_withdrawal, name="own-withdrawal"),
]
