"""Which files of a run may be shown, and what a browser may load with them."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import PurePosixPath

MEDIA = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".txt": "text/plain; charset=utf-8",
}
"""The only kinds of files a publication holds."""

_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)


def is_shown(name: str) -> bool:
    """Return whether a file of ``diffusion/`` has a kind and a path that may be served."""
    path = PurePosixPath(name)
    return (
        path.suffix in MEDIA
        and not path.is_absolute()
        and ".." not in path.parts
        and not any(part.startswith(".") for part in path.parts)
    )


def content_policy(page: str) -> str:
    """Return the content security policy of a self-contained page: its own style sheets by digest.

    The digests are those of the ``<style>`` elements as they stand; no script, nothing from
    elsewhere.
    """
    digests = [
        base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        for style in _STYLE.findall(page)
    ]
    styles = " ".join(f"'sha256-{digest}'" for digest in sorted(set(digests))) or "'none'"
    return (
        f"default-src 'none'; style-src {styles}; img-src 'self' data:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
