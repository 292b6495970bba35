"""Addresses of the report slice."""

from django.urls import path, re_path

from croisee_web.report import views

app_name = "report"
urlpatterns = [
    path("", views.publication_list, name="publication-list"),
    path("rapports/<slug:slug>/", views.publication_file, name="publication"),
    re_path(
        r"^rapports/(?P<slug>[-\w]+)/(?P<name>[^\s]+)$",
        views.publication_file,
        name="publication-file",
    ),
    re_path(r"^x/(?P<code>[A-Za-z0-9-]+-[FV]-\d+)$", views.provenance, name="provenance"),
]
