"""Files of a run, answered with the policy their own styles need."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, HttpResponse, HttpResponseBase

from croisee_web.report.rules import content_policy, media_of


def shown(path: Path) -> HttpResponseBase:
    """Answer a file that may be shown; a page brings its own style sheets only."""
    media = media_of(path.name)
    if path.suffix != ".html":
        return FileResponse(path.open("rb"), content_type=media)
    page = path.read_text(encoding="utf-8")
    return HttpResponse(
        page, content_type=media, headers={"Content-Security-Policy": content_policy(page)}
    )
