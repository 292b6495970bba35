"""What the team, or a participant on her own page, writes about people."""

from croisee_web.people.forms.ethics import (
    AssessmentForm,
    DestroyForm,
    FormTextForm,
    InjuryForm,
    SignatureForm,
    register_form,
)
from croisee_web.people.forms.incoming import PeopleConfirmForm, PeopleFileForm
from croisee_web.people.forms.registering import (
    ChangeForm,
    ConsentForm,
    IdentityForm,
    InscriptionForm,
    TeamWithdrawForm,
    WithdrawForm,
)

__all__ = [
    "AssessmentForm",
    "ChangeForm",
    "ConsentForm",
    "DestroyForm",
    "FormTextForm",
    "IdentityForm",
    "InjuryForm",
    "InscriptionForm",
    "PeopleConfirmForm",
    "PeopleFileForm",
    "SignatureForm",
    "TeamWithdrawForm",
    "WithdrawForm",
    "register_form",
]
