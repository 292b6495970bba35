"""Words of the report slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class PublicationState(models.TextChoices):
    """Where a publication stands."""

    PUBLIC = "public", _("diffusé")
    RENEWED = "renewed", _("en mise à jour")
    WITHDRAWN = "withdrawn", _("retiré")


class FindingStatus(models.TextChoices):
    """Where a finding stands, as the study folder writes it."""

    DRAFT = "brouillon", _("brouillon")
    DISCUSSED = "discute", _("discuté")
    VALIDATED = "valide", _("validé")
    DISPUTED = "dispute", _("disputé")


class Stance(models.TextChoices):
    """What a network answers to a finding."""

    VALIDATED = "validated", _("validé")
    DISPUTED = "disputed", _("contesté")


FINDING_COMMENTED = declare("report.finding.commented", _("a commenté un constat"))
FINDING_ANSWERED = declare(
    "report.finding.answered", _("a répondu à un constat au nom d’un réseau")
)
FINDING_CHANGED = declare("report.finding.changed", _("a changé un constat"))
FINDING_ADDED = declare("report.finding.added", _("a écrit un constat"))
FINDING_WITHDRAWN = declare("report.finding.withdrawn", _("a retiré un constat"))
FINDING_RESTORED = declare("report.finding.restored", _("a remis un constat"))
REPORT_PUBLISHED = declare("report.publication.published", _("a diffusé un rapport"))
REPORT_WITHDRAWN = declare("report.publication.withdrawn", _("a retiré un rapport"))
FINDINGS_WRITTEN = declare("report.finding.written", _("a écrit les constats"))
REPORT_RENEWED = declare("report.publication.renewed", _("a remis à jour un rapport diffusé"))
