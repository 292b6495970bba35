"""Words of the coding slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

CODING_WRITTEN = declare("coding.code.written", _("a écrit le livre de codes et les codages"))
