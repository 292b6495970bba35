"""Words of the exchange slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

STUDY_IMPORTED = declare("exchange.study.imported", _("a importé un dossier d’étude"))
STUDY_EXPORTED = declare("exchange.study.exported", _("a exporté l’étude"))
