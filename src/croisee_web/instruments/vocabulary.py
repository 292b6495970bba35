"""Words of the instruments slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee.questionnaire.asked import Sort
from croisee.study import Nature, Subject
from croisee_web.journal.vocabulary import declare

THEME_KINDS = ("discussion", "position", "rang", "budget", "projet")
"""The kinds of steps of a guide, as the study folder writes them."""

SUBJECTS = {Subject.PERSON: _("des personnes"), Subject.ORGANISATION: _("des organismes")}
"""Whom a questionnaire asks."""

SORTS = {
    Sort.SINGLE: _("un choix"),
    Sort.MULTIPLE: _("plusieurs choix"),
    Sort.SCALE: _("une échelle"),
    Sort.RANKING: _("un classement"),
    Sort.INTEGER: _("un nombre entier"),
    Sort.DECIMAL: _("un nombre à virgule"),
    Sort.TEXT: _("un texte"),
    Sort.DATE: _("une date"),
    Sort.BUDGET: _("un budget à partager"),
    Sort.POSITION: _("une position et son pourquoi"),
    Sort.CONSENT: _("un consentement"),
    Sort.NOTE: _("un texte à lire"),
    Sort.SECTION: _("une section"),
}
"""What may be added to a questionnaire, as it is said."""
LISTING = frozenset(
    {Sort.SINGLE, Sort.SCALE, Sort.MULTIPLE, Sort.RANKING, Sort.BUDGET, Sort.POSITION, Sort.CONSENT}
)
"""Sorts that list their answers."""
LIMITED = frozenset({Sort.INTEGER, Sort.DECIMAL, Sort.MULTIPLE})
"""Sorts that bound a number, or how many may be chosen."""
NATURES = [
    ("", _("ordinaire")),
    (Nature.PROCESS.value, _("sur la démarche elle-même")),
    (Nature.VISIBLE.value, _("visible : des collègues la connaissent déjà")),
    (Nature.SENSITIVE.value, _("sensible : elle pourrait nuire")),
    (Nature.SPOKEN.value, _("des propos")),
    (Nature.FACT.value, _("un fait connu de tous")),
]
"""What a colleague could already know of an answer (docs/methods/divulgation.md §3.2)."""
READ_AS = [("", _("réseau par réseau")), ("ensemble", _("tous réseaux ensemble"))]
"""How answers are read."""
CONSENTED = [
    ("", _("le code d’une finalité que porte son nom, sinon rien")),
    ("participation", _("l’accord de répondre : un oui vaut pour l’analyse des réponses")),
    ("analyse", _("la finalité d’analyse, oui comme non")),
    ("citation", _("la finalité de citation, oui comme non")),
]
"""What a consent asked in a questionnaire says of the purposes of a study."""


class Carried(models.TextChoices):
    """What becomes of a questionnaire in a new edition."""

    KEPT = "garde", _("Le poser tel quel : les deux éditions se comparent d’elles-mêmes")
    COPIED = "copie", _("En faire une copie à retravailler, avec les mêmes identités")
    LEFT = "laisse", _("Ne pas le reprendre")


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
