"""Participants, by code. Nothing here says who they are: that is the vault's."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.people.vocabulary import (
    AgeGroup,
    Answerer,
    Asked,
    Assent,
    ConsentMode,
    FormFor,
    Level,
    WithdrawalWay,
    YouthRule,
)
from croisee_web.study.models import Case, Study
from croisee_web.study.vocabulary import Covered


class Purpose(models.Model):
    """What a participant may consent to, apart from every other thing."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="purposes")
    code = models.CharField(_("code"), max_length=80)
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
    """One version of the consent form, in one language, as people read it.

    Not published, it is a draft that may change; published, it never changes: what people
    answered to stays as they read it. ``revision`` counts the changes of a draft.
    ``announced``: what the site told about withdrawal and its limits, the day it was published.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="consent_forms")
    version = models.CharField(_("version"), max_length=60)
    language = models.CharField(_("langue"), max_length=5)
    audience = models.CharField(_("pour"), max_length=10, choices=FormFor.choices, blank=True)
    """``""``: whoever takes part."""
    youth = models.CharField(
        _("de 14 à 17 ans, qui consent"),
        max_length=10,
        choices=YouthRule.choices,
        default=YouthRule.BOTH,
    )
    brief = models.TextField(_("en bref"))
    text = models.TextField(_("texte entier"))
    announced = models.TextField(_("ce qui est annoncé"), blank=True)
    published_at = models.DateTimeField(_("en vigueur depuis"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("révision"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "version", "language", "audience"],
                name="consent_form_once_a_language",
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
    code = models.CharField(_("code"), max_length=80)
    component = models.CharField(_("composante"), max_length=80, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    age_group = models.CharField(
        _("groupe d’âge"), max_length=20, choices=AgeGroup.choices, blank=True
    )
    withdrawn_on = models.DateField(_("retirée le"), null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    created_at = models.DateTimeField(_("inscrite le"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "code"], name="participant_code_once"),
            models.CheckConstraint(
                name="participant_withdrawn_keeps_nothing",
                condition=Q(withdrawn_on=None) | Q(component="", organisation="", age_group=""),
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
    by = models.CharField(
        _("répondu par"), max_length=10, choices=Answerer.choices, default=Answerer.PERSON
    )
    assent = models.CharField(
        _("ce que la jeune personne en dit"), max_length=20, choices=Assent.choices, blank=True
    )
    proof_sha256 = models.CharField(_("preuve"), max_length=64, blank=True)
    """The signed form or recording, in the vault's encrypted files, by its digest."""
    recorded_at = models.DateTimeField(_("noté le"))

    def __str__(self) -> str:
        return f"#{self.pk} {self.given}"


class PersonalLink(models.Model):
    """The address of somebody's own page; only a digest of its token is kept."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="links")
    token_sha256 = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    holder = models.CharField(
        _("remis à"), max_length=10, choices=Answerer.choices, default=Answerer.PERSON
    )
    issued_at = models.DateTimeField(_("remis le"))

    def __str__(self) -> str:
        return f"#{self.pk}"


class Receipt(models.Model):
    """What a withdrawal removed, what stands and why: counts and reasons, no word of hers."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="receipts")
    participant = models.CharField(_("code"), max_length=80)
    way = models.CharField(_("voie"), max_length=12, choices=WithdrawalWay.choices)
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


