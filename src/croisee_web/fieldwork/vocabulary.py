"""Words of the fieldwork slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

POSITIONS = ("pour", "nuance", "contre")
"""What may be held on a theme, as the study folder writes it."""

FIELDWORK_WRITTEN = declare("fieldwork.session.written", _("a écrit les séances et leurs réponses"))
