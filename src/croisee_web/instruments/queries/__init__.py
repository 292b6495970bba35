"""Questions one may ask about questionnaires and guides. Nothing here writes."""

from croisee_web.instruments.queries.described import (
    dossier_files,
    instruments_of,
    themes_of,
    with_instruments,
)
from croisee_web.instruments.queries.published import (
    forget_published,
    published_consents,
    published_form,
    published_lines,
)

__all__ = [
    "dossier_files",
    "forget_published",
    "instruments_of",
    "published_consents",
    "published_form",
    "published_lines",
    "themes_of",
    "with_instruments",
]
