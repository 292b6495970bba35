"""A file handed to whoever asked for it, and kept by no cache."""

from __future__ import annotations

from django.http import HttpResponse


def private_file(content: bytes, name: str, media: str) -> HttpResponse:
    """Return a file to keep, under a name of ours."""
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    return response
