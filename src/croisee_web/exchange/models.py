"""Study folders brought to the site, and what had to be corrected in each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from croisee_web.access.models import Account
from croisee_web.exchange.vocabulary import ImportState


class Upload(models.Model):
    """One study folder sent as a zip. Its file is removed once it has been read.

    ``problems``: what must be corrected, each as the library says it in both languages; they
    may quote a cell of the folder, so only who sent it reads them, and they go with the row.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="uploads")
    sha256 = models.CharField(_("empreinte du fichier"), max_length=64)
    state = models.CharField(_("état"), max_length=10, choices=ImportState.choices)
    job_id = models.PositiveBigIntegerField(_("travail"), null=True)
    study_id = models.PositiveBigIntegerField(_("étude"), null=True)
    problems = models.JSONField(_("à corriger"), default=list)
    example = models.BooleanField(_("exemple"), default=False)
    """It becomes a study to practise on, which can be removed."""
    sent_at = models.DateTimeField(_("envoyé le"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="upload_imported_has_a_study",
                condition=~Q(state=ImportState.IMPORTED) | Q(study_id__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.state}"
