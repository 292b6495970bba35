"""Every address of the site. French slugs; English under ``/en/`` with the same ones."""

from django.conf.urls.i18n import i18n_patterns
from django.templatetags.static import static
from django.urls import include, path
from django.views.generic import RedirectView

from croisee_web.access.http import open_to_all
from croisee_web.upkeep.views import health

urlpatterns = [
    # A published report is a self-contained page: its browser asks for the icon here.
    path("favicon.ico", open_to_all(RedirectView.as_view(url=static("kit/croisee.svg")))),
    path("sante/", health),
    *i18n_patterns(
        path("", include("croisee_web.access.urls")),
        path("", include("croisee_web.people.urls")),
        path("", include("croisee_web.study.urls")),
        path("", include("croisee_web.collection.urls")),
        path("", include("croisee_web.instruments.urls")),
        path("", include("croisee_web.exchange.urls")),
        path("", include("croisee_web.report.urls")),
        path("", include("croisee_web.upkeep.urls")),
        prefix_default_language=False,
    ),
]
handler404 = "croisee_web.kit.refusals.not_found"
handler400 = "croisee_web.kit.refusals.bad_request"
handler500 = "croisee_web.kit.refusals.unable"
