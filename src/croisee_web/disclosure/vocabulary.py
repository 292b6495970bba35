"""Words of the disclosure slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

RELEASE_SEALED = declare("disclosure.release.sealed", _("a scellé une diffusion"))
