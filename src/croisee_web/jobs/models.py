"""One row a job, from the moment it is asked for to its end."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.jobs.vocabulary import JobState


class Job(models.Model):
    """Long work asked for by an act; the row commits with that act.

    ``holder`` and ``lease_until`` say which worker does it and until when that holds: a
    worker that dies stops renewing, and another takes the job over. ``step`` and
    ``message`` hold a text in each language. ``arguments`` holds ids and counts, never
    names or words; it is emptied once the job is done.
    """

    name = models.CharField(_("travail"), max_length=80)
    arguments = models.JSONField(_("avec"), default=dict)
    study_id = models.PositiveBigIntegerField(_("étude"), null=True, db_index=True)
    asked_by = models.CharField(_("demandé par"), max_length=120)
    asked_at = models.DateTimeField(_("demandé le"))
    key = models.CharField(_("clé"), max_length=120, null=True, unique=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    not_before = models.DateTimeField(_("pas avant"))
    attempts = models.PositiveSmallIntegerField(_("essais"), default=0)
    holder = models.CharField(_("tenu par"), max_length=60, blank=True)
    lease_until = models.DateTimeField(_("tenu jusqu’à"), null=True)
    step = models.JSONField(_("étape"), default=dict)
    done = models.PositiveIntegerField(_("fait"), default=0)
    of = models.PositiveIntegerField(_("sur"), default=0)
    message = models.JSONField(_("message"), default=dict)
    leads_to = models.CharField(_("mène à"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("terminé le"), null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="job_to_take")]
        constraints = [
            models.CheckConstraint(
                name="job_running_has_a_holder",
                condition=~Q(state=JobState.RUNNING) | Q(lease_until__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"
