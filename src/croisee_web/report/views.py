"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from croisee_web.access.http import open_to_all
from croisee_web.report.queries import provenance_address, publication_cards, published_file
from croisee_web.report.rules import MEDIA, content_policy


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
    path = published_file(slug=slug, name=name or "index.html")
    media = MEDIA[path.suffix]
    if path.suffix != ".html":
        return FileResponse(path.open("rb"), content_type=media)
    page = path.read_text(encoding="utf-8")
    return HttpResponse(
        page, content_type=media, headers={"Content-Security-Policy": content_policy(page)}
    )


@open_to_all
@require_safe
def provenance(request: HttpRequest, code: str) -> HttpResponse:
    """Lead from a printed code to where its number comes from."""
    del request
    slug, page, anchor = provenance_address(code=code)
    response = redirect("report:publication-file", slug=slug, name=page)
    response["Location"] += f"#{anchor}"
    return response
