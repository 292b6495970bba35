"""Words of the report slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class PublicationState(models.TextChoices):
    """Where a publication stands."""

    PUBLIC = "public", _("diffusé")
    WITHDRAWN = "withdrawn", _("retiré")


REPORT_PUBLISHED = declare("report.publication.published", _("a diffusé un rapport"))
REPORT_WITHDRAWN = declare("report.publication.withdrawn", _("a retiré un rapport"))
