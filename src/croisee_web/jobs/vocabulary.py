"""Words of the jobs slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("fini")
    FAILED = "failed", _("arrêté")


GAVE_UP = _(
    "Ce travail n’a pas abouti après plusieurs essais. Rien d’incomplet n’est gardé. "
    "Relancez-le, ou demandez à la personne qui administre le site de lancer « croisee doctor »."
)
UNKNOWN = _("Ce site ne connaît plus ce genre de travail. Relancez-le depuis sa page.")
