"""Every address of the site. French slugs; English under ``/en/`` with the same ones."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

urlpatterns = i18n_patterns(
    path("", include("croisee_web.report.urls")), prefix_default_language=False
)
handler404 = "croisee_web.kit.refusals.not_found"
