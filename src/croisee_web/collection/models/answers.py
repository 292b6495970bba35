"""Collections, their links, and answers: one row a respondent of a wave of a questionnaire.

In an anonymous collection nothing stored ties an answer to a link: numbers of answers are drawn
at random, no time is kept, and a link only says that it was used
(docs/methods/reponses-anonymes.md).
"""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.collection.vocabulary import InvitationState, LetterKind, SubmissionState, Way
from croisee_web.instruments.models import Instrument, PublishedVersion
from croisee_web.study.models import Case, Study

if TYPE_CHECKING:
    _Number = models.BigIntegerField[int, int]
else:
    _Number = models.BigIntegerField


def random_number() -> int:
    """Return a number from 1 to 2⁶³ − 1, as likely as any other: it tells no order."""
    return secrets.randbelow(2**63 - 1) + 1


def random_salt() -> str:
    """Return 32 bytes drawn at random, in hexadecimal."""
    return secrets.token_hex(32)


class RandomKey(_Number):
    """A primary key drawn at random.

    On SQLite it is the row's own number: beside another key, rows would keep a second number
    that counts them in the order they came.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(
            **{"primary_key": True, "default": random_number, "editable": False, **options}
        )

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """Return the column's type, as this engine names it."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)


class Collecting(models.Model):
    """A collection: one published version, asked in one edition, to some networks, for a time.

    ``anonymous`` cannot change once a link was made or an answer came. ``open_slug``: the end of
    the open link's address, ``None`` where each answers by a link of her own.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="collectings")
    published = models.ForeignKey(PublishedVersion, models.CASCADE, related_name="collectings")
    edition = models.CharField(_("édition"), max_length=80)
    opens_on = models.DateField(_("ouvre le"))
    closes_on = models.DateField(_("ferme le"))
    """The last day one may answer, in the study's time zone."""
    closed_at = models.DateTimeField(_("fermée le"), null=True, blank=True)
    """Closed by hand, before its day."""
    anonymous = models.BooleanField(_("anonyme"), default=False)
    open_slug = models.SlugField(_("lien ouvert"), max_length=40, unique=True, null=True)
    salt = models.CharField(_("sel"), max_length=64, default=random_salt, editable=False)
    """What identifiers of filled forms are hashed with, where they must lead to nobody."""
    alike = models.JSONField(_("réponses pareilles, la veille"), default=dict, editable=False)
    """How many answers said each thing when they were last compared, by keyed digests."""
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.edition}"


