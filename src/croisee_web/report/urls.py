"""Addresses of the report slice."""

from django.urls import path, re_path

from croisee_web.report import views

app_name = "report"
STUDY = r"^etudes/(?P<slug>[-\w]+)/"
FINDINGS = "etudes/<slug:slug>/constats/"
AFTER = "etudes/<slug:slug>/apres-le-sceau/"
urlpatterns = [
    path("", views.publication_list, name="publication-list"),
    path("resultats/", views.publication_list, name="public-results"),
    path("f/<slug:slug>/", views.leaflet, name="leaflet"),
    path("rapports/<slug:slug>/", views.publication_file, name="publication"),
    re_path(
        r"^rapports/(?P<slug>[-\w]+)/(?P<name>[^\s]+)$",
        views.publication_file,
        name="publication-file",
    ),
    re_path(r"^x/(?P<code>[A-Za-z0-9-]+-[FV]-\d+)$", views.provenance, name="provenance"),
    path("etudes/<slug:slug>/resultats/", views.results, name="results"),
    re_path(
        STUDY + r"resultats/(?P<number>\d{1,9})/lire/(?P<name>[^\s]+)$",
        views.read_result,
        name="read-result",
    ),
    re_path(
        STUDY + r"resultats/(?P<number>\d{1,9})/(?P<name>[^\s]+)$",
        views.result_file_page,
        name="result-file",
    ),
    path("etudes/<slug:slug>/sceller/", views.seal, name="seal"),
    path("etudes/<slug:slug>/diffuser/", views.publish, name="publish"),
    path("etudes/<slug:slug>/reseaux/", views.networks, name="networks"),
    path("etudes/<slug:slug>/reseaux/<slug:case>/", views.network, name="network"),
    re_path(
        STUDY + r"reseaux/(?P<case>[-\w]+)/lire/(?P<name>[^\s]+)$",
        views.network_file_page,
        name="network-file",
    ),
    re_path(
        STUDY + r"reseaux/(?P<case>[-\w]+)/document/(?P<name>[^\s]+)$",
        views.read_network,
        name="read-network",
    ),
    path(FINDINGS, views.findings, name="findings"),
    path(f"{FINDINGS}nouveau/", views.finding_add, name="finding-add"),
    path(f"{FINDINGS}<int:finding>/", views.finding, name="finding"),
    path(f"{FINDINGS}<int:finding>/modifier/", views.finding_edit, name="finding-edit"),
    path(f"{FINDINGS}<int:finding>/retirer/", views.finding_withdraw, name="finding-withdraw"),
    path(f"{FINDINGS}<int:finding>/versions/<int:version>/", views.wording, name="wording"),
    path(AFTER, views.after_the_seal, name="after-seal"),
    path(f"{AFTER}changements/<int:amendment>/", views.amendment, name="amendment"),
    path(f"{AFTER}<slug:act>/", views.amend, name="amend"),
]
