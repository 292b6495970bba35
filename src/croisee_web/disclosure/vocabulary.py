"""Words of the disclosure slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class WaiverKind(models.TextChoices):
    """A threshold lifted by a decision; a cell that those counted in it agreed to show."""

    EXCEPTION = "exception", _("exception")
    AGREEMENT = "accord", _("accord écrit")


RELEASE_SEALED = declare("disclosure.release.sealed", _("a scellé une diffusion"))
POLICY_WRITTEN = declare("disclosure.policy.written", _("a écrit la politique de divulgation"))
WARNINGS_DECIDED = declare(
    "disclosure.warnings.decided", _("a décidé que les avertissements de l’audit peuvent rester")
)
