"""What a page shows of an application of codes being added: a drawing to scan, and its secret."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from croisee_web.access.models import Account
from croisee_web.access.rules import totp_address


def application_drawing(request: HttpRequest, account: Account, secret: str) -> dict[str, str]:
    """Return ``secret`` in groups of four signs, and ``drawing``, its QR code in SVG."""
    address = totp_address(secret, account.email, f"Croisée {request.get_host()}")
    drawing = segno.make(address, micro=False).svg_inline(
        scale=4, light="#fff", dark="#000", omitsize=False
    )
    return {
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "drawing": mark_safe(drawing),  # noqa: S308 -- drawn by us from a secret of ours
    }
