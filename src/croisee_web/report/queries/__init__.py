"""Questions one may ask of what is given back. Nothing here writes."""

from croisee_web.report.queries.described import study_folder, written_of
from croisee_web.report.queries.networks import (
    FindingCard,
    NetworkPage,
    network_file,
    network_page,
    networks_of,
)
from croisee_web.report.queries.publications import (
    PublicationCard,
    PublishedFile,
    leaflet_address,
    provenance_address,
    publication_cards,
    publication_folder,
    published_file,
)
from croisee_web.report.queries.results import (
    Provenance,
    ResultsPage,
    result_file,
    results_page,
    team_provenance,
)

__all__ = [
    "FindingCard",
    "NetworkPage",
    "Provenance",
    "PublicationCard",
    "PublishedFile",
    "ResultsPage",
    "leaflet_address",
    "network_file",
    "network_page",
    "networks_of",
    "provenance_address",
    "publication_cards",
    "publication_folder",
    "published_file",
    "result_file",
    "results_page",
    "study_folder",
    "team_provenance",
    "written_of",
]
