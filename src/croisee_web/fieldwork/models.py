"""Sessions, and what was said, ranked and shared out in them; people by code, never by name."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.fieldwork.vocabulary import POSITIONS
from croisee_web.instruments.models import Theme
from croisee_web.people.models import Participant
from croisee_web.study.models import Case, Method, Study


class Session(models.Model):
    """One interview, one focus group, one observation. ``held_on`` is as far as it is known."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="sessions")
    code = models.CharField(_("code"), max_length=80)
    method = models.ForeignKey(Method, models.CASCADE, related_name="sessions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="sessions")
    component = models.CharField(_("composante"), max_length=80, blank=True)
    edition = models.CharField(_("édition"), max_length=80, blank=True)
    held_on = models.CharField(_("date"), max_length=10, blank=True)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="session_code_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Presence(models.Model):
    """Who was in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="presences")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="presences")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "participant"], name="presence_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Position(models.Model):
    """What somebody held on a theme, one row a reason; ``justification`` is a code, or ""."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="positions")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="positions")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="positions")
    position = models.CharField(_("position"), max_length=10)
    justification = models.CharField(_("justification"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="position_known", condition=Q(position__in=POSITIONS))
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Ranking(models.Model):
    """A rank given to an object; no participant: the order a whole group agreed aloud."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="rankings")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="rankings")
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="rankings", null=True, blank=True
    )
    option = models.CharField(_("objet"), max_length=80)
    rank = models.PositiveIntegerField(_("rang"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "theme", "participant", "option"],
                name="ranking_object_once",
            ),
            models.UniqueConstraint(
                fields=["session", "theme", "option"],
                condition=Q(participant__isnull=True),
                name="ranking_object_once_a_group",
            ),
            models.CheckConstraint(name="ranking_from_one", condition=Q(rank__gte=1)),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class Allocation(models.Model):
    """What somebody gave an objective; ``amount`` is a decimal written as text."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="allocations")
    theme = models.ForeignKey(Theme, models.CASCADE, related_name="allocations")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="allocations")
    option = models.CharField(_("objectif"), max_length=80)
    amount = models.CharField(_("montant"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "theme", "participant", "option"],
                name="allocation_objective_once",
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class MentionGroup(models.Model):
    """A class of technologies."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="mention_groups")
    code = models.CharField(_("classe"), max_length=80)
    label_fr = models.TextField(_("libellé"))
    label_en = models.TextField(_("libellé en anglais"), blank=True)
    order = models.PositiveIntegerField(_("ordre"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "code"], name="mention_group_once")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class Mention(models.Model):
    """A technology somebody named, or a network uses."""

    group = models.ForeignKey(MentionGroup, models.CASCADE, related_name="mentions")
    case = models.ForeignKey(Case, models.CASCADE, related_name="mentions")
    session = models.ForeignKey(
        Session, models.CASCADE, related_name="mentions", null=True, blank=True
    )
    participant = models.ForeignKey(
        Participant, models.CASCADE, related_name="mentions", null=True, blank=True
    )
    edition = models.CharField(_("édition"), max_length=80, blank=True)
    name_fr = models.TextField(_("nom"))
    name_en = models.TextField(_("nom en anglais"), blank=True)
    common = models.BooleanField(_("commune à tous"), default=False)

    def __str__(self) -> str:
        return f"#{self.pk}"
