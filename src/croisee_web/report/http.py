"""Files of a run, answered with the policy their own styles need."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase

from croisee_web.kit.headers import policy
from croisee_web.report.rules import content_policy, media_of


def shown(path: Path, *, in_a_page: bool = False) -> HttpResponseBase:
    """Answer a file that may be shown; a page brings its own style sheets only.

    ``in_a_page``: a page of this site, and no other, may show it in a frame.
    """
    media = media_of(path.name)
    if path.suffix != ".html":
        return FileResponse(path.open("rb"), content_type=media)
    page = path.read_text(encoding="utf-8")
    allowed, frames = content_policy(page), "DENY"
    if in_a_page:
        allowed = allowed.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
        frames = "SAMEORIGIN"
    return HttpResponse(
        page,
        content_type=media,
        headers={"Content-Security-Policy": allowed, "X-Frame-Options": frames},
    )


def with_a_frame(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let a page show a document of this site in a frame, and nothing else more."""
    nonce = request.csp_nonce  # type: ignore[attr-defined]
    response.headers["Content-Security-Policy"] = f"{policy(nonce)}; frame-src 'self'"
    return response
