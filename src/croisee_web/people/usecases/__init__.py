"""What one may do about participants. One function an act; each is one transaction."""

from croisee_web.people.queries.allowing import (
    CollectionClosed,
    FormNotPublished,
    ParentNeeded,
)
from croisee_web.people.usecases.answering_for import note_survey_consents
from croisee_web.people.usecases.assessments import (
    AssessmentSigned,
    ConclusionMissing,
    give_assessment,
    sign_assessment,
    write_assessment,
)
from croisee_web.people.usecases.consenting import ProofRefused, open_proof, record_consent
from croisee_web.people.usecases.dossier import give_dossier
from croisee_web.people.usecases.ending import NotYet, destroy, look_at_dates
from croisee_web.people.usecases.forms_of_consent import (
    FormFrozen,
    FormText,
    VersionTaken,
    publish_form,
    write_form,
)
from croisee_web.people.usecases.giving import give_package
from croisee_web.people.usecases.importing import import_people, write_people
from croisee_web.people.usecases.incidents import ReasonNeeded, decide_injury, give_notice
from croisee_web.people.usecases.registering import (
    Belonging,
    ChangedMeanwhile,
    CodeTaken,
    NoMinor,
    add_participant,
    change_participant,
    issue_link,
    open_addresses,
    open_identity,
    seal_identity,
)
from croisee_web.people.usecases.registers import export_register, write_in_register
from croisee_web.people.usecases.restoring import reapply_withdrawals
from croisee_web.people.usecases.withdrawing import (
    CLEAN,
    PagesBusy,
    clean_freed_pages,
    withdraw,
)

__all__ = [
    "CLEAN",
    "AssessmentSigned",
    "Belonging",
    "ChangedMeanwhile",
    "CodeTaken",
    "CollectionClosed",
    "ConclusionMissing",
    "FormFrozen",
    "FormNotPublished",
    "FormText",
    "NoMinor",
    "NotYet",
    "PagesBusy",
    "ParentNeeded",
    "ProofRefused",
    "ReasonNeeded",
    "VersionTaken",
    "add_participant",
    "change_participant",
    "clean_freed_pages",
    "decide_injury",
    "destroy",
    "export_register",
    "give_assessment",
    "give_dossier",
    "give_notice",
    "give_package",
    "import_people",
    "issue_link",
    "look_at_dates",
    "note_survey_consents",
    "open_addresses",
    "open_identity",
    "open_proof",
    "publish_form",
    "reapply_withdrawals",
    "record_consent",
    "seal_identity",
    "sign_assessment",
    "withdraw",
    "write_assessment",
    "write_form",
    "write_in_register",
    "write_people",
]
