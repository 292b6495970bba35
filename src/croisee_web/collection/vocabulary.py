"""Words of the collection slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare

ANSWERS_WRITTEN = declare("collection.answers.written", _("a écrit des réponses"))


class Way(models.TextChoices):
    """How answers came."""

    PAGE = "page", _("en ligne")
    PHONE = "telephone", _("gardées dans le téléphone, puis envoyées")
    PAPER = "papier", _("sur papier, puis saisies")
    INTERVIEW = "entrevue", _("par entrevue téléphonique")
    OPENROSA = "openrosa", _("par une application de collecte")
    IMPORTED = "import", _("importées d’un fichier")


class SubmissionState(models.TextChoices):
    """Where a filled form stands."""

    WHOLE = "complete", _("complète")
    AWAITED = "attendue", _("des fichiers joints manquent")
    REPLACED = "remplacee", _("remplacée par une plus récente")