class RegisterLine(models.Model):
    """One line of a register that the law asks for; corrected, never removed."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="+")
    noted_at = models.DateTimeField(_("noté le"))
    noted_by = models.CharField(_("noté par"), max_length=120)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"#{self.pk}"


class Incident(RegisterLine):
    """A confidentiality incident, however small: the eight things a register must say.

    Règlement sur les incidents de confidentialité (RLRQ, c. P-39.1, r. 3.1), s. 7. Kept at
    least five years after the organisation learned of it: nothing here removes a line.
    """

    information = models.TextField(_("Renseignements touchés, ou pourquoi on l’ignore"))
    circumstances = models.TextField(_("Circonstances"))
    occurred = models.CharField(_("Date ou période de l’incident"), max_length=200)
    known_on = models.DateField(_("Date où l’équipe l’a appris"))
    persons = models.CharField(_("Nombre de personnes touchées, même approximatif"), max_length=200)
    injury = models.TextField(
        _("Risque de préjudice sérieux : sensibilité, usages malveillants, conséquences")
    )
    commission_on = models.DateField(_("Avis à la Commission, le"), null=True, blank=True)
    persons_on = models.DateField(_("Avis aux personnes, le"), null=True, blank=True)
    public_notice = models.TextField(_("Avis public : s’il y en a eu, et pourquoi"), blank=True)
    measures = models.TextField(_("Mesures prises pour diminuer les risques"))


class InjuryAssessment(models.Model):
    """Whether an incident presents a risk of serious injury, why, and what the notices add.

    The four elements are those that a body must consider (RLRQ, c. P-39.1, s. 3.7; c. A-2.1,
    s. 63.10). ``why`` is compulsory when the conclusion is not the one they suggest.
    """

    incident = models.OneToOneField(Incident, models.CASCADE, related_name="assessment")
    sensitivity = models.CharField(_("Sensibilité"), max_length=1, choices=Level.choices)
    sensitivity_why = models.TextField(_("Pourquoi"))
    misuse = models.CharField(_("Usages malveillants"), max_length=1, choices=Level.choices)
    misuse_why = models.TextField(_("Pourquoi"))
    consequences = models.CharField(_("Conséquences"), max_length=1, choices=Level.choices)
    consequences_why = models.TextField(_("Pourquoi"))
    likelihood = models.CharField(_("Probabilité"), max_length=1, choices=Level.choices)
    likelihood_why = models.TextField(_("Pourquoi"))
    serious = models.BooleanField(_("Risque de préjudice sérieux"))
    why = models.TextField(_("Motif de la décision"), blank=True)
    decided_by = models.CharField(_("décidé par"), max_length=120)
    decided_at = models.DateTimeField(_("décidé le"))
    cause = models.TextField(_("Cause, si on la connaît"), blank=True)
    in_quebec = models.CharField(_("Personnes qui résident au Québec"), max_length=200, blank=True)
    telling = models.TextField(_("Comment les personnes sont avisées, et quand"), blank=True)
    prevention = models.TextField(_("Pour que cela ne se reproduise pas, et quand"), blank=True)
    advice = models.TextField(_("Ce que les personnes peuvent faire"), blank=True)
    elsewhere = models.TextField(_("Autres autorités avisées"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk}"


class PrivacyAssessment(models.Model):
    """One version of a study's privacy impact assessment (« EFVP »); signed, it never changes."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="privacy_assessments")
    number = models.PositiveIntegerField(_("version"))
    project = models.TextField(_("Le projet"))
    information = models.TextField(_("Renseignements recueillis, et leur sensibilité"))
    purposes = models.TextField(_("À quoi ils servent"))
    flows = models.TextField(_("D’où ils viennent, par où ils passent, à qui ils vont"))
    access = models.TextField(_("Qui y a accès"))
    places = models.TextField(_("Où ils sont gardés"))
    retention = models.TextField(_("Jusqu’à quand, et ce qu’on en fait ensuite"))
    risks = models.TextField(_("Risques pour les personnes"))
    measures = models.TextField(_("Mesures qui les diminuent"))
    portability = models.TextField(_("Copie remise à la personne"))
    outside_quebec = models.TextField(_("Communication hors du Québec"))
    conclusion = models.TextField(_("Conclusion"), blank=True)
    written_by = models.CharField(_("écrite par"), max_length=120)
    written_at = models.DateTimeField(_("écrite le"))
    signed_by = models.CharField(_("signée par"), max_length=200, blank=True)
    signed_title = models.CharField(_("à titre de"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("signée le"), null=True, blank=True)
    revision = models.PositiveIntegerField(_("révision"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                name="assessment_signature_is_named",
                condition=Q(signed_at=None) | ~Q(signed_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number}"


class Destruction(models.Model):
    """What was destroyed at the end of its retention, by whom: its certificate. No code."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="destructions")
    covers = models.CharField(_("renseignements"), max_length=20, choices=Covered.choices)
    until = models.DateField(_("conservés jusqu’au"))
    basis = models.CharField(_("fondement"), max_length=300, blank=True)
    people = models.PositiveIntegerField(_("personnes"))
    lines = models.JSONField(_("lignes"), default=list)
    """Triples, as a :class:`Receipt`'s."""
    by = models.CharField(_("par"), max_length=120)
    destroyed_at = models.DateTimeField(_("le"))

    def __str__(self) -> str:
        return f"#{self.pk} {self.covers}"


class Communication(RegisterLine):
    """Information handed to somebody outside the team."""

    on = models.DateField(_("Date"))
    recipient = models.CharField(_("À qui"), max_length=300)
    information = models.TextField(_("Renseignements communiqués"))
    purpose = models.TextField(_("Pourquoi"))
    basis = models.TextField(_("Sur quel fondement : consentement, entente, disposition de la loi"))
    outside_quebec = models.CharField(_("Hors du Québec : où"), max_length=200, blank=True)


class Anonymisation(RegisterLine):
    """What was made anonymous: the five things a register must say.

    Règlement sur l’anonymisation (RLRQ, c. A-2.1, r. 0.1).
    """

    information = models.TextField(_("Renseignements anonymisés"))
    purposes = models.TextField(_("Fins auxquelles ils serviront"))
    techniques = models.TextField(_("Techniques d’anonymisation"))
    protection = models.TextField(_("Mesures de protection"))
    analyses = models.TextField(_("Dates de l’analyse du risque et de ses mises à jour"))


class RightsRequest(RegisterLine):
    """Somebody asks for her data, a correction, or a copy; answered within thirty days."""

    participant = models.CharField(_("Code de la personne"), max_length=80, blank=True)
    asked = models.CharField(_("Demande"), max_length=20, choices=Asked.choices)
    received_on = models.DateField(_("Reçue le"))
    answered_on = models.DateField(_("Répondue le"), null=True, blank=True)
    answer = models.TextField(_("Réponse donnée, sans aucun nom"), blank=True)
