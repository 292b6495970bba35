"""What the people slice decides without asking the database; what other slices register."""

from croisee_web.people.rules.dossier import (
    DossierFile,
    DossierPart,
    add_to_dossier,
    csv_of,
    dossier_parts,
    packed,
)
from croisee_web.people.rules.forms_shown import PROOF_LIMIT, Proof, ShownForm, media_of
from croisee_web.people.rules.injury import TREE, Elements, Suggested, branch_of, suggested
from croisee_web.people.rules.leaving import (
    Destroyer,
    Eraser,
    Held,
    Reapplier,
    Removal,
    Teller,
    destroy_at_end,
    destroyers,
    erase_on_withdrawal,
    erasers,
    reappliers,
    reapply_from_ledger,
    tell_on_request,
    tellers,
)
from croisee_web.people.rules.minors import may_read_words, who_consented, why_not

DAYS_TO_ANSWER = 30
"""How long a person waits for her data at most (RLRQ, c. P-39.1, s. 32)."""

__all__ = [
    "DAYS_TO_ANSWER",
    "PROOF_LIMIT",
    "TREE",
    "Destroyer",
    "DossierFile",
    "DossierPart",
    "Elements",
    "Eraser",
    "Held",
    "Proof",
    "Reapplier",
    "Removal",
    "ShownForm",
    "Suggested",
    "Teller",
    "add_to_dossier",
    "branch_of",
    "csv_of",
    "destroy_at_end",
    "destroyers",
    "dossier_parts",
    "erase_on_withdrawal",
    "erasers",
    "may_read_words",
    "media_of",
    "packed",
    "reappliers",
    "reapply_from_ledger",
    "suggested",
    "tell_on_request",
    "tellers",
    "who_consented",
    "why_not",
]
