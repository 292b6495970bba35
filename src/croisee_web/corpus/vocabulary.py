"""Words of the corpus slice."""

from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

DECISIONS = ("accepter", "refuser", "changer")
"""What may be decided of a candidate, as the study folder writes it."""

CORPUS_WRITTEN = declare("corpus.document.written", _("a écrit les verbatims"))
