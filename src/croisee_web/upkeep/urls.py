"""Addresses of the upkeep slice."""

from django.urls import path

from croisee_web.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("travaux/<int:number>/", views.job, name="job"),
    path("travaux/<int:number>/relancer/", views.job_again, name="job-again"),
    path("etudes/<slug:slug>/journal/", views.journal, name="journal"),
    path("etudes/<slug:slug>/journal.csv", views.journal_csv, name="journal-csv"),
    path("admin-croisee/journal/", views.site_journal, name="site-journal"),
    path("admin-croisee/journal.csv", views.site_journal_csv, name="site-journal-csv"),
    path("entrer/<str:token>/", views.enter_once, name="enter-once"),
]
