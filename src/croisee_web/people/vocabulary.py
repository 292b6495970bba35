"""Words of the people slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class ConsentMode(models.TextChoices):
    """How a consent was given."""

    WRITTEN = "written", _("par écrit")
    ORAL = "oral", _("de vive voix")
    CLICK = "click", _("à l’écran")


PARTICIPANT_ADDED = declare("people.participant.added", _("a inscrit une personne"))
CONSENT_RECORDED = declare("people.consent.recorded", _("a noté un consentement"))
PARTICIPANT_WITHDRAWN = declare("people.participant.withdrawn", _("a reçu un retrait"))
