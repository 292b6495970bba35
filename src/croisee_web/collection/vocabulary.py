"""Words of the collection slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

ANSWERS_WRITTEN = declare("collection.answers.written", _("a écrit des réponses"))
