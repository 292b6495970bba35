"""Questions one may ask about questionnaires and guides. Nothing here writes."""

from croisee_web.instruments.queries.described import (
    dossier_files,
    instruments_of,
    themes_of,
    with_instruments,
)

__all__ = ["dossier_files", "instruments_of", "themes_of", "with_instruments"]
