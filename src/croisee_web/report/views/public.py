"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from croisee_web.access.http import open_to_all
from croisee_web.access.models import Account
from croisee_web.report.http import shown
from croisee_web.report.queries import (
    leaflet_address,
    provenance_address,
    publication_cards,
    published_file,
    team_provenance,
)


@open_to_all
@require_safe
def publication_list(request: HttpRequest) -> HttpResponse:
    """Show the reports that anybody may read."""
    return render(
        request,
        "report/publication_list.html",
        {"publications": publication_cards()},
    )


@open_to_all
@require_safe
def publication_file(request: HttpRequest, slug: str, name: str = "") -> HttpResponseBase:
    """Answer one file of a published report; a page brings its own style sheets only."""
    del request
    return shown(published_file(slug=slug, name=name))


@open_to_all
@require_safe
def leaflet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Lead a leaflet's short address, ``<réseau>-<diffusion>``, to the page it is."""
    del request
    publication, name = leaflet_address(slug=slug)
    return redirect("report:publication-file", slug=publication, name=name)


@open_to_all
@require_safe
def provenance(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a printed code to where its number comes from; the team sees the lines behind."""
    if isinstance(request.user, Account):
        found = team_provenance(code=code, viewer=request.user)
        if found is not None:
            return render(request, "report/provenance.html", {"found": found})
    slug, page, anchor = provenance_address(code=code)
    response = redirect("report:publication-file", slug=slug, name=page)
    response["Location"] += f"#{anchor}"
    return response
