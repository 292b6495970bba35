"""Who could take part, and what was planned and done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.study.models.description import CODE, Case, Method, Study


class Organisation(models.Model):
    """A member of a network in an edition: one line of its sampling frame.

    ``edition`` is a code, "" for all. ``name`` is the organisation's public name.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="organisations")
    case = models.ForeignKey(Case, models.CASCADE, related_name="organisations")
    component = models.CharField(_("composante"), max_length=CODE, blank=True)
    edition = models.CharField(_("édition"), max_length=CODE, blank=True)
    code = models.CharField(_("code"), max_length=CODE)
    name = models.TextField(_("nom"), blank=True)
    region = models.TextField(_("région"), blank=True)
    type = models.TextField(_("type"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "edition", "code"], name="organisation_once_a_frame"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.code}"


class FrameSize(models.Model):
    """The size of a frame of which there is no list. Codes, "" where it is for all."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="frame_sizes")
    case = models.ForeignKey(Case, models.CASCADE, related_name="frame_sizes")
    component = models.CharField(_("composante"), max_length=CODE, blank=True)
    edition = models.CharField(_("édition"), max_length=CODE, blank=True)
    instrument = models.CharField(_("instrument"), max_length=CODE, blank=True)
    size = models.PositiveIntegerField(_("taille"))
    source = models.TextField(_("source"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk} {self.size}"


class Activity(models.Model):
    """A method in a network and an edition: planned, done, and where it stands.

    ``start`` and ``end`` are dates as far as they are known: ``2020``, ``2020-03``, ``2020-03-13``.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="activities")
    method = models.ForeignKey(Method, models.CASCADE, related_name="activities")
    case = models.ForeignKey(Case, models.CASCADE, related_name="activities")
    component = models.CharField(_("composante"), max_length=CODE, blank=True)
    edition = models.CharField(_("édition"), max_length=CODE, blank=True)
    planned = models.PositiveIntegerField(_("prévu"), null=True, blank=True)
    done = models.PositiveIntegerField(_("fait"), null=True, blank=True)
    state = models.CharField(_("état"), max_length=20)
    """One of the library's ``ActivityState``."""
    unit_fr = models.TextField(_("unité"), blank=True)
    unit_en = models.TextField(_("unité en anglais"), blank=True)
    reason_fr = models.TextField(_("motif"), blank=True)
    reason_en = models.TextField(_("motif en anglais"), blank=True)
    start = models.CharField(_("début"), max_length=10, blank=True)
    end = models.CharField(_("fin"), max_length=10, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["method", "case", "component", "edition"], name="activity_once_a_place"
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"


class MemberList(models.Model):
    """A member list being read: its cells, until somebody confirms or gives up.

    ``lines`` are ``[line number, cells…]``; columns that hold addresses or telephones of people
    were emptied before they came here. ``choices`` is what the reader of the list decided:
    the column of each part, and what to do with each doubtful line.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="member_lists")
    case = models.ForeignKey(Case, models.CASCADE, related_name="member_lists")
    component = models.CharField(_("composante"), max_length=CODE, blank=True)
    edition = models.CharField(_("édition"), max_length=CODE, blank=True)
    file_name = models.CharField(_("fichier"), max_length=200)
    lines = models.JSONField(_("lignes"), default=list)
    choices = models.JSONField(_("choix"), default=dict)
    started_by = models.CharField(_("par"), max_length=120)
    started_at = models.DateTimeField(_("le"))
    version = models.PositiveIntegerField(_("version"), default=1)

    def __str__(self) -> str:
        return f"#{self.pk}"
