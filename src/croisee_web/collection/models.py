"""Collections, their links, and answers: one row a respondent of a wave of a questionnaire.

In an anonymous collection nothing stored ties an answer to a link: numbers of answers are drawn
at random, no time is kept, and a link only says that it was used (docs/confidentialite.md).
"""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.collection.vocabulary import SubmissionState, Way
from croisee_web.instruments.models import Instrument, PublishedVersion
from croisee_web.study.models import Case, Study

if TYPE_CHECKING:
    _Number = models.BigIntegerField[int, int]
else:
    _Number = models.BigIntegerField


def random_number() -> int:
    """Return a number from 1 to 2⁶³ − 1, as likely as any other: it tells no order."""
    return secrets.randbelow(2**63 - 1) + 1


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

    ``participant``, ``organisation``, ``component`` are codes, "" when none. ``used`` bears no
    day: in an anonymous collection a day would be enough to find the answer.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="links")
    case = models.ForeignKey(Case, models.CASCADE, related_name="answer_links")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    organisation = models.CharField(_("organisme"), max_length=80, blank=True)
    participant = models.CharField(_("personne"), max_length=80, blank=True)
    token_sha256 = models.CharField(_("empreinte du jeton"), max_length=64, unique=True)
    used = models.BooleanField(_("utilisé"), default=False)

    def __str__(self) -> str:
        return f"#{self.pk}"


class Draft(models.Model):
    """Answers being written, sealed with a key that only the link's address holds.

    ``place`` is drawn from the token: it leads neither to a link nor back to the token. Erased
    when the answers are received, or when their collection closes.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="drafts")
    place = models.CharField(_("place"), max_length=64, unique=True)
    sealed = models.BinaryField(_("contenu chiffré"))

    def __str__(self) -> str:
        return f"#{self.pk}"


class Submission(models.Model):
    """A filled form as it was received, whichever way it came.

    ``instance_id`` is the filler's own number of it, kept once a collection. ``receipt_sha256``:
    the digest of the code that its author keeps, and can withdraw with. ``link`` and
    ``received_at`` are empty in an anonymous collection.
    """

    id = RandomKey()
    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="submissions")
    published = models.ForeignKey(PublishedVersion, models.CASCADE, related_name="submissions")
    """The version it was filled in: an older one where somebody began before a new one."""
    case = models.ForeignKey(Case, models.CASCADE, related_name="submissions")
    instance_id = models.CharField(_("identifiant"), max_length=200)
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
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.way}"


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


class DayCount(models.Model):
    """How many answers a network gave on a day: what the curve is drawn from."""

    collecting = models.ForeignKey(Collecting, models.CASCADE, related_name="days")
    case = models.ForeignKey(Case, models.CASCADE, related_name="answer_days")
    day = models.DateField(_("jour"))
    count = models.PositiveIntegerField(_("réponses"), default=0)

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
