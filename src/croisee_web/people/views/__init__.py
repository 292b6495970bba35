"""HTTP in, one call, HTTP out. A refusal travels up to ``kit.refusals``."""

from croisee_web.people.views.ethics import (
    consent_form,
    consent_form_add,
    consent_form_edit,
    consent_form_publish,
    consent_forms,
)
from croisee_web.people.views.incoming import people_confirm, people_file
from croisee_web.people.views.own import (
    own_consent,
    own_form,
    own_package,
    own_page,
    own_withdrawal,
)
from croisee_web.people.views.registers import (
    dossier,
    notice,
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
    register,
    withdrawal,
)

__all__ = [
    "change",
    "consent",
    "consent_form",
    "consent_form_add",
    "consent_form_edit",
    "consent_form_publish",
    "consent_forms",
    "dossier",
    "identity",
    "link",
    "notice",
    "own_consent",
    "own_form",
    "own_package",
    "own_page",
    "own_withdrawal",
    "participant",
    "people_confirm",
    "people_file",
    "proof",
    "register",
    "register_csv",
    "register_line",
    "register_lines",
    "registers",
    "withdrawal",
]