class CollectingCase(models.Model):
    """A network asked by a collection, and the answers hoped for; ``None``: everybody."""

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, models.CASCADE, related_name="collectings")
    goal = models.PositiveIntegerField(_("but"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collecting", "case"], name="collecting_case_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class AnswerLink(models.Model):
    """Somebody's own address to answer at, once. Only a digest of its token is kept.

    ``code_digest``: the keyed digest of the short code a printed card bears. ``participant``,
    ``organisation``, ``component`` are codes, "" when none. ``used`` bears no day: in an
    anonymous collection a day would be enough to find the answer.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.CASCADE, related_name="answer_links")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    participant = models.CharField(_("personne"), max_length=80, blank=True)
    token_sha256 = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    code_digest = models.CharField(_("empreinte du code"), max_length=64, unique=True, null=True)
    used = models.BooleanField(_("utilisé"), default=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Letter(models.Model):
    """What the team wrote to those it invites, or who have not answered; sent by a job."""

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="letters")
    kind = models.CharField(_("genre"), max_length=12, choices=LetterKind.choices)
    subject_fr = models.CharField(_("objet"), max_length=150)
    subject_en = models.CharField(_("objet en anglais"), max_length=150, blank=True)
    body_fr = models.TextField(_("texte"))
    body_en = models.TextField(_("texte en anglais"), blank=True)
    origin = models.CharField(_("adresse du site"), max_length=200, blank=True)
    """Where its links begin, unless the site says it."""
    asked_by = models.CharField(_("demandée par"), max_length=120)
    asked_at = models.DateTimeField(_("demandée le"))
    sent = models.PositiveIntegerField(_("envoyés"), default=0)
    refused = models.PositiveIntegerField(_("refusés"), default=0)
    done_at = models.DateTimeField(_("finie le"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind}"


class Invitation(models.Model):
    """The address that a link is sent to, sealed with a key kept outside the database.

    It bears no day, as its link bears none. ``last_letter``: the number of the last letter that
    the mail server took for it, so that a job run twice does not write twice.
    """

    id = RandomKey()
    link = models.OneToOneField(AnswerLink, models.CASCADE, related_name="invitation")
    sealed = models.BinaryField(_("adresse chiffrée"))
    address_digest = models.CharField(_("empreinte de l’adresse"), max_length=64, db_index=True)
    language = models.CharField(_("langue"), max_length=5, default="fr")
    state = models.CharField(
        _("état"),
        max_length=12,
        choices=InvitationState.choices,
        default=InvitationState.WAITING,
    )
    refusal = models.CharField(_("code du refus"), max_length=10, blank=True)
    last_letter = models.BigIntegerField(_("dernier courriel"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class Unsubscribed(models.Model):
    """An address that wants no more mail of a study: its keyed digest, and nothing else."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="unsubscribed")
    address_digest = models.CharField(_("empreinte de l’adresse"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["study", "address_digest"], name="unsubscribed_once_a_study"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Draft(models.Model):
    """Answers being written, sealed with a key that only the link's address holds.

    ``place`` is drawn from the token: it leads neither to a link nor back to the token. Erased
    when the answers are received, or a week after their collection closed.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="drafts")
    place = models.CharField(_("place"), max_length=64, unique=True)
    sealed = models.BinaryField(_("contenu chiffré"))

    def __str__(self) -> str:
        return f"#{self.pk}"


class DraftFile(models.Model):
    """A photo or a file of a draft, sealed with the same key; it goes when the draft goes."""

    id = RandomKey()
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    name = models.CharField(_("nom"), max_length=200)
    """As the draft's answers name it."""
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    sealed = models.BinaryField(_("contenu chiffré"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "name"], name="draft_file_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Submission(models.Model):
    """A filled form as it was received, whichever way it came.

    ``instance_id`` is the filler's own number of it, kept once a collection; ``replaces`` is the
    number of the one it corrects. Both are hashed with the collection's salt where it is
    anonymous. ``receipt_sha256``: the digest of the code that its author keeps, and can withdraw
    with. ``link`` and ``received_at`` are empty in an anonymous collection.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="submissions")
    published = models.ForeignKey(PublishedVersion, models.CASCADE, related_name="submissions")
    """The version it was filled in: an older one where somebody began before a new one."""
    case = models.ForeignKey(Case, models.CASCADE, related_name="submissions")
    instance_id = models.CharField(_("identifiant"), max_length=200)
    replaces = models.CharField(_("remplace"), max_length=200, blank=True)
    content = models.BinaryField(_("formulaire rempli"))
    digest = models.CharField(_("empreinte"), max_length=64)
    way = models.CharField(_("moyen"), max_length=12, choices=Way.choices)
    state = models.CharField(
        _("état"), max_length=12, choices=SubmissionState.choices, default=SubmissionState.WHOLE
    )
    sheet = models.OneToOneField(
        "AnswerSheet", models.SET_NULL, related_name="submission", null=True, blank=True
    )
    """``None`` while attachments are missing, or once another submission replaced it."""
    link = models.ForeignKey(
        AnswerLink, models.SET_NULL, related_name="submissions", null=True, blank=True
    )
    receipt_sha256 = models.CharField(_("empreinte du code de reçu"), max_length=64, blank=True)
    received_at = models.DateTimeField(_("reçu le"), null=True, blank=True)
    flags = models.JSONField(_("à vérifier"), default=list)
    """What the team should look at, as codes: ``hors-delai``, ``inconnus``, ``double``…"""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collecting", "instance_id"], name="submission_instance_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["receipt_sha256"],
                name="submission_receipt",
                condition=~Q(receipt_sha256=""),
            ),
            models.Index(
                fields=["collecting", "replaces"],
                name="submission_replaces",
                condition=~Q(replaces=""),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.way}"


class HandEntry(models.Model):
    """A sheet typed by hand; ``differences`` of two typings: ``[[address, first, second], …]``."""

    id = RandomKey()
    submission = models.OneToOneField(Submission, models.CASCADE, related_name="by_hand")
    number = models.CharField(_("numéro de la feuille"), max_length=40, blank=True)
    seed = models.BigIntegerField(_("tirage"))
    entered_by = models.CharField(_("saisie par"), max_length=120)
    second_by = models.CharField(_("ressaisie par"), max_length=120, blank=True)
    differences = models.JSONField(_("différences"), default=list)
    decided_by = models.CharField(_("décidé par"), max_length=120, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Attachment(models.Model):
    """A file that a submission names: there once its bytes are on disk."""

    id = RandomKey()
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="attachments")
    name = models.CharField(_("nom"), max_length=200)
    """As the form names it, in Unicode's composed form."""
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("taille"), default=0)
    sha256 = models.CharField(_("empreinte"), max_length=64, blank=True)
    """"" while it is awaited."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["submission", "name"], name="attachment_name_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class GoneSubmission(models.Model):
    """A filled form that its author took back: sent again, it is not kept.

    ``instance_sha256``: its number, hashed with the collection's salt. It says no day and leads
    to nobody.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="gone")
    instance_sha256 = models.CharField(_("empreinte de l’identifiant"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["collecting", "instance_sha256"], name="gone_submission_once"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class DeviceKey(models.Model):
    """What an application on a device (ODK Collect, Enketo) sends with: a name and a secret.

    ``secret_sha256`` is the digest of the secret, ``digest_ha1`` what HTTP's Digest needs of it.
    ``case``: the network whose answers it sends; ``None``: each form says.
    """

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="device_keys")
    case = models.ForeignKey(Case, models.CASCADE, null=True, blank=True, related_name="+")
    label = models.CharField(_("appareil"), max_length=80)
    name = models.CharField(_("nom d’utilisateur"), max_length=20, unique=True)
    secret_sha256 = models.CharField(_("empreinte du secret"), max_length=64, unique=True)
    digest_ha1 = models.CharField(_("empreinte pour Digest"), max_length=32)
    made_at = models.DateTimeField(_("créée le"))
    made_by = models.CharField(_("par"), max_length=120)
    revoked_at = models.DateTimeField(_("retirée le"), null=True, blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class DayCount(models.Model):
    """How many answers a network gave on a day: what the curve is drawn from.

    ``journaled``: how many of them the journal already says, where answers are anonymous.
    """

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="days")
    case = models.ForeignKey(Case, models.CASCADE, related_name="answer_days")
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("réponses"), default=0)
    journaled = models.PositiveIntegerField(_("déjà au journal"), default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collecting", "case", "day"], name="day_count_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.day}"


class AnswerSheet(models.Model):
    """What one respondent answered in one edition.

    ``respondent`` is a participant's code, an organisation's, or a number of the
    questionnaire's own; ``weight`` is a decimal written as text, "" where the questionnaire
    has none. ``answers`` holds, by question code: an option's code, a text, a decimal as text;
    for multiple response the list of what was chosen (empty: nothing was); for ranks
    ``{option: rank}``. A question that was not answered is absent.
    """

    id = RandomKey()
    instrument = models.ForeignKey(Instrument, models.CASCADE, related_name="sheets")
    edition = models.CharField(_("édition"), max_length=80)
    respondent = models.CharField(_("répondant"), max_length=80)
    case = models.ForeignKey(Case, models.CASCADE, related_name="sheets")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    weight = models.CharField(_("poids"), max_length=40, blank=True)
    answers = models.JSONField(_("réponses"), default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "edition", "respondent"], name="sheet_once_a_respondent"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.edition}"
