"""Participants, by code. Nothing here says who they are: that is the vault's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.people.vocabulary import ConsentMode, WithdrawalWay
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


class ConsentForm(models.Model):
    """One version of the consent form, in one language, as people read it."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="consent_forms")
    version = models.CharField(_("version"), max_length=60)
    language = models.CharField(_("langue"), max_length=5)
    brief = models.TextField(_("en bref"))
    text = models.TextField(_("texte entier"))
    published_at = models.DateTimeField(_("en vigueur depuis"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "version", "language"], name="consent_form_once_a_language"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.version} {self.language}"


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
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("inscrite le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="participant_code_once"),
            models.CheckConstraint(
                name="participant_withdrawn_keeps_nothing",
                condition=Q(withdrawn_on=None) | Q(component="", organisation=""),
            ),
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


class PersonalLink(models.Model):
    """The address of somebody's own page; only a digest of its token is kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="links")
    token_sha256 = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    issued_at = models.DateTimeField(_("remis le"))

    def __str__(self) -> str:
        return f"#{self.pk}"


class Receipt(models.Model):
    """What a withdrawal removed, what stands and why: counts and reasons, no word of hers."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="receipts")
    participant = models.CharField(_("code"), max_length=60)
    way = models.CharField(_("voie"), max_length=10, choices=WithdrawalWay.choices)
    lines = models.JSONField(_("lignes"), default=list)
    """Triples: what (French msgid), how many, why it stands (French msgid, "" when removed)."""
    issued_at = models.DateTimeField(_("remis le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "participant"], name="receipt_once_a_participant"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
