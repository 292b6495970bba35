"""Addresses of the exchange slice."""

from django.urls import path

from croisee_web.exchange import views

app_name = "exchange"
urlpatterns = [
    path("importer/", views.import_study, name="import"),
    path("importer/<int:number>/", views.upload, name="upload"),
    path("etude-exemple/", views.example, name="example"),
    path("etudes/<slug:slug>/retirer-l-exemple/", views.example_remove, name="example-remove"),
    path("etudes/<slug:slug>/exporter/", views.export_study, name="export"),
    path("etudes/<slug:slug>/exporter/etude.zip", views.export_download, name="export-file"),
]
