"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.report.views.amending import after_the_seal, amend, amendment
from croisee_web.report.views.findings import (
    finding,
    finding_add,
    finding_edit,
    finding_withdraw,
    findings,
    wording,
)
from croisee_web.report.views.networks import (
    network,
    network_file_page,
    networks,
    read_network,
)
from croisee_web.report.views.public import (
    leaflet,
    provenance,
    publication_file,
    publication_list,
)
from croisee_web.report.views.team import (
    publish,
    read_result,
    result_file_page,
    results,
    seal,
)

__all__ = [
    "after_the_seal",
    "amend",
    "amendment",
    "finding",
    "finding_add",
    "finding_edit",
    "finding_withdraw",
    "findings",
    "leaflet",
    "network",
    "network_file_page",
    "networks",
    "provenance",
    "publication_file",
    "publication_list",
    "publish",
    "read_network",
    "read_result",
    "result_file_page",
    "results",
    "seal",
    "wording",
]
