"""Words of the instruments slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

THEME_KINDS = ("discussion", "position", "rang", "budget", "projet")
"""The kinds of steps of a guide, as the study folder writes them."""

INSTRUMENTS_WRITTEN = declare("instruments.instrument.written", _("a écrit les instruments"))
QUESTIONNAIRE_STARTED = declare(
    "instruments.questionnaire.started", _("a commencé un questionnaire")
)
QUESTIONNAIRE_CHANGED = declare(
    "instruments.questionnaire.changed", _("a modifié un questionnaire")
)
QUESTIONNAIRE_REMOVED = declare("instruments.questionnaire.removed", _("a retiré un questionnaire"))
QUESTIONNAIRE_PUBLISHED = declare(
    "instruments.questionnaire.published", _("a publié un questionnaire")
)
EDITION_STARTED = declare("instruments.edition.started", _("a commencé une édition"))
