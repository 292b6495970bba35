"""Words of the analysis slice."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from croisee_web.journal.vocabulary import declare


class RunState(models.TextChoices):
    """Where a computation stands."""

    WAITING = "waiting", _("en attente")
    RUNNING = "running", _("en cours")
    DONE = "done", _("fini")
    REFUSED = "refused", _("refusé")
    REMOVED = "removed", _("retiré")


RUN_ASKED = declare("analysis.run.asked", _("a demandé le calcul des résultats"))
RUN_DONE = declare("analysis.run.done", _("a fini le calcul des résultats"))
RUN_REFUSED = declare("analysis.run.refused", _("a arrêté le calcul des résultats"))
DATASET_DESTROYED = declare("analysis.dataset.destroyed", _("a détruit un jeu gelé"))
