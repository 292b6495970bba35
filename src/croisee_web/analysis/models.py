"""Frozen studies and the runs that made results of them. Their files lie under STUDIES_ROOT."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.analysis.vocabulary import RunState
from croisee_web.study.models import Study


class Freeze(models.Model):
    """A Dataset: its digest is its name. Destroyed, it keeps its name and the day: a tombstone."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="freezes")
    digest = models.CharField(_("empreinte"), max_length=64)
    frozen_at = models.DateTimeField(_("gelé le"))
    destroyed_at = models.DateTimeField(_("détruit le"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "digest"], name="freeze_digest_once")
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.digest[:12]}"


class Run(models.Model):
    """One computation of a study's results, numbered in the study from 1.

    ``stale_since``: when something it was computed from changed. ``audit_passed`` is ``None``
    until the audit has spoken. ``message``: why it gave nothing, in each language. ``beside``:
    after the seal, the tables that it would have released and the seal does not hold, each
    ``[key, French title, English title]``.
    """

    study = models.ForeignKey(Study, models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(_("numéro"))
    job_id = models.PositiveBigIntegerField(_("travail"), null=True, blank=True)
    freeze = models.ForeignKey(Freeze, models.PROTECT, related_name="runs", null=True, blank=True)
    state = models.CharField(_("état"), max_length=20, choices=RunState.choices)
    release_code = models.CharField(_("diffusion"), max_length=80, blank=True)
    sealed_on = models.DateField(_("chiffres arrêtés le"), null=True, blank=True)
    audit_passed = models.BooleanField(_("audit passé"), null=True, blank=True)
    message = models.JSONField(_("message"), default=dict)
    beside = models.JSONField(_("tableaux hors du sceau"), default=list)
    asked_at = models.DateTimeField(_("demandé le"))
    finished_at = models.DateTimeField(_("fini le"), null=True, blank=True)
    stale_since = models.DateTimeField(_("périmé depuis"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="run_number_once"),
            models.CheckConstraint(
                name="run_done_has_a_freeze",
                condition=~Q(state=RunState.DONE) | Q(freeze__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.number} {self.state}"
