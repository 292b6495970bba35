"""A QR code as a vector drawing, for an address the study makes public."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from io import BytesIO

import segno


def public_address(contact: str) -> str:
    """Return ``contact`` when it is a web address a reader may open, else an empty string."""
    address = contact.strip()
    plain = not any(mark.isspace() for mark in address)
    return address if plain and address.lower().startswith(("https://", "http://")) else ""


@lru_cache(maxsize=64)
def qr_svg(address: str, *, title: str = "") -> str:
    """Return a complete ``<svg>`` element, dark modules as one path, no margin, no size.

    ``title`` names it for a person who cannot see it. Error correction M (15 %). The same
    address gives the same bytes.
    """
    drawing = BytesIO()
    segno.make(address, error="m", boost_error=False, micro=False).save(
        drawing, kind="svg", border=0, xmldecl=False, omitsize=True, dark="#1b1d21", light="#ffffff"
    )
    svg = drawing.getvalue().decode("utf-8").strip()
    named = (
        f'<svg role="img" aria-label="{escape(title)}" ' if title else '<svg aria-hidden="true" '
    )
    return svg.replace("<svg ", named, 1)
