"""Verbatims turn by turn, the names to mask, and what people decided when they reviewed them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from croisee_web.corpus.vocabulary import DECISIONS
from croisee_web.fieldwork.models import Session
from croisee_web.people.models import Participant
from croisee_web.study.models import Case, Method, Study


class Document(models.Model):
    """One transcript, or one page of observation notes. ``file`` is the name it came under."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="documents")
    code = models.CharField(_("document"), max_length=300)
    file = models.CharField(_("fichier"), max_length=300)
    case = models.ForeignKey(Case, models.CASCADE, related_name="documents")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    method = models.ForeignKey(Method, models.CASCADE, related_name="documents")
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="documents", null=True, blank=True
    )
    edition = models.CharField(_("édition"), max_length=80, blank=True)
    held_on = models.CharField(_("date"), max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="document_once")]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Turn(models.Model):
    """What one person says without being interrupted. No participant: the team.

    ``number`` is the turn's place in the whole document: a turn removed leaves its number.
    Times are in seconds.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="turns")
    number = models.PositiveIntegerField(_("tour"))
    speaker = models.TextField(_("étiquette"), blank=True)
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="turns", null=True, blank=True
    )
    text = models.TextField(_("paroles"))
    start = models.FloatField(_("début"), null=True, blank=True)
    end = models.FloatField(_("fin"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="turn_number_once"),
            models.CheckConstraint(name="turn_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MaskedName(models.Model):
    """One name to mask everywhere, encrypted with the study's key: it is an identity."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="masked_names")
    position = models.PositiveIntegerField(_("rang"))
    sealed = models.BinaryField(_("contenu chiffré"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "position"], name="masked_name_place_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ReviewDecision(models.Model):
    """What a person decided about a passage that may name someone. Characters of the turn."""

    turn = models.ForeignKey(Turn, models.CASCADE, related_name="decisions")
    start = models.PositiveIntegerField(_("début"))
    end = models.PositiveIntegerField(_("fin"))
    kind = models.TextField(_("type"))
    decision = models.CharField(_("décision"), max_length=10)
    replacement = models.TextField(_("remplacement"), blank=True)
    by = models.TextField(_("par"), blank=True)
    on = models.TextField(_("le"), blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="review_decision_known", condition=Q(decision__in=DECISIONS)
            ),
            models.CheckConstraint(
                name="review_decision_has_characters", condition=Q(start__lt=F("end"))
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.decision}"


class ReviewedPassage(models.Model):
    """A person has read one turn, or a whole document (no turn)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="reviews")
    turn = models.ForeignKey(Turn, models.CASCADE, related_name="reviews", null=True, blank=True)
    reviewed = models.BooleanField(_("relu"))
    by = models.TextField(_("par"), blank=True)
    on = models.TextField(_("le"), blank=True)

    def __str__(self) -> str:
        return f"#{self.pk} {self.reviewed}"
