"""What one may do about participants. One function an act; each is one transaction."""

from croisee_web.people.queries.allowing import CollectionClosed, FormNotPublished
from croisee_web.people.usecases.consenting import ProofRefused, open_proof, record_consent
from croisee_web.people.usecases.dossier import give_dossier
from croisee_web.people.usecases.forms_of_consent import (
    FormFrozen,
    FormText,
    VersionTaken,
    publish_form,
    write_form,
)
from croisee_web.people.usecases.giving import give_package
from croisee_web.people.usecases.importing import import_people, write_people
from croisee_web.people.usecases.registering import (
    ChangedMeanwhile,
    CodeTaken,
    add_participant,
    change_participant,
    issue_link,
    open_identity,
    seal_identity,
)
from croisee_web.people.usecases.registers import export_register, write_in_register
from croisee_web.people.usecases.withdrawing import (
    CLEAN,
    PagesBusy,
    clean_freed_pages,
    reapply_withdrawals,
    withdraw,
)

__all__ = [
    "CLEAN",
    "ChangedMeanwhile",
    "CodeTaken",
    "CollectionClosed",
    "FormFrozen",
    "FormNotPublished",
    "FormText",
    "PagesBusy",
    "ProofRefused",
    "VersionTaken",
    "add_participant",
    "change_participant",
    "clean_freed_pages",
    "export_register",
    "give_dossier",
    "give_package",
    "import_people",
    "issue_link",
    "open_identity",
    "open_proof",
    "publish_form",
    "reapply_withdrawals",
    "record_consent",
    "seal_identity",
    "withdraw",
    "write_form",
    "write_in_register",
    "write_people",
]
