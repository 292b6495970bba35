"""Addresses of the collection. A token or a code may be in one; what somebody answers never is."""

from django.urls import path

from croisee_web.collection.views import answering

app_name = "collection"
OWN, OPEN = "p/<str:token>/", "s/<slug:slug>/<str:token>/"
answering_urls = [
    path("retrait/", answering.withdrawal, name="withdrawal"),
    path(OWN, answering.start, name="answer-start"),
    path(f"{OWN}<int:step>/", answering.step, name="answer-step"),
    path(f"{OWN}verifier/", answering.check, name="answer-check"),
    path(f"{OWN}plus-tard/", answering.later, name="answer-later"),
    path(f"{OWN}droits/", answering.rights, name="answer-rights"),
    path(f"{OWN}effacer/", answering.erase, name="answer-erase"),
    path("s/<slug:slug>/", answering.start, name="open-door-start"),
    path("s/<slug:slug>/droits/", answering.rights, name="open-door-rights"),
    path(OPEN, answering.start, name="open-start"),
    path(f"{OPEN}<int:step>/", answering.step, name="open-step"),
    path(f"{OPEN}verifier/", answering.check, name="open-check"),
    path(f"{OPEN}plus-tard/", answering.later, name="open-later"),
    path(f"{OPEN}droits/", answering.rights, name="open-rights"),
    path(f"{OPEN}effacer/", answering.erase, name="open-erase"),
]
urlpatterns = [*answering_urls]
