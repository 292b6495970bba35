"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.people.views.assessments import (
    assessment,
    assessment_add,
    assessment_dossier,
    assessment_edit,
    assessments,
)
from croisee_web.people.views.ending import certificate, destruction, ending
from croisee_web.people.views.ethics import (
    consent_form,
    consent_form_add,
    consent_form_edit,
    consent_form_publish,
    consent_forms,
)
from croisee_web.people.views.incidents import incident, incident_notice, incident_notice_pdf
from croisee_web.people.views.incoming import people_confirm, people_file
from croisee_web.people.views.own import (
    own_consent,
    own_form,
    own_package,
    own_page,
    own_receipt,
    own_withdrawal,
)
from croisee_web.people.views.registers import (
    dossier,
    notice,
    pledge,
    register_csv,
    register_line,
    register_lines,
    registers,
)
from croisee_web.people.views.team import (
    change,
    consent,
    identity,
    link,
    participant,
    proof,
    receipt,
    register,
    withdrawal,
)

__all__ = [
    "assessment",
    "assessment_add",
    "assessment_dossier",
    "assessment_edit",
    "assessments",
    "certificate",
    "change",
    "consent",
    "consent_form",
    "consent_form_add",
    "consent_form_edit",
    "consent_form_publish",
    "consent_forms",
    "destruction",
    "dossier",
    "ending",
    "identity",
    "incident",
    "incident_notice",
    "incident_notice_pdf",
    "link",
    "notice",
    "own_consent",
    "own_form",
    "own_package",
    "own_page",
    "own_receipt",
    "own_withdrawal",
    "participant",
    "people_confirm",
    "people_file",
    "pledge",
    "proof",
    "receipt",
    "register",
    "register_csv",
    "register_line",
    "register_lines",
    "registers",
    "withdrawal",
]
