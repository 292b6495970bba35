"""Words of the study slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

STUDY_CREATED = declare("study.study.created", _("a créé l’étude"))
STUDY_CHANGED = declare("study.study.changed", _("a modifié l’étude"))
STUDY_IMPORTED = declare("study.study.imported", _("a importé un dossier d’étude"))
