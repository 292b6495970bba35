"""Words of the study slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class Fate(models.TextChoices):
    """What happens to a thing at the end of its retention."""

    DESTROY = "destroy", _("détruire")
    ANONYMISE = "anonymise", _("rendre anonyme")
    ARCHIVE = "archive", _("verser aux archives")


class Covered(models.TextChoices):
    """What a line of the retention calendar covers; every personal thing is one of the three.

    ``""`` is a line about anything else.
    """

    IDENTITIES = "identities", _("noms, coordonnées, preuves et liens personnels")
    WORDS = "words", _("réponses, paroles, positions et présences")
    REGISTER = "register", _("inscriptions par code, consentements, listes de personnes")


STUDY_CREATED = declare("study.study.created", _("a créé l’étude"))
STUDY_CHANGED = declare("study.study.changed", _("a modifié la description de l’étude"))
STUDY_WRITTEN = declare("study.study.written", _("a remplacé la description de l’étude"))
STUDY_IMPORTED = declare("study.study.imported", _("a importé un dossier d’étude"))
FRAME_WRITTEN = declare("study.frame.written", _("a remplacé les bases de sondage"))
ACTIVITIES_WRITTEN = declare("study.activities.written", _("a remplacé le tableau des activités"))
TIMELINE_WRITTEN = declare(
    "study.timeline.written", _("a remplacé les jalons ou les chiffres de contexte")
)
CASE_ADDED = declare("study.case.added", _("a ajouté un réseau"))
CASE_CHANGED = declare("study.case.changed", _("a modifié un réseau"))
CASE_MOVED = declare("study.case.moved", _("a changé l’ordre des réseaux"))
CASE_REMOVED = declare("study.case.removed", _("a retiré un réseau"))
PART_SAVED = declare("study.part.saved", _("a enregistré une partie de l’étude"))
LIST_READ = declare("study.list.read", _("a lu une liste de membres"))
LIST_CONFIRMED = declare("study.list.confirmed", _("a enregistré une liste de membres"))
LIST_DROPPED = declare("study.list.dropped", _("a abandonné une liste de membres"))
FRAME_CHANGED = declare("study.frame.changed", _("a modifié une base de sondage"))
ACTIVITIES_CHANGED = declare("study.activities.changed", _("a modifié le tableau des activités"))
CERTIFICATE_SAVED = declare("study.certificate.saved", _("a enregistré un certificat d’éthique"))
RETENTION_SAVED = declare("study.retention.saved", _("a modifié le calendrier de conservation"))
COMMITTEE_SAVED = declare("study.committee.saved", _("a tenu le registre du comité"))
