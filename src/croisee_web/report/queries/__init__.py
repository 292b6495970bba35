"""Questions one may ask of what is given back. Nothing here writes."""

from croisee_web.report.queries.described import study_folder, written_of
from croisee_web.report.queries.publications import (
    PublicationCard,
    PublishedFile,
    provenance_address,
    publication_cards,
    publication_folder,
    published_file,
)

__all__ = [
    "PublicationCard",
    "PublishedFile",
    "provenance_address",
    "publication_cards",
    "publication_folder",
    "published_file",
    "study_folder",
    "written_of",
]
