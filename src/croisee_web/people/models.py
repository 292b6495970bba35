"""Participants, by code. Nothing here says who they are: that is the vault's."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.people.vocabulary import ConsentMode
from croisee_web.study.models import Case, Study


class Purpose(models.Model):
    """What a participant may consent to, apart from every other thing."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="purposes")
    code = models.CharField(_("code"), max_length=60)
    position = models.PositiveIntegerField(_("rang"))
    name_fr = models.CharField(_("énoncé"), max_length=300)
    name_en = models.CharField(_("énoncé en anglais"), max_length=300, blank=True)
    role = models.CharField(_("effet"), max_length=20)
    """``analyse``, ``citation`` or ``autre``, as the library's ``Purpose``."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="purpose_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Participant(models.Model):
    """Somebody who takes part, known by a code.

    ``organisation`` and ``component`` are codes, "" when none. A withdrawn participant keeps
    her line, emptied of everything but the code and the day, so that the code is never given
    to somebody else.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="participants")
    case = models.ForeignKey(Case, models.CASCADE, related_name="participants")
    code = models.CharField(_("code"), max_length=60)
    component = models.CharField(_("composante"), max_length=60, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    withdrawn_on = models.DateField(_("retirée le"), null=True, blank=True)
    created_at = models.DateTimeField(_("inscrite le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="participant_code_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Consent(models.Model):
    """One answer to one purpose: the latest one counts. Nothing is ticked beforehand."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="consents")
    purpose = models.ForeignKey(Purpose, models.CASCADE, related_name="consents")
    given = models.BooleanField(_("accepté"))
    form_version = models.CharField(_("version du formulaire"), max_length=60, blank=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    mode = models.CharField(_("mode"), max_length=10, choices=ConsentMode.choices)
    proof_sha256 = models.CharField(_("preuve"), max_length=64, blank=True)
    """The signed form or recording, in the vault's encrypted files, by its digest."""
    recorded_at = models.DateTimeField(_("noté le"))

    def __str__(self) -> str:
        return f"#{self.pk} {self.given}"
