"""Words of the exchange slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class ImportState(models.TextChoices):
    """Where an import stands."""

    WAITING = "waiting", _("en attente")
    IMPORTED = "imported", _("importé")
    REFUSED = "refused", _("à corriger")


FOLDER_SENT = declare("exchange.folder.sent", _("a envoyé un dossier d’étude"))
STUDY_IMPORTED = declare("exchange.study.imported", _("a importé un dossier d’étude"))
EXPORT_ASKED = declare("exchange.export.asked", _("a demandé l’export de l’étude"))
EXAMPLE_REMOVED = declare("exchange.example.removed", _("a retiré une étude exemple"))
STUDY_EXPORTED = declare("exchange.study.exported", _("a exporté l’étude"))
