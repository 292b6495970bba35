"""Questions one may ask of what is given back. Nothing here writes."""

from croisee_web.report.queries.amendments import (
    AfterSeal,
    AmendmentPage,
    after_seal,
    amendment_page,
)
from croisee_web.report.queries.changes import PublicChange, public_changes
from croisee_web.report.queries.described import study_folder, written_of
from croisee_web.report.queries.findings import (
    FindingList,
    FindingPage,
    finding_page,
    findings_list,
    offered,
)
from croisee_web.report.queries.networks import (
    FindingCard,
    NetworkPage,
    network_document,
    network_file,
    network_page,
    networks_of,
)
from croisee_web.report.queries.publications import (
    PublicationCard,
    PublicPages,
    PublishedFile,
    leaflet_address,
    provenance_address,
    publication_cards,
    publication_folder,
    published_file,
)
from croisee_web.report.queries.results import (
    Document,
    Provenance,
    ResultsPage,
    result_document,
    result_file,
    results_page,
    team_provenance,
)
from croisee_web.report.queries.wordings import Comparison, wording_compared

__all__ = [
    "AfterSeal",
    "AmendmentPage",
    "Comparison",
    "Document",
    "FindingCard",
    "FindingList",
    "FindingPage",
    "NetworkPage",
    "Provenance",
    "PublicChange",
    "PublicPages",
    "PublicationCard",
    "PublishedFile",
    "ResultsPage",
    "after_seal",
    "amendment_page",
    "finding_page",
    "findings_list",
    "leaflet_address",
    "network_document",
    "network_file",
    "network_page",
    "networks_of",
    "offered",
    "provenance_address",
    "public_changes",
    "publication_cards",
    "publication_folder",
    "published_file",
    "result_document",
    "result_file",
    "results_page",
    "study_folder",
    "team_provenance",
    "wording_compared",
    "written_of",
]
