"""Words of the instruments slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

THEME_KINDS = ("discussion", "position", "rang", "budget", "projet")
"""The kinds of steps of a guide, as the study folder writes them."""

INSTRUMENTS_WRITTEN = declare("instruments.instrument.written", _("a écrit les instruments"))
