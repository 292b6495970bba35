"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.report.views.networks import network, network_file_page, networks
from croisee_web.report.views.public import (
    leaflet,
    provenance,
    publication_file,
    publication_list,
)
from croisee_web.report.views.team import publish, result_file_page, results, seal

__all__ = [
    "leaflet",
    "network",
    "network_file_page",
    "networks",
    "provenance",
    "publication_file",
    "publication_list",
    "publish",
    "result_file_page",
    "results",
    "seal",
]
